import { isSustained } from '#core/control-chart.ts'
import { refused } from '#core/failure.ts'
import { require } from '#core/may.ts'
import { requireCustomer } from '#modules/customers'
import type { Context } from '#platform/context.ts'
import { audit } from '#platform/history.ts'
import type { Kpi, NewBaseline } from './api.ts'
import { computeAll } from './jobs.ts'
import { barredFromMeasuring } from './may.ts'
import { insertBaseline, readKpi } from './queries.ts'
import { chartOfSeries } from './series.ts'

/** Has everything counted anew. */
export async function askToCompute(context: Context): Promise<void> {
  require(barredFromMeasuring(context.actor))
  await context.enqueue(computeAll, { all: true })
  await audit(context, { action: 'kpis.computed' })
}

/** Makes limits anew from a month on, where a signal lasts and its cause is known (DOMAIN §3.12). */
export async function rebase(
  context: Context,
  key: string,
  { customer, part, of, month, reason }: NewBaseline,
): Promise<Kpi> {
  require(barredFromMeasuring(context.actor))
  const { id: customerId } = await requireCustomer(context.db, customer)
  const slice = { customer: customerId, part, of }
  const { series, baselines, unit } = await readKpi(context, key, slice)
  const at = series.findIndex((point) => point.month === month)
  const chart = chartOfSeries(
    { key, unit },
    series,
    baselines.map((each) => each.month),
  )
  if (at < 0 || !isSustained(chart, at)) throw refused('kpi.not-sustained', { month })
  const row = { customerId, kpi: key, part, key: part === 'customer' ? '' : of, month: `${month}-01`, reason }
  if (!(await insertBaseline(context, row))) throw refused('kpi.rebased', { month })
  const about = { subjectType: 'kpi', customerId, facts: { kpi: key, part, of, month, reason } }
  await audit(context, { action: 'kpi.rebased', ...about })
  return readKpi(context, key, slice)
}
