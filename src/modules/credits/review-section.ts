import { sql } from 'kysely'
import { z } from 'zod'
import type { Block, SectionClaim, SectionContent, SectionSpeech } from '#core/review-content.ts'
import { moneyValue } from '#core/money-text.ts'
import { reviewSection } from '#platform/review-section.ts'
import { sectionWords } from '#platform/review-words.ts'
import { creditStates } from './lifecycle.ts'

const level = z.object({
  name: z.string(),
  outcome: z.enum(['met', 'missed', 'not-measured']),
  numerator: z.number().nullable(),
  denominator: z.number().nullable(),
  targetPpm: z.number(),
  standing: z.enum(['met', 'not-measured', 'reported-only', 'no-default', 'not-claimed', 'same-event', 'counted']),
  shareMinor: z.int(),
})

const creditFacts = z.object({
  credits: z.array(
    z.object({
      contract: z.string(),
      month: z.string(),
      state: z.enum(creditStates),
      currency: z.string(),
      basisMinor: z.int(),
      uncappedMinor: z.int(),
      amountMinor: z.int(),
      chargedIn: z.string().nullable(),
      levels: z.array(level),
    }),
  ),
})
type CreditFacts = z.output<typeof creditFacts>['credits'][number]

/**
 * What the month's misses cost by the contract, level by level down to the caps, and what became of earlier credits of the
 * same contract year. The customer sees what they were notified of.
 */
export const creditSection = reviewSection({
  key: 'credits',
  number: 15,
  editions: ['customer', 'internal'],
  facts: creditFacts,
  money: () => 'charges',
  gather: async (db, { customerId, month, money }, edition) => {
    if (money === '') return null
    const told = edition === 'internal' ? sql`true` : sql`s.state not in ('calculated', 'internal-review')`
    const { rows } = await sql<z.output<typeof creditFacts>['credits'][number]>`
      select c.number as contract, to_char(s.month, 'YYYY-MM') as month, s.state, c.currency, s.basis_minor::float8 as "basisMinor",
        s.uncapped_minor::float8 as "uncappedMinor", s.amount_minor::float8 as "amountMinor", s.levels,
        (select to_char(h.month, 'YYYY-MM') from charge h where h.id = s.charge_id) as "chargedIn"
      from service_credit s join contract c on c.id = s.contract_id
      where s.customer_id = ${customerId} and s.month <= ${`${month}-01`}::date
        and s.month > ${`${month}-01`}::date - interval '12 months' and ${told}
      order by s.month desc, c.number, s.id limit 60`.execute(db)
    return rows.length === 0 ? null : { credits: rows }
  },
  tell: ({ credits }, speech): SectionContent => {
    const t = sectionWords(speech)
    const latest = credits[0]!.month
    const now = credits.filter(({ month }) => month === latest)
    const [first] = now
    const amount = speech.list(now.map(({ amountMinor, currency }) => speech.money(amountMinor, currency)))
    const some = now.some(({ amountMinor }) => amountMinor > 0)
    return {
      title: t('credits.title', { some: some ? 'yes' : 'no', amount, month: speech.month(latest) }),
      blocks: [
        ...now.flatMap((credit) => statement(credit, speech)),
        ...(credits.length > now.length ? [ledger(credits, speech)] : []),
      ],
      notes: [t('notes.credits')],
      claims: some
        ? [
            {
              tone: 'miss',
              text: t('credits.claim', { amount, month: speech.month(latest) }),
              evidence: first === undefined ? [] : [reckoned(first, speech)],
              felt: { kind: 'none', why: t('credits.not-asked') },
            } satisfies SectionClaim,
          ]
        : [],
    }
  },
})

function reckoned({ basisMinor, uncappedMinor, amountMinor, currency }: CreditFacts, speech: SectionSpeech): string {
  return sectionWords(speech)('credits.reckoned', {
    basis: speech.money(basisMinor, currency),
    uncapped: speech.money(uncappedMinor, currency),
    amount: speech.money(amountMinor, currency),
  })
}

/** One month's credit, level by level. */
function statement(credit: CreditFacts, speech: SectionSpeech): readonly Block[] {
  const t = sectionWords(speech)
  const { contract, currency, levels, state, amountMinor } = credit
  return [
    { kind: 'text', text: reckoned(credit, speech), tone: amountMinor > 0 ? 'miss' : 'plain' },
    {
      kind: 'table',
      caption: t('credits.caption', { contract, state: t(`credit.${state}`) }),
      columns: [
        { head: t('head.credit-level'), weight: 3.4 },
        { head: t('head.measured'), weight: 1.3, align: 'right', kind: 'share' },
        { head: t('head.promised'), weight: 1.2, align: 'right', kind: 'share' },
        { head: t('head.state'), weight: 2.2 },
        { head: t('head.amount'), weight: 1.5, align: 'right' },
      ],
      rows: levels.map(({ name, numerator, denominator, targetPpm, standing, shareMinor }) => [
        { text: name },
        // As finely as the statement itself: money hangs on the difference to what was promised.
        numerator === null || denominator === null || denominator === 0
          ? { text: t('credits.unmeasured'), value: null }
          : {
              text: `${speech.number(Math.floor((numerator * 100_000) / denominator) / 1000)}\u00a0%`,
              value: numerator / denominator,
            },
        { text: `${speech.number(targetPpm / 10_000)}\u00a0%`, value: targetPpm / 1_000_000 },
        {
          text: t(`standing.${standing}`),
          tone: standing === 'counted' ? ('miss' as const) : standing === 'met' ? ('met' as const) : ('plain' as const),
        },
        { text: speech.money(shareMinor, currency), ...moneyValue(shareMinor, currency) },
      ]),
      more: null,
    },
  ]
}

/** The months before: what was given, disputed, or earned back. */
function ledger(credits: readonly CreditFacts[], speech: SectionSpeech): Block {
  const t = sectionWords(speech)
  return {
    kind: 'table',
    caption: t('credits.ledger'),
    columns: [
      { head: t('head.month'), weight: 1.6 },
      { head: t('head.contract'), weight: 1.6 },
      { head: t('head.amount'), weight: 1.5, align: 'right' },
      { head: t('head.state'), weight: 2 },
      { head: t('head.taken-off'), weight: 1.6 },
    ],
    rows: credits.map(({ month, contract, amountMinor, currency, state, chargedIn }) => [
      { text: speech.month(month) },
      { text: contract },
      { text: speech.money(amountMinor, currency), ...moneyValue(amountMinor, currency) },
      { text: t(`credit.${state}`) },
      { text: chargedIn === null ? '–' : speech.month(chargedIn) },
    ]),
    more: null,
  }
}
