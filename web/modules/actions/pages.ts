import { createRoute } from '@tanstack/react-router'
import { z } from 'zod'
import { barredFromInside } from '#core/may.ts'
import { type ModuleShell, page } from '#web/app/pages.ts'
import { shellRoute } from '#web/app/parents.tsx'
import { optional } from '#web/ui/search.ts'

const part = 'actions'

const actionsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/actions',
  validateSearch: z.object({
    show: optional(z.enum(['open', 'mine', 'overdue', 'to-verify', 'redated', 'over', 'on-time', 'not-on-time'])),
  }),
  component: page(part, () => import('./actions-page.tsx'), 'ActionsPage'),
})

const actionRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/actions/$id',
  component: page(part, () => import('./action-page.tsx'), 'ActionPage'),
})

const decisionsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/decisions',
  validateSearch: z.object({ state: optional(z.enum(['wanted', 'decided', 'reviewed', 'dropped'])) }),
  component: page(part, () => import('./decisions-page.tsx'), 'DecisionsPage'),
})

const decisionRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/decisions/$id',
  component: page(part, () => import('./decision-page.tsx'), 'DecisionPage'),
})

export const actionRoutes = [actionsRoute, actionRoute, decisionsRoute, decisionRoute] as const

export const actionShell: ModuleShell = {
  places: [
    {
      area: 'actions',
      to: '/actions',
      also: ['/decisions', '/improvements', '/forums', '/forum-runs', '/week', '/stakeholders'],
    },
  ],
  actions: [
    { label: 'app.action.actions', to: '/actions', barred: barredFromInside },
    { label: 'app.action.decisions', to: '/decisions' },
  ],
}
