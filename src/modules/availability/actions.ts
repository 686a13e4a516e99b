import { invalid, refused } from '#core/failure.ts'
import { newId } from '#core/id.ts'
import { require } from '#core/may.ts'
import { requireCalendar } from '#modules/service-levels'
import { requireService } from '#modules/services'
import type { Context } from '#platform/context.ts'
import { audit } from '#platform/history.ts'
import type {
  AvailabilityPromise,
  MaintenanceWindow,
  MonitoringGap,
  NewGap,
  NewMaintenance,
  NewPromise,
} from './api.ts'
import { barredFromPromising, barredFromRecording } from './may.ts'
import { type MonthGuard, requireOpenMonths } from './months.ts'
import { getGap, getMaintenance, getPromise } from './queries.ts'
import { movedOn, requirePast, subjectOf } from './subject.ts'

/** Promises a service’s availability from a moment on. What was promised before holds until then. */
export async function addPromise(
  context: Context,
  { customer, service, calendar, weights, parts, ...terms }: NewPromise,
  guard: MonthGuard = requireOpenMonths,
): Promise<AvailabilityPromise> {
  require(barredFromPromising(context.actor))
  const { db, now } = context
  const { customerId, serviceId } = await subjectOf(context, customer, service)
  const { id: calendarId } = await requireCalendar(db, customerId, calendar)
  for (const { services, needed } of parts) {
    if (needed > services.length) throw invalid('availability.needs-more', { needed, count: services.length })
    if (services.includes(serviceId)) throw invalid('availability.part-of-itself')
    for (const each of services) await requireService(db, customerId, each)
  }
  const last = await db
    .selectFrom('availabilityPromise')
    .select(['id', 'validFrom'])
    .where('customerId', '=', customerId)
    .where('serviceId', '=', serviceId)
    .where('validTo', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  if (last && last.validFrom >= terms.validFrom) throw refused('availability.promise-overlaps')
  await guard(db, customerId, terms.validFrom, null)
  if (last) {
    await db
      .updateTable('availabilityPromise')
      .set((set) => ({ validTo: terms.validFrom, version: set('version', '+', 1) }))
      .where('id', '=', last.id)
      .execute()
  }
  const id = newId(now.getTime())
  const row = { id, customerId, serviceId, calendarId, createdAt: now, ...terms }
  await db
    .insertInto('availabilityPromise')
    .values({ ...row, weights: JSON.stringify(weights), parts: JSON.stringify(parts) })
    .execute()
  await audit(context, {
    action: 'availability.promised',
    subjectType: 'service',
    subjectId: serviceId,
    customerId,
    facts: { targetPpm: terms.targetPpm, validFrom: terms.validFrom },
  })
  return getPromise(db, id)
}

/** Announces maintenance. Whether it was in time is for the promise to say; that it was not announced before now, never. */
export async function addMaintenance(
  context: Context,
  { customer, service, title, startsAt, endsAt, announcedAt = context.now }: NewMaintenance,
  guard: MonthGuard = requireOpenMonths,
): Promise<MaintenanceWindow> {
  require(barredFromRecording(context.actor))
  const { db, now } = context
  const { customerId, serviceId } = await subjectOf(context, customer, service)
  if (endsAt <= startsAt) throw invalid('availability.ends-before')
  if (announcedAt > now) throw invalid('availability.announced-later')
  await guard(db, customerId, startsAt, endsAt)
  const id = newId(now.getTime())
  await db
    .insertInto('maintenanceWindow')
    .values({ id, customerId, serviceId, title, startsAt, endsAt, announcedAt })
    .execute()
  await audit(context, {
    action: 'maintenance.announced',
    subjectType: 'service',
    subjectId: serviceId,
    customerId,
    facts: { title },
  })
  return getMaintenance(db, id)
}

export async function cancelMaintenance(
  context: Context,
  id: string,
  version: number,
  guard: MonthGuard = requireOpenMonths,
): Promise<MaintenanceWindow> {
  require(barredFromRecording(context.actor))
  const { db, now } = context
  const window = await getMaintenance(db, id)
  if (window.cancelledAt !== null) throw refused('availability.cancelled')
  await guard(db, window.customerId, window.startsAt, window.endsAt)
  const { numUpdatedRows } = await db
    .updateTable('maintenanceWindow')
    .set((set) => ({ cancelledAt: now, version: set('version', '+', 1) }))
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) throw movedOn()
  const { serviceId, customerId } = window
  await audit(context, { action: 'maintenance.cancelled', subjectType: 'service', subjectId: serviceId, customerId })
  return getMaintenance(db, id)
}

export async function addGap(
  context: Context,
  { customer, service, beganAt, endedAt, why }: NewGap,
  guard: MonthGuard = requireOpenMonths,
): Promise<MonitoringGap> {
  require(barredFromRecording(context.actor))
  const { db, now } = context
  const { customerId, serviceId } = await subjectOf(context, customer, service)
  if (endedAt <= beganAt) throw invalid('availability.ends-before')
  requirePast(context, endedAt)
  await guard(db, customerId, beganAt, endedAt)
  const id = newId(now.getTime())
  await db.insertInto('monitoringGap').values({ id, customerId, serviceId, beganAt, endedAt, why }).execute()
  await audit(context, { action: 'monitoring.gap', subjectType: 'service', subjectId: serviceId, customerId })
  return getGap(db, id)
}
