import { sql } from 'kysely'
import type { PoolClient } from 'pg'
import { refused } from '#core/failure.ts'
import { newId } from '#core/id.ts'
import { writeIncidents } from '#modules/incidents'
import { writeSampleNotifications } from '#modules/notifications'
import { computeKpis, stretchesOf } from '#modules/kpis'
import { recountAttainment } from '#modules/service-levels'
import { type Context, type Db, system } from '#platform/context.ts'
import { type Database, transaction } from '#platform/database.ts'
import { makeMonthsAhead } from '#platform/months.ts'
import { putBack, setAside } from '#platform/set-aside.ts'
import { sampleCompany } from '#sample/company.ts'
import { ticketsOf } from '#sample/generate.ts'
import { writeAvailability } from './availability.ts'
import { writeBudget } from './budgets.ts'
import { type WrittenCompany, writeCompany } from './company.ts'
import { writeSampleContacts } from './contacts.ts'
import { writeContracts } from './contracts.ts'
import { writeDeskWork } from './desk-work.ts'
import { writeEscalations } from './escalations.ts'
import { writeSampleArticles } from './articles.ts'
import { exclusively } from './exclusively.ts'
import { writeFeedback } from './feedback.ts'
import { findCompany } from './find-company.ts'
import { writeSampleFriction } from './friction.ts'
import { writeForums } from './forums.ts'
import { writeMajors } from './majors.ts'
import { holidaysIn, type Period, periodOf, today } from './period.ts'
import { deleteSample } from './remove.ts'
import { writeRules } from './rules.ts'
import { writeRequests } from './requests.ts'
import { writeSteering } from './steering.ts'
import { changeState, countCustomers, readState } from './state.ts'
import { twoAtATime, withAnother } from './together.ts'

export interface SampleOptions {
  readonly tickets?: number
  readonly months?: number
  readonly seed?: string
  /** The local date after the last day, `YYYY-MM-DD`; today unless given. */
  readonly until?: string
  readonly now?: Date
  /** Beside customers that are there already; when the sample company is there, only tickets are added to it. */
  readonly add?: boolean
  /**
   * Whether indexes are made after the tickets instead of with each: by default where so many tickets are written that it is
   * quicker, and most of those that are there then.
   */
  readonly indexAfter?: boolean
  readonly signal?: AbortSignal
  /** Percent done. */
  readonly onProgress?: (percent: number) => void
}

export interface SampleCounts {
  readonly customers: number
  readonly tickets: number
  readonly events: number
  readonly seconds: number
}

/** From so many tickets on it is quicker to make the indexes afterwards. */
const INDEX_AFTER = 50_000
/** What is written for each ticket. */
const FILLED = ['history', 'incident', 'clock']
/** What is written of each who was asked. */
const SAID = ['survey_invitation', 'survey_answer']
/** Written together while there are no indexes. */
const FILLED_TOGETHER = 1000

/** Of the work; what is left are the figures. */
const TICKETS_PERCENT = 96

/**
 * Writes the sample company, with the tickets of the months before `until`. The same seed, period and number of tickets
 * give the same company, but for its ids. Refuses when there are customers, unless told to add. What an interruption left
 * is removed first; what a failure leaves is removed at once. Runs as the owner of the tables.
 */
