import { newId } from '#core/id.ts'
import { barredFromManaging, require } from '#core/may.ts'
import { requireCustomer } from '#modules/customers'
import { calendarIdOf } from '#modules/people'
import { explaining } from '#platform/constraint.ts'
import type { Context } from '#platform/context.ts'
import { audit } from '#platform/history.ts'
import type { NewService, Service, ServiceChange } from './api.ts'
import { insertService, lockService, updateService } from './queries.ts'

const meanings = { service_name: 'service.name-taken' } as const

export async function addService(
  context: Context,
  { customer: customerName, name, criticality, calendar }: NewService,
): Promise<Service> {
  require(barredFromManaging(context.actor))
  const { db, now } = context
  const customerId = customerName === undefined ? null : (await requireCustomer(db, customerName)).id
  const id = newId(now.getTime())
  const calendarId = (await calendarIdOf(db, customerId, calendar)) ?? null
  const service = await explaining(meanings, { name }, () =>
    insertService(db, { id, customerId, name, criticality, calendarId, createdAt: now }),
  )
  await audit(context, { action: 'service.added', subjectType: 'service', subjectId: id, customerId, facts: { name } })
  return service
}

export async function changeService(
  context: Context,
  id: string,
  version: number,
  change: ServiceChange,
): Promise<Service> {
  require(barredFromManaging(context.actor))
  const before = await lockService(context.db, id, version)
  await audit(context, {
    action: 'service.changed',
    subjectType: 'service',
    subjectId: id,
    customerId: before.customerId,
    facts: { before, change },
  })
  const { calendar, ...plain } = change
  const calendarId = await calendarIdOf(context.db, before.customerId, calendar)
  return explaining(meanings, { name: change.name ?? before.name }, () =>
    updateService(context.db, id, { ...plain, ...(calendarId !== undefined && { calendarId }) }),
  )
}
