import { sql } from 'kysely'
import { type Chart, chartOf } from '#core/control-chart.ts'
import { PERFORMANCE_MINIMUM, shownGroups } from '#core/small-groups.ts'
import type { Context, Db } from '#platform/context.ts'
import type { Kpi, KpiPart, KpiPoint } from './api.ts'
import { basesOf, type Figure } from './figures.ts'
import { boundsOf, ofAmounts, sums, valueOf } from './library.ts'
import { amountOf, combined, type OwnFormula, storedAs } from './own.ts'
import { nextMonth } from './source.ts'

export interface ValueRow {
  readonly kpi: string
  readonly customerId: string
  readonly month: string
  readonly key: string
  readonly numerator: number
  readonly denominator: number
  /** Answers behind it, where that is not the denominator. */
  readonly size: number | null
  readonly median: number | null
  readonly p90: number | null
  readonly computedAt: Date
}

/** What of the values is asked for. */
export interface SliceOf {
  /** Null: all together. */
  readonly customerId: string | null
  readonly part: KpiPart
  readonly of: string
}

/** Figures over the months, each with the rows that it was read from. */
export interface SeriesOf {
  readonly series: ReadonlyMap<string, readonly KpiPoint[]>
  readonly rows: readonly ValueRow[]
}

/** The courses of figures until the last month that is over; those of made ones from those of their parts. */
export async function readSeries(
  { db, now }: Context,
  keys: readonly string[],
  { figures, slice }: { readonly figures: ReadonlyMap<string, Figure>; readonly slice: SliceOf },
): Promise<SeriesOf> {
  const { part, of } = slice
  const bases = basesOf(
    keys.map((kpi) => ({ kpi })),
    figures,
  )
  const enough = hasEnoughPeople(await teamSizes(db, part))
  const rows = (await readValues(db, bases, slice)).filter(enough)
  const upTo = lastMonthBefore(now)
  const found = await monthsFoundOut(db, bases, { figures, customerId: slice.customerId })
  const byKpi = Map.groupBy(rows, ({ kpi }) => kpi)
  const series = new Map<string, readonly KpiPoint[]>()
  const courseOf = (key: string): readonly KpiPoint[] => {
    const known = series.get(key)
    if (known !== undefined) return known
    const figure = figures.get(key)
    // Where it goes round in a circle nothing is known.
    series.set(key, [])
    const course =
      figure === undefined
        ? []
        : figure.formula === null
          ? seriesOf(figure.told, byKpi.get(key) ?? [], {
              key: part === 'customer' ? null : of,
              upTo,
              found: found.get(key) ?? new Set(),
            })
          : madeOf(
              figure.formula,
              figure.formula.parts.map(({ kpi }) => courseOf(kpi)),
              figure.formula.parts.map(({ kpi }) => figures.get(kpi)!.told.unit),
            )
    series.set(key, course)
    return course
  }
  for (const key of keys) courseOf(key)
  return { series, rows }
}

async function readValues(
  db: Db,
  kpis: readonly string[],
  { customerId, part }: SliceOf,
): Promise<readonly ValueRow[]> {
  const { rows } = await sql<ValueRow>`
    select kpi, customer_id as "customerId", to_char(month, 'YYYY-MM') as month, key, numerator::float8 as numerator,
      denominator::float8 as denominator, (beside->>'size')::float8 as size, (beside->>'median')::float8 as median,
      (beside->>'p90')::float8 as p90, computed_at as "computedAt"
    from kpi_value where part = ${part} and kpi = any(${kpis}::text[])
      ${
        customerId === null
          ? sql`and (kpi <> all(${[...ofAmounts]}::text[]) or (select count(distinct currency) from contract) <= 1)`
          : sql`and customer_id = ${customerId}`
      }
    order by kpi_value.month`.execute(db)
  return rows
}

/**
 * By figure the months in which a customer is one of few beside the others in sight, or could be reckoned from them: then
 * nothing is told of them alone, nor of their parts, which together are they.
 */
async function monthsFoundOut(
  db: Db,
  kpis: readonly string[],
  { figures, customerId }: { readonly figures: ReadonlyMap<string, Figure>; readonly customerId: string | null },
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const minimumOf = (kpi: string) => figures.get(kpi)?.told.minimum ?? 1
  const ofPeople = kpis.filter((kpi) => minimumOf(kpi) > 1)
  if (customerId === null || ofPeople.length === 0) return new Map()
  const rows = await readValues(db, ofPeople, { customerId: null, part: 'customer', of: '' })
  const found = new Map<string, Set<string>>()
  for (const [kpi, ofKpi] of Map.groupBy(rows, (row) => row.kpi)) {
    const months = new Set<string>()
    for (const [month, beside] of Map.groupBy(ofKpi, (row) => row.month)) {
      const sizes = beside.map((row) => ({ key: row.customerId, size: row.size ?? row.denominator }))
      if (shownGroups(sizes, minimumOf(kpi)).hidden.has(customerId)) months.add(month)
    }
    found.set(kpi, months)
  }
  return found
}

/** Each month from the first to the last that is over, also those of which nothing was measured. */
function seriesOf(
  told: Figure['told'],
  rows: readonly ValueRow[],
  { key, upTo, found }: { readonly key: string | null; readonly upTo: string; readonly found: ReadonlySet<string> },
): KpiPoint[] {
  const known = rows.filter(({ month }) => month <= upTo)
  const byMonth = Map.groupBy(known, ({ month }) => month)
  const first = firstOf([...byMonth.keys()])
  if (first === undefined) return []
  return monthsBetween(first, upTo).map((month) =>
    found.has(month) ? { ...nothing, month, hidden: true } : pointOf(told, month, byMonth.get(month) ?? [], key),
  )
}

