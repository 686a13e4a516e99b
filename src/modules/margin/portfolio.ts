import { sql } from 'kysely'
import { barredFromCharges, barredFromContracting, require } from '#core/may.ts'
import type { PeriodState } from '#core/period.ts'
import { monthsAfter } from '#core/recurrence.ts'
import { contractOf, contractsFor, listCharges, todayOf } from '#modules/contracts'
import { requireCustomer } from '#modules/customers'
import type { Context, Db } from '#platform/context.ts'
import { together } from '#platform/database.ts'
import type { Checklist, PortfolioLine } from './api.ts'
import { monthOf } from './facts.ts'
import { sideOf } from './profit.ts'

/** All contracts in sight that still hold, with what they left in twelve months; the lowest share first. */
export async function listPortfolio(
  context: Context,
  { customer }: { readonly customer?: string | undefined },
): Promise<{ to: string; items: PortfolioLine[] }> {
  const { db, actor, now } = context
  if (actor.access !== 'auditor') require(barredFromContracting(actor))
  const customerId = customer === undefined ? undefined : (await requireCustomer(db, customer)).id
  const to = monthsAfter(`${now.toISOString().slice(0, 7)}-01`, -1)
  const rows = await db
    .selectFrom('posting')
    .select(['contractId', monthOf('month').as('month'), 'debit', 'credit'])
    .select(sql<number>`sum(amount_minor)::bigint`.as('amountMinor'))
    .where('month', '>', monthsAfter(to, -12))
    .where('month', '<=', to)
    .groupBy(['contractId', 'month', 'debit', 'credit'])
    .execute()
  const byContract = Map.groupBy(rows, ({ contractId }) => contractId)
  const committed = new Map(
    (await db.selectFrom('contractPrivate').select(['contractId', 'marginTargetBp']).execute()).map(
      ({ contractId, marginTargetBp }) => [contractId, marginTargetBp],
    ),
  )
  const [renewals, relations] = await together([renewalsOf(db), relationsOf(db)])
  const items = (await contractsFor(db, { customerId })).map((row): PortfolioLine => {
    const { id, number, title, state, currency, endsOn, nextDay, customer: whose } = contractOf(row, now)
    const posted = byContract.get(id) ?? []
    const { without, revenue } = sideOf(balanceOf(posted))
    const months = monthsUpTo(to).map((month) => {
      const { revenueMinor, marginMinor } = sideOf(balanceOf(posted.filter((each) => each.month === month))).without
      return { month, revenueMinor, marginMinor }
    })
    const committedBp = committed.get(id) ?? null
    const warns =
      committedBp !== null &&
      without.revenueMinor > 0 &&
      BigInt(without.marginMinor) * 10_000n < BigInt(committedBp) * BigInt(without.revenueMinor)
    const contract = { id, number, title, state }
    const open = renewals.find(({ contractId }) => contractId === id)
    const renewal = open === undefined ? null : { state: open.state, probabilityBp: open.probabilityBp }
    const known = relations.find(({ customerId: of }) => of === whose.id)
    const about = { renewal, relations: known === undefined ? null : { count: known.count, against: known.against } }
    const terms = { committedBp, warns, endsOn, nextDay, ...about }
    return { contract, customer: whose, currency, without, months, creditsMinor: revenue.credits ?? 0, ...terms }
  })
  const share = ({ without: { marginMinor, revenueMinor } }: PortfolioLine) =>
    revenueMinor === 0 ? Number.POSITIVE_INFINITY : marginMinor / revenueMinor
  return { to: to.slice(0, 7), items: items.toSorted((one, other) => share(one) - share(other)) }
}

/** What is under way of renewals; empty for whoever does not decide about them. */
function renewalsOf(db: Db) {
  return db
    .selectFrom('renewal')
    .select(['contractId', 'state', 'probabilityBp'])
    .where('settledAt', 'is', null)
    .execute()
}

/** How many people at each customer we know as stakeholders, and how many of them are against us. */
function relationsOf(db: Db) {
  return db
    .selectFrom('stakeholder')
    .select(['customerId', sql<number>`count(*)::int`.as('count')])
    .select(sql<number>`(count(*) filter (where support < 0))::int`.as('against'))
    .where('endedAt', 'is', null)
    .groupBy('customerId')
    .execute()
}

