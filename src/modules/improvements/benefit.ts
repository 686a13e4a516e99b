import { invalid, refused } from '#core/failure.ts'
import { readKpi } from '#modules/kpis'
import type { Context } from '#platform/context.ts'
import type { Improvement } from './api.ts'
import { benefitIn, type Proof } from './improvement.ts'

const none = { baselineMonth: null, baselineNumerator: null, baselineDenominator: null, baselineValue: null }

/** The figure as columns, with its latest stored month; without one where nothing was measured yet. */
export async function baselineOf(context: Context, customerId: string | null, kpi: Improvement['kpi']) {
  if (kpi === null) return { kpi: null, kpiPart: null, kpiOf: null, ...none }
  const { key, part, of } = kpi
  const { series, missing } = await readKpi(context, key, { customer: customerId ?? undefined, part, of })
  if (missing !== null) throw refused('improvement.no-source')
  const latest = series.findLast(({ value }) => value !== null)
  const columns = { kpi: key, kpiPart: part, kpiOf: of }
  if (latest === undefined) return { ...columns, ...none }
  return {
    ...columns,
    baselineMonth: `${latest.month}-01`,
    baselineNumerator: latest.numerator,
    baselineDenominator: latest.denominator,
    baselineValue: latest.value,
  }
}

interface Measured {
  readonly customerId: string | null
  readonly kpi: string | null
  readonly kpiPart: string | null
  readonly kpiOf: string | null
  readonly startedAt: Date | null
}

/** The signal of its figure that shows the benefit, and the figure's unit; null where there is none or no figure. */
export async function benefitOf(
  context: Context,
  { customerId, kpi, kpiPart, kpiOf, startedAt }: Measured,
): Promise<{ readonly benefit: Proof | null; readonly unit: string | null }> {
  if (kpi === null) return { benefit: null, unit: null }
  const slice = { customer: customerId ?? undefined, part: (kpiPart ?? 'customer') as 'customer', of: kpiOf ?? '' }
  const { series, direction, unit } = await readKpi(context, kpi, slice)
  if (startedAt === null) return { benefit: null, unit }
  const since = startedAt.toISOString().slice(0, 7)
  return { benefit: benefitIn(series, { better: direction, since }), unit }
}

/** What a benefit is confirmed by, as columns. Throws while the figure's chart tells of none, or evidence lacks. */
export async function proofOf(
  context: Context,
  kept: Measured & { readonly agreedEvidence: string | null },
  evidence: string | undefined,
) {
  if (kept.kpi !== null) {
    const { benefit } = await benefitOf(context, kept)
    if (benefit === null) throw refused('improvement.no-signal', { kpi: kept.kpi })
    const { month, pattern, value } = benefit
    return { proof: 'signal', proofMonth: `${month}-01`, proofPattern: pattern, proofValue: value }
  }
  if (kept.agreedEvidence === null) throw refused('improvement.measure-needed')
  if (evidence === undefined) {
    throw invalid('improvement.evidence-needed', {}, { errors: [{ path: 'note', message: '' }] })
  }
  return { proof: 'evidence', evidence }
}
