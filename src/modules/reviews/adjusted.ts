import { sql } from 'kysely'
import type { Db } from '#platform/context.ts'
import { promisedToCustomer } from './fact-queries.ts'
import type { Note } from './facts.ts'

type Ratio = { readonly numerator: number; readonly denominator: number } | null

/**
 * What was entered in a month about earlier ones that are locked: of results by month, as far as a verdict changed, and of
 * each service's availability from what was told to what is known.
 *
 * @param month `YYYY-MM`.
 */
export async function adjustedNotes(db: Db, customerId: string, month: string): Promise<Note[]> {
  const entered = sql`a.customer_id = ${customerId} and a.entered_month = ${`${month}-01`}::date`
  const { rows: results } = await sql<{ month: string; results: number; met: number; failed: number }>`
    select to_char(a.month, 'YYYY-MM') as month, count(distinct coalesce(a.clock_id, a.request_id))::int as results, sum(a.met)::int as met,
      sum(a.failed)::int as failed
    from adjustment a
    where ${entered} and (a.met, a.failed, a.excluded) <> (0, 0, 0) and ${promisedToCustomer('a', customerId)}
    group by 1 order by 1`.execute(db)
  const { rows: services } = await sql<{ month: string; service: string; told: Ratio; known: Ratio }>`
    select to_char(a.month, 'YYYY-MM') as month, s.name as service,
      (array_agg(a.before -> 'availability' order by a.created_at, a.id))[1] as told,
      (array_agg(a.after -> 'availability' order by a.created_at desc, a.id desc))[1] as known
    from availability_adjustment a join service s on s.id = a.service_id
    where ${entered} group by a.month, a.promise_id, s.id, s.name order by a.month, s.name, a.promise_id`.execute(db)
  return [
    ...results.map((each): Note => ({ kind: 'adjusted-results', ...each })),
    ...services.map((each): Note => ({ kind: 'adjusted-availability', ...each })),
  ]
}
