import { sql } from 'kysely'
import { needsSupplement } from '#core/budget.ts'
import { refused } from '#core/failure.ts'
import { newId } from '#core/id.ts'
import { reachable } from '#core/lifecycle.ts'
import { plainMoney } from '#core/money-text.ts'
import { barredFromContracting, barredFromEverybodysMoney, require } from '#core/may.ts'
import { requireCustomer } from '#modules/customers'
import { requirePerson } from '#modules/people'
import type { Context } from '#platform/context.ts'
import { audit } from '#platform/history.ts'
import { workspaceOf } from '#platform/workspace.ts'
import type { Appropriation, AskedAnew, NewAppropriation } from './api.ts'
import { stepsOf, waitingStep } from './approval-chain.ts'
import { type AppropriationRow, lockAppropriation, readAppropriation, spendOf, wholeOf } from './appropriation-view.ts'
import { appropriationLifecycle, type AppropriationState } from './lifecycle.ts'
import { barredFromBudget } from './lines.ts'

export async function addAppropriation(
  context: Context,
  { customer, businessCase, ...given }: NewAppropriation,
): Promise<Appropriation> {
  const { db, now, actor } = context
  const customerId = customer === null ? null : (await requireCustomer(db, customer)).id
  require(barredFromBudget(actor, customerId))
  await sql`select pg_advisory_xact_lock(hashtextextended(${workspaceOf(db).lock('appropriation')}, 0))`.execute(db)
  const { number } = await db
    .selectFrom('appropriation')
    .select(sql<number>`coalesce(max(number), 0) + 1`.as('number'))
    .executeTakeFirstOrThrow()
  const id = newId(now.getTime())
  const of = { id, customerId, number, requestedBy: actor.personId, createdAt: now }
  await db
    .insertInto('appropriation')
    .values({ ...of, ...given, businessCase: JSON.stringify(businessCase) })
    .execute()
  await told(context, 'appropriation.added', { id, customerId })
  return readAppropriation(context, id)
}

const ASKED_ANEW: readonly string[] = ['draft', 'review', 'supplement-required']

export async function writeAppropriation(
  context: Context,
  id: string,
  version: number,
  { businessCase, ...given }: AskedAnew,
): Promise<Appropriation> {
  const { db, actor } = context
  const row = await lockAppropriation(db, id, version)
  require(barredFromBudget(actor, row.customerId))
  if (!ASKED_ANEW.includes(row.state)) throw refused('appropriation.settled', { state: row.state })
  await db
    .updateTable('appropriation')
    .set({ ...given, businessCase: JSON.stringify(businessCase), version: version + 1 })
    .where('id', '=', id)
    .execute()
  await told(context, 'appropriation.written', row)
  return readAppropriation(context, id)
}

/** Steps of their own: by a decision, by being put in service. */
const APART: readonly AppropriationState[] = ['approved', 'rejected', 'capitalised']

export async function moveAppropriation(
  context: Context,
  id: string,
  version: number,
  { to, postReview }: { readonly to: AppropriationState; readonly postReview: string | null },
): Promise<Appropriation> {
  const { db, actor } = context
  const row = await lockAppropriation(db, id, version)
  require(barredFromBudget(actor, row.customerId))
  requireStep(row, to)
  if (APART.includes(to)) throw refused('appropriation.apart', { to })
  if (to === 'post-reviewed' && postReview === null) throw refused('appropriation.no-review')
  const { forecastMinor } = await spendOf(db, id)
  const isOver = row.approvedMinor !== null && needsSupplement(row.approvedMinor, forecastMinor, row.toleranceBp)
  // Going on as if nothing were would spend what nobody approved.
  if (to === 'committed' && isOver) throw refused('appropriation.over')
  if (to === 'supplement-required' && !isOver) throw refused('appropriation.not-over')
  // Approved anew with as little as before, it would be over at once.
  if (row.state === 'supplement-required' && needsSupplement(wholeOf(row), forecastMinor, row.toleranceBp))
    throw refused('appropriation.supplement-short', {
      asked: plainMoney(wholeOf(row), row.currency),
      forecast: plainMoney(forecastMinor, row.currency),
    })
  await db
    .updateTable('appropriation')
    .set({ state: to, ...(to === 'post-reviewed' && { postReview }), version: version + 1 })
    .where('id', '=', id)
    .execute()
  await told(context, 'appropriation.state', { ...row, facts: { from: row.state, to } })
  return readAppropriation(context, id)
}

