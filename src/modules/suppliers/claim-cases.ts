import { type RawBuilder, sql } from 'kysely'
import type { StatedLevel } from '#api/credits'
import { notFound } from '#core/failure.ts'
import { barredBeyondBooks, barredFromContracting, require } from '#core/may.ts'
import { isUntold, untoldRows } from '#platform/confidential.ts'
import type { Context, Db } from '#platform/context.ts'
import { keyOf, pageFrom } from '#platform/paging.ts'
import type { ClaimCasesQuery, SupplierClaimCase } from './api.ts'

type Row = SupplierClaimCase & { readonly clockId: string; readonly rank: number; readonly stoppedKey: string }

type AttainmentSource = Extract<NonNullable<StatedLevel['source']>, { readonly of: 'attainment' }>

/**
 * The missed cases that a level of a credit counts, as the clocks say it today: those first in which the promise of the
 * supplier was missed, too. They are the cases of `missed_of_level`. The last page ends with those that are counted and that
 * whoever asks must not know of: of each what was counted and no more.
 */
export async function listClaimCases(
  { db, actor }: Context,
  contractId: string,
  { credit, level: named, limit, cursor }: ClaimCasesQuery,
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
  const source = found?.levels.find((each) => each.level === named)?.source
  if (found === undefined || source?.of !== 'attainment') throw notFound('supplier-claim.not-found')
  const level = { ...found, source }
  const after = keyOf(cursor, ['number', 'moment', 'id'])
  const further =
    after === undefined
      ? sql``
      : sql`where (rank, "stoppedAt", "clockId") > (${after[0]}::int, ${after[1]}::timestamptz, ${after[2]}::uuid)`
  const rows = await missedCases(db, level, { further, most: limit + 1 })
  const { items, nextCursor } = pageFrom(rows, limit, ({ rank, stoppedKey, clockId }) => [rank, stoppedKey, clockId])
  const untold = await untoldRows(db, nextCursor, (most) =>
    missedCases(db, level, { which: sql`and ${isUntold(sql`i.id`)}`, most }),
  )
  return {
    items: [
      ...items.map(({ rank: _rank, stoppedKey: _key, clockId: _clock, ...item }) => item),
      ...untold.map(untoldCase).toSorted((one, other) => other.overBySeconds - one.overBySeconds),
    ],
    nextCursor,
  }
}

function untoldCase({ priority, metric, overBySeconds, theirs }: Row): SupplierClaimCase {
  return { incidentId: null, number: null, title: null, stoppedAt: null, priority, metric, overBySeconds, theirs }
}

interface Level {
  readonly agreementId: string | null
  readonly customerId: string
  readonly month: string
  readonly source: AttainmentSource
}

async function missedCases(
  db: Db,
  { agreementId, customerId, month, source: { metric, priority, service } }: Level,
  {
    which = sql``,
    further = sql``,
    most,
  }: { which?: RawBuilder<unknown>; further?: RawBuilder<unknown>; most: number },
): Promise<Row[]> {
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
        and c.stopped_at < (${month}::date + interval '1 month')::timestamp at time zone u.time_zone ${which}
    ) cases ${further}
    order by rank, "stoppedAt", "clockId" limit ${most}`.execute(db)
  return rows
}
