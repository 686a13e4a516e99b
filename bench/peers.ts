import { atRest } from './at-rest.ts'
import { median, percentile, print, rounded } from './measure.ts'
import { noRequestTracker, type RequestTracker, startRequestTracker } from './request-tracker.ts'
import { type Program, runVerb, startProgram } from '../e2e/program.ts'

/**
 * The program beside `request-tracker5` of Debian's packages, with as many tickets and the same words in both, on the same
 * PostgreSQL: a ticket is created, opened with its history, fifty are listed, words are searched; each by the interface for
 * programs, signed in, in as few requests as it needs. One asks after another, in turn. `PLUMBLINE_BENCH_TICKETS` makes it
 * smaller, `PLUMBLINE_BENCH_KINDS` (such as `open,search`) measures some of it.
 */
const TICKETS = Number(process.env['PLUMBLINE_BENCH_TICKETS'] ?? 100_000)
const ROUNDS = Number(process.env['PLUMBLINE_BENCH_ROUNDS'] ?? 120)
/** Until what is done often has been compiled and prepared, as it is in any hour of a day but the first minutes. */
const WARM = 500
/** Or for so long: whoever takes seconds for one gains nothing by hundreds. */
const WARM_MS = 60_000
const WANTED = 20
/** Of processor time at least, for each figure. */
const ENOUGH_SECONDS = 1

interface Peer {
  readonly name: string
  readonly processorSeconds: RequestTracker['processorSeconds']
  readonly ask: (method: string, path: string, body?: object) => Promise<string>
  readonly kinds: Readonly<Record<Kind, (round: number) => Promise<unknown>>>
}

const everyKind = ['create', 'open', 'list-50', 'search'] as const
type Kind = (typeof everyKind)[number]
const chosen = process.env['PLUMBLINE_BENCH_KINDS']?.split(',')
const kinds = everyKind.filter((kind) => chosen?.includes(kind) ?? true)
const SEARCHED = ['drucker', 'printer', 'scanner', 'vpn', 'outlook']

function asking(url: string, headers: Readonly<Record<string, string>>): Peer['ask'] {
  return async (method, path, body) => {
    const reply = await fetch(`${url}${path}`, {
      method,
      headers: { ...headers, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    })
    const text = await reply.text()
    if (!reply.ok) throw new Error(`${method} ${path} answered ${reply.status}: ${text.slice(0, 200)}`)
    return text
  }
}

interface Listed {
  readonly items: readonly { readonly id: string; readonly title: string; readonly description?: string }[]
}

async function ownPeer(program: Program): Promise<Peer> {
  const ask = asking(`${program.url}/api/v1`, { authorization: `Bearer ${program.token}` })
  const [customer] = (JSON.parse(await ask('GET', '/customers?limit=1')) as Listed).items
  const { items } = JSON.parse(await ask('GET', '/incidents?limit=50&sort=-openedAt')) as Listed
  const body = {
    customer: customer!.id,
    title: 'Printer at gate 2',
    description: 'It prints nothing.',
    impact: 'medium',
    urgency: 'medium',
  }
  return {
    name: 'plumbline',
    ask,
    processorSeconds: program.processorSeconds,
    kinds: {
      create: () => ask('POST', '/incidents', body),
      open: async (round) => {
        const { id } = items[round % items.length]!
        await ask('GET', `/incidents/${id}?history=1000`)
      },
      'list-50': () => ask('GET', '/incidents?limit=50'),
      search: (round) => ask('GET', `/incidents?limit=50&q=${SEARCHED[round % SEARCHED.length]}`),
    },
  }
}

function rtPeer(tracker: RequestTracker): Peer {
  const ask = asking(`${tracker.url}/REST/2.0`, { cookie: tracker.cookie })
  const fields = 'fields=Subject,Status,Priority,Owner,Created,LastUpdated,Requestors,Queue'
  const list = (query: string) => `/tickets?per_page=50&${fields}&query=${encodeURIComponent(query)}`
  const content = 'It prints nothing.'
  const body = { Queue: 'General', Subject: 'Printer at gate 2', Content: content, Requestor: 'eva@bench.example' }
  return {
    name: 'request-tracker5',
    ask,
    processorSeconds: tracker.processorSeconds,
    kinds: {
      create: () => ask('POST', '/ticket', body),
      open: async (round) => {
        const id = 1 + (round % 50)
        await ask('GET', `/ticket/${id}`)
        await ask('GET', `/ticket/${id}/history?fields=Type,Creator,Created,Field,OldValue,NewValue,Content`)
      },
      'list-50': () => ask('GET', `${list("Status = '__Active__'")}&orderby=LastUpdated&order=DESC`),
      search: (round) => {
        const word = SEARCHED[round % SEARCHED.length]!
        return ask('GET', list(`Subject LIKE '${word}' OR Content LIKE '${word}'`))
      },
    },
  }
}

interface Measured {
  readonly times: readonly number[]
  readonly processorMs: number
}

/** In rounds, until enough processor time was used: it is counted in hundredths of a second, for each process. */
async function measure({ kinds: can, processorSeconds }: Peer, kind: Kind): Promise<Measured> {
  const warm = performance.now() + WARM_MS
  for (let round = 0; round < WARM && performance.now() < warm; round++) await can[kind](round)
  const used = async () => sumOf(await processorSeconds())
  const before = await used()
  const times: number[] = []
  let seconds = 0
  while (seconds < ENOUGH_SECONDS) {
    for (let round = 0; round < ROUNDS; round++) {
      const started = performance.now()
      await can[kind](round)
      times.push(performance.now() - started)
    }
    seconds = (await used()) - before
  }
  return { times, processorMs: (seconds * 1000) / times.length }
}

function sumOf({ server, database }: { readonly server: number; readonly database: number }): number {
  return server + database
}

const missing = noRequestTracker()
if (missing !== null) {
  process.stderr.write(`${missing}\n`)
  process.exitCode = 1
} else {
  const program = await startProgram()
  let tracker: RequestTracker | undefined
  // It takes long, and somebody watches.
  const say = (what: string) => process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${what}\n`)
  try {
    say('fills the program')
    await runVerb(['sample', '--add', '--tickets', String(TICKETS), '--json'], {
      ...process.env,
      PLUMBLINE_DATA: program.folder,
    })
    const own = await ownPeer(program)
    const { items } = JSON.parse(await own.ask('GET', '/incidents?limit=200&sort=-openedAt')) as Listed
    say('fills Request Tracker')
    tracker = await startRequestTracker(
      TICKETS,
      items.map(({ title, description = '' }) => ({ title, description: description || title })),
    )
    const other = rtPeer(tracker)
    for (const kind of kinds) {
      // What follows from what was written before is not part of it.
      say('waits for the database to rest')
      await atRest(program)
      say(kind)
      const [ours, theirs] = [await measure(own, kind), await measure(other, kind)]
      for (const [peer, { times, processorMs }] of [
        [own, ours],
        [other, theirs],
      ] as const) {
        print({
          name: `peers.${kind}.${peer.name}`,
          value: rounded(processorMs),
          unit: 'ms',
          samples: times.length,
          detail: {
            of: 'processor time of one, with the database',
            p95: rounded(percentile(times, 0.95)),
            median: rounded(median(times)),
            tickets: TICKETS,
          },
        })
      }
      print({
        name: `peers.${kind}.ratio`,
        value: rounded(theirs.processorMs / ours.processorMs, 1),
        unit: 'times',
        samples: theirs.times.length,
        detail: { wanted: WANTED, of: 'processor time of theirs, of ours' },
      })
    }
  } finally {
    await tracker?.stop()
    await program.stop()
  }
}
