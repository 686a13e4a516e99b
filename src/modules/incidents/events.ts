import { Readable } from 'node:stream'
import type { Actor, Db } from '#platform/context.ts'
import { EVENTS, type FileReply } from '#platform/reply.ts'
import { onSignal } from '#platform/live.ts'
import { followChanges } from './change-feed.ts'

/** Whoever listens shows that they still may, by asking anew, after so long. */
const HELD_MS = 5 * 60_000
/** Something is sent at least so often, or what lies between takes the connection for dead. */
const SILENT_MS = 20_000
/** How often it is looked whether the server still serves, and who was told nothing for long. */
const LOOKED_EACH_MS = 1000
/** Whoever takes nothing gets no more than so much kept for them: their page asks anew and reads everything. */
const KEPT_AT_MOST = 2 ** 20

interface Listening {
  /** Whether the server still serves: a stream must not keep it from stopping. */
  readonly serving: () => boolean
  /** Who listens, for what they see and what is told to one person alone. */
  readonly actor: Actor
}

/** What changes from now on, as server-sent events. */
export function streamEvents(db: Db, listening: Listening): FileReply {
  return { file: new EventStream(db, listening), type: EVENTS }
}

/**
 * What one page is told. Nine hundred of them hear each change of a busy desk, so it is pushed into them as it is: without
 * a generator, a timer and an encoding for each.
 */
class EventStream extends Readable {
  readonly #serving: () => boolean
  readonly #until = Date.now() + HELD_MS
  readonly #endings: readonly (() => void)[]
  #spoke = Date.now()
  #over = false

  constructor(db: Db, { actor, serving }: Listening) {
    super()
    this.#serving = serving
    const changes = followChanges(db, actor, (told) => this.#tell(told))
    const endSignals = onSignal(({ people, what, data }) => {
      if (actor.personId !== null && people.includes(actor.personId))
        this.#tell(Buffer.from(`event: ${what}\ndata: ${JSON.stringify(data)}\n\n`))
    })
    this.#endings = [changes.end, endSignals]
    void changes.ready.then(() => this.#tell(Buffer.from('retry: 2000\n\n')))
    lookAfter(this)
  }

  /** Ends it when it is time, and says something where nothing was said for long. */
  look(now: number): void {
    if (!this.#serving() || now >= this.#until) this.#end()
    else if (now - this.#spoke >= SILENT_MS) this.#tell(STILL_HERE)
  }

  #tell(told: Buffer): void {
    if (this.#over) return
    this.#spoke = Date.now()
    this.push(told)
    if (this.readableLength > KEPT_AT_MOST) this.#end()
  }

  #end(): void {
    if (this.#over) return
    this.#over = true
    this.push(null)
  }

  /** What there is has been pushed already. */
  override _read(): void {}

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#over = true
    streams.delete(this)
    for (const end of this.#endings) end()
    done(error)
  }
}

const STILL_HERE = Buffer.from(': still here\n\n')

/** All that are open in this process, looked at together. */
const streams = new Set<EventStream>()
let looking: NodeJS.Timeout | undefined

function lookAfter(stream: EventStream): void {
  streams.add(stream)
  looking ??= setInterval(() => {
    const now = Date.now()
    for (const each of streams) each.look(now)
    if (streams.size > 0) return
    clearInterval(looking)
    looking = undefined
  }, LOOKED_EACH_MS).unref()
}