export async function writeSample(
  database: Pick<Database, 'db' | 'pool'>,
  { tickets = 20_000, months = 12, seed = '1', now = new Date(), ...rest }: SampleOptions = {},
): Promise<SampleCounts> {
  const { db } = database
  const started = performance.now()
  return exclusively(database, async (client) => {
    // Somebody was interrupted who had set it aside.
    await putBack([client])
    const there = await requireRoom(db, rest.add === true)
    const { times } = await readState(db)
    await changeState(db, { state: 'running', progress: 0, times: times + 1 })
    try {
      // Nothing is lost that would not be begun anew: not each batch has to be on the disk before the next one.
      await client.query('set synchronous_commit = off')
      const period = periodOf(rest.until ?? today(now), months)
      await makeMonthsAhead(database.pool, now)
      const company = there ? await companyThere(db) : await writeMasterData(db, { tickets, seed, now, period })
      const plan = { ...company, tickets, ...period, holidays: await holidaysIn(company.company, period) }
      const indexAfter = rest.indexAfter ?? (await isMostOf(db, tickets))
      const counts = await withAnother(database, client, (writers) =>
        writeTickets(db, writers, { ...plan, seed: there ? `${seed}+${times}` : seed }, { now, ...rest, indexAfter }),
      )
      if (!there) {
        await writeDowntimes(db, { now, plan: { ...company, ...period, seed } })
        await withAnother(database, client, (writers) =>
          writeSaid(db, writers, { now, company: company.company, seed, indexAfter }),
        )
        await writeDesk(db, { now, company: company.company, seed })
        await writeEscalated(db, { now, company: company.company, ...period })
        await transaction(db, system, 'read write', (tx) => writeSampleNotifications({ db: tx, now }))
        await transaction(db, system, 'read write', (tx) => writeRules(programContext(tx, now), company.company))
        await writeRequests(db, { company: company.company, tickets, now })
      }
      await countMonths(db, company.company)
      if (!there) await writeMoney(db, { now, plan: { ...company, ...period, seed } })
      await finish(database, client, { company: company.company, now })
      // What is measured by figures comes after them.
      if (!there)
        await transaction(db, system, 'read write', async (tx) => {
          await writeForums(programContext(tx, now), { company: company.company, seed })
          await writeSteering(programContext(tx, now), company)
        })
      const seconds = Math.round(performance.now() - started) / 1000
      return { customers: company.company.customers.length, ...counts, seconds }
    } catch (error) {
      // Whoever was told to stop begins anew later.
      if (there) await changeState(db, { state: 'done', progress: 100 }).catch(() => undefined)
      else if (rest.signal?.aborted !== true) await deleteSample(db).catch(() => undefined)
      throw error
    } finally {
      await client.query('reset synchronous_commit').catch(() => undefined)
    }
  })
}

/** Whether the sample company is there, to be added to; throws when there is no room for it. */
async function requireRoom(db: Db, add: boolean): Promise<boolean> {
  const { state } = await readState(db)
  const customers = await countCustomers(db)
  if (customers.sample > 0 && state === 'done') {
    if (add) return true
    throw refused('sample.there')
  }
  if (customers.all > customers.sample && !add) {
    await changeState(db, { state: 'none', progress: 100 })
    throw refused('sample.customers-exist')
  }
  if (customers.sample > 0) await deleteSample(db)
  return false
}

async function companyThere(db: Db): Promise<WrittenCompany> {
  const { seed, tickets } = await readState(db)
  return findCompany(db, sampleCompany({ seed, tickets }))
}

interface MasterData {
  readonly tickets: number
  readonly seed: string
  readonly now: Date
  readonly period: Period
}

async function writeMasterData(db: Db, { tickets, seed, now, period }: MasterData): Promise<WrittenCompany> {
  return transaction(db, system, 'read write', async (tx) => {
    const written = await writeCompany(programContext(tx, now), sampleCompany({ seed, tickets }), period)
    await changeState(tx, { services: written.services, calendars: written.calendars, seed, tickets })
    return written
  })
}

/** What was promised of services being there and when they were not, once their incidents are there. */
async function writeDowntimes(
  db: Db,
  { now, plan }: { readonly now: Date; readonly plan: Parameters<typeof writeAvailability>[1] },
): Promise<void> {
  await transaction(db, system, 'read write', (tx) => writeAvailability(programContext(tx, now), plan))
}

interface Said extends Pick<WrittenCompany, 'company'>, Pick<Filling, 'now' | 'indexAfter'> {
  readonly seed: string
}

/** What people said of their incidents, and what came of it. */
async function writeSaid(
  db: Db,
  writers: readonly PoolClient[],
  { now, company, seed, indexAfter }: Said,
): Promise<void> {
  if (indexAfter) await setAside(writers[0]!, SAID)
  try {
    await twoAtATime(company.customers, (customer) =>
      transaction(db, system, 'read write', (tx) =>
        writeFeedback(programContext(tx, now), customer, { company, seed }),
      ),
    )
  } finally {
    await putBack(writers)
  }
  await transaction(db, system, 'read write', async (tx) => {
    await writeSampleFriction(programContext(tx, now), company)
    await writeSampleArticles(programContext(tx, now), company)
  })
}

/** Who was in touch and what is planned, once there is something that it could be about. */
async function writeDesk(
  db: Db,
  { now, ...plan }: Parameters<typeof writeSampleContacts>[1] & { readonly now: Date },
): Promise<void> {
  await transaction(db, system, 'read write', async (tx) => {
    await writeSampleContacts(programContext(tx, now), plan)
    await writeDeskWork(programContext(tx, now), plan)
  })
}

