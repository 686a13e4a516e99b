import { type RawBuilder, sql } from 'kysely'
import { newId } from '#core/id.ts'
import type { Db } from '#platform/context.ts'
import { audit } from '#platform/history.ts'
import type { JobWorld } from '#platform/worker.ts'
import { kinds, makeAnonymous } from './anonymous.ts'
import { emptyMails } from './mails.ts'
import { dropEmptyMonths } from './months.ts'
import { readPeriods, readPolicy } from './queries.ts'
import { type Cutoffs, cutoffsOf, type RetentionClass, retentionClassNames } from './retention-class.ts'
import { mayCover } from './texts.ts'

/** So many records in one transaction: a night that is cut off goes on the next. */
const AT_ONCE = 200

type Handling = (
  db: Db,
  keys: readonly string[],
  given: { readonly now: Date; readonly workers: boolean },
) => Promise<void>

/** Which records of a class are old enough, and what is done with them. */
interface Rule {
  readonly table: string
  /** By what rows are told apart, where it is not `id`. */
  readonly key?: string
  /** Given before which moment a record of a country is old enough. */
  readonly due: (before: (country: RawBuilder<unknown>) => RawBuilder<Date>) => RawBuilder<boolean>
  readonly handle: Handling
}

const countryOf = {
  site: (table: string) => sql`(select country from site where site.id = ${sql.id(table, 'site_id')})`,
  incident: (table: string) => sql`(select site.country from incident join site on site.id = incident.site_id
    where incident.id = ${sql.id(table, 'incident_id')})`,
}

function deleting(table: string, key = 'id'): Handling {
  const type = key === 'ctid' ? sql`tid[]` : sql`uuid[]`
  return async (db, keys) => {
    await sql`delete from ${sql.id(table)} where ${sql.id(key)} = any(${keys}::${type})`.execute(db)
  }
}

const OVER = sql<boolean>`state in ('closed', 'cancelled')`

const rules: Record<RetentionClass, Rule> = {
  tickets: {
    table: 'incident',
    due: (before) => sql`anonymous_since is null and ${OVER}
      and coalesce(closed_at, updated_at) < ${before(countryOf.site('incident'))}`,
    handle: async (db, ids, given) => void (await makeAnonymous(db, kinds.incident, { ids, ...given })),
  },
  orders: {
    table: 'request',
    due: (before) => sql`anonymous_since is null and state in ('closed', 'rejected', 'cancelled')
      and coalesce(closed_at, updated_at) < ${before(countryOf.site('request'))}`,
    handle: async (db, ids, given) => void (await makeAnonymous(db, kinds.request, { ids, ...given })),
  },
  contacts: {
    table: 'contact',
    due: (before) => sql`anonymous_since is null and started_at < ${before(countryOf.site('contact'))}`,
    handle: async (db, ids, given) => void (await makeAnonymous(db, kinds.contact, { ids, ...given })),
  },
  conversations: {
    table: 'contact_message',
    due: (before) =>
      sql`sent_at < ${before(sql`(select country from contact join site on site.id = contact.site_id
      where contact.id = contact_message.contact_id)`)}`,
    handle: deleting('contact_message'),
  },
  mails: {
    table: 'received_mail',
    due: (before) => sql`emptied_at is null and received_at < ${before(countryOf.incident('received_mail'))}`,
    handle: async (db, ids, { now }) => {
      await sql`delete from outgoing_mail where due_at is null and incident_id in (
        select incident_id from received_mail where id = any(${ids}::uuid[]))
        and created_at < (select max(received_at) from received_mail where id = any(${ids}::uuid[]))`.execute(db)
      await emptyMails(db, sql<boolean>`id = any(${ids}::uuid[])`, now)
    },
  },
  answers: {
    table: 'survey_answer_identity',
    key: 'answer_id',
    due: (before) => sql`answered_at < ${before(countryOf.incident('survey_answer_identity'))}`,
    handle: async (db, ids, given) => {
      await sql`update verbatim set answer_id = null where answer_id = any(${ids}::uuid[])`.execute(db)
      await deleting('survey_answer_identity', 'answer_id')(db, ids, given)
    },
  },
  'time-booked': {
    table: 'time_entry',
    due: (before) => sql`day < (${before(countryOf.incident('time_entry'))})::date`,
    handle: deleting('time_entry'),
  },
  searches: {
    table: 'portal_search_miss',
    key: 'ctid',
    due: (before) => sql`day < (${before(sql`null::text`)})::date`,
    handle: deleting('portal_search_miss', 'ctid'),
  },
  'old-tickets': {
    table: 'incident',
    due: (before) => sql`${OVER} and coalesce(closed_at, updated_at) < ${before(countryOf.site('incident'))}
      and not exists (select from major_incident where major_incident.incident_id = incident.id)`,
    handle: async (db, ids) => {
      await sql`delete from history where subject_type = 'incident' and subject_id = any(${ids}::uuid[])`.execute(db)
      await sql`delete from incident where id = any(${ids}::uuid[])`.execute(db)
    },
  },
}

