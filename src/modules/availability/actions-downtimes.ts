import type { Updateable } from 'kysely'
import type { DB } from '#db'
import { invalid, notFound, refused } from '#core/failure.ts'
import { newId } from '#core/id.ts'
import { require } from '#core/may.ts'
import type { Context } from '#platform/context.ts'
import { audit } from '#platform/history.ts'
import type { DowntimeChange, DowntimeView, NewDowntime } from './api.ts'
import type { Exclusion } from './downtime.ts'
import { barredFromPromising, barredFromRecording } from './may.ts'
import { type MonthGuard, requireOpenMonths } from './months.ts'
import { getDowntime } from './queries.ts'
import { movedOn, requirePast, subjectOf } from './subject.ts'

/** Writes down that a service is or was down. */
export async function addDowntime(
  context: Context,
  { customer, service, incident, ...facts }: NewDowntime,
  guard: MonthGuard = requireOpenMonths,
): Promise<DowntimeView> {
  require(barredFromRecording(context.actor))
  const { db, now } = context
  const { customerId, serviceId } = await subjectOf(context, customer, service)
  requirePossible(context, facts)
  await guard(db, customerId, facts.beganAt, facts.endedAt)
  if (incident !== undefined) await requireIncidentOf(context, customerId, incident)
  const id = newId(now.getTime())
  const row = { id, customerId, serviceId, incidentId: incident ?? null, createdAt: now, ...facts }
  await db.insertInto('downtime').values(row).execute()
  const { beganAt, endedAt, severity } = facts
  await audit(context, {
    action: 'downtime.recorded',
    subjectType: 'downtime',
    subjectId: id,
    customerId,
    facts: { serviceId, beganAt, endedAt, severity },
  })
  return getDowntime(context, id)
}

/** Changes what is given; most often its end. */
export async function changeDowntime(
  context: Context,
  id: string,
  version: number,
  change: DowntimeChange,
  guard: MonthGuard = requireOpenMonths,
): Promise<DowntimeView> {
  require(barredFromRecording(context.actor))
  const before = await getDowntime(context, id)
  const beganAt = change.beganAt ?? before.beganAt
  const { endedAt = before.endedAt, usersHit = before.usersHit, usersAll = before.usersAll } = change
  requirePossible(context, { beganAt, endedAt, usersHit, usersAll })
  for (const { from, to } of movedStretches(before, change, context.now)) {
    await guard(context.db, before.customerId, from, to)
  }
  await update(context, id, version, change)
  await audit(context, {
    action: 'downtime.changed',
    subjectType: 'downtime',
    subjectId: id,
    customerId: before.customerId,
    facts: { before, change },
  })
  return getDowntime(context, id)
}

/**
 * The stretches of time of which a change says something else than before: only what an edge moves over, so that what began
 * in a locked month can still end in an open one.
 */
function movedStretches(before: DowntimeView, change: DowntimeChange, now: Date) {
  const was = { from: before.beganAt, to: before.endedAt ?? now }
  const is = {
    from: change.beganAt ?? was.from,
    to: (change.endedAt === undefined ? before.endedAt : change.endedAt) ?? now,
  }
  const reweighs = (['severity', 'usersHit', 'usersAll'] as const).some(
    (name) => change[name] !== undefined && change[name] !== before[name],
  )
  if (reweighs) return [was, is]
  const between = (one: Date, other: Date) => (one < other ? { from: one, to: other } : { from: other, to: one })
  return [between(was.from, is.from), between(was.to, is.to)].filter(({ from, to }) => from < to)
}

