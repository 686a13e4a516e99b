import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import { z } from 'zod'
import { type Actor, type Db, system } from '#platform/context.ts'
import { counting } from '#platform/confidential.ts'
import { together, transaction } from '#platform/database.ts'
import { incidentEvent, type IncidentEvent } from './api.ts'

/** How often it is asked whether anything changed: once for all who listen to this process. */
const ASKED_EACH_MS = 200
/** So long after a database that did not answer. */
const ASKED_AGAIN_MS = 5000
/** A change carries the moment at which its request began, and is there when that commits: so far is looked back. */
const LOOK_BACK_MS = 10_000
/** More than this in one look is told as "much has changed". */
const TOLD_AT_ONCE = 200
/** Of so many imports, the latest that were begun, it is noticed when they end or are taken back. */
const IMPORTS_WATCHED = 50
/** What is told of too much to name it. */
const MUCH = 'event: much\ndata: {}\n\n'

type Hear = (told: Buffer) => void

/** Somebody who listens, and who they are: of a confidential incident its circle alone is told. */
interface Listener {
  readonly personId: string | null
  readonly hear: Hear
}

/** What those are told who see the same. */
interface Feed {
  readonly hearing: Set<Listener>
  /** Once it is known what was there before. */
  readonly ready: PromiseWithResolvers<void>
}

/** Somebody who is told. */
export interface Following {
  /** From when on nothing is missed. */
  readonly ready: Promise<void>
  readonly end: () => void
}

const feeds = new WeakMap<Db, Map<string, Feed>>()

/**
 * Tells of every change of incidents that `actor` may see, as text of server-sent events. Those who see the same share one
 * look at the database, which says what they see: nine hundred agents of one desk cost what one does. What few of them may know
 * of comes with its circle, so that nothing more has to be asked for whom it is.
 */
export function followChanges(db: Db, actor: Actor, hear: Hear): Following {
  const ofDatabase = feeds.get(db) ?? new Map<string, Feed>()
  feeds.set(db, ofDatabase)
  const sight = sightOf(actor)
  const name = JSON.stringify(sight)
  const feed = ofDatabase.get(name) ?? { hearing: new Set(), ready: Promise.withResolvers() }
  const listener = { personId: actor.personId, hear }
  feed.hearing.add(listener)
  if (!ofDatabase.has(name)) {
    ofDatabase.set(name, feed)
    void keepTelling(db, sight, feed, () => ofDatabase.delete(name))
  }
  return { ready: feed.ready.promise, end: () => void feed.hearing.delete(listener) }
}

/** What decides what somebody sees of incidents (db/migrations): the same for all of whom this is the same. */
function sightOf({ access, customers, parts = [], whole }: Actor): Actor {
  const sight = { ...system, access, customers, parts }
  return whole === undefined ? sight : { ...sight, whole }
}

/** As long as anybody listens. Never fails: what goes wrong is tried again. */
async function keepTelling(db: Db, sight: Actor, { hearing, ready }: Feed, onEnd: () => void): Promise<void> {
  const seen = <Result>(work: (own: Db) => Promise<Result>) => transaction(db, sight, 'read only', work)
  const knowsAll = sight.access === 'auditor' || sight.access === 'system'
  let state: State | null = null
  while (hearing.size > 0) {
    let waitMs = ASKED_EACH_MS
    try {
      const { texts, confided, after }: Told = await toldSince(seen, await newestChange(db), state)
      state = after
      ready.resolve()
      const told = texts.length === 0 ? null : Buffer.from(texts.join(''))
      if (told !== null) for (const { hear } of hearing) hear(told)
      for (const each of confided) {
        const toFew = Buffer.from(each.text)
        for (const { personId, hear } of hearing)
          if (knowsAll || (personId !== null && each.circle.has(personId))) hear(toFew)
      }
    } catch {
      waitMs = ASKED_AGAIN_MS
    }
    // Nothing is kept from ending by it.
    await pause(waitMs, undefined, { ref: false })
  }
  onEnd()
}

/** What has been told. */
interface State {
  readonly newest: Newest
  readonly versions: ReadonlyMap<string, number>
  readonly endings: ReadonlySet<string>
}

interface Told {
  readonly texts: readonly string[]
  /** What is told to a few alone. */
  readonly confided: readonly { readonly text: string; readonly circle: ReadonlySet<string> }[]
  readonly after: State
}

async function toldSince(
  seen: <Result>(work: (own: Db) => Promise<Result>) => Promise<Result>,
  newest: Newest,
  before: State | null,
): Promise<Told> {
  const endings = endingsOf(newest)
  // What is there already is known to whoever has just read it.
  if (before === null) {
    const versions = versionsOf(await seen((own) => changedSince(own, newest.at)))
    return { texts: [], confided: [], after: { newest, versions, endings } }
  }
  const texts: string[] = []
  const confided: Told['confided'][number][] = []
  let { versions } = before
  if (newest.print !== before.newest.print) {
    const changed = await seen((own) => changedSince(own, newest.at))
    for (const { circle, ...event } of changed) {
      if (before.versions.get(event.id) === event.version) continue
      if (circle === null) texts.push(eventText(event))
      else confided.push({ text: eventText(event), circle: new Set(circle) })
    }
    if (changed.length === TOLD_AT_ONCE) texts.push(MUCH)
    versions = versionsOf(changed)
  }
  const brought = newest.imports.filter(({ ended }) => !before.endings.has(ended)).map(({ customerId }) => customerId)
  // What an import brings or takes away carries its own, old dates, so it is told as a whole, once.
  if (brought.length > 0 && (await seen((own) => seesAnyOf(own, brought)))) texts.push(MUCH)
  return { texts, confided, after: { newest, versions, endings } }
}

function versionsOf(changed: readonly Changed[]): ReadonlyMap<string, number> {
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

/** A change, and whom it may be told to; null: to everybody who sees the incident. */
interface Changed extends IncidentEvent {
  readonly circle: readonly string[] | null
}

/**
 * Incidents changed since shortly before a moment, the latest first, as far as the transaction may see them; confidential ones
 * as if it might, each with its circle.
 */
async function changedSince(db: Db, moment: string): Promise<readonly Changed[]> {
  if (moment === '') return []
  return counting(db, () => latestChanges(db, moment))
}

function latestChanges(db: Db, moment: string): Promise<Changed[]> {
  return db
    .selectFrom('incident')
    .select(['id', 'number', 'version', 'updatedAt'])
    .select(
      sql<readonly string[] | null>`case when concerns_privacy or concerns_security then circle_of(id) end`.as(
        'circle',
      ),
    )
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