/** As SQL: before which moment a record of a country is old enough; never, where it is kept for good. */
function cutoffIn({ usual, countries }: Cutoffs) {
  const never = sql<Date>`'-infinity'::timestamptz`
  const at = (moment: Date | null) => (moment === null ? never : sql<Date>`${moment}::timestamptz`)
  return (country: RawBuilder<unknown>): RawBuilder<Date> => {
    if (countries.size === 0) return at(usual)
    const cases = [...countries].map(([code, moment]) => sql`when ${code} then ${at(moment)}`)
    return sql<Date>`(case ${country} ${sql.join(cases, sql` `)} else ${at(usual)} end)`
  }
}

/** What is old enough and not held back by a claim. */
function dueRows(name: RetentionClass, cutoffs: Cutoffs) {
  const { table, due } = rules[name]
  return sql`from ${sql.id(table)} where ${due(cutoffIn(cutoffs))} and not exists (select from retention_hold held
    where held.customer_id = ${sql.id(table, 'customer_id')} and held.ended_at is null)`
}

/** How many records of each class are old enough now; touches nothing. As the owner or the program. */
export async function countDue(db: Db, now: Date): Promise<Record<RetentionClass, number>> {
  const periods = await readPeriods(db)
  const counts = {} as Record<RetentionClass, number>
  for (const name of retentionClassNames) {
    const { rows } = await sql<{ count: number }>`
      select count(*)::int as count ${dueRows(name, cutoffsOf(name, periods, now))}`.execute(db)
    counts[name] = rows[0]!.count
  }
  return counts
}

/**
 * Takes away or makes anonymous what has been kept long enough, class by class, some hundred records in a transaction; where
 * an administrator has not switched that on, only counts. What was done is written down and in the audit.
 */
export async function keepRetention(world: JobWorld): Promise<void> {
  const { db, inTransaction, log, signal } = world
  const now = world.now()
  const { retention, worksCouncil } = await readPolicy(db)
  const id = newId(now.getTime())
  await inTransaction((context) =>
    context.db.insertInto('retentionRun').values({ id, beganAt: now, tried: !retention }).execute(),
  )
  const counts: Partial<Record<RetentionClass, number>> = retention ? {} : await countDue(db, now)
  for (const name of retention ? retentionClassNames : []) {
    let count = 0
    for (let done = AT_ONCE; done === AT_ONCE; count += done) {
      if (signal.aborted) return
      done = await handleSome(db, name, { now, workers: worksCouncil })
    }
    counts[name] = count
  }
  const { usual } = cutoffsOf('old-tickets', await readPeriods(db), now)
  const months = retention && usual !== null ? await dropEmptyMonths(world.pool, usual) : []
  await inTransaction(async (context) => {
    const endedAt = world.now()
    await context.db
      .updateTable('retentionRun')
      .set({ endedAt, counts: JSON.stringify(counts) })
      .where('id', '=', id)
      .execute()
    if (retention) await audit(context, { action: 'retention.kept', facts: counts })
  })
  log.info({ retention, ...counts, months: months.length }, 'retention')
}

async function handleSome(
  db: Db,
  name: RetentionClass,
  given: { readonly now: Date; readonly workers: boolean },
): Promise<number> {
  const { key = 'id', handle } = rules[name]
  return db.transaction().execute(async (tx) => {
    await mayCover(tx)
    const cutoffs = cutoffsOf(name, await readPeriods(tx), given.now)
    const { rows } = await sql<{ key: string }>`
      select ${sql.id(key)}::text as key ${dueRows(name, cutoffs)} limit ${AT_ONCE}`.execute(tx)
    if (rows.length > 0)
      await handle(
        tx,
        rows.map((row) => row.key),
        given,
      )
    return rows.length
  })
}
