import { sql } from 'kysely'
import { type Chart, chartOf } from '#core/control-chart.ts'
import { notFound } from '#core/failure.ts'
import { newId } from '#core/id.ts'
import { PERFORMANCE_MINIMUM, shownGroups } from '#core/small-groups.ts'
import { speaker } from '#core/text.ts'
import { requireCustomer } from '#modules/customers'
import type { Context, Db } from '#platform/context.ts'
import de from '../../locales/de/kpis.json' with { type: 'json' }
import en from '../../locales/en/kpis.json' with { type: 'json' }
import type { Kpi, KpiPart, KpiPoint, KpiQuery, ListedKpi } from './api.ts'
import { boundsOf, type KpiDefinition, library, valueOf } from './library.ts'
import { nextMonth } from './source.ts'
import { sources } from './sources.ts'

const say = speaker<keyof typeof en>({ en, de })

export function requireKpi(key: string): KpiDefinition {
  const found = library.find((each) => each.key === key)
  if (found === undefined) throw notFound('kpi.not-found')
  return found
}

function defined({ actor }: Context, { key, ...rest }: KpiDefinition): Omit<ListedKpi, 'latest'> {
  const word = (what: 'name' | 'question' | 'formula' | 'exclusions') =>
    say(actor.language, `${key}.${what}` as keyof typeof en)
  const source = sources[key]
  return {
    key,
    ...rest,
    name: word('name'),
    question: word('question'),
    formula: word('formula'),
    exclusions: word('exclusions'),
    parts: [...(source?.parts ?? [])],
    records: source?.records ?? null,
  }
}

/** `GET /kpis`. */
export async function listKpis(context: Context, { customer }: { readonly customer?: string | undefined }) {
  const customerId = await idOf(context.db, customer)
  const rows = await readValues(context.db, { customerId, part: 'customer' })
  const rebased = await readBaselines(context.db, { customerId, part: 'customer', of: '' })
  const items = library.map((definition): ListedKpi => {
    const own = rows.filter((row) => row.kpi === definition.key)
    const series = seriesOf(definition, own, { key: null, upTo: lastMonthBefore(context.now) })
    const months = rebased.filter(({ kpi }) => kpi === definition.key).map(({ month }) => month)
    const chart = chartOfSeries(definition, series, months)
    const last = series.at(-1)
    return {
      ...defined(context, definition),
      latest: last === undefined ? null : latestOf(last, series.length - 1, chart),
    }
  })
  return { items, computedAt: latestMoment(rows) }
}

function latestOf(
  { month, value, numerator, denominator }: KpiPoint,
  at: number,
  { signals, stretches }: Chart,
): ListedKpi['latest'] {
  const signal = signals.find((each) => each.at === at)
  const limits = stretches.at(-1)?.limits
  return {
    month,
    value,
    numerator,
    denominator,
    signal: signal === undefined ? null : { pattern: signal.pattern, direction: signal.direction },
    limits: limits ? { lower: limits.lower, upper: limits.upper } : null,
  }
}

