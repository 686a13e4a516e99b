import { Failure, invalid, notFound, refused } from '#core/failure.ts'
import { newId } from '#core/id.ts'
import { reachable } from '#core/lifecycle.ts'
import { barredFromWorking, require } from '#core/may.ts'
import { requireCustomer } from '#modules/customers'
import { getIncident } from '#modules/incidents'
import { requirePerson } from '#modules/people'
import type { Context } from '#platform/context.ts'
import { audit, record } from '#platform/history.ts'
import type {
  Escalation,
  EscalationChange,
  EscalationMove,
  EscalationRule,
  NewEscalation,
  NewEscalationRule,
} from './api.ts'
import { escalationLifecycle, type EscalationState, openEscalationStates } from './escalation.ts'
import { barredFromRuling } from './may.ts'
import { listRules, readEscalation } from './queries.ts'

/** Somebody asks for more than the usual. */
export async function raiseEscalation(context: Context, asked: NewEscalation): Promise<Escalation> {
  require(barredFromWorking(context.actor))
  const { incident: name, owner, ...given } = asked
  const incident = await getIncident(context, name)
  if (owner !== undefined) await requireProvider(context, owner)
  const id = await insertEscalation(context, {
    ...given,
    incidentId: incident.id,
    customerId: incident.customer.id,
    ownerId: owner ?? context.actor.personId,
    ruleId: null,
  })
  return readEscalation(context, id!)
}

interface Raised extends Omit<NewEscalation, 'incident' | 'owner' | 'source'> {
  readonly source: Escalation['source']
  readonly incidentId: string
  readonly customerId: string
  readonly ownerId: string | null
  readonly ruleId: string | null
}

/** Writes one down and tells of it at the incident. Null when its rule has spoken before. */
export async function insertEscalation(context: Context, raised: Raised): Promise<string | null> {
  const { db, now, actor } = context
  const id = newId(now.getTime())
  const { numInsertedOrUpdatedRows: written = 0n } = await db
    .insertInto('escalation')
    .values({ id, ...raised, raisedBy: actor.personId, raisedAt: now })
    .onConflict((conflict) => conflict.columns(['incidentId', 'ruleId']).where('ruleId', 'is not', null).doNothing())
    .executeTakeFirst()
  if (written === 0n) return null
  const { level, reason, source, direction } = raised
  await tell(context, raised, 'incident.escalated', { escalation: id, level, reason, source, direction })
  return id
}

/** Changes who cares for it, how high it is, what was agreed and when the next word is due. */
export async function changeEscalation(
  context: Context,
  id: string,
  version: number,
  { owner, ...change }: EscalationChange,
): Promise<Escalation> {
  require(barredFromWorking(context.actor))
  const kept = await lockEscalation(context, id)
  if (kept.version !== version) throw new Failure('moved-on', 'request.moved-on')
  requireOpen(kept.state as EscalationState)
  if (owner !== undefined) await requireProvider(context, owner)
  await update(context, kept, { ...change, ...(owner !== undefined && { ownerId: owner }) })
  await tell(context, kept, 'incident.escalation-changed', { escalation: id, ...change, ...(owner && { owner }) })
  return readEscalation(context, id)
}

