import { createRoute } from '@tanstack/react-router'
import { z } from 'zod'
import { barredFromInside } from '#core/may.ts'
import { type ModuleShell, page } from '#web/app/pages.ts'
import { shellRoute } from '#web/app/parents.tsx'
import { oneOf, optional } from '#web/ui/search.ts'

const kpisRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/kpis',
  component: page('kpis', () => import('./kpis-page.tsx'), 'KpisPage'),
})

const kpiRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/kpis/$key',
  validateSearch: z.object({
    part: oneOf(['customer', 'site', 'service', 'team', 'site-type']),
    of: optional(z.string().max(200)),
    month: optional(z.string().regex(/^\d{4}-\d{2}$/)),
  }),
  component: page(['kpis', 'actions'], () => import('./kpi-page.tsx'), 'KpiPage'),
})

export const kpiRoutes = [kpisRoute, kpiRoute] as const

export const kpiShell: ModuleShell = {
  actions: [{ label: 'app.action.kpis', to: '/kpis', barred: barredFromInside }],
}
