import { createRoute } from '@tanstack/react-router'
import { z } from 'zod'
import { type ModuleShell, page } from '#web/app/pages.ts'
import { shellRoute } from '#web/app/parents.tsx'
import { optional } from '#web/ui/search.ts'

const parts = ['improvements', 'actions', 'kpis'] as const

const improvementsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/improvements',
  validateSearch: z.object({ show: optional(z.enum(['open', 'verified', 'by-signal', 'stopped', 'all'])) }),
  component: page(parts, () => import('./improvements-page.tsx'), 'ImprovementsPage'),
})

const improvementRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/improvements/$id',
  component: page(parts, () => import('./improvement-page.tsx'), 'ImprovementPage'),
})

export const improvementRoutes = [improvementsRoute, improvementRoute] as const

export const improvementShell: ModuleShell = {
  actions: [{ label: 'app.action.improvements', to: '/improvements' }],
}