/** Asks that it does not count. */
export async function proposeExclusion(
  context: Context,
  id: string,
  version: number,
  { reason, evidence }: { readonly reason: Exclusion; readonly evidence: string },
): Promise<DowntimeView> {
  require(barredFromRecording(context.actor))
  const { customerId, beganAt, endedAt, exclusion } = await getDowntime(context, id)
  if (exclusion?.state === 'approved') throw refused('availability.excluded')
  await requireOpenMonths(context.db, customerId, beganAt, endedAt ?? context.now)
  await update(context, id, version, {
    exclusion: reason,
    exclusionState: 'proposed',
    exclusionEvidence: evidence,
    exclusionRequestedBy: context.actor.personId,
    exclusionDecidedBy: null,
  })
  await audit(context, {
    action: 'downtime.exclusion-proposed',
    subjectType: 'downtime',
    subjectId: id,
    customerId,
    facts: { reason },
  })
  return getDowntime(context, id)
}

/** Decides on it: not who asked. */
export async function decideExclusion(
  context: Context,
  id: string,
  version: number,
  approve: boolean,
): Promise<DowntimeView> {
  require(barredFromPromising(context.actor))
  const { customerId, beganAt, endedAt, exclusion } = await getDowntime(context, id)
  if (exclusion?.state !== 'proposed') throw refused('availability.nothing-proposed')
  if (exclusion.mine && approve) throw refused('correction.own')
  await requireOpenMonths(context.db, customerId, beganAt, endedAt ?? context.now)
  await update(context, id, version, {
    exclusionState: approve ? 'approved' : 'refused',
    exclusionDecidedBy: context.actor.personId,
  })
  const action = approve ? 'downtime.exclusion-approved' : 'downtime.exclusion-refused'
  await audit(context, { action, subjectType: 'downtime', subjectId: id, customerId })
  return getDowntime(context, id)
}

/** Leaves it out at once: of a month that is locked, where a correction was asked for by one and approved by another. */
export async function excludeDowntime(
  context: Context,
  id: string,
  exclusion: {
    readonly reason: Exclusion
    readonly evidence: string
    readonly requestedBy: string | null
    readonly approvedBy: string | null
  },
  guard: MonthGuard,
): Promise<DowntimeView> {
  require(barredFromRecording(context.actor))
  const { customerId, beganAt, endedAt, version, exclusion: already } = await getDowntime(context, id)
  if (already?.state === 'approved') throw refused('availability.excluded')
  await guard(context.db, customerId, beganAt, endedAt ?? context.now)
  const { reason, evidence, requestedBy, approvedBy } = exclusion
  await update(context, id, version, {
    exclusion: reason,
    exclusionState: 'approved',
    exclusionEvidence: evidence,
    exclusionRequestedBy: requestedBy,
    exclusionDecidedBy: approvedBy,
  })
  await audit(context, {
    action: 'downtime.exclusion-approved',
    subjectType: 'downtime',
    subjectId: id,
    customerId,
    facts: { reason },
  })
  return getDowntime(context, id)
}

async function update({ db }: Context, id: string, version: number, change: Updateable<DB['downtime']>): Promise<void> {
  const { numUpdatedRows } = await db
    .updateTable('downtime')
    .set((set) => ({ ...change, version: set('version', '+', 1) }))
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) throw movedOn()
}

function requirePossible(
  context: Context,
  { beganAt, endedAt, usersHit, usersAll }: Pick<DowntimeView, 'beganAt' | 'endedAt' | 'usersHit' | 'usersAll'>,
): void {
  requirePast(context, endedAt ?? beganAt)
  if (endedAt !== null && endedAt <= beganAt) throw invalid('availability.ends-before')
  if (usersHit !== null && usersAll === null) throw invalid('availability.users-of')
  if (usersHit !== null && usersAll !== null && usersHit > usersAll) throw invalid('availability.users-of')
}

async function requireIncidentOf({ db }: Context, customerId: string, id: string): Promise<void> {
  const row = await db
    .selectFrom('incident')
    .select('id')
    .where('id', '=', id)
    .where('customerId', '=', customerId)
    .executeTakeFirst()
  if (!row) throw notFound('incident.not-found', { incident: id })
}
