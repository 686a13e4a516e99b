import { createRoute } from '@tanstack/react-router'
import { page } from '#web/app/pages.ts'
import { shellRoute } from '#web/app/parents.tsx'

const part = 'renewals'

const renewalsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/renewals',
  component: page([part, 'actions'], () => import('./renewals-page.tsx'), 'RenewalsPage'),
})

const renewalRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/renewals/$id',
  component: page([part, 'actions'], () => import('./renewal-page.tsx'), 'RenewalPage'),
})

const opportunityRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/opportunities/$id',
  component: page([part, 'actions'], () => import('./opportunity-page.tsx'), 'OpportunityPage'),
})

export const renewalRoutes = [renewalsRoute, renewalRoute, opportunityRoute] as const
