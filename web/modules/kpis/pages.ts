import { createRoute } from '@tanstack/react-router'
import { z } from 'zod'
import { barredFromInside } from '#core/may.ts'
import { type ModuleShell, page } from '#web/app/pages.ts'
import { shellRoute } from '#web/app/parents.tsx'
import { oneOf, optional } from '#web/ui/search.ts'

const boards = [
  'service-manager',
  'service-desk',
  'major-incident',
  'experience',
  'requests',
  'general-manager',
  'cfo',
  'customer',
] as const

const kpisRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/kpis',
  component: page('kpis', () => import('./kpis-page.tsx'), 'KpisPage'),
})

const kpiRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/kpis/$key',
  validateSearch: z.object({
    part: oneOf(['customer', 'site', 'service', 'team', 'site-type', 'segment', 'market']),
    of: optional(z.string().max(200)),
    month: optional(z.string().regex(/^\d{4}-\d{2}$/)),
  }),
  component: page(['kpis', 'actions'], () => import('./kpi-page.tsx'), 'KpiPage'),
})

const boardRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/kpis/boards/$board',
  params: {
    parse: ({ board }) => ({ board: boards.find((known) => known === board) ?? 'service-manager' }),
    stringify: ({ board }) => ({ board }),
  },
  component: page('kpis', () => import('./board-page.tsx'), 'BoardPage'),
})

export const kpiRoutes = [kpisRoute, boardRoute, kpiRoute] as const

export const kpiShell: ModuleShell = {
  actions: [
    { label: 'app.action.kpis', to: '/kpis', barred: barredFromInside },
    { label: 'app.action.kpi-board', to: '/kpis/boards/service-manager', barred: barredFromInside },
  ],
}