/** After so many months of nothing another course begins: an old history taken in is none with what is recorded today. */
const LONG_GAP = 24

/** The month that a course begins with: the first, or the first after the last long gap. Months in their order. */
export function firstOf(months: readonly string[]): string | undefined {
  return months.findLast((month, at) => at === 0 || monthsBetween(months[at - 1]!, month).length > LONG_GAP + 1)
}

const nothing = { value: null, numerator: 0, denominator: 0, median: null, p90: null, signal: null }

function pointOf(
  { key: kpi, minimum, unit }: Pick<Figure['told'], 'key' | 'minimum' | 'unit'>,
  month: string,
  rows: readonly ValueRow[],
  key: string | null,
): KpiPoint {
  // Customers hide each other as sites do.
  const sizes = rows.map((row) => ({ key: `${row.customerId}/${row.key}`, size: row.size ?? row.denominator }))
  const { hidden, total } = shownGroups(sizes, minimum)
  const chosen = key === null ? rows : rows.filter((row) => row.key === key)
  const numerator = sumOf(chosen, (row) => row.numerator)
  const whole = sumOf(chosen, (row) => row.denominator)
  const denominator = sums.has(kpi) ? Math.min(1, whole) : whole
  const one = chosen.length === 1 ? chosen[0]! : null
  const few =
    minimum > 1 &&
    denominator > 0 &&
    (key === null ? !total : chosen.some((row) => hidden.has(`${row.customerId}/${row.key}`)))
  if (few) return { ...nothing, month, hidden: true }
  return {
    month,
    value: valueOf(unit, { numerator, denominator }),
    numerator,
    denominator,
    hidden: false,
    median: one?.median ?? null,
    p90: one?.p90 ?? null,
    signal: null,
  }
}

/** Months of which all parts are known; hidden where one of them is. */
function madeOf(
  formula: OwnFormula,
  courses: readonly (readonly KpiPoint[])[],
  units: readonly Figure['told']['unit'][],
): KpiPoint[] {
  const months = courses.map((course) => new Map(course.map((point) => [point.month, point])))
  const [first] = months
  if (first === undefined) return []
  return [...first.keys()].map((month) => {
    const points = months.map((course) => course.get(month))
    if (points.some((point) => point?.hidden === true)) return { ...nothing, month, hidden: true }
    const amount = combined(
      formula,
      points.map((point, index) => (point === undefined ? null : amountOf(units[index]!, point))),
    )
    if (amount === null) return { ...nothing, month, hidden: false }
    const stored = storedAs(formula.unit, amount)
    return { ...nothing, month, ...stored, value: valueOf(formula.unit, stored), hidden: false }
  })
}

/** The chart of one course, with the months from which its limits were made anew. */
export function chartOfSeries(
  figure: Pick<Figure['told'], 'key' | 'unit'>,
  series: readonly KpiPoint[],
  rebased: readonly string[],
): Chart {
  const at = rebased.map((month) => series.findIndex((point) => point.month === month)).filter((index) => index >= 0)
  return chartOf(
    series.map(({ value }) => value),
    boundsOf(figure),
    at,
  )
}

/** A course with what of it is news, and its stretches by month. */
export function drawn(series: readonly KpiPoint[], chart: Chart): Pick<Kpi, 'series' | 'stretches'> {
  const monthAt = (at: number) => series[Math.min(at, series.length - 1)]!.month
  const signals = new Map(chart.signals.map((signal) => [signal.at, signal]))
  return {
    series: series.map((point, at) => {
      const signal = signals.get(at)
      return { ...point, signal: signal ? { pattern: signal.pattern, direction: signal.direction } : null }
    }),
    stretches:
      series.length === 0
        ? []
        : chart.stretches.map(({ from, to, limits, standing }) => ({
            fromMonth: monthAt(from),
            toMonth: monthAt(to - 1),
            limits,
            standing,
          })),
  }
}

function sumOf(rows: readonly ValueRow[], of: (row: ValueRow) => number): number {
  return rows.reduce((sum, row) => sum + of(row), 0)
}

/** People of each team; null for other parts. What a team of few does is what single people do (DOMAIN §5.5). */
export async function teamSizes(db: Db, part: KpiPart): Promise<ReadonlyMap<string, number> | null> {
  if (part !== 'team') return null
  const { rows } = await sql<{ readonly id: string; readonly size: number }>`
    select team_id::text as id, count(*)::int as size from team_member group by 1`.execute(db)
  return new Map(rows.map(({ id, size }) => [id, size]))
}

function hasEnoughPeople(sizes: ReadonlyMap<string, number> | null) {
  return ({ key }: ValueRow) => sizes === null || (sizes.get(key) ?? 0) >= PERFORMANCE_MINIMUM
}

/** The last month that is over everywhere. */
function lastMonthBefore(now: Date): string {
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1, 1)).toISOString().slice(0, 7)
}

/** From the first to the last month, at most fifty years. */
function monthsBetween(first: string, last: string): string[] {
  const months: string[] = []
  for (let month = first; month <= last && months.length < 600; month = nextMonth(month)) months.push(month)
  return months
}