/** Takes the step that waits: the last one settles it, a refusal at any does. Nobody decides what they asked for, or twice. */
export async function decide(
  context: Context,
  id: string,
  version: number,
  { decision, note }: { readonly decision: 'approved' | 'rejected'; readonly note: string | null },
): Promise<Appropriation> {
  const { db, now, actor } = context
  const row = await lockAppropriation(db, id, version)
  require(barredFromBudget(actor, row.customerId))
  requireStep(row, decision)
  if (actor.personId === null || actor.personId === row.requestedBy) throw refused('appropriation.own')
  const amountMinor = wholeOf(row)
  const limit = await db
    .selectFrom('approvalLimit')
    .select('upToMinor')
    .where('personId', '=', actor.personId)
    .where('currency', '=', row.currency)
    .executeTakeFirst()
  if (limit === undefined) throw refused('appropriation.no-limit', { currency: row.currency })
  const asked = { id, currency: row.currency, wholeMinor: amountMinor, requestedBy: row.requestedBy }
  const { leastMinor, isLast } = waitingStep(await stepsOf(db, asked), actor.personId)
  if (limit.upToMinor < leastMinor)
    throw refused('appropriation.beyond-limit', {
      least: plainMoney(leastMinor, row.currency),
      limit: plainMoney(limit.upToMinor, row.currency),
    })
  const settles = isLast || decision === 'rejected'
  const of = { id: newId(now.getTime()), appropriationId: id, customerId: row.customerId, personId: actor.personId }
  await db
    .insertInto('appropriationDecision')
    .values({ ...of, decision, amountMinor, settles, note, decidedAt: now })
    .execute()
  const settled = decision === 'approved' ? { approvedMinor: amountMinor } : {}
  await db
    .updateTable('appropriation')
    .set({ ...(settles && { state: decision, ...settled }), version: version + 1 })
    .where('id', '=', id)
    .execute()
  await told(context, settles ? `appropriation.${decision}` : 'appropriation.step', row)
  return readAppropriation(context, id)
}

export async function putInService(
  context: Context,
  id: string,
  version: number,
  {
    on,
    lifeMonths,
    residualMinor,
  }: { readonly on: string; readonly lifeMonths: number; readonly residualMinor: number },
): Promise<Appropriation> {
  const { db, actor } = context
  const row = await lockAppropriation(db, id, version)
  require(barredFromBudget(actor, row.customerId))
  requireStep(row, 'capitalised')
  const { spentMinor } = await spendOf(db, id)
  if (spentMinor <= residualMinor) throw refused('appropriation.nothing-spent')
  await db
    .updateTable('appropriation')
    .set({ state: 'capitalised', inServiceOn: on, lifeMonths, residualMinor, version: version + 1 })
    .where('id', '=', id)
    .execute()
  await told(context, 'appropriation.in-service', row)
  return readAppropriation(context, id)
}

function requireStep({ state }: AppropriationRow, to: AppropriationState): void {
  if (!reachable(appropriationLifecycle, state as AppropriationState).includes(to))
    throw refused('appropriation.cannot', { state, to })
}

interface Limit {
  readonly person: { readonly id: string; readonly name: string }
  readonly currency: string
  readonly upToMinor: number
}

export async function listLimits({ db, actor }: Context): Promise<Limit[]> {
  if (actor.access !== 'auditor') require(barredFromContracting(actor))
  const rows = await db
    .selectFrom('approvalLimit')
    .innerJoin('person', 'person.id', 'approvalLimit.personId')
    .select(['person.id', 'person.name', 'currency', 'upToMinor'])
    .orderBy('upToMinor', 'desc')
    .execute()
  return rows.map(({ id, name, ...row }) => ({ person: { id, name }, ...row }))
}

export async function sayLimit(
  context: Context,
  personId: string,
  { currency, upToMinor }: { readonly currency: string; readonly upToMinor: number },
): Promise<Limit> {
  const { db, now, actor } = context
  require(barredFromEverybodysMoney(actor))
  if (actor.personId === personId) throw refused('appropriation.own-limit')
  const { id, name } = await requirePerson(db, personId)
  const said = { upToMinor, setAt: now }
  await db
    .insertInto('approvalLimit')
    .values({ personId, currency, ...said })
    .onConflict((conflict) => conflict.columns(['personId', 'currency']).doUpdateSet(said))
    .execute()
  await audit(context, { action: 'approval-limit.said', subjectType: 'person', subjectId: personId })
  return { person: { id, name }, currency, upToMinor }
}

async function told(
  context: Context,
  action: string,
  {
    id,
    customerId,
    facts,
  }: { readonly id: string; readonly customerId: string | null; readonly facts?: Record<string, string> },
): Promise<void> {
  await audit(context, { action, subjectType: 'appropriation', subjectId: id, customerId, ...(facts && { facts }) })
}
