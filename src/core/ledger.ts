/*
 * A contract's money as double entry (DOMAIN §3.9): each posting takes an amount from one account to another. What was charged
 * and credited is derived from the contract's own records by these pure rules, so that it can be counted again from history.
 */
import { costCategories, type CostCategory, type ProfitAndLoss } from '#core/margin.ts'
import { partOf } from '#core/money.ts'

export const revenueCategories = [
  'fixed',
  'volume',
  'time',
  'one-off',
  'indexation',
  'pass-through',
  'credits',
] as const
export type RevenueCategory = (typeof revenueCategories)[number]

export const costAccounts = [...costCategories, 'pass-through'] as const
export type CostAccount = CostCategory | 'pass-through'

export type Account =
  | `revenue:${RevenueCategory}`
  | `cost:${CostAccount}`
  /** What the customer owes; what is not invoiced yet; what is owed to others; what is expected; our own work. */
  | 'receivable'
  | 'unbilled'
  | 'payable'
  | 'accrued'
  | 'own-work'

export interface Posting {
  /** `YYYY-MM`. */
  readonly month: string
  readonly serviceId: string | null
  readonly version: 'actual' | 'accrual'
  readonly debit: Account
  readonly credit: Account
  /** Above zero. */
  readonly amountMinor: number
  readonly quantity: number | null
  /** Of own work: no charge pays for it. */
  readonly unpaid: boolean
  readonly source: 'charge' | 'credit' | 'time'
  /** Of work: the change of the contract that it was for. */
  readonly sourceId: string | null
}

const revenueOfKind: Readonly<Record<string, RevenueCategory>> = {
  fixed: 'fixed',
  unit: 'volume',
  tiered: 'volume',
  baseline: 'volume',
  time: 'time',
  milestone: 'one-off',
  'one-off': 'one-off',
  'pass-through': 'pass-through',
  'true-up': 'indexation',
  credit: 'credits',
}

/**
 * A cost that was invoiced, as it is posted: a credit note, below zero, goes the other way round, so that amounts of postings
 * stay above zero.
 */
export function postedCost(
  category: CostAccount,
  amountMinor: number,
): Pick<Posting, 'debit' | 'credit' | 'amountMinor'> {
  const cost: Account = `cost:${category}`
  return amountMinor < 0
    ? { debit: 'payable', credit: cost, amountMinor: -amountMinor }
    : { debit: cost, credit: 'payable', amountMinor }
}

export interface ChargedFact {
  readonly id: string
  readonly month: string
  readonly kind: string
  readonly serviceId: string | null
  readonly amountMinor: number
  readonly quantity: number | null
  /** Agreed, or further. */
  readonly agreed: boolean
}

/** A credit of a month: expected until it stands on a charge, whose month is named then. */
export interface CreditFact {
  readonly id: string
  readonly month: string
  readonly amountMinor: number
  readonly chargedIn: string | null
}

export interface WorkFact {
  readonly month: string
  readonly serviceId: string | null
  readonly minutes: number
  /** What an hour costs in that month; null: nobody said. */
  readonly hourMinor: number | null
  /** It was done before a change was signed, or for a service that no charge of its month pays. */
  readonly unpaid: boolean
  /** The change of the contract that it was for; null: the service as it runs. */
  readonly changeId: string | null
}

/** All postings that follow from what was charged, credited and worked; the same whenever they are counted. */
export function derivedPostings({
  charges,
  credits,
  work,
}: {
  readonly charges: readonly ChargedFact[]
  readonly credits: readonly CreditFact[]
  readonly work: readonly WorkFact[]
}): readonly Posting[] {
  return [
    ...charges.flatMap(chargePosting),
    ...credits.flatMap(creditPostings),
    ...work.flatMap(({ month, serviceId, minutes, hourMinor, unpaid, changeId }): readonly Posting[] => {
      const amountMinor = hourMinor === null ? 0 : partOf(hourMinor, minutes, 60)
      if (amountMinor === 0) return []
      const accounts = { debit: 'cost:labour', credit: 'own-work' } as const
      const of = { month, serviceId, version: 'actual', unpaid, source: 'time', sourceId: changeId } as const
      return [{ ...of, ...accounts, amountMinor, quantity: minutes }]
    }),
  ]
}

function chargePosting(charge: ChargedFact): readonly Posting[] {
  const { id, month, kind, serviceId, amountMinor, quantity, agreed } = charge
  if (amountMinor === 0) return []
  const revenue: Account = `revenue:${revenueOfKind[kind] ?? 'one-off'}`
  const owed: Account = agreed ? 'receivable' : 'unbilled'
  const [debit, credit] = amountMinor > 0 ? [owed, revenue] : [revenue, owed]
  const version = agreed ? 'actual' : 'accrual'
  const about = { month, serviceId, version, quantity, unpaid: false, source: 'charge', sourceId: id } as const
  return [{ ...about, debit, credit, amountMinor: Math.abs(amountMinor) }]
}

/** It lowers its own month at once; where it is charged, what was expected is taken back, for there it stands by itself. */
function creditPostings({ id, month, amountMinor, chargedIn }: CreditFact): readonly Posting[] {
  if (amountMinor === 0 || chargedIn === month) return []
  const of = { serviceId: null, version: 'accrual', quantity: null, unpaid: false } as const
  const about = { ...of, source: 'credit', sourceId: id } as const
  const expected = { ...about, month, debit: 'revenue:credits', credit: 'accrued', amountMinor } as const
  if (chargedIn === null) return [expected]
  return [expected, { ...about, month: chargedIn, debit: 'accrued', credit: 'revenue:credits', amountMinor }]
}

/** What each account holds: debits less credits. Over all accounts it is nothing. */
export function trialBalance(
  postings: readonly Pick<Posting, 'debit' | 'credit' | 'amountMinor'>[],
): ReadonlyMap<Account, number> {
  const balance = new Map<Account, number>()
  const move = (account: Account, amountMinor: number) =>
    balance.set(account, (balance.get(account) ?? 0) + amountMinor)
  for (const { debit, credit, amountMinor } of postings) {
    move(debit, amountMinor)
    move(credit, -amountMinor)
  }
  return balance
}

/** Amounts by account (debits less credits) as profit and loss; credits are told as an amount that is taken off. */
export function profitFrom(balance: ReadonlyMap<string, number>): ProfitAndLoss {
  const revenue = (category: RevenueCategory) => -(balance.get(`revenue:${category}`) ?? 0) || 0
  const cost = (category: CostAccount) => balance.get(`cost:${category}`) ?? 0
  return {
    fixed: revenue('fixed'),
    volume: revenue('volume'),
    time: revenue('time'),
    oneOff: revenue('one-off'),
    indexation: revenue('indexation'),
    credits: -revenue('credits') || 0,
    passThrough: revenue('pass-through'),
    cost: Object.fromEntries(costCategories.map((category) => [category, cost(category)])) as ProfitAndLoss['cost'],
    passThroughCost: cost('pass-through'),
  }
}
