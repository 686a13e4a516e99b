import { z } from 'zod'
import type { Block, SectionContent, SectionSpeech } from '#core/review-content.ts'
import { costAccounts, revenueCategories } from '#core/ledger.ts'
import { moneyValue } from '#core/money-text.ts'
import { reviewSection } from '#platform/review-section.ts'
import { sectionWords } from '#platform/review-words.ts'
import { profitsFor } from './profit.ts'

const planned = z.enum(['bid', 'budget'])

const monthsFacts = z.object({
  contracts: z.array(
    z.object({
      number: z.string(),
      currency: z.string(),
      committedBp: z.int().nullable(),
      month: z.string(),
      against: planned.nullable().describe('What the month is put beside'),
      lines: z.array(
        z.object({
          account: z.enum([
            ...revenueCategories.map((each) => `revenue:${each}` as const),
            ...costAccounts.map((each) => `cost:${each}` as const),
          ]),
          actualMinor: z.int().describe('Cost and credits below zero'),
          plannedMinor: z.int().nullable(),
        }),
      ),
      months: z.array(z.object({ month: z.string(), revenueMinor: z.int(), costMinor: z.int(), marginMinor: z.int() })),
      outlook: z
        .object({
          valueMinor: z.int(),
          creditsMinor: z.int(),
          spentMinor: z.int(),
          toCompleteMinor: z.int(),
          atCompletionMinor: z.int(),
          marginMinor: z.int(),
        })
        .nullable(),
    }),
  ),
})
type Facts = z.output<typeof monthsFacts>['contracts'][number]

/** Profit and loss of each contract: the month by kind against its plan, twelve months, and what it will have cost (R05). */
export const marginMonthsSection = reviewSection({
  key: 'margin-months',
  number: 20,
  editions: ['internal'],
  facts: monthsFacts,
  money: () => 'margin',
  gather: async (db, { customerId, month, months, lockedAt, money }) => {
    if (money !== 'margin') return null
    const contracts: Facts[] = []
    const profits = await profitsFor({ db, now: lockedAt }, { customerId, month, months })
    for (const { number, currency, profit } of profits) {
      const now = profit.months.find((each) => each.month === month)
      if (now === undefined) continue
      const against = now.bid !== null ? 'bid' : now.budget !== null ? 'budget' : null
      const plan = against === null ? null : now[against]
      const lines = [
        ...revenueCategories.map((kind) => {
          const sign = kind === 'credits' ? -1 : 1
          return {
            account: `revenue:${kind}` as const,
            actualMinor: sign * (now.actual.revenue[kind] ?? 0) || 0,
            plannedMinor: plan === null ? null : sign * (plan.revenue[kind] ?? 0) || 0,
          }
        }),
        ...costAccounts.map((kind) => ({
          account: `cost:${kind}` as const,
          actualMinor: -(now.actual.cost[kind] ?? 0) || 0,
          plannedMinor: plan === null ? null : -(plan.cost[kind] ?? 0) || 0,
        })),
      ].filter(({ actualMinor, plannedMinor }) => actualMinor !== 0 || (plannedMinor ?? 0) !== 0)
      contracts.push({
        number,
        currency,
        committedBp: profit.committedBp,
        month,
        against,
        lines,
        months: profit.months.map((each) => ({ month: each.month, ...each.actual.without })).toReversed(),
        outlook: profit.outlook,
      })
    }
    return contracts.length === 0 ? null : { contracts }
  },
  tell: ({ contracts }, speech): SectionContent => {
    const t = sectionWords(speech)
    return {
      title: t('margin-months.title', { n: contracts.length }),
      blocks: contracts.flatMap((each) => [
        ...atTheEnd(each, speech),
        ...shareTrend(each, speech),
        monthTable(each, speech),
        monthsTable(each, speech),
      ]),
      notes: [t('notes.margin-months')],
    }
  },
})

function atTheEnd({ number, currency, outlook }: Facts, speech: SectionSpeech): readonly Block[] {
  if (outlook === null) return []
  const t = sectionWords(speech)
  const { valueMinor, creditsMinor, spentMinor, toCompleteMinor, atCompletionMinor, marginMinor } = outlook
  const amount = (minor: number) => speech.money(minor, currency)
  const brings = valueMinor - creditsMinor
  return [
    {
      kind: 'figures',
      figures: [
        { label: t('margin-months.value'), value: amount(brings), about: t('margin-months.value-about', { number }) },
        {
          label: t('margin-months.at-completion'),
          value: amount(atCompletionMinor),
          about: t('margin-months.at-completion-about', { spent: amount(spentMinor), ahead: amount(toCompleteMinor) }),
        },
        {
          label: t('margin-months.left'),
          value: amount(marginMinor),
          about: brings <= 0 ? '–' : `${speech.tenth((marginMinor / brings) * 100)}\u00a0%`,
        },
      ],
    },
  ]
}

