import { sql } from 'kysely'
import { z } from 'zod'
import type { SectionContent } from '#core/review-content.ts'
import { reviewSection } from '#platform/review-section.ts'
import { sectionWords } from '#platform/review-words.ts'
import { changeStates } from './lifecycle.ts'

const origins = ['customer', 'provider', 'law', 'technology'] as const

const changeFacts = z.object({
  changes: z.array(
    z.object({
      contract: z.string(),
      number: z.int(),
      title: z.string(),
      origin: z.enum(origins),
      state: z.enum(changeStates),
      offerValidUntil: z.string().nullable(),
      signedOn: z.string().nullable(),
      effectiveFrom: z.string().nullable(),
    }),
  ),
})

/** States of which the customer knows: before an offer nothing was told to them. */
const told = sql`('offered', 'negotiation', 'approved', 'signed', 'implemented', 'closed', 'rejected', 'lapsed')`

/** Changes of contracts, open and of the last twelve months (R39): no price, no margin; those are in the change itself. */
export const changeSection = reviewSection({
  key: 'contract-changes',
  number: 14,
  editions: ['customer', 'internal'],
  facts: changeFacts,
  money: () => 'charges',
  gather: async (db, { customerId, from, to, money }, edition) => {
    if (money === '') return null
    const { rows } = await sql<z.output<typeof changeFacts>['changes'][number]>`
      select c.number as contract, h.number, h.title, h.origin, h.state,
        to_char(h.offer_valid_until, 'YYYY-MM-DD') as "offerValidUntil", to_char(h.signed_on, 'YYYY-MM-DD') as "signedOn",
        to_char(h.effective_from, 'YYYY-MM-DD') as "effectiveFrom"
      from contract_change h join contract c on c.id = h.contract_id
      where h.customer_id = ${customerId} and h.created_at < ${to}
        and (h.state not in ('closed', 'rejected', 'lapsed') or h.created_at >= ${from}::timestamptz - interval '11 months')
        and ${edition === 'internal' ? sql`true` : sql`h.state in ${told}`}
      order by c.number, h.number desc limit 40`.execute(db)
    return rows.length === 0 ? null : { changes: rows }
  },
  tell: ({ changes }, speech): SectionContent => {
    const t = sectionWords(speech)
    const day = (on: string | null) => ({ text: on === null ? '–' : speech.day(on) })
    const pending = changes.filter(({ state }) =>
      ['requested', 'impact-assessment', 'offered', 'negotiation', 'approved'].includes(state),
    )
    return {
      title: t('change.title', { n: changes.length, pending: pending.length }),
      blocks: [
        {
          kind: 'table',
          caption: t('change.caption'),
          columns: [
            { head: t('head.contract'), weight: 1.5 },
            { head: t('head.number'), weight: 0.7, align: 'right', kind: 'count' },
            { head: t('head.what'), weight: 2.8 },
            { head: t('head.asked-by'), weight: 1.3 },
            { head: t('head.state'), weight: 1.5 },
            { head: t('head.valid-until'), weight: 1.3 },
            { head: t('head.signed-on'), weight: 1.8 },
            { head: t('head.effective'), weight: 1.3 },
          ],
          rows: changes.map(({ contract, number, title, origin, state, ...days }) => [
            { text: contract },
            { text: String(number), value: number },
            { text: title },
            { text: t(`change-origin.${origin}`) },
            { text: t(`change-state.${state}`) },
            day(days.offerValidUntil),
            day(days.signedOn),
            day(days.effectiveFrom),
          ]),
          more: null,
        },
      ],
      notes: [t('notes.changes')],
    }
  },
})
