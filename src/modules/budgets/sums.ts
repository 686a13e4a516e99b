import { sql } from 'kysely'
import type { Db } from '#platform/context.ts'
import type { BudgetSums } from './api.ts'
import { atBudgetRate } from './rates.ts'

/** A month of a line; the forecast is that of the latest version that says something of it. */
export interface LineMonth {
  readonly lineId: string
  readonly month: string
  readonly planMinor: number
  readonly actualMinor: number
  readonly accruedMinor: number
  /** Something was taken in, also where invoices and credit notes come to nothing. */
  readonly hasActuals: boolean
  /** What rates did: at the budget's rate less what was posted; zero where nothing was converted. */
  readonly exchangeMinor: number
  readonly forecastMinor: number | null
}

/** All months of these lines in which something is planned, spent or forecast. One trip. */
export async function monthsOf(db: Db, lines: readonly string[]): Promise<readonly LineMonth[]> {
  if (lines.length === 0) return []
  const { rows } = await sql<LineMonth>`
    with own as (select id from budget_line where id = any(${lines}::uuid[])),
    planned as (select line_id, month, amount_minor from budget_plan join own on own.id = line_id),
    spent as (
      select e.line_id, e.month, sum(e.amount_minor)::bigint as amount,
        coalesce(sum(e.amount_minor) filter (where e.kind = 'accrual'), 0)::bigint as accrued,
        coalesce(sum(coalesce(${atBudgetRate}, e.amount_minor) - e.amount_minor)
          filter (where e.original_currency <> l.currency), 0)::bigint as exchange,
        bool_or(e.kind = 'actual') as taken
      from budget_entry e join budget_line l on l.id = e.line_id join own on own.id = e.line_id group by 1, 2),
    thought as (
      select distinct on (m.line_id, m.month) m.line_id, m.month, m.amount_minor from budget_forecast_month m
      join budget_forecast f on f.id = m.forecast_id join own on own.id = m.line_id
      order by m.line_id, m.month, f.locked_at desc, f.number desc)
    select line_id as "lineId", to_char(month, 'YYYY-MM') as month, coalesce(p.amount_minor, 0) as "planMinor",
      coalesce(s.amount, 0) as "actualMinor", coalesce(s.accrued, 0) as "accruedMinor",
      coalesce(s.taken, false) as "hasActuals",
      coalesce(s.exchange, 0) as "exchangeMinor", t.amount_minor as "forecastMinor"
    from planned p full join spent s using (line_id, month) full join thought t using (line_id, month)
    order by 1, 2`.execute(db)
  return rows
}

/** What of orders of these lines is not invoiced yet, by line. */
export async function committedOf(db: Db, lines: readonly string[]): Promise<ReadonlyMap<string, number>> {
  if (lines.length === 0) return new Map()
  const rows = await db
    .selectFrom('budgetCommitment')
    .select(['lineId', sql<number>`sum(greatest(amount_minor - used_minor, 0))::bigint`.as('openMinor')])
    .where('lineId', 'in', lines)
    .where('closedOn', 'is', null)
    .groupBy('lineId')
    .execute()
  return new Map(rows.map(({ lineId, openMinor }) => [lineId, openMinor]))
}

/**
 * Sums of a line's months: through `through` what was spent, from then on the forecast, or the plan where nobody forecast
 * anything.
 *
 * @param through The last month that counts as spent, `YYYY-MM`; null: none yet.
 * @param now The month that goes on: what is posted in later ones is not spent or expected yet.
 */
export function sumsOf(
  months: readonly LineMonth[],
  {
    committedMinor,
    through,
    now,
  }: { readonly committedMinor: number; readonly through: string | null; readonly now: string },
): BudgetSums {
  const sum = (value: (each: LineMonth) => number) => months.reduce((total, each) => total + value(each), 0)
  // What takes itself back next month has not done so yet: over the whole year nothing would ever be expected.
  const byNow = (value: (each: LineMonth) => number) => sum((each) => (each.month <= now ? value(each) : 0))
  const isSpent = (month: string) => through !== null && month <= through
  return {
    planMinor: sum((each) => each.planMinor),
    actualMinor: byNow((each) => each.actualMinor),
    accruedMinor: byNow((each) => each.accruedMinor),
    committedMinor,
    outlookMinor: sum((each) => (isSpent(each.month) ? each.actualMinor : (each.forecastMinor ?? each.planMinor))),
    exchangeMinor: byNow((each) => each.exchangeMinor),
  }
}

/** Sums of sums. */
export function together(all: readonly BudgetSums[]): BudgetSums {
  const sum = (of: keyof BudgetSums) => all.reduce((total, each) => total + each[of], 0)
  return {
    planMinor: sum('planMinor'),
    actualMinor: sum('actualMinor'),
    accruedMinor: sum('accruedMinor'),
    committedMinor: sum('committedMinor'),
    outlookMinor: sum('outlookMinor'),
    exchangeMinor: sum('exchangeMinor'),
  }
}
