import { Readable } from 'node:stream'
import type { Actor, Db } from '#platform/context.ts'
import type { FileReply } from '#platform/http.ts'
import { onSignal } from '#platform/live.ts'
import { followChanges } from './change-feed.ts'

/** Whoever listens shows that they still may, by asking anew, after so long. */
const HELD_MS = 5 * 60_000
/** Something is sent at least so often, or what lies between takes the connection for dead. */
const SILENT_MS = 20_000
/** How often it is looked whether the server still serves. */
const LOOKED_EACH_MS = 1000

interface Listening {
  /** Whether the server still serves: a stream must not keep it from stopping. */
  readonly serving: () => boolean
  /** Who listens, for what they see and what is told to one person alone. */
  readonly actor: Actor
}

/** What changes from now on, as server-sent events. */
export function streamEvents(db: Db, listening: Listening): FileReply {
  return { file: Readable.from(eventsFor(db, listening)), type: 'text/event-stream' }
}

async function* eventsFor(db: Db, { actor, serving }: Listening): AsyncGenerator<string> {
  const said = waitingTexts()
  const changes = followChanges(db, actor, said.add)
  const endSignals = onSignal(({ people, what, data }) => {
    if (actor.personId !== null && people.includes(actor.personId))
      said.add(`event: ${what}\ndata: ${JSON.stringify(data)}\n\n`)
  })
  const until = Date.now() + HELD_MS
  let spoke = Date.now()
  try {
    await changes.ready
    yield 'retry: 2000\n\n'
    while (serving() && Date.now() < until) {
      const text = await said.take(LOOKED_EACH_MS)
      if (text === '' && Date.now() - spoke < SILENT_MS) continue
      spoke = Date.now()
      yield text || ': still here\n\n'
    }
  } finally {
    changes.end()
    endSignals()
  }
}

/** Texts on their way to one who listens. */
function waitingTexts() {
  let waiting = ''
  let wake: (() => void) | null = null
  return {
    add: (text: string) => {
      waiting += text
      wake?.()
    },
    /** What has come, or comes within so long; empty when nothing does. */
    take: async (withinMs: number): Promise<string> => {
      if (waiting === '') {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, withinMs)
          wake = () => {
            clearTimeout(timer)
            resolve()
          }
        })
        wake = null
      }
      const taken = waiting
      waiting = ''
      return taken
    },
  }
}
