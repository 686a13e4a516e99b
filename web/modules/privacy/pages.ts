import { createRoute, redirect } from '@tanstack/react-router'
import { z } from 'zod'
import { barredFromWorksCouncil } from '#core/may.ts'
import { type ModuleShell, page } from '#web/app/pages.ts'
import { shellRoute } from '#web/app/parents.tsx'
import { optional } from '#web/ui/search.ts'

const part = 'privacy'

const ownDataRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/account/data',
  component: page(part, () => import('./own-data-page.tsx'), 'OwnDataPage'),
})

const privacyRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/privacy',
  beforeLoad: ({ location }) => {
    if (location.pathname === '/privacy') throw redirect({ to: '/privacy/people' })
  },
})

const peopleRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/privacy/people',
  validateSearch: z.object({ q: optional(z.string().max(200)) }),
  component: page(part, () => import('./people-page.tsx'), 'PrivacyPeoplePage'),
})

const personRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/privacy/people/$id',
  component: page(part, () => import('./person-data-page.tsx'), 'PersonDataPage'),
})

const erasureRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/privacy/erasures/$id',
  component: page(part, () => import('./certificate-page.tsx'), 'CertificatePage'),
})

const retentionRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/privacy/retention',
  component: page(part, () => import('./retention-page.tsx'), 'RetentionPage'),
})

const confidedRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/privacy/incidents',
  component: page([part, 'incidents'], () => import('./confided-page.tsx'), 'ConfidedPage'),
})

const confidedIncidentRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/privacy/incidents/$id',
  component: page([part, 'incidents', 'work'], () => import('./confided-incident-page.tsx'), 'ConfidedIncidentPage'),
})

const councilRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/privacy/works-council',
  component: page(part, () => import('./works-council-page.tsx'), 'WorksCouncilPage'),
})

export const privacyRoutes = [
  ownDataRoute,
  privacyRoute,
  peopleRoute,
  personRoute,
  erasureRoute,
  retentionRoute,
  confidedRoute,
  confidedIncidentRoute,
  councilRoute,
] as const

export const privacyShell: ModuleShell = {
  places: [{ area: 'privacy', to: '/privacy', barred: barredFromWorksCouncil }],
}
