import { setTimeout as pause } from 'node:timers/promises'
import { Readable } from 'node:stream'
import { sql } from 'kysely'
import { z } from 'zod'
import { system, type Context, type Db } from '#platform/context.ts'
import { together, transaction } from '#platform/database.ts'
import type { FileReply } from '#platform/http.ts'
import { signalsFor, type Signals } from '#platform/live.ts'
import { incidentEvent, type IncidentEvent } from './api.ts'

/** How often it is asked whether anything changed: once for all who listen to this process. */
const ASKED_EACH_MS = 1000
/** A change carries the moment at which its request began, and is there when that commits: so far is looked back. */
const LOOK_BACK_MS = 10_000
/** Whoever listens shows that they still may, by asking anew, after so long. */
const HELD_MS = 5 * 60_000
/** Something is sent at least so often, or what lies between takes the connection for dead. */
const SILENT_MS = 20_000
/** More than this in one look is told as "much has changed". */
const TOLD_AT_ONCE = 200
/** Of so many imports, the latest that were begun, it is noticed when they end or are taken back. */
const IMPORTS_WATCHED = 50
/** What is told of too much to name it. */
const MUCH = 'event: much\ndata: {}\n\n'

interface Listening {
  /** Runs in a transaction of its own as who listens: the database says what they may see. */
  readonly inTransaction: <Result>(
    mode: 'read only',
    work: (context: Pick<Context, 'db'>) => Promise<Result>,
  ) => Promise<Result>
  /** Whether the server still serves: a stream must not keep it from stopping. */
  readonly serving: () => boolean
  /** Who listens, for what is told to one person alone. */
  readonly personId: string | null
}

/** What changes from now on, as server-sent events. */
export function streamEvents(db: Db, listening: Listening): FileReply {
  return { file: Readable.from(eventsFor(db, listening)), type: 'text/event-stream' }
}

async function* eventsFor(db: Db, listening: Listening): AsyncGenerator<string> {
  const signals = signalsFor(listening.personId)
  try {
    yield* changesFor(db, listening, signals)
  } finally {
    signals.end()
  }
}

async function* changesFor(db: Db, { inTransaction, serving }: Listening, signals: Signals): AsyncGenerator<string> {
  const began = Date.now()
  const look = (since: string) => inTransaction('read only', ({ db: own }) => changedSince(own, since))
  let newest = await newestChange(db)
  // What is there already is known to whoever has just read it.
  let told = versionsOf(await look(newest.at))
  let imports = endingsOf(newest)
  let spoke = began
  yield 'retry: 2000\n\n'
  while (serving() && Date.now() - began < HELD_MS) {
    await Promise.race([pause(ASKED_EACH_MS), signals.some()])
    for (const { what, data } of signals.take()) {
      yield `event: ${what}\ndata: ${JSON.stringify(data)}\n\n`
      spoke = Date.now()
    }
    const now = await newestChange(db)
    if (now.print !== newest.print) {
      newest = now
      const changed = await look(now.at)
      const fresh = changed.filter(({ id, version }) => told.get(id) !== version)
      told = versionsOf(changed)
      for (const event of fresh) yield eventText(event)
      if (changed.length === TOLD_AT_ONCE) yield MUCH
      if (fresh.length > 0) spoke = Date.now()
    }
    const brought = now.imports.filter(({ ended }) => !imports.has(ended)).map(({ customerId }) => customerId)
    if (brought.length > 0) {
      imports = endingsOf(now)
      // What an import brings or takes away carries its own, old dates, so it is told as a whole, once.
      if (await inTransaction('read only', ({ db: own }) => seesAnyOf(own, brought))) {
        yield MUCH
        spoke = Date.now()
      }
    }
    if (Date.now() - spoke > SILENT_MS) {
      spoke = Date.now()
      yield ': still here\n\n'
    }
  }
}

function versionsOf(changed: readonly IncidentEvent[]): ReadonlyMap<string, number> {
  return new Map(changed.map(({ id, version }) => [id, version]))
}

function endingsOf({ imports }: Newest): ReadonlySet<string> {
  return new Set(imports.map(({ ended }) => ended))
}

async function seesAnyOf(db: Db, customers: readonly string[]): Promise<boolean> {
  const seen = await db.selectFrom('customer').select('id').where('id', 'in', customers).limit(1).execute()
  return seen.length > 0
}

function eventText(event: IncidentEvent): string {
  return `event: incident\ndata: ${JSON.stringify(z.encode(incidentEvent, event))}\n\n`
}

/** Incidents changed since shortly before a moment, the latest first, as far as the transaction may see them. */
async function changedSince(db: Db, moment: string): Promise<readonly IncidentEvent[]> {
  if (moment === '') return []
  return db
    .selectFrom('incident')
    .select(['id', 'number', 'version', 'updatedAt'])
    .where('updatedAt', '>=', sql<Date>`${moment}::timestamptz - make_interval(secs => ${LOOK_BACK_MS / 1000})`)
    .orderBy('updatedAt', 'desc')
    .orderBy('id', 'desc')
    .limit(TOLD_AT_ONCE)
    .execute()
}

interface Newest {
  /** Moment of the newest change as the database writes it; empty when there is none. */
  readonly at: string
  /** Another one when any of the newest is another one, also when an older moment was committed late. */
  readonly print: string
  /** Imports that have ended, each with another `ended` once it is taken back. */
  readonly imports: readonly { readonly ended: string; readonly customerId: string }[]
}

const looks = new WeakMap<Db, { readonly at: number; readonly newest: Promise<Newest> }>()

/**
 * What was changed last, in whichever process: the end of an index, looked up once a second for all who listen here. Not
 * by `notify`: its queue is one for the whole server, and commits that speak would wait for each other.
 */
function newestChange(db: Db): Promise<Newest> {
  const look = looks.get(db)
  if (look !== undefined && Date.now() - look.at < ASKED_EACH_MS * 0.9) return look.newest
  const newest = transaction(db, system, 'read only', async (tx) => {
    const [rows, begun] = await together([
      tx
        .selectFrom('incident')
        .select([sql<string>`updated_at::text`.as('at'), 'id', 'version'])
        .orderBy('updatedAt', 'desc')
        .orderBy('id', 'desc')
        .limit(50)
        .execute(),
      tx
        .selectFrom('import')
        .select(['id', 'customerId', 'state', 'finishedAt', 'dryRun'])
        .orderBy('createdAt', 'desc')
        .orderBy('id', 'desc')
        .limit(IMPORTS_WATCHED)
        .execute(),
    ] as const)
    return {
      at: rows[0]?.at ?? '',
      print: rows.map(({ id, version }) => `${id} ${version}`).join(),
      imports: begun.flatMap(({ id, customerId, state, finishedAt, dryRun }) =>
        finishedAt === null || dryRun || customerId === null ? [] : [{ ended: `${id} ${state}`, customerId }],
      ),
    }
  })
  looks.set(db, { at: Date.now(), newest })
  return newest
}
