import { createRoute } from '@tanstack/react-router'
import { type ModuleShell, page } from '#web/app/pages.ts'
import { shellRoute } from '#web/app/parents.tsx'

const periodsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/periods',
  component: page('periods', () => import('./periods-page.tsx'), 'PeriodsPage'),
})

export const periodRoutes = [periodsRoute] as const

export const periodShell: ModuleShell = {
  actions: [{ label: 'app.action.periods', to: '/periods' }],
}
