import { sql } from 'kysely'
import { endOf } from '#core/contract-dates.ts'
import { costAccounts, type CostAccount, profitFrom, type RevenueCategory } from '#core/ledger.ts'
import { marginOf, outlookOf, type ProfitAndLoss } from '#core/margin.ts'
import { barredFromContracting, require } from '#core/may.ts'
import type { PeriodState } from '#core/period.ts'
import { profitBridge, type ProfitSide } from '#core/profit-bridge.ts'
import { monthsAfter } from '#core/recurrence.ts'
import { contractsFor, datesOf, requireContract, todayOf } from '#modules/contracts'
import type { Context, Db } from '#platform/context.ts'
import type { Profit, ProfitQuery, ProfitSideView } from './api.ts'
import { ratesOf } from './worked.ts'

/** Sums of one month: by account debits less credits, and the quantities behind volume and own work. */
interface Sums {
  readonly balance: Map<string, number>
  units: number | null
  minutes: number | null
  /** Of the work what nobody pays, in minutes and at what it cost. */
  unpaidMinutes: number
  unpaidMinor: number
}

type Version = 'actual' | 'accrual' | 'forecast' | 'budget' | 'bid'
type ByMonth = ReadonlyMap<string, ReadonlyMap<Version, Sums>>

const empty = (): Sums => ({ balance: new Map(), units: null, minutes: null, unpaidMinutes: 0, unpaidMinor: 0 })

/** What of a balance a page says. */
export function sideOf(balance: ReadonlyMap<string, number>): ProfitSideView {
  const result = profitFrom(balance)
  const revenue: Record<RevenueCategory, number> = {
    fixed: result.fixed,
    volume: result.volume,
    time: result.time,
    'one-off': result.oneOff,
    indexation: result.indexation,
    'pass-through': result.passThrough,
    credits: result.credits,
  }
  const cost = Object.fromEntries(
    costAccounts.map((each) => [each, each === 'pass-through' ? result.passThroughCost : result.cost[each]]),
  ) as Record<CostAccount, number>
  return { revenue, cost, without: told(result, 'without'), with: told(result, 'with') }
}

function told(result: ProfitAndLoss, passThrough: 'with' | 'without') {
  const { revenueMinor, costMinor, marginMinor } = marginOf(result, passThrough)
  return { revenueMinor, costMinor, marginMinor }
}

/** `GET /contracts/:id/profit`. Of the last 24 months and those planned, unless it is said which. */
export async function readProfit(context: Context, contractId: string, query: ProfitQuery): Promise<Profit> {
  const { actor } = context
  if (actor.access !== 'auditor') require(barredFromContracting(actor))
  return profitOf(context, contractId, query)
}

/**
 * Of each contract that a customer has, for a review of a month: the year up to it, or as much of that as `months` goes
 * back. For whoever was let in before.
 */
export async function profitsFor(
  context: Pick<Context, 'db' | 'now'>,
  {
    customerId,
    month,
    months,
  }: {
    readonly customerId: string
    /** `YYYY-MM`. */
    readonly month: string
    /** The same, the earliest first. */
    readonly months: readonly string[]
  },
): Promise<readonly { readonly number: string; readonly currency: string; readonly profit: Profit }[]> {
  const from = months.at(-12) ?? months[0] ?? month
  const found: { number: string; currency: string; profit: Profit }[] = []
  for (const { id, number, currency } of await contractsFor(context.db, { customerId }))
    found.push({ number, currency, profit: await profitOf(context, id, { from, to: month }) })
  return found
}

