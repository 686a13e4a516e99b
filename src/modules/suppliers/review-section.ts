import { z } from 'zod'
import { daysAfter } from '#core/recurrence.ts'
import type { SectionContent } from '#core/review-content.ts'
import { system } from '#platform/context.ts'
import { reviewSection } from '#platform/review-section.ts'
import { sectionWords } from '#platform/review-words.ts'
import { tiers } from './api.ts'
import { supplierStates } from './lifecycle.ts'
import { listSuppliers } from './list.ts'

const supplierFacts = z.object({
  suppliers: z.array(
    z.object({
      name: z.string(),
      state: z.enum(supplierStates),
      tier: z.enum(tiers),
      spend: z.array(z.object({ currency: z.string(), amountMinor: z.int() })),
      kept: z.object({ numerator: z.int(), denominator: z.int() }).nullable(),
      shortUnits: z.int(),
      endsOn: z.string().nullable(),
    }),
  ),
})

/** Who stands behind our promises to a customer (R16): weight, what they kept by our own clocks, capacity, cost, the end. */
export const supplierSection = reviewSection({
  key: 'suppliers',
  number: 17,
  editions: ['internal'],
  facts: supplierFacts,
  money: () => 'margin',
  gather: async (db, { customerId, money, lockedAt }) => {
    if (money !== 'margin') return null
    const suppliers = await listSuppliers({ db, actor: system, now: lockedAt }, { customer: customerId })
    return suppliers.length === 0 ? null : { suppliers }
  },
  tell: ({ suppliers }, speech): SectionContent => {
    const t = sectionWords(speech)
    const watched = suppliers.filter(({ state }) => state === 'watch').length
    return {
      title: t('supplier.title', { n: suppliers.length, watched }),
      blocks: [
        {
          kind: 'table',
          caption: t('supplier.caption'),
          columns: [
            { head: t('head.supplier'), weight: 3 },
            { head: t('head.weight'), weight: 1.3 },
            { head: t('head.state'), weight: 1.9 },
            { head: t('head.kept'), weight: 1.6, align: 'right' },
            { head: t('head.short'), weight: 1.2, align: 'right', kind: 'count' },
            { head: t('head.invoiced'), weight: 2, align: 'right' },
            { head: t('head.until'), weight: 1.4 },
          ],
          rows: suppliers.map(({ name, tier, state, kept, shortUnits, spend, endsOn }) => [
            { text: name },
            { text: t(`tier.${tier}`) },
            { text: t(`supplier-state.${state}`), tone: state === 'watch' ? ('soon' as const) : ('plain' as const) },
            {
              text:
                kept === null
                  ? t('supplier.not-measured')
                  : t('supplier.kept', { met: kept.numerator, of: kept.denominator }),
            },
            { text: speech.number(shortUnits), value: shortUnits },
            { text: speech.list(spend.map(({ amountMinor, currency }) => speech.money(amountMinor, currency))) || '–' },
            { text: endsOn === null ? '–' : speech.day(daysAfter(endsOn, -1)) },
          ]),
          more: null,
        },
      ],
      notes: [t('notes.suppliers')],
    }
  },
})
