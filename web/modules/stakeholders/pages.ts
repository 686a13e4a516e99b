import { createRoute } from '@tanstack/react-router'
import { barredFromManaging } from '#core/may.ts'
import { type ModuleShell, page } from '#web/app/pages.ts'
import { shellRoute } from '#web/app/parents.tsx'

const parts = ['stakeholders', 'actions'] as const

const stakeholdersRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/stakeholders',
  component: page(parts, () => import('./stakeholders-page.tsx'), 'StakeholdersPage'),
})

const stakeholderRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/stakeholders/$id',
  component: page(parts, () => import('./stakeholder-page.tsx'), 'StakeholderPage'),
})

export const stakeholderRoutes = [stakeholdersRoute, stakeholderRoute] as const

export const stakeholderShell: ModuleShell = {
  actions: [{ label: 'app.action.stakeholders', to: '/stakeholders', barred: barredFromManaging }],
}
