import { createRoute } from '@tanstack/react-router'
import { z } from 'zod'
import { barredFromInside, barredFromWorking } from '#core/may.ts'
import { type ModuleShell, page } from '#web/app/pages.ts'
import { shellRoute } from '#web/app/parents.tsx'
import { oneOf, optional } from '#web/ui/search.ts'

const part = 'friction'

const registerRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/friction',
  validateSearch: z.object({ show: oneOf(['open', 'over', 'removed', 'all']) }),
  component: page(part, () => import('./friction-page.tsx'), 'FrictionPage'),
})

const newRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/friction/new',
  validateSearch: z.object({ incident: optional(z.string().max(200)), verbatim: optional(z.uuid()) }),
  component: page([part, 'feedback'], () => import('./new-friction-page.tsx'), 'NewFrictionPage'),
})

const pointRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/friction/$id',
  component: page([part, 'actions'], () => import('./point-page.tsx'), 'PointPage'),
})

export const frictionRoutes = [registerRoute, newRoute, pointRoute] as const

export const frictionShell: ModuleShell = {
  actions: [
    { label: 'app.action.friction', to: '/friction', barred: barredFromInside },
    { label: 'app.action.new-friction', to: '/friction/new', barred: barredFromWorking },
  ],
}
