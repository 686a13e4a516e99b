import { sql } from 'kysely'
import type { StatedLevel } from '#api/credits'
import { notFound } from '#core/failure.ts'
import { barredBeyondBooks, barredFromContracting, require } from '#core/may.ts'
import type { Context } from '#platform/context.ts'
import { keyOf, pageFrom } from '#platform/paging.ts'
import type { ClaimCasesQuery, SupplierClaimCase } from './api.ts'

type Row = SupplierClaimCase & { readonly clockId: string; readonly rank: number; readonly stoppedKey: string }

/**
 * The missed cases that a level of a credit counts, as the clocks say it today: those first in which the promise of the
 * supplier was missed, too. They are the cases of `missed_of_level`.
 */
export async function listClaimCases(
  { db, actor }: Context,
  contractId: string,
  { credit, level, limit, cursor }: ClaimCasesQuery,
): Promise<{ items: SupplierClaimCase[]; nextCursor: string | null }> {
  if (actor.access !== 'auditor') require(barredFromContracting(actor))
  require(barredBeyondBooks(actor))
  const found = await db
    .selectFrom('supplierContract as s')
    .innerJoin('serviceCredit as c', 'c.contractId', 's.contractId')
    .select(['s.agreementId', 's.customerId', sql<string>`c.month::text`.as('month')])
    .select(sql<StatedLevel[]>`c.levels`.as('levels'))
    .where('s.id', '=', contractId)
    .where('c.id', '=', credit)
    .executeTakeFirst()
  const source = found?.levels.find((each) => each.level === level)?.source
  if (found === undefined || source?.of !== 'attainment') throw notFound('supplier-claim.not-found')
  const { agreementId, customerId, month } = found
  const { metric, priority, service } = source
  const after = keyOf(cursor, ['number', 'moment', 'id'])
  const { rows } = await sql<Row>`
    select * from (
      select i.id as "incidentId", i.number, i.title, c.priority, c.metric, c.stopped_at as "stoppedAt",
        ((c.elapsed_ms - c.target_ms) / 1000)::int as "overBySeconds", b.state as theirs, c.id as "clockId",
        case when b.state in ('breached-stopped', 'breached-running') then 0 else 1 end as rank,
        c.stopped_at::text as "stoppedKey"
      from clock c join incident i on i.id = c.incident_id join customer u on u.id = c.customer_id
        left join clock_behind b on b.agreement_id = ${agreementId} and b.incident_id = c.incident_id and b.metric = c.metric
      where c.customer_id = ${customerId} and c.metric = ${metric} and c.state = 'breached-stopped' and c.exclusion is null
        and (${priority}::text is null or c.priority::text = ${priority}) and (${service}::uuid is null or c.service_id = ${service})
        and c.stopped_at >= ${month}::date::timestamp at time zone u.time_zone
        and c.stopped_at < (${month}::date + interval '1 month')::timestamp at time zone u.time_zone
    ) cases
    ${after === undefined ? sql`` : sql`where (rank, "stoppedAt", "clockId") > (${after[0]}::int, ${after[1]}::timestamptz, ${after[2]}::uuid)`}
    order by rank, "stoppedAt", "clockId" limit ${limit + 1}`.execute(db)
  const { items, nextCursor } = pageFrom(rows, limit, ({ rank, stoppedKey, clockId }) => [rank, stoppedKey, clockId])
  return { items: items.map(({ rank: _rank, stoppedKey: _key, clockId: _clock, ...item }) => item), nextCursor }
}
