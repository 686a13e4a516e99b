import { sql } from 'kysely'
import { z } from 'zod'
import { moneyValue } from '#core/money-text.ts'
import type { Block, SectionContent, SectionSpeech } from '#core/review-content.ts'
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
      /** For inside alone, and for who may see it. */
      margin: z
        .object({
          currency: z.string(),
          revenueMinor: z.int(),
          costMinor: z.int(),
          atRiskMinutes: z.int(),
          workedMinutes: z.int(),
        })
        .nullish(),
    }),
  ),
})
type Changed = z.output<typeof changeFacts>['changes'][number]

/** States of which the customer knows: before an offer nothing was told to them. */
const told = sql`('offered', 'negotiation', 'approved', 'signed', 'implemented', 'closed', 'rejected', 'lapsed')`

/** What a change brings and costs over the term, and what was worked for it by the end of the month. */
const margin = (to: Date) => sql`(select json_build_object('currency', c.currency, 'revenueMinor', m.revenue_minor,
    'costMinor', m.cost_minor, 'workedMinutes', coalesce(sum(w.minutes), 0),
    'atRiskMinutes', coalesce(sum(w.minutes) filter (where h.signed_on is null or w.day < h.signed_on), 0))
  from contract_change_margin m left join contract_change_work w on w.change_id = m.change_id and w.created_at < ${to}
  where m.change_id = h.id group by m.revenue_minor, m.cost_minor)`

/**
 * Changes of contracts, open and of the last twelve months (R39). Inside it says as well what they leave and what was worked
 * before anybody signed; prices are in the change itself.
 */
export const changeSection = reviewSection({
  key: 'contract-changes',
  number: 14,
  editions: ['customer', 'internal'],
  facts: changeFacts,
  money: ({ changes }) => (changes.some((each) => each.margin) ? 'margin' : 'charges'),
  gather: async (db, { customerId, from, to, money }, edition) => {
    if (money === '') return null
    const inside = edition === 'internal' && money === 'margin'
    const { rows } = await sql<Changed>`
      select c.number as contract, h.number, h.title, h.origin, h.state,
        to_char(h.offer_valid_until, 'YYYY-MM-DD') as "offerValidUntil", to_char(h.signed_on, 'YYYY-MM-DD') as "signedOn",
        to_char(h.effective_from, 'YYYY-MM-DD') as "effectiveFrom",
        ${inside ? margin(to) : sql`null`} as margin
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
        ...leavings(changes, speech),
      ],
      notes: [t('notes.changes')],
    }
  },
})

/** What each leaves over the term of its contract, and the work that nobody had signed for yet. */
function leavings(changes: readonly Changed[], speech: SectionSpeech): readonly Block[] {
  const t = sectionWords(speech)
  const known = changes.flatMap(({ margin: of, ...change }) => (of ? [{ ...change, ...of }] : []))
  if (known.length === 0) return []
  const right = { weight: 1.5, align: 'right' as const }
  return [
    {
      kind: 'table',
      caption: t('change.leaves'),
      columns: [
        { head: t('head.contract'), weight: 1.5 },
        { head: t('head.number'), weight: 0.7, align: 'right', kind: 'count' },
        { head: t('head.what'), weight: 2.8 },
        { head: t('head.brings'), ...right },
        { head: t('head.costs-more'), ...right },
        { head: t('head.leaves'), ...right },
        { head: t('head.before-signature'), ...right, kind: 'duration' },
      ],
      rows: known.map(({ contract, number, title, currency, revenueMinor, costMinor, atRiskMinutes, state }) => {
        const amount = (minor: number) => ({ text: speech.money(minor, currency), ...moneyValue(minor, currency) })
        const isOpen = !['rejected', 'lapsed'].includes(state)
        return [
          { text: contract },
          { text: String(number), value: number },
          { text: title },
          amount(revenueMinor),
          amount(costMinor),
          amount(revenueMinor - costMinor),
          {
            text: atRiskMinutes === 0 ? '–' : speech.duration(atRiskMinutes * 60_000),
            value: atRiskMinutes * 60_000,
            tone: atRiskMinutes > 0 && isOpen ? ('soon' as const) : ('plain' as const),
          },
        ]
      }),
      more: null,
    },
  ]
}
