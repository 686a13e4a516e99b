import { newId } from '#core/id.ts'
import { barredFromManaging, require } from '#core/may.ts'
import { requireCustomer, requireZone } from '#modules/customers'
import { calendarIdOf } from '#modules/people'
import { explaining } from '#platform/constraint.ts'
import type { Context } from '#platform/context.ts'
import { audit } from '#platform/history.ts'
import type { NewSite, Site, SiteChange } from './api.ts'
import { insertSite, lockSite, updateSite } from './queries.ts'

const meanings = { site_name: 'site.name-taken' } as const

export async function addSite(
  context: Context,
  { customer: customerName, name, timeZone, country, region, siteType, segment, market, calendar }: NewSite,
): Promise<Site> {
  require(barredFromManaging(context.actor))
  const { db, now } = context
  const customer = await requireCustomer(db, customerName)
  if (timeZone !== undefined) requireZone(timeZone)
  const id = newId(now.getTime())
  const row = {
    id,
    customerId: customer.id,
    name,
    country,
    region,
    siteType,
    segment,
    market,
    createdAt: now,
    timeZone: timeZone ?? customer.timeZone,
    calendarId: (await calendarIdOf(db, customer.id, calendar)) ?? null,
  }
  const site = await explaining(meanings, { name }, () => insertSite(db, row))
  await audit(context, {
    action: 'site.added',
    subjectType: 'site',
    subjectId: id,
    customerId: customer.id,
    facts: { name },
  })
  return site
}

export async function changeSite(context: Context, id: string, version: number, change: SiteChange): Promise<Site> {
  require(barredFromManaging(context.actor))
  if (change.timeZone !== undefined) requireZone(change.timeZone)
  const before = await lockSite(context.db, id, version)
  await audit(context, {
    action: 'site.changed',
    subjectType: 'site',
    subjectId: id,
    customerId: before.customerId,
    facts: { before, change },
  })
  const { calendar, ...plain } = change
  const calendarId = await calendarIdOf(context.db, before.customerId, calendar)
  return explaining(meanings, { name: change.name ?? before.name }, () =>
    updateSite(context.db, id, { ...plain, ...(calendarId !== undefined && { calendarId }) }),
  )
}
