import { sql } from 'kysely'
import { z } from 'zod'
import { chartOf } from '#core/control-chart.ts'
import type { Block, SectionClaim, SectionContent, SectionSpeech, Tone } from '#core/review-content.ts'
import type { Db } from '#platform/context.ts'
import { reviewSection } from '#platform/review-section.ts'
import { sectionWords } from '#platform/review-words.ts'
import { figureUnit, figureValue, figureWord } from './figure-words.ts'
import { computeChanged } from './compute.ts'
import { MINOR } from './value-text.ts'
import { type FrozenValue, restatedValues } from './restated.ts'
import { boundsOf, type KpiDefinition, library, ofMoney, valueOf } from './library.ts'

/** Key figures that a customer sees of itself; the others are how the provider steers. */
const told: ReadonlySet<string> = new Set([
  'K01',
  'K02',
  'K03',
  'K05',
  'K09',
  'K10',
  'K11',
  'K12',
  'K13',
  'K21',
  'K22',
  'K23',
  'K24',
  'K26',
  'K31',
  'K80',
])

/** Whether somebody who may see so much of money may be told a figure. */
function mayTell(key: string, money: '' | 'charges' | 'margin'): boolean {
  const needed = ofMoney[key]
  return needed === undefined || money === 'margin' || money === needed
}

/** Months that a chart shows. */
const MONTHS = 25

/** As many as one slide has. */
const CHARTS = 9

const signalFacts = z.object({
  kpis: z.array(
    z.object({
      key: z.string(),
      version: z.int(),
      currency: z.string().nullable().optional().describe('Of amounts'),
      points: z.array(z.object({ month: z.string(), numerator: z.number(), denominator: z.number() })),
      baselines: z.array(z.string()).describe('Months from which limits were made anew'),
    }),
  ),
})

/** Key figures over the months, those that are news first: without a signal there is nothing to tell (DOMAIN §3.12). */
export const signalSection = reviewSection({
  key: 'signals',
  number: 3,
  editions: ['customer', 'internal', 'one-page'],
  facts: signalFacts,
  ready: async (context, customerId) => {
    await computeChanged(context, customerId)
  },
  money: ({ kpis }) => {
    const needed = new Set(kpis.map(({ key }) => ofMoney[key]))
    return needed.has('margin') ? 'margin' : needed.has('charges') ? 'charges' : ''
  },
  gather: async (db, { customerId, month, money }, edition) => {
    const wanted = library.filter(
      ({ key, missing }) => missing === null && (edition === 'internal' ? mayTell(key, money) : told.has(key)),
    )
    const { rows } = await sql<{
      readonly kpi: string
      readonly month: string
      readonly n: number
      readonly d: number
    }>`
      select kpi, to_char(month, 'YYYY-MM') as month, numerator::float8 as n, denominator::float8 as d from kpi_value
      where customer_id = ${customerId} and part = 'customer' and kpi = any(${wanted.map(({ key }) => key)}::text[])
        and month <= ${`${month}-01`}::date and month > ${`${month}-01`}::date - make_interval(months => ${MONTHS})
      order by kpi, month`.execute(db)
    const { rows: rebased } = await sql<{ readonly kpi: string; readonly month: string }>`
      select kpi, to_char(month, 'YYYY-MM') as month from kpi_baseline
      where customer_id = ${customerId} and part = 'customer' order by kpi, month`.execute(db)
    const currencies = await currenciesOf(db, customerId)
    const kpis = wanted.flatMap(({ key, version, minimum, unit }) => {
      // Of few opinions there is no value.
      const points = rows
        .filter(({ kpi, d }) => kpi === key && (minimum === 1 || d >= minimum))
        .map((row) => ({ month: row.month, numerator: row.n, denominator: row.d }))
      if (points.at(-1)?.month !== month) return []
      const baselines = rebased.filter(({ kpi }) => kpi === key).map((each) => each.month)
      const amounts = unit === 'money' ? { currency: currencies.get(key) ?? null } : {}
      return [{ key, version, ...amounts, points, baselines }]
    })
    return kpis.length === 0 ? null : { kpis }
  },
  restate: (before, after, speech) => {
    const t = sectionWords(speech)
    // Each of them ends with the month that is reviewed.
    const month = after.kpis[0]?.points.at(-1)?.month ?? ''
    return restatedValues(frozenValues(before.kpis, month), frozenValues(after.kpis, month), speech, (name, where) =>
      t('restated.month', { name, month: speech.month(where) }),
    )
  },
  tell: ({ kpis }, speech): SectionContent => {
    const t = sectionWords(speech)
    const trends = kpis.flatMap((kpi) => {
      const definition = library.find(({ key }) => key === kpi.key)
      return definition === undefined ? [] : [trendOf(definition, kpi, speech)]
    })
    const news = trends.filter(({ signal }) => signal)
    const claims = news
      .filter(({ block }) => block.tone === 'miss' || block.tone === 'met')
      .slice(0, 2)
      .map(({ block }): SectionClaim => ({
        tone: block.tone === 'miss' ? 'soon' : 'met',
        text: t('signals.claim', { name: block.name, value: block.latest }),
        evidence: [block.change],
        felt: { kind: 'none', why: t('signals.not-asked') },
      }))
    return {
      title: t('signals.title', { n: news.length, of: trends.length }),
      blocks: [...news, ...trends.filter(({ signal }) => !signal)].slice(0, CHARTS).map(({ block }) => block),
      notes: [t('notes.signals'), ...kpis.map(({ key }) => definitionOf(key, speech))],
      claims,
    }
  },
})

