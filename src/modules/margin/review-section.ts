import { z } from 'zod'
import type { Block, SectionContent, SectionSpeech } from '#core/review-content.ts'
import { bridgeDrivers } from '#core/margin.ts'
import { moneyValue } from '#core/money-text.ts'
import { reviewSection } from '#platform/review-section.ts'
import { sectionWords } from '#platform/review-words.ts'
import { profitsFor } from './profit.ts'

const result = z.object({ revenueMinor: z.int(), costMinor: z.int(), marginMinor: z.int() })

const marginFacts = z.object({
  contracts: z.array(
    z.object({
      number: z.string(),
      currency: z.string(),
      committedBp: z.int().nullable(),
      month: result.describe('Of the reviewed month, without what is passed through'),
      year: result.describe('Of the twelve months up to it'),
      months: z.array(z.object({ month: z.string(), marginMinor: z.int(), revenueMinor: z.int() })),
      unpaidMinutes: z.int(),
      unpaidMinor: z.int(),
      atCompletionMinor: z.int().nullable().describe('What the whole contract will have cost'),
      leftMinor: z.int().nullable(),
      bridge: z
        .object({
          fromMinor: z.int(),
          toMinor: z.int(),
          steps: z.array(z.object({ driver: z.enum(bridgeDrivers), amountMinor: z.int() })),
        })
        .nullable(),
    }),
  ),
})
type Facts = z.output<typeof marginFacts>['contracts'][number]

const nothing = { revenueMinor: 0, costMinor: 0, marginMinor: 0 }

/** What each contract left, the way there from the offer, and work that nobody pays: for us alone (DOMAIN §4.2, P). */
export const marginSection = reviewSection({
  key: 'margin',
  number: 20,
  editions: ['internal'],
  facts: marginFacts,
  money: () => 'margin',
  gather: async (db, { customerId, month, months, lockedAt, money }) => {
    if (money !== 'margin') return null
    const contracts: Facts[] = []
    const profits = await profitsFor({ db, now: lockedAt }, { customerId, month, months })
    for (const { number, currency, profit } of profits) {
      if (profit.months.length === 0) continue
      contracts.push({
        number,
        currency,
        committedBp: profit.committedBp,
        month: profit.months.find((each) => each.month === month)?.actual.without ?? nothing,
        year: profit.total.without,
        months: profit.months
          .map((each) => ({
            month: each.month,
            marginMinor: each.actual.without.marginMinor,
            revenueMinor: each.actual.without.revenueMinor,
          }))
          .toReversed(),
        unpaidMinutes: profit.unpaid.minutes,
        unpaidMinor: profit.unpaid.amountMinor,
        atCompletionMinor: profit.outlook?.atCompletionMinor ?? null,
        leftMinor: profit.outlook?.marginMinor ?? null,
        bridge: profit.bridge === null ? null : { ...profit.bridge, steps: [...profit.bridge.steps] },
      })
    }
    return contracts.length === 0 ? null : { contracts }
  },
  tell: ({ contracts }, speech): SectionContent => {
    const t = sectionWords(speech)
    const [first] = contracts
    return {
      title: t('margin.title', {
        n: contracts.length,
        amount: speech.list(contracts.map(({ month, currency }) => speech.money(month.marginMinor, currency))),
        below: contracts.filter(isBelow).length,
      }),
      blocks: [leftTable(contracts, speech), ...contracts.flatMap((each) => bridgeBlocks(each, speech))],
      notes: [t('notes.margin'), ...(first?.bridge === null ? [] : [t('notes.bridge')])],
    }
  },
})

function isBelow({ committedBp, year: { marginMinor, revenueMinor } }: Facts): boolean {
  return committedBp !== null && BigInt(marginMinor) * 10_000n < BigInt(committedBp) * BigInt(revenueMinor)
}

function leftTable(contracts: readonly Facts[], speech: SectionSpeech): Block {
  const t = sectionWords(speech)
  const share = ({ marginMinor, revenueMinor }: Facts['year']) =>
    revenueMinor <= 0
      ? { text: '–', value: null }
      : { text: `${speech.tenth((marginMinor / revenueMinor) * 100)}\u00a0%`, value: marginMinor / revenueMinor }
  return {
    kind: 'table',
    caption: t('margin.caption'),
    columns: [
      { head: t('head.contract'), weight: 1.6 },
      { head: t('head.margin-month'), weight: 1.7, align: 'right' },
      { head: t('head.margin-year'), weight: 1.8, align: 'right' },
      { head: t('head.share'), weight: 1, align: 'right', kind: 'share' },
      { head: t('head.committed'), weight: 1.1, align: 'right', kind: 'share' },
      { head: t('head.unpaid'), weight: 1.7, align: 'right' },
      { head: t('head.at-completion'), weight: 1.9, align: 'right' },
    ],
    rows: contracts.map((each) => {
      const { number, currency, committedBp, month, year, unpaidMinor, leftMinor } = each
      const amount = (minor: number) => ({ text: speech.money(minor, currency), ...moneyValue(minor, currency) })
      return [
        { text: number },
        amount(month.marginMinor),
        amount(year.marginMinor),
        { ...share(year), ...(isBelow(each) && { tone: 'miss' as const }) },
        committedBp === null
          ? { text: '–', value: null }
          : { text: `${speech.tenth(committedBp / 100)}\u00a0%`, value: committedBp / 10_000 },
        amount(unpaidMinor),
        leftMinor === null ? { text: '–' } : amount(leftMinor),
      ]
    }),
    more: null,
  }
}

/** From the offer to what was posted, driver by driver: they add up exactly. */
function bridgeBlocks({ number, currency, bridge }: Facts, speech: SectionSpeech): readonly Block[] {
  if (bridge === null) return []
  const t = sectionWords(speech)
  const row = (name: string, amountMinor: number) => [
    { text: name },
    {
      text: `${amountMinor > 0 ? '+' : ''}${speech.money(amountMinor, currency)}`,
      ...moneyValue(amountMinor, currency),
      tone: amountMinor < 0 ? ('miss' as const) : ('plain' as const),
    },
  ]
  const end = (name: string, amountMinor: number) => [
    { text: name },
    { text: speech.money(amountMinor, currency), ...moneyValue(amountMinor, currency) },
  ]
  return [
    {
      kind: 'table',
      caption: t('margin.bridge', { contract: number }),
      columns: [
        { head: t('head.driver'), weight: 4 },
        { head: t('head.amount'), weight: 2, align: 'right' },
      ],
      rows: [
        end(t('margin.offered'), bridge.fromMinor),
        ...bridge.steps
          .filter(({ amountMinor }) => amountMinor !== 0)
          .map(({ driver, amountMinor }) => row(t(`driver.${driver}`), amountMinor)),
        end(t('margin.now'), bridge.toMinor),
      ],
      more: null,
    },
  ]
}
