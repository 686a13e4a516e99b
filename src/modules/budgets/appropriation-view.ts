import { needsSupplement } from '#core/budget.ts'
import { bookValue, depreciation } from '#core/depreciation.ts'
import { Failure, notFound } from '#core/failure.ts'
import { barredFromContracting, require } from '#core/may.ts'
import { monthsAfter } from '#core/recurrence.ts'
import { requireCustomer } from '#modules/customers'
import type { Context, Db, Reading } from '#platform/context.ts'
import type { Appropriation } from './api.ts'
import { stepsOf } from './approval-chain.ts'
import { type BusinessCase, caseResult } from './business-case.ts'
import type { AppropriationState } from './lifecycle.ts'
import { committedOf, monthsOf } from './sums.ts'

function appropriations(db: Db) {
  return db
    .selectFrom('appropriation as a')
    .leftJoin('customer', 'customer.id', 'a.customerId')
    .leftJoin('person', 'person.id', 'a.requestedBy')
    .select(['a.id', 'a.number', 'a.title', 'a.state', 'a.currency', 'a.amountMinor', 'a.contingencyMinor'])
    .select(['a.reason', 'a.businessCase', 'a.toleranceBp', 'a.approvedMinor', 'a.inServiceOn', 'a.lifeMonths'])
    .select(['a.residualMinor', 'a.postReview', 'a.requestedBy', 'a.version', 'a.customerId'])
    .select(['customer.name as customerName', 'person.name as requesterName'])
    .orderBy('a.number', 'desc')
}

export type AppropriationRow = Awaited<ReturnType<ReturnType<typeof appropriations>['execute']>>[number]

export async function requireAppropriation(db: Db, id: string): Promise<AppropriationRow> {
  const row = await appropriations(db).where('a.id', '=', id).executeTakeFirst()
  if (row === undefined) throw notFound('appropriation.not-found')
  return row
}

/** Holds it until the transaction ends, at the version that was read. */
export async function lockAppropriation(db: Db, id: string, version: number): Promise<AppropriationRow> {
  const row = await db.selectFrom('appropriation').select('version').where('id', '=', id).forUpdate().executeTakeFirst()
  if (row === undefined) throw notFound('appropriation.not-found')
  if (row.version !== version) throw new Failure('moved-on', 'request.moved-on')
  return requireAppropriation(db, id)
}

export async function readAppropriation(context: Context, id: string): Promise<Appropriation> {
  const { actor, db } = context
  if (actor.access !== 'auditor') require(barredFromContracting(actor))
  return viewOf(context, await requireAppropriation(db, id))
}

export async function listAppropriations(
  context: Reading,
  { customer }: { readonly customer?: string | undefined },
): Promise<Appropriation[]> {
  const { db, actor } = context
  if (actor.access !== 'auditor') require(barredFromContracting(actor))
  const customerId = customer === undefined ? null : (await requireCustomer(db, customer)).id
  const rows = await appropriations(db)
    .$if(customerId !== null, (query) => query.where('a.customerId', '=', customerId!))
    .limit(200)
    .execute()
  const all: Appropriation[] = []
  for (const row of rows) all.push(await viewOf(context, row))
  return all.toSorted((one, other) => Number(other.overTolerance) - Number(one.overTolerance))
}

/** What is asked for: the amount and what is kept in reserve. */
export function wholeOf({ amountMinor, contingencyMinor }: Pick<AppropriationRow, 'amountMinor' | 'contingencyMinor'>) {
  return amountMinor + contingencyMinor
}

type Spend = Pick<Appropriation, 'spentMinor' | 'committedMinor' | 'forecastMinor' | 'lines'>

/** What was spent and ordered of it, and what it will cost; in all, and by the lines of the budget that it pays for. */
export async function spendOf(db: Db, id: string): Promise<Spend> {
  const lines = await db
    .selectFrom('budgetLine')
    .select(['id', 'name', 'year', 'costCentre'])
    .where('appropriationId', '=', id)
    .orderBy('year')
    .orderBy('name')
    .execute()
  const ids = lines.map((line) => line.id)
  const months = await monthsOf(db, ids)
  const committed = await committedOf(db, ids)
  const spentMinor = months.reduce((sum, { actualMinor }) => sum + actualMinor, 0)
  const committedMinor = [...committed.values()].reduce((sum, each) => sum + each, 0)
  const last = months.reduce((month, each) => (each.actualMinor !== 0 && each.month > month ? each.month : month), '')
  const ahead = months
    .filter(({ month }) => month > last)
    .reduce((sum, { forecastMinor, planMinor }) => sum + (forecastMinor ?? planMinor), 0)
  return {
    spentMinor,
    committedMinor,
    // What is ordered is part of what is planned ahead, unless it is more.
    forecastMinor: spentMinor + Math.max(ahead, committedMinor),
    lines: lines.map((line) => ({
      ...line,
      spentMinor: months.reduce((sum, each) => sum + (each.lineId === line.id ? each.actualMinor : 0), 0),
      committedMinor: committed.get(line.id) ?? 0,
    })),
  }
}

async function viewOf({ db, now }: Reading, row: AppropriationRow): Promise<Appropriation> {
  const { customerId, customerName, requestedBy, requesterName, businessCase, ...plain } = row
  const { state, approvedMinor, toleranceBp, inServiceOn, lifeMonths, residualMinor, currency } = plain
  const spend = await spendOf(db, row.id)
  const decisions = await db
    .selectFrom('appropriationDecision as d')
    .leftJoin('person', 'person.id', 'd.personId')
    .select(['d.id', 'd.decision', 'd.amountMinor', 'd.settles', 'd.note', 'd.decidedAt', 'd.personId', 'person.name'])
    .where('d.appropriationId', '=', row.id)
    .orderBy('d.decidedAt')
    .execute()
  const steps = await stepsOf(db, { id: row.id, currency, wholeMinor: wholeOf(row), requestedBy })
  const asset = { costMinor: spend.spentMinor, residualMinor, months: lifeMonths ?? 0 }
  const isUsed = inServiceOn !== null && lifeMonths !== null && asset.costMinor > residualMinor
  const first = inServiceOn === null ? '' : monthsAfter(`${inServiceOn.slice(0, 7)}-01`, 1)
  const posts = isUsed ? depreciation(asset) : []
  const today = now.toISOString().slice(0, 7)
  const months = posts.map((amountMinor, index) => ({ month: monthsAfter(first, index).slice(0, 7), amountMinor }))
  return {
    ...plain,
    state: state as AppropriationState,
    businessCase: businessCase as unknown as Appropriation['businessCase'],
    customer: customerId === null || customerName === null ? null : { id: customerId, name: customerName },
    requestedBy: requestedBy === null || requesterName === null ? null : { id: requestedBy, name: requesterName },
    result: caseResult(plain, businessCase as unknown as BusinessCase),
    ...spend,
    overTolerance: approvedMinor !== null && needsSupplement(approvedMinor, spend.forecastMinor, toleranceBp),
    approverNeeded: steps.find(({ at }) => at === null)?.may ?? [],
    steps: [...steps],
    depreciation: months,
    bookValueMinor: isUsed ? bookValue(asset, months.filter(({ month }) => month <= today).length) : null,
    decisions: decisions.map(({ personId, name, ...each }) => ({
      ...each,
      decision: each.decision as 'approved',
      person: personId === null || name === null ? null : { id: personId, name },
    })),
  }
}
