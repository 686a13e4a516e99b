import { z } from 'zod'
import type { Block, SectionSpeech } from '#core/review-content.ts'
import type { Db } from '#platform/context.ts'
import type { SectionScope } from '#platform/review-section.ts'
import { dayCell, sectionWords } from '#platform/review-words.ts'
import { dueStates } from './lifecycle.ts'
import { obligationsBetween } from './obligations.ts'
import { type ContractRow, contractsFor, todayOf } from './queries.ts'

/** So many obligations are listed. */
export const LISTED = 60

/** What one side owes on a day, as a review tells it. */
export const obligation = z.object({
  contract: z.string(),
  text: z.string(),
  party: z.enum(['provider', 'customer']),
  dueOn: z.iso.date(),
  outcome: z.enum(dueStates),
  evidence: z.string().nullable().optional().describe('By what it is proven'),
  noticedOn: z.iso.date().nullable().optional().describe('When the customer was told that it is missing'),
})
export type ObligationFacts = z.output<typeof obligation>

/** Contracts that had begun at the moment of the facts, by their number. */
export async function contractsIn(db: Db, { customerId, asOf }: SectionScope): Promise<readonly ContractRow[]> {
  const all = await contractsFor(db, { customerId })
  return all
    .filter((contract) => contract.startsOn <= dayOf(contract, asOf) && contract.state !== 'pipeline')
    .toSorted((one, other) => (one.number < other.number ? -1 : 1))
}

/** The local date of a moment at the contract's customer. */
export function dayOf({ timeZone }: ContractRow, at: Date): string {
  return todayOf(timeZone, at)
}

/** What falls due in the days of `span`, as it stood at the moment of the facts. */
export async function obligationsOf(
  db: Db,
  contract: ContractRow,
  { asOf }: SectionScope,
  span: { readonly from: string; readonly to: string },
): Promise<readonly ObligationFacts[]> {
  const dues = await obligationsBetween(db, contract, dayOf(contract, asOf), span)
  const known = (at: Date | null): at is Date => at !== null && at < asOf
  return dues.map(({ text, party, dueOn, state, settledAt, evidence, noticedAt }) => ({
    contract: contract.number,
    text,
    party,
    dueOn,
    // What was said of it later is not known at the moment of the review.
    evidence: known(settledAt) ? evidence : null,
    noticedOn: known(noticedAt) ? dayOf(contract, noticedAt) : null,
    outcome: settledAt !== null && settledAt >= asOf ? (dueOn < dayOf(contract, asOf) ? 'late' : 'due') : state,
  }))
}

/** Obligations as a table. */
export function obligationTable(
  caption: string,
  obligations: readonly ObligationFacts[],
  speech: SectionSpeech,
): Block {
  const t = sectionWords(speech)
  const proofOf = ({ evidence, noticedOn }: ObligationFacts) =>
    evidence ?? (noticedOn ? t('obligation.told', { date: speech.day(noticedOn) }) : '')
  const isProven = obligations.some((each) => proofOf(each) !== '')
  return {
    kind: 'table',
    caption,
    columns: [
      { head: t('head.due'), weight: isProven ? 1.6 : 1.3 },
      { head: t('head.what'), weight: isProven ? 3.6 : 4.4 },
      { head: t('head.whose'), weight: 1.2 },
      { head: t('head.state'), weight: 1.4 },
      ...(isProven ? [{ head: t('head.evidence'), weight: 2.1 }] : []),
      { head: t('head.contract'), weight: 1.7 },
    ],
    rows: obligations.map((each) => rowOf(each)),
    more: null,
  }

  function rowOf(each: ObligationFacts) {
    const { contract, text, party, dueOn, outcome } = each
    return [
      dayCell(dueOn, speech),
      { text },
      { text: t(`side.${party}`) },
      {
        text: t(`obligation.${outcome}`),
        tone: outcome === 'late' || outcome === 'breached' ? ('miss' as const) : ('plain' as const),
      },
      ...(isProven ? [{ text: proofOf(each) }] : []),
      { text: contract },
    ]
  }
}