/** What was more than an incident: how it was led, and who asked for more than the usual. */
async function writeEscalated(
  db: Db,
  { now, ...plan }: Parameters<typeof writeMajors>[1] & { readonly now: Date },
): Promise<void> {
  await transaction(db, system, 'read write', async (tx) => {
    await writeMajors(programContext(tx, now), plan)
    await writeEscalations(programContext(tx, now), plan)
  })
}

/** Nobody listens: there is nothing yet that an agreement or a calendar could change. */
function programContext(db: Db, now: Date): Context {
  return { db, actor: system, now, requestId: newId(now.getTime()), listeners: {}, enqueue: async () => undefined }
}

/** Whether so many are enough to make the indexes afterwards, and more than are there already. */
async function isMostOf(db: Db, tickets: number): Promise<boolean> {
  if (tickets < INDEX_AFTER) return false
  const { rows } = await sql`select from incident limit 1 offset ${tickets}`.execute(db)
  return rows.length === 0
}

interface Filling extends Pick<SampleOptions, 'signal' | 'onProgress'> {
  readonly now: Date
  readonly indexAfter: boolean
}

async function writeTickets(
  db: Db,
  writers: readonly PoolClient[],
  plan: Parameters<typeof ticketsOf>[0],
  filling: Filling,
): Promise<Pick<SampleCounts, 'tickets' | 'events'>> {
  if (filling.indexAfter) await setAside(writers[0]!, FILLED)
  try {
    return await fill(db, writers, plan, filling)
  } finally {
    await putBack(writers)
  }
}

async function fill(
  db: Db,
  writers: readonly PoolClient[],
  plan: Parameters<typeof ticketsOf>[0],
  { now, signal, onProgress, indexAfter }: Filling,
): Promise<Pick<SampleCounts, 'tickets' | 'events'>> {
  let percent = 0
  const { incidents, facts } = await writeIncidents(writers, db, ticketsOf(plan), {
    now,
    ...(indexAfter && { batch: FILLED_TOGETHER }),
    onBatch: async (counts) => {
      signal?.throwIfAborted()
      const reached = Math.floor((counts.incidents / plan.tickets) * TICKETS_PERCENT)
      if (reached === percent) return
      percent = reached
      onProgress?.(percent)
      await changeState(db, { progress: percent })
    },
  })
  onProgress?.(TICKETS_PERCENT)
  return { tickets: incidents, events: facts }
}

async function countMonths(db: Db, { customers }: WrittenCompany['company']): Promise<void> {
  await twoAtATime(customers, ({ id }) => transaction(db, system, 'read write', (tx) => recountAttainment(tx, id)))
}

/** What was charged and what missed targets cost, once months are counted. */
async function writeMoney(
  db: Db,
  { now, plan }: { readonly now: Date; readonly plan: Parameters<typeof writeContracts>[1] },
): Promise<void> {
  await transaction(db, system, 'read write', (tx) => writeContracts(programContext(tx, now), plan))
  await transaction(db, system, 'read write', (tx) => writeBudget(programContext(tx, now), plan.company))
}

async function finish(
  database: Pick<Database, 'db' | 'pool'>,
  client: PoolClient,
  { company, now }: Pick<WrittenCompany, 'company'> & { readonly now: Date },
): Promise<void> {
  const { db } = database
  // So that the first pages are as quick as any later: the planner knows the tables, and the search index has no backlog.
  await withAnother(database, client, ([one, other]) =>
    Promise.all([
      one!.query('vacuum (analyze) incident'),
      other!.query(
        'analyze history (subject_id, customer_id, occurred_at, sequence), clock, attainment_month, person, holding_due',
      ),
    ]),
  )
  const stretches = Map.groupBy(await stretchesOf({ db, now }, null), ({ customerId }) => customerId)
  await twoAtATime(company.customers, async ({ id }) => {
    for (const stretch of stretches.get(id) ?? [])
      await transaction(db, system, 'read write', (tx) => computeKpis(programContext(tx, now), stretch))
  })
  await sql`insert into setting (name, value) values ('organisation', to_jsonb(${company.provider}::text))
    on conflict (name) do nothing`.execute(db)
  await changeState(db, { state: 'done', progress: 100 })
}