/** The same for whoever was let in before: the rows decide what of it is there. */
export async function profitOf(
  { db, now }: Pick<Context, 'db' | 'now'>,
  contractId: string,
  query: ProfitQuery,
): Promise<Profit> {
  const contract = await requireContract(db, contractId)
  const { id, number, title, customerId, customerName, currency, timeZone, startsOn } = contract
  const today = todayOf(timeZone, now)
  const last = query.to ?? today.slice(0, 7)
  const from = query.from ?? later(monthsAfter(`${last}-01`, -23).slice(0, 7), startsOn.slice(0, 7))
  const all = await sumsOf(db, contractId)
  const states = await statesOf(db, customerId)
  const said = await db
    .selectFrom('contractPrivate')
    .select(['marginTargetBp', 'valueMinor'])
    .where('contractId', '=', contractId)
    .executeTakeFirst()
  const shown = [...all.keys()]
    .filter((month) => month >= from && month <= last)
    .toSorted()
    .toReversed()
  const posted = (months: Iterable<string>) => merged([...months].map((month) => postedIn(all, month)))
  // Of a month that goes on costs are taken back and charges are not there yet: it would tell another share than there is.
  const over = shown.filter((month) => month < today.slice(0, 7))
  const counted = over.length === 0 ? shown : over
  const sum = posted(counted)
  const plan = (month: string, version: Version) => {
    const sums = all.get(month)?.get(version)
    return sums === undefined ? null : sideOf(sums.balance)
  }
  const end = endOf(datesOf(contract, today))
  return {
    contract: { id, number, title },
    customer: { id: customerId, name: customerName },
    currency,
    months: shown.map((month) => ({
      month,
      state: states.get(month) ?? 'open',
      actual: sideOf(postedIn(all, month).balance),
      accruedMinor: sideOf(all.get(month)?.get('accrual')?.balance ?? new Map()).with.marginMinor,
      forecast: plan(month, 'forecast'),
      budget: plan(month, 'budget'),
      bid: plan(month, 'bid'),
    })),
    total: sideOf(sum.balance),
    counted: spanOf(counted),
    committedBp: said?.marginTargetBp ?? null,
    outlook: outlookIn(all, {
      valueMinor: said?.valueMinor ?? null,
      committedBp: said?.marginTargetBp ?? 0,
      now: today.slice(0, 7),
      end,
    }),
    bridge: bridgeIn(all, counted),
    unpaid: { minutes: sum.unpaidMinutes, amountMinor: sum.unpaidMinor },
    labourRates: [...(await ratesOf(db, contractId))],
  }
}

/** Of months, the latest first. */
function spanOf(months: readonly string[]): { from: string; to: string } | null {
  const [to] = months
  return to === undefined ? null : { from: months.at(-1)!, to }
}

function later(one: string, other: string): string {
  return one > other ? one : other
}

function postedIn(all: ByMonth, month: string): Sums {
  const of = all.get(month)
  return merged([of?.get('actual') ?? empty(), of?.get('accrual') ?? empty()])
}

function merged(parts: readonly Sums[]): Sums {
  const sum = empty()
  for (const { balance, units, minutes, unpaidMinutes, unpaidMinor } of parts) {
    for (const [account, amount] of balance) sum.balance.set(account, (sum.balance.get(account) ?? 0) + amount)
    if (units !== null) sum.units = (sum.units ?? 0) + units
    if (minutes !== null) sum.minutes = (sum.minutes ?? 0) + minutes
    sum.unpaidMinutes += unpaidMinutes
    sum.unpaidMinor += unpaidMinor
  }
  return sum
}

/**
 * Costs of the months that are over and, by the forecast, to the end; null where nobody said what the contract is worth. The
 * month that goes on is still to come: what was expected in the one before is taken back in it and its own is not there yet,
 * so what is posted of it counts only where it is more than was forecast.
 */
function outlookIn(
  all: ByMonth,
  {
    valueMinor,
    committedBp,
    now,
    end,
  }: {
    readonly valueMinor: number | null
    readonly committedBp: number
    readonly now: string
    readonly end: string | null
  },
): Profit['outlook'] {
  if (valueMinor === null) return null
  const months = [...all.keys()].filter((month) => end === null || month < end.slice(0, 7))
  const postedOf = (month: string) => sideOf(postedIn(all, month).balance)
  const forecastOf = (month: string) => sideOf((all.get(month)?.get('forecast') ?? empty()).balance).with.costMinor
  const sum = (of: readonly string[], amountOf: (month: string) => number) =>
    of.reduce((whole, month) => whole + amountOf(month), 0)
  const over = months.filter((month) => month < now)
  const ahead = months.filter((month) => month >= now)
  const creditsMinor = sum(months, (month) => postedOf(month).revenue.credits ?? 0)
  const spentMinor = sum(over, (month) => postedOf(month).with.costMinor)
  const toCompleteMinor = sum(ahead, (month) => Math.max(forecastOf(month), postedOf(month).with.costMinor))
  const { atCompletionMinor, marginMinor, belowCommitted, onerous } = outlookOf(valueMinor - creditsMinor, {
    spentMinor,
    toCompleteMinor,
    committedBp,
  })
  const amounts = { valueMinor, creditsMinor, spentMinor, toCompleteMinor, atCompletionMinor, marginMinor }
  return { ...amounts, belowCommitted, onerous }
}

