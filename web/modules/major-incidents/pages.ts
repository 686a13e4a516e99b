import { createRoute } from '@tanstack/react-router'
import { z } from 'zod'
import { type ModuleShell, page } from '#web/app/pages.ts'
import { shellRoute } from '#web/app/parents.tsx'
import { optional } from '#web/ui/search.ts'

const parts = ['major-incidents', 'incidents', 'actions'] as const

const majorIncidentsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/major-incidents',
  component: page(parts, () => import('./list-page.tsx'), 'MajorIncidentsPage'),
})

const newMajorIncidentRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/major-incidents/new',
  // The incident that it is about, by id or number.
  validateSearch: z.object({ incident: optional(z.string().max(200)) }),
  component: page(parts, () => import('./declare-page.tsx'), 'DeclarePage'),
})

const roomRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/major-incidents/$id',
  validateSearch: z.object({ show: optional(z.enum(['children', 'reports'])) }),
  component: page(parts, () => import('./room-page.tsx'), 'RoomPage'),
})

export const majorIncidentRoutes = [majorIncidentsRoute, newMajorIncidentRoute, roomRoute] as const

export const majorIncidentShell: ModuleShell = {
  actions: [{ label: 'app.action.major-incidents', to: '/major-incidents' }],
}
