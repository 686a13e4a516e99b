import { Failure, invalid, notFound, refused } from '#core/failure.ts'
import { newId } from '#core/id.ts'
import { require } from '#core/may.ts'
import { requireCustomer } from '#modules/customers'
import { requirePerson } from '#modules/people'
import type { Context } from '#platform/context.ts'
import { audit } from '#platform/history.ts'
import type {
  AgendaMove,
  NewAgendaItem,
  NewInteraction,
  NewPulse,
  NewStakeholder,
  StakeholderChange,
  StakeholderInFull,
} from './api.ts'
import { barredFromRelating } from './may.ts'
import { readStakeholder } from './queries.ts'

/** Adds somebody who matters at a customer. */
export async function addStakeholder(context: Context, asked: NewStakeholder): Promise<StakeholderInFull> {
  const { db, now, actor } = context
  require(barredFromRelating(actor))
  const { customer, person, owner, ...given } = asked
  const { id: customerId } = await requireCustomer(db, customer)
  if (person !== undefined && (await requirePerson(db, person)).customerId !== customerId) {
    throw invalid('stakeholder.person-elsewhere', {}, { errors: [{ path: 'person', message: '' }] })
  }
  const ownerId = owner ?? actor.personId
  if (ownerId !== null) await requireOurs(context, ownerId)
  const id = newId(now.getTime())
  await db
    .insertInto('stakeholder')
    .values({ id, customerId, personId: person ?? null, ownerId, createdAt: now, ...given })
    .execute()
  await tell(context, 'stakeholder.added', { id, customerId })
  return readStakeholder(context, id)
}

/** Changes what is given; whoever does not matter any more is ended. */
export async function changeStakeholder(
  context: Context,
  id: string,
  version: number,
  { owner, ended, ...change }: StakeholderChange,
): Promise<StakeholderInFull> {
  const { db, now } = context
  const kept = await requireStakeholder(context, id)
  if (kept.version !== version) throw new Failure('moved-on', 'request.moved-on')
  if (owner !== undefined) await requireOurs(context, owner)
  await db
    .updateTable('stakeholder')
    .set({
      ...change,
      ...(owner !== undefined && { ownerId: owner }),
      ...(ended && { endedAt: now }),
      version: version + 1,
    })
    .where('id', '=', id)
    .execute()
  await tell(context, 'stakeholder.changed', kept)
  return readStakeholder(context, id)
}

/** Writes down that somebody spoke with them; not before it happens. */
export async function addInteraction(context: Context, id: string, given: NewInteraction): Promise<StakeholderInFull> {
  const { db, now, actor } = context
  const kept = await requireStakeholder(context, id)
  // Somewhere it is tomorrow already.
  if (Date.parse(`${given.onDay}T00:00Z`) > now.getTime() + 14 * 3_600_000) throw refused('stakeholder.not-yet')
  // What only its writer reads needs one.
  if (given.private && actor.personId === null) throw new Failure('forbidden', 'may.sign-in')
  const row = { id: newId(now.getTime()), stakeholderId: id, customerId: kept.customerId, byId: actor.personId }
  await db
    .insertInto('stakeholderInteraction')
    .values({ ...row, ...given, createdAt: now })
    .execute()
  await tell(context, 'stakeholder.met', kept)
  return readStakeholder(context, id)
}

/** How the relationship is this quarter; said again, it takes the place of what was said in it. */
export async function addPulse(context: Context, id: string, given: NewPulse): Promise<StakeholderInFull> {
  const { db, now, actor } = context
  const kept = await requireStakeholder(context, id)
  const quarter = `${now.getUTCFullYear()}-${String(Math.floor(now.getUTCMonth() / 3) * 3 + 1).padStart(2, '0')}-01`
  const said = { ...given, byId: actor.personId, createdAt: now }
  await db
    .insertInto('relationshipPulse')
    .values({ id: newId(now.getTime()), stakeholderId: id, customerId: kept.customerId, quarter, ...said })
    .onConflict((conflict) => conflict.columns(['stakeholderId', 'quarter']).doUpdateSet(said))
    .execute()
  await tell(context, 'stakeholder.pulse', kept)
  return readStakeholder(context, id)
}

/** Adds what is to be talked about with them. */
export async function addAgendaItem(context: Context, id: string, given: NewAgendaItem): Promise<StakeholderInFull> {
  const { db, now } = context
  const { customerId } = await requireStakeholder(context, id)
  await db
    .insertInto('agendaItem')
    .values({ id: newId(now.getTime()), stakeholderId: id, customerId, createdAt: now, ...given })
    .execute()
  return readStakeholder(context, id)
}

/** Says what became of it. */
export async function settleAgendaItem(
  context: Context,
  id: string,
  { to, outcome }: AgendaMove,
): Promise<StakeholderInFull> {
  const { db } = context
  require(barredFromRelating(context.actor))
  const kept = await db
    .selectFrom('agendaItem')
    .select(['stakeholderId', 'state', 'version'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (kept === undefined) throw notFound('agenda-item.not-found')
  if (kept.state !== 'open') throw refused('agenda-item.over')
  await db
    .updateTable('agendaItem')
    .set({ state: to, outcome: outcome ?? null, version: kept.version + 1 })
    .where('id', '=', id)
    .execute()
  return readStakeholder(context, kept.stakeholderId)
}

async function requireStakeholder(context: Context, id: string) {
  require(barredFromRelating(context.actor))
  const kept = await context.db
    .selectFrom('stakeholder')
    .select(['id', 'customerId', 'version'])
    .where('id', '=', id)
    .where('endedAt', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  if (kept === undefined) throw notFound('stakeholder.not-found')
  return kept
}

async function requireOurs({ db }: Context, personId: string): Promise<void> {
  const { customerId } = await requirePerson(db, personId)
  if (customerId !== null) throw invalid('stakeholder.owner-inside', {}, { errors: [{ path: 'owner', message: '' }] })
}

/** That something was written down is audited; what, is not: auditors read no word about people. */
async function tell(
  context: Context,
  action: `stakeholder.${string}`,
  { id, customerId }: { readonly id: string; readonly customerId: string },
): Promise<void> {
  await audit(context, { action, subjectType: 'stakeholder', subjectId: id, customerId })
}
