import { customerRoutes } from '#modules/customers'
import { peopleRoutes } from '#modules/people'
import { agreementActivated, calendarChanged, incidentJobs, incidentRoutes } from '#modules/incidents'
import { serviceLevelJobs, serviceLevelRoutes } from '#modules/service-levels'
import { serviceRoutes } from '#modules/services'
import { siteRoutes } from '#modules/sites'
import { testCaller, testDatabase } from '#platform/testing.ts'

const routes = [
  ...peopleRoutes,
  ...customerRoutes,
  ...siteRoutes,
  ...serviceRoutes,
  ...serviceLevelRoutes,
  ...incidentRoutes,
]
const listeners = { 'agreement.activated': [agreementActivated], 'calendar.changed': [calendarChanged] }
const jobs = [...incidentJobs, ...serviceLevelJobs]

export const office = { opens: 8 * 60, closes: 18 * 60 }
export const berlin = { timeZone: 'Europe/Berlin', week: [[office], [office], [office], [office], [office], [], []] }
export const targets = [
  { metric: 'response', priority: 'p2', targetSeconds: 3600, attainmentBp: 9500 },
  { metric: 'resolution', priority: 'p2', targetSeconds: 8 * 3600, attainmentBp: 9000 },
  { metric: 'resolution', priority: 'p1', targetSeconds: 4 * 3600, attainmentBp: 9500 },
]

/** A customer with office hours, on a Monday at nine in Berlin. */
export async function incidentWorld() {
  let now = new Date('2026-03-02T08:00Z')
  const database = await testDatabase()
  const call = testCaller(database, routes, { now: () => now, listeners, jobs })
  const at = (next: string) => void (now = new Date(next))
  const { body: customer } = await call('POST', '/customers', { name: 'Nordhafen Logistics' })
  const { body: calendar } = await call('POST', '/calendars', { name: 'Office', customer: customer.id, rules: berlin })
  return { database, call, at, customer, calendar, work: call.work }
}

/** The same, with an agreement. */
export async function agreedWorld() {
  const made = await incidentWorld()
  const { body: agreement } = await made.call('POST', '/agreements', {
    name: 'NHL-2026',
    customer: made.customer.id,
    calendar: 'Office',
    validFrom: '2026-01-01T00:00:00+01:00',
    targets,
    activate: true,
  })
  await made.work()
  return { ...made, agreement }
}

export const mail = { title: 'Mail is down', impact: 'high', urgency: 'medium' }
