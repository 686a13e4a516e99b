import { z } from 'zod'
import type { SectionContent } from '#core/review-content.ts'
import { moneyValue } from '#core/money-text.ts'
import { reviewSection } from '#platform/review-section.ts'
import { sectionWords } from '#platform/review-words.ts'
import { listAppropriations } from './appropriation-view.ts'
import { readEfficiency } from './efficiency.ts'
import { appropriationStates } from './lifecycle.ts'
import { readingOf } from './review-section.ts'
import { readWord } from './word.ts'

const capitalFacts = z.object({
  word: z.string(),
  asked: z.array(
    z.object({
      number: z.int(),
      title: z.string(),
      state: z.enum(appropriationStates),
      currency: z.string(),
      askedMinor: z.int(),
      approvedMinor: z.int().nullable(),
      committedMinor: z.int(),
      spentMinor: z.int(),
      forecastMinor: z.int(),
      overTolerance: z.boolean(),
      inServiceOn: z.string().nullable(),
      postReview: z.string().nullable(),
    }),
  ),
})

/** Money that was asked for and what became of it (R08): approved, ordered, spent, in service, over, looked at again. */
export const appropriationSection = reviewSection({
  key: 'appropriations',
  number: 20,
  editions: ['internal'],
  facts: capitalFacts,
  money: () => 'margin',
  gather: async (db, scope) => {
    if (scope.money !== 'margin') return null
    const all = await listAppropriations(readingOf(db, scope), { customer: scope.customerId })
    if (all.length === 0) return null
    return {
      word: await readWord(db),
      asked: all.map(({ amountMinor, contingencyMinor, ...each }) => ({
        ...each,
        askedMinor: amountMinor + contingencyMinor,
      })),
    }
  },
  tell: ({ word, asked }, speech): SectionContent => {
    const t = sectionWords(speech)
    const right = { weight: 1.6, align: 'right' as const }
    return {
      title: t('capital.title', {
        word,
        n: asked.length,
        over: asked.filter(({ overTolerance }) => overTolerance).length,
      }),
      blocks: [
        {
          kind: 'table',
          caption: word,
          columns: [
            { head: t('head.number'), weight: 0.6, align: 'right', kind: 'count' },
            { head: t('head.what'), weight: 2.8 },
            { head: t('head.state'), weight: 1.5 },
            { head: t('head.asked'), ...right },
            { head: t('head.approved'), ...right },
            { head: t('head.ordered'), ...right },
            { head: t('head.actual'), ...right },
            { head: t('head.will-cost'), ...right },
            { head: t('head.in-service'), weight: 1.3 },
          ],
          rows: asked.map((each) => {
            const amount = (minor: number | null) => ({
              text: minor === null ? '–' : speech.money(minor, each.currency),
              ...(minor !== null && moneyValue(minor, each.currency)),
            })
            return [
              { text: String(each.number), value: each.number },
              { text: each.title },
              { text: t(`appropriation.${each.state}`) },
              amount(each.askedMinor),
              amount(each.approvedMinor),
              amount(each.committedMinor),
              amount(each.spentMinor),
              { ...amount(each.forecastMinor), tone: each.overTolerance ? ('miss' as const) : ('plain' as const) },
              { text: each.inServiceOn === null ? '–' : speech.day(each.inServiceOn) },
            ]
          }),
          more: null,
        },
        ...asked.flatMap(({ number, postReview }) =>
          postReview === null ? [] : [{ kind: 'text' as const, text: `${word} ${number}: ${postReview}` }],
        ),
      ],
      notes: [t('notes.capital')],
    }
  },
})

const efficiencyFacts = z.object({
  year: z.int(),
  items: z.array(
    z.object({
      currency: z.string(),
      expectedMinor: z.int(),
      savedMinor: z.int(),
      cashableMinor: z.int(),
      share: z.object({ numerator: z.int(), denominator: z.int() }).nullable(),
      work: z.array(
        z.object({
          name: z.string(),
          baseUnitMinor: z.int(),
          volume: z.int(),
          actualMinor: z.int(),
          cashable: z.boolean(),
        }),
      ),
    }),
  ),
})

/** How much less the same work cost than at the unit costs of the year before (R20, EFF-01). */
export const efficiencySection = reviewSection({
  key: 'efficiency',
  number: 20,
  editions: ['internal'],
  facts: efficiencyFacts,
  money: () => 'margin',
  gather: async (db, scope) => {
    if (scope.money !== 'margin') return null
    const year = Number(scope.month.slice(0, 4))
    const found = await readEfficiency(readingOf(db, scope), year, { customer: scope.customerId })
    return found.items.length === 0 ? null : found
  },
  tell: ({ year, items }, speech): SectionContent => {
    const t = sectionWords(speech)
    const saved = items.map(({ savedMinor, currency }) => speech.money(savedMinor, currency))
    return {
      title: t('efficiency.title', { year: String(year), saved: speech.list(saved) }),
      blocks: items.map(({ currency, work, expectedMinor, savedMinor, cashableMinor, share }) => {
        const amount = (minor: number) => ({ text: speech.money(minor, currency), ...moneyValue(minor, currency) })
        const expected = (each: (typeof work)[number]) => each.baseUnitMinor * each.volume
        return {
          kind: 'table' as const,
          caption: t('efficiency.caption', {
            // Of no promise: it is rounded, as on the page.
            share: share === null ? '–' : `${speech.tenth((share.numerator / share.denominator) * 100)}\u00A0%`,
            cashable: speech.money(cashableMinor, currency),
          }),
          columns: [
            { head: t('head.work'), weight: 3 },
            { head: t('head.quantity'), weight: 1.2, align: 'right' as const, kind: 'count' as const },
            { head: t('head.unit-before'), weight: 1.6, align: 'right' as const },
            { head: t('head.expected'), weight: 1.8, align: 'right' as const },
            { head: t('head.actual'), weight: 1.8, align: 'right' as const },
            { head: t('head.saved'), weight: 1.8, align: 'right' as const },
          ],
          rows: [
            ...work.map((each) => [
              { text: each.name },
              { text: speech.number(each.volume), value: each.volume },
              amount(each.baseUnitMinor),
              amount(expected(each)),
              amount(each.actualMinor),
              amount(expected(each) - each.actualMinor),
            ]),
            [
              { text: t('budget.total') },
              { text: '', value: null },
              { text: '' },
              amount(expectedMinor),
              amount(expectedMinor - savedMinor),
              amount(savedMinor),
            ],
          ],
          more: null,
        }
      }),
      notes: [t('notes.efficiency')],
    }
  },
})