/** Each value of each month, the reviewed one's first. */
function frozenValues(kpis: z.output<typeof signalFacts>['kpis'], month: string): readonly FrozenValue[] {
  const values = kpis.flatMap(({ key: kpi, version, currency = null, points }) =>
    points.map((point) => ({
      kpi,
      version,
      where: point.month === month ? '' : point.month,
      numerator: point.numerator,
      denominator: point.denominator,
      hidden: false,
      currency,
    })),
  )
  return values.toSorted((one, other) =>
    one.where === '' || other.where === '' ? one.where.length - other.where.length : other.where < one.where ? -1 : 1,
  )
}

/** What a figure is called and how it is counted, for who speaks. */
export function definitionOf(key: string, speech: SectionSpeech): string {
  return `${figureWord(key, 'name', speech)}: ${figureWord(key, 'formula', speech)}`
}

/** What amounts of a customer are in, by figure: one currency, or they are not counted at all. */
async function currenciesOf(db: Db, customerId: string): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ readonly key: string; readonly currency: string }>`
    select distinct 'K15' as key, impact_currency as currency from major_incident
    where customer_id = ${customerId} and impact_currency is not null
    union select 'K28', currency from contract where customer_id = ${customerId}
    union select 'K55', currency from opportunity where customer_id = ${customerId} and currency is not null`.execute(
    db,
  )
  return new Map(rows.map(({ key, currency }) => [key, currency]))
}

function trendOf(
  definition: KpiDefinition,
  { points, baselines, currency }: z.output<typeof signalFacts>['kpis'][number],
  speech: SectionSpeech,
): { readonly signal: boolean; readonly block: Extract<Block, { kind: 'trend' }> } {
  const t = sectionWords(speech)
  const months = monthsOf(points[0]!.month, points.at(-1)!.month)
  const values = months.map((month) => {
    const point = points.find((each) => each.month === month)
    return point === undefined ? null : valueOf(definition.unit, point)
  })
  const starts = baselines.map((month) => months.indexOf(month)).filter((at) => at >= 0)
  const { stretches, signals } = chartOf(values, boundsOf(definition), starts)
  const limits = stretches.at(-1)?.limits ?? null
  const signal = signals.find(({ at }) => at === months.length - 1)
  const said = (value: number) => figureValue(definition, value, speech, currency)
  const scale = definition.unit === 'duration' ? 1 / 3_600_000 : definition.unit === 'money' ? 1 / MINOR : 1
  // What it is a part of is said once, with the value.
  const limit = (value: number) => (definition.unit === 'per-thousand' ? speech.tenth(value) : said(value))
  const usual = limits === null ? {} : { lower: limit(limits.lower), upper: limit(limits.upper) }
  const better = signal !== undefined && (signal.direction === 'higher') === (definition.direction === 'up')
  const tone: Tone = signal === undefined || definition.direction === 'none' ? 'plain' : better ? 'met' : 'miss'
  const last = values.at(-1) ?? null
  const called = figureWord(definition.key, 'name', speech)
  return {
    signal: signal !== undefined,
    block: {
      kind: 'trend',
      name: called,
      latest: last === null ? '–' : said(last),
      months: months.map(speech.shortMonth),
      values: values.map((value) => (value === null ? null : Math.round(value * scale * 100) / 100)),
      limits: limits === null ? null : { lower: limits.lower * scale, upper: limits.upper * scale },
      tone,
      change:
        limits === null
          ? t('signals.few-months')
          : signal === undefined
            ? t('signals.none', usual)
            : t('signals.some', { pattern: signal.pattern, direction: signal.direction, ...usual }),
      unit: figureUnit(definition, speech, currency),
      format: definition.unit === 'percent' ? '0.0"\u00a0%"' : '0.0',
      alt: `${called}: ${months.map((month, index) => `${speech.shortMonth(month)} ${values[index] === null ? '–' : said(values[index]!)}`).join('; ')}`,
    },
  }
}

function monthsOf(first: string, last: string): string[] {
  const months: string[] = []
  for (let month = first; month <= last && months.length < 600;) {
    months.push(month)
    const [year, number] = month.split('-').map(Number) as [number, number]
    month = new Date(Date.UTC(year, number, 1)).toISOString().slice(0, 7)
  }
  return months
}
