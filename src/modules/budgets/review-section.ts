import { z } from 'zod'
import type { Block, SectionContent, SectionSpeech } from '#core/review-content.ts'
import { moneyValue } from '#core/money-text.ts'
import { system } from '#platform/context.ts'
import { reviewSection, type SectionScope } from '#platform/review-section.ts'
import { sectionWords } from '#platform/review-words.ts'
import { forecastReasons } from './api.ts'
import { listForecasts } from './forecasts.ts'
import { readBudget } from './lines.ts'

const sums = z.object({
  planMinor: z.int(),
  actualMinor: z.int(),
  accruedMinor: z.int(),
  committedMinor: z.int(),
  outlookMinor: z.int(),
  exchangeMinor: z.int(),
})

const budgetFacts = z.object({
  year: z.int(),
  through: z.string().nullable(),
  lines: z.array(z.object({ name: z.string(), costCentre: z.string(), currency: z.string(), ...sums.shape })),
  totals: z.array(
    z.object({
      currency: z.string(),
      ...sums.shape,
      months: z.array(z.object({ month: z.string(), planMinor: z.int(), actualMinor: z.int() })),
    }),
  ),
  reasons: z.array(z.object({ number: z.int(), reason: z.enum(forecastReasons), note: z.string() })),
})
type Facts = z.output<typeof budgetFacts>

/**
 * The program reads for a report what whoever ordered it may see: the report says so by its money. What is expected and
 * written off is so by the last moment of its month, not by the day on which it is told.
 */
export function readingOf(db: Parameters<typeof readBudget>[0]['db'], { asOf }: Pick<SectionScope, 'asOf'>) {
  return { db, actor: system, now: new Date(asOf.getTime() - 1) }
}

/** The budget of a customer’s year up to a month (R07): planned, spent, expected, ordered, the outlook with its reasons. */
export const budgetSection = reviewSection({
  key: 'budget',
  number: 20,
  editions: ['internal'],
  facts: budgetFacts,
  money: () => 'margin',
  gather: async (db, scope) => {
    if (scope.money !== 'margin') return null
    const { customerId: customer, month } = scope
    const year = Number(month.slice(0, 4))
    const reading = readingOf(db, scope)
    const { items, totals, throughMonth } = await readBudget(reading, { year, customer })
    if (items.length === 0) return null
    const forecasts = await listForecasts(reading, { year, customer })
    return {
      year,
      through: throughMonth,
      lines: items.map(({ name, costCentre, currency, sums: of }) => ({ name, costCentre, currency, ...of })),
      totals: totals.map(({ currency, sums: of, months }) => ({ currency, ...of, months })),
      reasons: forecasts.slice(0, 5).map(({ number, reason, note }) => ({ number, reason, note })),
    }
  },
  tell: (facts, speech): SectionContent => {
    const t = sectionWords(speech)
    const { year, through, totals, reasons } = facts
    const over = totals.filter(({ outlookMinor, planMinor }) => outlookMinor > planMinor).length
    return {
      title: t('budget.title', {
        year: String(year),
        outlook: speech.list(totals.map((each) => speech.money(each.outlookMinor, each.currency))),
        plan: speech.list(totals.map((each) => speech.money(each.planMinor, each.currency))),
        over,
      }),
      blocks: [
        lineTable(facts, speech),
        ...totals.flatMap((each) => burn(each, through, speech)),
        ...(reasons.length === 0
          ? []
          : [
              {
                kind: 'table' as const,
                caption: t('budget.reasons'),
                columns: [
                  { head: t('head.forecast'), weight: 1, align: 'right' as const, kind: 'count' as const },
                  { head: t('head.reason'), weight: 2 },
                  { head: t('head.note'), weight: 6 },
                ],
                rows: reasons.map(({ number, reason, note }) => [
                  { text: String(number), value: number },
                  { text: t(`budget-reason.${reason}`) },
                  { text: note },
                ]),
                more: null,
              },
            ]),
      ],
      notes: [t('notes.budget')],
    }
  },
})

function lineTable({ lines, totals }: Facts, speech: SectionSpeech): Block {
  const t = sectionWords(speech)
  const row = (name: string, centre: string, of: Facts['lines'][number] | Facts['totals'][number]) => {
    const amount = (minor: number) => ({ text: speech.money(minor, of.currency), ...moneyValue(minor, of.currency) })
    return [
      { text: name },
      { text: centre },
      amount(of.planMinor),
      amount(of.actualMinor),
      amount(of.accruedMinor),
      amount(of.committedMinor),
      { ...amount(of.outlookMinor), tone: of.outlookMinor > of.planMinor ? ('soon' as const) : ('plain' as const) },
      amount(of.exchangeMinor),
    ]
  }
  const right = { weight: 1.6, align: 'right' as const }
  return {
    kind: 'table',
    caption: t('budget.caption'),
    columns: [
      { head: t('head.line'), weight: 2.6 },
      { head: t('head.cost-centre'), weight: 1 },
      { head: t('head.plan'), ...right },
      { head: t('head.actual'), ...right },
      { head: t('head.accrued'), ...right },
      { head: t('head.ordered'), ...right },
      { head: t('head.outlook'), ...right },
      { head: t('head.exchange'), ...right },
    ],
    rows: [
      ...lines.map((line) => row(line.name, line.costCentre, line)),
      ...totals.map((total) => row(t('budget.total'), total.currency, total)),
    ],
    more: null,
  }
}

/** What was spent in all by the end of each month, against what was planned by then. */
function burn(total: Facts['totals'][number], through: string | null, speech: SectionSpeech): readonly Block[] {
  const t = sectionWords(speech)
  const { currency, months, planMinor } = total
  const over = months.filter(({ month }) => through !== null && month <= through)
  const amount = (minor: number) => ({ text: speech.money(minor, currency), ...moneyValue(minor, currency) })
  const reached = over.map(({ month }, index) => {
    const so = over.slice(0, index + 1)
    const spent = so.reduce((sum, { actualMinor }) => sum + actualMinor, 0)
    return { month, spent, planned: so.reduce((sum, each) => sum + each.planMinor, 0) }
  })
  return [
    {
      kind: 'bars',
      caption: t('budget.burn', { plan: speech.money(planMinor, currency) }),
      bars: reached.map(({ month, spent }) => ({
        name: speech.shortMonth(month),
        value: Math.max(0, spent),
        said: speech.money(spent, currency),
      })),
      alt: t('budget.burn-alt', { year: over[0]?.month.slice(0, 4) ?? '' }),
    },
    {
      kind: 'table',
      caption: t('budget.months', { currency }),
      columns: [
        { head: t('head.month'), weight: 1.4 },
        { head: t('head.planned-so-far'), weight: 2, align: 'right' },
        { head: t('head.spent-so-far'), weight: 2, align: 'right' },
        { head: t('head.left'), weight: 2, align: 'right' },
      ],
      rows: reached.map(({ month, spent, planned }) => [
        { text: speech.month(month) },
        amount(planned),
        amount(spent),
        { ...amount(planned - spent), tone: spent > planned ? ('soon' as const) : ('plain' as const) },
      ]),
      more: null,
    },
  ]
}
