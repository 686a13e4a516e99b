import { sql } from 'kysely'
import { z } from 'zod'
import { endOf } from '#core/contract-dates.ts'
import { daysAfter } from '#core/recurrence.ts'
import type { Block, SectionClaim, SectionContent, SectionSpeech } from '#core/review-content.ts'
import { moneyValue } from '#core/money-text.ts'
import type { Db } from '#platform/context.ts'
import { reviewSection, type SectionScope } from '#platform/review-section.ts'
import { dayCell, sectionWords } from '#platform/review-words.ts'
import { contractStates } from './lifecycle.ts'
import { datesOf } from './queries.ts'
import {
  contractsIn,
  dayOf,
  LISTED,
  obligation,
  type ObligationFacts,
  obligationsOf,
  obligationTable,
} from './review-parts.ts'

const charge = z.object({
  contract: z.string(),
  name: z.string(),
  quantity: z.number().nullable(),
  amountMinor: z.int(),
  currency: z.string(),
})

const contractFacts = z.object({
  contracts: z.array(
    z.object({
      number: z.string(),
      title: z.string(),
      state: z.enum(contractStates),
      startsOn: z.iso.date(),
      endsOn: z.iso.date().nullable().describe('The first day on which it no longer holds'),
    }),
  ),
  obligations: z.array(obligation),
  charges: z.array(charge).nullable().describe('Null where no money is told of'),
})

/** What was agreed, what both sides owed in the month and, where money may be told of, what was charged; no cost, no margin. */
export const contractSection = reviewSection({
  key: 'contract',
  number: 14,
  editions: ['customer', 'internal'],
  facts: contractFacts,
  money: ({ charges }) => (charges === null ? '' : 'charges'),
  gather: async (db, scope, edition) => {
    const contracts = await contractsIn(db, scope)
    if (contracts.length === 0) return null
    const obligations: ObligationFacts[] = []
    for (const contract of contracts) {
      const span = { from: dayOf(contract, scope.from), to: dayOf(contract, scope.to) }
      obligations.push(...(await obligationsOf(db, contract, scope, span)))
    }
    return {
      contracts: contracts.map((contract) => ({
        number: contract.number,
        title: contract.title,
        state: contract.state as 'live',
        startsOn: contract.startsOn,
        endsOn: endOf(datesOf(contract, dayOf(contract, scope.asOf))),
      })),
      obligations: obligations.slice(0, LISTED),
      charges: scope.money === '' ? null : await chargesOf(db, scope, edition === 'internal'),
    }
  },
  tell: ({ contracts, obligations, charges }, speech): SectionContent => {
    const t = sectionWords(speech)
    const open = obligations.filter(({ outcome }) => outcome === 'late' || outcome === 'breached')
    const ours = open.filter(({ party }) => party === 'provider')
    return {
      title: t('contract.title', {
        contracts: contracts.length,
        owed: obligations.length,
        open: open.length,
        charged: charges === null || charges.length === 0 ? 'none' : totals(charges, speech),
      }),
      blocks: [
        {
          kind: 'table',
          caption: t('contract.caption'),
          columns: [
            { head: t('head.contract'), weight: 1.4 },
            { head: t('head.title'), weight: 3.4 },
            { head: t('head.state'), weight: 1.6 },
            { head: t('head.since'), weight: 1.3 },
            { head: t('head.until'), weight: 1.5 },
          ],
          rows: contracts.map(({ number, title, state, startsOn, endsOn }) => [
            { text: number },
            { text: title },
            { text: t(`contract.${state}`) },
            dayCell(startsOn, speech),
            { text: endsOn === null ? t('contract.open-ended') : speech.day(daysAfter(endsOn, -1)) },
          ]),
          more: null,
        },
        ...(obligations.length === 0 ? [] : [obligationTable(t('contract.obligations'), obligations, speech)]),
        ...(charges === null || charges.length === 0 ? [] : chargeBlocks(charges, speech)),
      ],
      notes: [t('notes.contract'), ...(charges === null ? [] : [t('notes.charges')])],
      claims: ours.slice(0, 1).map(({ text }): SectionClaim => ({
        tone: 'miss',
        text: t('contract.claim', { n: ours.length, first: speech.brief(text) }),
        evidence: [],
        felt: { kind: 'none', why: t('contract.not-asked') },
      })),
    }
  },
})

