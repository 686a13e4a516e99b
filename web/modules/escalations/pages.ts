import { createRoute } from '@tanstack/react-router'
import { z } from 'zod'
import { type ModuleShell, page } from '#web/app/pages.ts'
import { shellRoute } from '#web/app/parents.tsx'
import { optional } from '#web/ui/search.ts'

const part = 'escalations'

const escalationSearch = z.object({
  // Of a rule, those that it raised, open or over.
  state: optional(z.enum(['open', 'over', 'counted'])),
  rule: optional(z.uuid()),
  // Those under a figure.
  source: optional(z.enum(['customer', 'user', 'internal', 'supplier', 'auto'])),
  since: optional(z.iso.datetime()),
  late: optional(z.boolean()),
  having: optional(z.enum(['taken', 'said'])),
})
export type EscalationSearch = z.output<typeof escalationSearch> & { readonly customer?: string | undefined }

const escalationsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/escalations',
  validateSearch: escalationSearch,
  component: page(part, () => import('./escalations-page.tsx'), 'EscalationsPage'),
})

const newEscalationRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/escalations/new',
  validateSearch: z.object({ incident: optional(z.string().max(200)) }),
  component: page(part, () => import('./new-escalation-page.tsx'), 'NewEscalationPage'),
})

const escalationRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/escalations/$id',
  component: page([part, 'actions'], () => import('./escalation-page.tsx'), 'EscalationPage'),
})

export const escalationRoutes = [escalationsRoute, newEscalationRoute, escalationRoute] as const

export const escalationShell: ModuleShell = {
  actions: [{ label: 'app.action.escalations', to: '/escalations' }],
}