/** `GET /kpis/:key`. */
export async function readKpi(context: Context, key: string, { customer, part, of }: KpiQuery): Promise<Kpi> {
  const { db, now } = context
  const definition = requireKpi(key)
  const customerId = await idOf(db, customer)
  const rows = (await readValues(db, { customerId, part, kpi: key })).filter(hasEnoughPeople(await teamSizes(db, part)))
  const series = seriesOf(definition, rows, { key: part === 'customer' ? null : of, upTo: lastMonthBefore(now) })
  const baselines = await readBaselines(db, { customerId, part, of, kpi: key })
  const chart = chartOfSeries(
    definition,
    series,
    baselines.map(({ month }) => month),
  )
  const monthAt = (at: number) => series[Math.min(at, series.length - 1)]!.month
  return {
    ...defined(context, definition),
    series: series.map((point, at) => {
      const signal = chart.signals.find((each) => each.at === at)
      return {
        ...point,
        signal: signal === undefined ? null : { pattern: signal.pattern, direction: signal.direction },
      }
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
    baselines: baselines.map(({ id, month, reason, madeAt }) => ({ id, month, reason, madeAt })),
    choices: await choicesOf(db, part, [...new Set(rows.map((row) => row.key))]),
    computedAt: latestMoment(rows),
  }
}

/** The chart of one series, for whoever decides about its limits. */
export function chartOfSeries(
  definition: KpiDefinition,
  series: readonly KpiPoint[],
  rebased: readonly string[],
): Chart {
  const at = rebased.map((month) => series.findIndex((point) => point.month === month)).filter((index) => index >= 0)
  return chartOf(
    series.map(({ value }) => value),
    boundsOf(definition.unit),
    at,
  )
}

interface ValueRow {
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

interface Which {
  readonly customerId: string | null
  readonly part: KpiPart
  readonly kpi?: string
}

async function readValues(db: Db, { customerId, part, kpi }: Which): Promise<readonly ValueRow[]> {
  const { rows } = await sql<ValueRow>`
    select kpi, customer_id as "customerId", to_char(month, 'YYYY-MM') as month, key, numerator::float8 as numerator,
      denominator::float8 as denominator, (beside->>'size')::float8 as size, (beside->>'median')::float8 as median, (beside->>'p90')::float8 as p90,
      computed_at as "computedAt"
    from kpi_value where part = ${part}
      ${customerId === null ? sql`` : sql`and customer_id = ${customerId}`} ${kpi === undefined ? sql`` : sql`and kpi = ${kpi}`}
    order by month`.execute(db)
  return rows
}

/** Each month from the first to the last that is over, also those of which nothing was measured. */
function seriesOf(
  definition: KpiDefinition,
  rows: readonly ValueRow[],
  { key, upTo }: { readonly key: string | null; readonly upTo: string },
): KpiPoint[] {
  const known = rows.filter(({ month }) => month <= upTo)
  const first = known[0]?.month
  if (first === undefined) return []
  const byMonth = Map.groupBy(known, ({ month }) => month)
  return monthsBetween(first, upTo).map((month) => pointOf(definition, month, byMonth.get(month) ?? [], key))
}

function pointOf(definition: KpiDefinition, month: string, rows: readonly ValueRow[], key: string | null): KpiPoint {
  const { minimum, unit } = definition
  // Customers hide each other as sites do.
  const sizes = rows.map((row) => ({ key: `${row.customerId}/${row.key}`, size: row.size ?? row.denominator }))
  const { hidden, total } = shownGroups(sizes, minimum)
  const chosen = key === null ? rows : rows.filter((row) => row.key === key)
  const numerator = sumOf(chosen, (row) => row.numerator)
  const denominator = sumOf(chosen, (row) => row.denominator)
  const one = chosen.length === 1 ? chosen[0]! : null
  const few =
    minimum > 1 &&
    denominator > 0 &&
    (key === null ? !total : chosen.some((row) => hidden.has(`${row.customerId}/${row.key}`)))
  if (few)
    return { month, value: null, numerator: 0, denominator: 0, hidden: true, median: null, p90: null, signal: null }
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

interface BaselineQuery {
  readonly customerId: string | null
  readonly part: KpiPart
  readonly of: string
  readonly kpi?: string
}

async function readBaselines(db: Db, { customerId, part, of, kpi }: BaselineQuery) {
  if (customerId === null) return []
  return db
    .selectFrom('kpiBaseline')
    .select(['id', 'kpi', 'reason', 'madeAt', sql<string>`to_char(month, 'YYYY-MM')`.as('month')])
    .where('customerId', '=', customerId)
    .where('part', '=', part)
    .where('key', '=', of)
    .$if(kpi !== undefined, (query) => query.where('kpi', '=', kpi!))
    .orderBy('kpiBaseline.month')
    .execute()
}

async function choicesOf(db: Db, part: KpiPart, keys: readonly string[]): Promise<Kpi['choices']> {
  const known = keys.filter((key) => key !== '')
  if (part === 'customer' || known.length === 0) return []
  if (part === 'site-type' || part === 'segment' || part === 'market')
    return known.toSorted().map((key) => ({ id: key, name: key }))
  return db.selectFrom(part).select(['id', 'name']).where('id', 'in', known).orderBy('name').orderBy('id').execute()
}

export async function insertBaseline(
  { db, actor, now }: Context,
  row: {
    readonly customerId: string
    readonly kpi: string
    readonly part: string
    readonly key: string
    readonly month: string
    readonly reason: string
  },
): Promise<boolean> {
  const { numInsertedOrUpdatedRows: written = 0n } = await db
    .insertInto('kpiBaseline')
    .values({ id: newId(now.getTime()), ...row, madeBy: actor.personId, madeAt: now })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return written > 0n
}

async function idOf(db: Db, customer: string | undefined): Promise<string | null> {
  return customer === undefined ? null : (await requireCustomer(db, customer)).id
}

function latestMoment(rows: readonly ValueRow[]): Date | null {
  return rows.reduce<Date | null>(
    (latest, { computedAt }) => (latest === null || computedAt > latest ? computedAt : latest),
    null,
  )
}

/** The last month that is over everywhere. */
function lastMonthBefore(now: Date): string {
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1, 1)).toISOString().slice(0, 7)
}

/** From the first to the last month, at most so many. */
function monthsBetween(first: string, last: string, most = 600): string[] {
  const months: string[] = []
  for (let month = first; month <= last && months.length < most; month = nextMonth(month)) months.push(month)
  return months
}