const privateFacts = z.object({
  contracts: z.array(
    z.object({
      number: z.string(),
      currency: z.string(),
      valueMinor: z.int().nullable(),
      marginBp: z.int().nullable(),
      note: z.string().nullable(),
    }),
  ),
})

/** What the provider keeps to itself of its contracts: never the customer's, and ours only for who answers for them. */
export const privateContractSection = reviewSection({
  key: 'contract-private',
  number: 20,
  editions: ['internal'],
  facts: privateFacts,
  money: () => 'margin',
  gather: async (db, { customerId, money }) => {
    if (money !== 'margin') return null
    const { rows } = await sql<z.output<typeof privateFacts>['contracts'][number]>`
      select c.number, c.currency, p.value_minor::float8 as "valueMinor", p.margin_target_bp as "marginBp", p.note
      from contract_private p join contract c on c.id = p.contract_id
      where p.customer_id = ${customerId} and c.state not in ('expired', 'terminated') order by c.number, c.id`.execute(
      db,
    )
    return rows.length === 0 ? null : { contracts: rows }
  },
  tell: ({ contracts }, speech): SectionContent => {
    const t = sectionWords(speech)
    return {
      title: t('private.title', { n: contracts.length }),
      blocks: [
        {
          kind: 'table',
          caption: t('private.caption'),
          columns: [
            { head: t('head.contract'), weight: 1.6 },
            { head: t('head.value'), weight: 1.6, align: 'right' },
            { head: t('head.margin-target'), weight: 1.4, align: 'right', kind: 'share' },
            { head: t('head.note'), weight: 5 },
          ],
          rows: contracts.map(({ number, currency, valueMinor, marginBp, note }) => [
            { text: number },
            valueMinor === null
              ? { text: '–', value: null }
              : { text: speech.money(valueMinor, currency), ...moneyValue(valueMinor, currency) },
            marginBp === null
              ? { text: '–', value: null }
              : { text: `${speech.tenth(marginBp / 100)}\u00a0%`, value: marginBp / 10_000 },
            { text: note ?? '–' },
          ]),
          more: null,
        },
      ],
      notes: [t('notes.private')],
    }
  },
})

async function chargesOf(db: Db, { customerId, month }: SectionScope, inside: boolean) {
  const { rows } = await sql<z.output<typeof charge>>`
    select c.number as contract, h.name,
      -- What is passed through is counted as money, and of a credit nothing is.
      case when h.kind not in ('pass-through', 'credit') then h.quantity::float8 end as quantity, h.amount_minor::float8 as "amountMinor", c.currency
    from charge h join contract c on c.id = h.contract_id
    where h.customer_id = ${customerId} and h.month = ${`${month}-01`}::date ${inside ? sql`` : sql`and h.state <> 'draft'`}
    order by c.number, h.amount_minor desc, h.name, h.id limit ${LISTED}`.execute(db)
  return rows
}

type Charges = readonly z.output<typeof charge>[]

function totals(charges: Charges, speech: SectionSpeech): string {
  const byCurrency = Map.groupBy(charges, ({ currency }) => currency)
  const sums = [...byCurrency].map(([currency, own]) =>
    speech.money(
      own.reduce((sum, { amountMinor }) => sum + amountMinor, 0),
      currency,
    ),
  )
  return speech.list(sums)
}

function chargeBlocks(charges: Charges, speech: SectionSpeech): readonly Block[] {
  const t = sectionWords(speech)
  return [
    {
      kind: 'table',
      caption: t('contract.charges'),
      columns: [
        { head: t('head.contract'), weight: 1.4 },
        { head: t('head.charge'), weight: 3.6 },
        { head: t('head.quantity'), weight: 1.2, align: 'right', kind: 'number' },
        { head: t('head.amount'), weight: 1.6, align: 'right' },
      ],
      rows: charges.map(({ contract, name, quantity, amountMinor, currency }) => [
        { text: contract },
        { text: name },
        quantity === null ? { text: '–', value: null } : { text: speech.number(quantity), value: quantity },
        { text: speech.money(amountMinor, currency), ...moneyValue(amountMinor, currency) },
      ]),
      more: null,
    },
  ]
}
