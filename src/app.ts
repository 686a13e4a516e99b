import { agreementActivated, calendarChanged, incidentJobs, incidentRoutes } from '#modules/incidents'
import { customerRoutes } from '#modules/customers'
import { importJobs, importRoutes } from '#modules/imports'
import { peopleRoutes } from '#modules/people'
import { reviewJobs, reviewRoutes } from '#modules/reviews'
import { sampleJobs, sampleRoutes } from '#modules/sample'
import { serviceLevelJobs, serviceLevelRoutes } from '#modules/service-levels'
import { serviceRoutes } from '#modules/services'
import { siteRoutes } from '#modules/sites'
import type { Listeners } from '#platform/context.ts'
import type { Route } from '#platform/http.ts'
import type { JobHandler } from '#platform/worker.ts'

/** Everything the product can do, one line per module. */
export const routes: readonly Route[] = [
  ...peopleRoutes,
  ...customerRoutes,
  ...siteRoutes,
  ...serviceRoutes,
  ...serviceLevelRoutes,
  ...incidentRoutes,
  ...importRoutes,
  ...reviewRoutes,
  ...sampleRoutes,
]

export const jobs: readonly JobHandler[] = [
  ...serviceLevelJobs,
  ...incidentJobs,
  ...importJobs,
  ...reviewJobs,
  ...sampleJobs,
]

/** Who hears of what. Read it to see how modules affect each other without knowing each other. */
export const listeners: Listeners = {
  'agreement.activated': [agreementActivated],
  'calendar.changed': [calendarChanged],
}
