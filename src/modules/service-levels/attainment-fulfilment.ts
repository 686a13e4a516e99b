import { sql } from 'kysely'
import type { Db } from '#platform/context.ts'
import type { AttainmentGroup, Grouping } from './api.ts'
import { groupedColumn, groupingOf, type Narrowed, narrowing, within } from './attainment-query.ts'

type Fulfilled = NonNullable<AttainmentGroup['byMetric']['fulfilment']>

/** Orders have no priority, and several teams fulfil one. */
const ungrouped: readonly Grouping[] = ['priority', 'team']

interface FulfilledRow {
  readonly key: string
  readonly met: number
  readonly failed: number
  readonly excluded: number
  readonly leastBp: number
  readonly mostBp: number
}

/**
 * What was delivered in the period and promised by an agreement, in time or late, by group and (under `total`) in all.
 * Empty where the figures are narrowed by what orders do not have.
 */
export async function countFulfilled(
  db: Db,
  filter: Narrowed,
  groupBy: Grouping,
): Promise<ReadonlyMap<string, Fulfilled>> {
  if (filter.priority !== undefined || filter.team !== undefined) return new Map()
  const grouped = ungrouped.includes(groupBy) ? null : groupBy
  const key = grouped === null ? "''" : groupingOf[grouped].key
  const column = grouped === null ? 'm.customer_id' : groupedColumn[grouped]
  const { rows } = await sql<FulfilledRow & { readonly key: string | null }>`
    select case when grouping(${sql.raw(column)}) = 0 then ${sql.raw(key)} end as key,
      count(*) filter (where m.fulfilment_met and not m.excluded)::int as met,
      count(*) filter (where not m.fulfilment_met and not m.excluded)::int as failed,
      count(*) filter (where m.excluded)::int as excluded,
      min(m.attainment_bp) as least_bp, max(m.attainment_bp) as most_bp
    from (
      select m.*, date_trunc('month', m.delivered_at at time zone u.time_zone)::date as month
      from delivery_told m join customer u on u.id = m.customer_id
      where m.attainment_bp is not null ${narrowing(filter)} ${within('m.delivered_at', filter)}
    ) m
    group by grouping sets ((${sql.raw(column)}), ()) having count(*) > 0`.execute(db)
  const counted = new Map<string, Fulfilled>()
  for (const { key: group, met, failed, excluded, leastBp, mostBp } of rows) {
    if (grouped === null && group !== null) continue
    counted.set(group ?? 'total', {
      met,
      failed,
      excluded,
      attainment: { numerator: met, denominator: met + failed },
      targetBp: leastBp === mostBp ? leastBp : null,
    })
  }
  return counted
}