function monthTable({ number, currency, month, against, lines }: Facts, speech: SectionSpeech): Block {
  const t = sectionWords(speech)
  const amount = (minor: number) => ({ text: speech.money(minor, currency), ...moneyValue(minor, currency) })
  const sum = (of: (line: Facts['lines'][number]) => number) => lines.reduce((all, line) => all + of(line), 0)
  const row = (text: string, actualMinor: number, plannedMinor: number | null) => [
    { text },
    amount(actualMinor),
    plannedMinor === null ? { text: '–', value: null } : amount(plannedMinor),
    plannedMinor === null
      ? { text: '–', value: null }
      : {
          ...amount(actualMinor - plannedMinor),
          tone: actualMinor < plannedMinor ? ('miss' as const) : ('plain' as const),
        },
  ]
  return {
    kind: 'table',
    caption: t('margin-months.month', { number, month: speech.month(month) }),
    columns: [
      { head: t('head.kind'), weight: 3.4 },
      { head: t('head.posted'), weight: 2, align: 'right' },
      { head: against === 'budget' ? t('head.budgeted') : t('head.offered'), weight: 2, align: 'right' },
      { head: t('head.difference'), weight: 2, align: 'right' },
    ],
    rows: [
      ...lines.map(({ account, actualMinor, plannedMinor }) => row(t(`account.${account}`), actualMinor, plannedMinor)),
      row(
        t('margin-months.with'),
        sum(({ actualMinor }) => actualMinor),
        against === null ? null : sum(({ plannedMinor }) => plannedMinor ?? 0),
      ),
    ],
    more: null,
  }
}

/** What is left of what comes in, month by month. */
function shareTrend({ number, months, committedBp }: Facts, speech: SectionSpeech): readonly Block[] {
  if (months.length < 2) return []
  const t = sectionWords(speech)
  const values = months.map(({ revenueMinor, marginMinor }) =>
    revenueMinor <= 0 ? null : Math.round((marginMinor / revenueMinor) * 1000) / 10,
  )
  const said = (value: number | null) => (value === null ? '–' : `${speech.tenth(value)}\u00a0%`)
  const name = t('margin-months.share', { number })
  const latest = values.at(-1) ?? null
  const isBelow = latest !== null && committedBp !== null && latest * 100 < committedBp
  return [
    {
      kind: 'trend',
      name,
      latest: said(latest),
      months: months.map(({ month }) => speech.shortMonth(month)),
      values,
      limits: null,
      tone: isBelow ? 'miss' : 'plain',
      change: committedBp === null ? '' : t('margin-months.committed', { share: said(committedBp / 100) }),
      unit: '%',
      format: '0.0"\u00a0%"',
      alt: `${name}: ${months.map(({ month }, index) => `${speech.shortMonth(month)} ${said(values[index] ?? null)}`).join('; ')}`,
    },
  ]
}

function monthsTable({ number, currency, months }: Facts, speech: SectionSpeech): Block {
  const t = sectionWords(speech)
  const amount = (minor: number) => ({ text: speech.money(minor, currency), ...moneyValue(minor, currency) })
  return {
    kind: 'table',
    caption: t('margin-months.months', { number }),
    columns: [
      { head: t('head.month'), weight: 2 },
      { head: t('head.revenue'), weight: 2, align: 'right' },
      { head: t('head.cost'), weight: 2, align: 'right' },
      { head: t('head.margin'), weight: 2, align: 'right' },
      { head: t('head.share'), weight: 1.2, align: 'right', kind: 'share' },
    ],
    rows: months.map(({ month, revenueMinor, costMinor, marginMinor }) => [
      { text: speech.month(month) },
      amount(revenueMinor),
      amount(costMinor),
      { ...amount(marginMinor), tone: marginMinor < 0 ? ('miss' as const) : ('plain' as const) },
      revenueMinor <= 0
        ? { text: '–', value: null }
        : { text: `${speech.tenth((marginMinor / revenueMinor) * 100)}\u00a0%`, value: marginMinor / revenueMinor },
    ]),
    more: null,
  }
}