/** From the bid, else the budget, to what was posted: of those months alone that the plan has. */
function bridgeIn(all: ByMonth, months: readonly string[]): Profit['bridge'] {
  const from = (['bid', 'budget'] as const).find((version) => months.some((month) => all.get(month)?.has(version)))
  if (from === undefined) return null
  const planned = months.filter((month) => all.get(month)?.has(from) && isPosted(all, month))
  if (planned.length === 0) return null
  const side = ({ balance, units, minutes, unpaidMinutes, unpaidMinor }: Sums): ProfitSide => ({
    result: profitFrom(balance),
    units,
    minutes,
    unpaidMinutes,
    unpaidMinor,
    exchangeMinor: 0,
  })
  const plan = merged(planned.map((month) => all.get(month)!.get(from)!))
  const is = merged(planned.map((month) => postedIn(all, month)))
  const { fromMinor, toMinor, steps } = profitBridge(side(plan), side(is))
  return { from, months: spanOf(planned)!, fromMinor, toMinor, steps: [...steps] }
}

function isPosted(all: ByMonth, month: string): boolean {
  return all.get(month)?.has('actual') || all.get(month)?.has('accrual') || false
}

const VOLUME = 'revenue:volume'
const LABOUR = 'cost:labour'

/** All months of a contract: what was posted, by account, and what was planned. One trip for each. */
export async function sumsOf(db: Db, contractId: string): Promise<ByMonth> {
  const all = new Map<string, Map<Version, Sums>>()
  const sums = (month: string, version: Version): Sums => {
    const of = all.get(month) ?? new Map<Version, Sums>()
    all.set(month, of)
    const found = of.get(version) ?? empty()
    of.set(version, found)
    return found
  }
  const move = ({ balance }: Sums, account: string, amount: number) =>
    balance.set(account, (balance.get(account) ?? 0) + amount)
  const posted = await db
    .selectFrom('posting')
    .select([sql<string>`to_char(month, 'YYYY-MM')`.as('month'), 'version', 'debit', 'credit', 'unpaid'])
    .select([
      sql<number>`sum(amount_minor)::bigint`.as('amountMinor'),
      sql<number | null>`sum(quantity)::bigint`.as('quantity'),
    ])
    .where('contractId', '=', contractId)
    .groupBy(['month', 'version', 'debit', 'credit', 'unpaid'])
    .execute()
  for (const { month, version, debit, credit, unpaid, amountMinor, quantity } of posted) {
    const of = sums(month, version as Version)
    move(of, debit, amountMinor)
    move(of, credit, -amountMinor)
    if (quantity !== null && (debit === VOLUME || credit === VOLUME)) of.units = (of.units ?? 0) + quantity
    if (quantity !== null && debit === LABOUR) of.minutes = (of.minutes ?? 0) + quantity
    if (!unpaid) continue
    of.unpaidMinor += amountMinor
    of.unpaidMinutes += quantity ?? 0
  }
  const planned = await db
    .selectFrom('profitPlan')
    .select([sql<string>`to_char(month, 'YYYY-MM')`.as('month'), 'version', 'category', 'amountMinor', 'quantity'])
    .where('contractId', '=', contractId)
    .execute()
  for (const { month, version, category, amountMinor, quantity } of planned) {
    const of = sums(month, version as Version)
    // What brings money is a credit of its account; what is taken off for missed targets is not.
    const sign = category.startsWith('revenue:') && category !== 'revenue:credits' ? -1 : 1
    move(of, category, sign * amountMinor)
    if (quantity !== null && category === VOLUME) of.units = (of.units ?? 0) + quantity
    if (quantity !== null && category === LABOUR) of.minutes = (of.minutes ?? 0) + quantity
  }
  return all
}

async function statesOf(db: Db, customerId: string): Promise<ReadonlyMap<string, PeriodState>> {
  const rows = await db
    .selectFrom('period')
    .select([sql<string>`to_char(month, 'YYYY-MM')`.as('month'), 'state'])
    .where('customerId', '=', customerId)
    .execute()
  return new Map(rows.map(({ month, state }) => [month, state as PeriodState]))
}