/** Moves it on: DOMAIN §2.3.9. Whoever raised it has the last word. */
export async function moveEscalation(context: Context, id: string, move: EscalationMove): Promise<Escalation> {
  require(barredFromWorking(context.actor))
  const { now } = context
  const { to, agreedOutcome, nextUpdateDue, note, raiserSatisfied } = move
  const kept = await lockEscalation(context, id)
  const from = kept.state as EscalationState
  if (!reachable(escalationLifecycle, from).includes(to)) {
    throw refused('escalation.cannot', { state: from, to })
  }
  if (to === 'plan-agreed' && agreedOutcome === undefined && kept.agreedOutcome === null) {
    throw invalid('escalation.outcome-needed', {}, { errors: [{ path: 'agreedOutcome', message: '' }] })
  }
  const over = !openEscalationStates.includes(to)
  await update(context, kept, {
    state: to,
    ...(agreedOutcome !== undefined && { agreedOutcome }),
    ...(to === 'acknowledged' && { acknowledgedAt: now }),
    ...(nextUpdateDue !== undefined && { nextUpdateDue }),
    ...(to === 'confirmed' && raiserSatisfied !== undefined && { raiserSatisfied }),
    ...(over && { closedAt: now, nextUpdateDue: null }),
  })
  await tell(context, kept, 'incident.escalation-state', { escalation: id, from, to, ...(note && { note }) })
  return readEscalation(context, id)
}

/** A rule by which escalations are raised from now on. */
export async function addRule(
  context: Context,
  { customer, owner, ...rule }: NewEscalationRule,
): Promise<EscalationRule> {
  require(barredFromRuling(context.actor))
  const { db, now, actor } = context
  // Whoever works for some customers makes no rule for all.
  if (customer === undefined && actor.access === 'limited') throw new Failure('forbidden', 'may.own-customers')
  const customerId = customer === undefined ? null : (await requireCustomer(db, customer)).id
  await requireProvider(context, owner)
  const id = newId(now.getTime())
  await db
    .insertInto('escalationRule')
    .values({ id, ...rule, customerId, ownerId: owner, createdAt: now })
    .execute()
  await audit(context, { action: 'escalation-rule.added', subjectType: 'escalation-rule', subjectId: id, customerId })
  return (await listRules(context)).find((each) => each.id === id)!
}

/** Ends a rule. What it raised goes on, and says by which rule it was raised. */
export async function removeRule(context: Context, id: string): Promise<void> {
  const { actor, db } = context
  require(barredFromRuling(actor))
  const rule = await db
    .selectFrom('escalationRule')
    .select('customerId')
    .where('id', '=', id)
    .where('active', '=', true)
    .executeTakeFirst()
  if (rule === undefined) throw notFound('escalation-rule.not-found')
  if (rule.customerId === null && actor.access === 'limited') throw new Failure('forbidden', 'may.own-customers')
  await db.updateTable('escalationRule').set({ active: false }).where('id', '=', id).execute()
  await audit(context, { action: 'escalation-rule.ended', subjectType: 'escalation-rule', subjectId: id, ...rule })
}

type Kept = Awaited<ReturnType<typeof lockEscalation>>

async function lockEscalation({ db }: Context, id: string) {
  const row = await db.selectFrom('escalation').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  if (row === undefined) throw notFound('escalation.not-found')
  return row
}

async function update({ db }: Context, { id, version }: Kept, change: object): Promise<void> {
  await db
    .updateTable('escalation')
    .set({ ...change, version: version + 1 })
    .where('id', '=', id)
    .execute()
}

function requireOpen(state: EscalationState): void {
  if (!openEscalationStates.includes(state)) throw refused('escalation.over')
}

/** Somebody of ours takes care of it. */
export async function requireProvider({ db }: Pick<Context, 'db'>, personId: string): Promise<void> {
  const { customerId } = await requirePerson(db, personId)
  if (customerId !== null) throw invalid('escalation.owner-inside', {}, { errors: [{ path: 'owner', message: '' }] })
}

/** In the history of the incident, where the customer reads it when it came from them. */
async function tell(
  context: Context,
  { incidentId, customerId, source }: { incidentId: string; customerId: string; source: string },
  kind: `incident.${string}`,
  facts: Readonly<Record<string, unknown>>,
): Promise<void> {
  const about = { subjectType: 'incident', subjectId: incidentId, customerId } as const
  const visibility = source === 'customer' || source === 'user' ? 'public' : 'internal'
  await record(context, { ...about, kind, facts, visibility })
  await audit(context, { action: kind, ...about, facts })
}
