import { sql } from 'kysely'
import { newId } from '#core/id.ts'
import { requireCustomer } from '#modules/customers'
import type { Context, Db } from '#platform/context.ts'
import type { Kpi, KpiPart, KpiQuery, ListedKpi } from './api.ts'
import { readFigures, requireFigure } from './figures.ts'
import { chartOfSeries, drawn, readSeries, type SliceOf, type ValueRow } from './series.ts'

/** `GET /kpis`. */
export async function listKpis(context: Context, { customer }: { readonly customer?: string | undefined }) {
  const customerId = await idOf(context.db, customer)
  const figures = await readFigures(context, customerId)
  const slice: SliceOf = { customerId, part: 'customer', of: '' }
  const keys = [...figures.keys()]
  const { series, rows } = await readSeries(context, keys, { figures, slice })
  const rebased = await readBaselines(context.db, slice)
  const items = keys.map((key): ListedKpi => {
    const { told } = figures.get(key)!
    const months = rebased.filter(({ kpi }) => kpi === key).map(({ month }) => month)
    const course = series.get(key)!
    const { series: points, stretches } = drawn(course, chartOfSeries(told, course, months))
    return { ...told, latest: latestOf(points, stretches) }
  })
  return { items, computedAt: latestMoment(rows) }
}

export function latestOf(series: Kpi['series'], stretches: Kpi['stretches']): ListedKpi['latest'] {
  const last = series.at(-1)
  if (last === undefined) return null
  const { month, value, numerator, denominator, signal } = last
  const limits = stretches.at(-1)?.limits
  const between = limits ? { lower: limits.lower, upper: limits.upper } : null
  return { month, value, numerator, denominator, signal, limits: between }
}

/** `GET /kpis/:key`. */
export async function readKpi(context: Context, key: string, { customer, part, of }: KpiQuery): Promise<Kpi> {
  const { db } = context
  const slice = { customerId: await idOf(db, customer), part, of }
  const figures = await readFigures(context, slice.customerId)
  requireFigure(figures, key)
  const [kpi] = await readKpis(context, [key], { figures, slice })
  return { ...kpi!.kpi, choices: await choicesOf(db, part, [...new Set(kpi!.rows.map((row) => row.key))]) }
}

/** Several figures of one slice with their charts; what of a part there is to choose is left to who asks for one. */
export async function readKpis(
  context: Context,
  keys: readonly string[],
  { figures, slice }: { readonly figures: Awaited<ReturnType<typeof readFigures>>; readonly slice: SliceOf },
): Promise<readonly { readonly kpi: Kpi; readonly rows: readonly ValueRow[] }[]> {
  const { series, rows } = await readSeries(context, keys, { figures, slice })
  const rebased = await readBaselines(context.db, slice)
  return keys.map((key) => {
    const { told } = figures.get(key)!
    const baselines = rebased.filter(({ kpi }) => kpi === key)
    const course = series.get(key)!
    const months = baselines.map(({ month }) => month)
    const kpi: Kpi = {
      ...told,
      ...drawn(course, chartOfSeries(told, course, months)),
      baselines: baselines.map(({ id, month, reason, madeAt }) => ({ id, month, reason, madeAt })),
      choices: [],
      computedAt: latestMoment(rows),
    }
    return { kpi, rows }
  })
}

async function readBaselines(db: Db, { customerId, part, of }: SliceOf) {
  if (customerId === null) return []
  return db
    .selectFrom('kpiBaseline')
    .select(['id', 'kpi', 'reason', 'madeAt', sql<string>`to_char(month, 'YYYY-MM')`.as('month')])
    .where('customerId', '=', customerId)
    .where('part', '=', part)
    .where('key', '=', of)
    .orderBy('kpiBaseline.month')
    .execute()
}

async function choicesOf(db: Db, part: KpiPart, keys: readonly string[]): Promise<Kpi['choices']> {
  const known = keys.filter((key) => key !== '')
  if (part === 'customer' || known.length === 0) return []
  if (part === 'site-type' || part === 'segment' || part === 'market') {
    return known.toSorted().map((key) => ({ id: key, name: key }))
  }
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