/** The twelve months up to the one that begins on a day. */
function monthsUpTo(to: string): readonly string[] {
  return Array.from({ length: 12 }, (_, index) => monthsAfter(to, index - 11).slice(0, 7))
}

interface Moved {
  readonly debit: string
  readonly credit: string
  readonly amountMinor: number
}

function balanceOf(postings: readonly Moved[]): ReadonlyMap<string, number> {
  const balance = new Map<string, number>()
  for (const { debit, credit, amountMinor } of postings) {
    balance.set(debit, (balance.get(debit) ?? 0) + amountMinor)
    balance.set(credit, (balance.get(credit) ?? 0) - amountMinor)
  }
  return balance
}

type Open = Checklist['contracts'][number]['open'][number]

/** What is left to do before a month is closed. It says no amounts: whoever settles charges may read it. */
export async function readChecklist(context: Context, customerName: string, month: string): Promise<Checklist> {
  require(barredFromCharges(context.actor))
  const { db, now } = context
  const customer = await requireCustomer(db, customerName)
  const day = `${month}-01`
  const period = await db
    .selectFrom('period')
    .select('state')
    .where('customerId', '=', customer.id)
    .where('month', '=', day)
    .executeTakeFirst()
  const contracts: Checklist['contracts'] = []
  for (const row of await contractsFor(db, { customerId: customer.id })) {
    if (row.startsOn >= monthsAfter(day, 1)) continue
    const { id, number, title } = row
    const isOver = month < todayOf(row.timeZone, now).slice(0, 7)
    const open = [...(await openCharges(context, id, month)), ...(await openCredits(context, id, { month, isOver }))]
    const late = await lateDuties(context, id, day)
    contracts.push({ contract: { id, number, title }, open: late === null ? open : [...open, late] })
  }
  const openCount = contracts.reduce((sum, { open }) => sum + open.reduce((all, { count }) => all + count, 0), 0)
  const state = (period?.state ?? 'open') as PeriodState
  return { customer: { id: customer.id, name: customer.name }, month, state, contracts, openCount }
}

async function openCharges(context: Context, contractId: string, month: string): Promise<Open[]> {
  const [charges] = await listCharges(context, contractId, { month })
  const lines = charges?.items.filter(({ kind }) => kind !== 'credit') ?? []
  if (charges === undefined || lines.length === 0) return [{ kind: 'not-reckoned', count: 1 }]
  const among = (...states: string[]) => charges.items.filter(({ state }) => states.includes(state)).length
  return counted([
    { kind: 'missing-readings', count: charges.missing.length },
    { kind: 'not-agreed', count: among('draft', 'reviewed') },
    { kind: 'disputed', count: among('disputed') },
  ])
}

async function openCredits(
  { db }: Context,
  contractId: string,
  { month, isOver }: { readonly month: string; readonly isOver: boolean },
): Promise<Open[]> {
  const day = `${month}-01`
  const regime = await db
    .selectFrom('creditRegime')
    .select('id')
    .where('contractId', '=', contractId)
    .where('validFrom', '<=', day)
    .executeTakeFirst()
  if (regime === undefined) return []
  const credit = await db
    .selectFrom('serviceCredit')
    .select('state')
    .where('contractId', '=', contractId)
    .where('month', '=', day)
    .executeTakeFirst()
  const unsettled = ['calculated', 'internal-review', 'notified', 'disputed']
  return counted([
    { kind: 'credit-missing', count: credit === undefined && isOver ? 1 : 0 },
    { kind: 'credit-open', count: credit !== undefined && unsettled.includes(credit.state) ? 1 : 0 },
  ])
}

/** Duties of that month of which somebody was told that they are missing, or that were not fulfilled. */
async function lateDuties({ db }: Context, contractId: string, day: string): Promise<Open | null> {
  const { count } = await db
    .selectFrom('obligationDue')
    .innerJoin('obligation', 'obligation.id', 'obligationDue.obligationId')
    .select((of) => of.fn.countAll<number>().as('count'))
    .where('obligation.contractId', '=', contractId)
    .where('obligationDue.dueOn', '>=', day)
    .where('obligationDue.dueOn', '<', monthsAfter(day, 1))
    .where('obligationDue.outcome', 'is', null)
    .executeTakeFirstOrThrow()
  return count > 0 ? { kind: 'duty-late', count } : null
}

function counted(all: readonly Open[]): Open[] {
  return all.filter(({ count }) => count > 0)
}
