import { createRoute } from '@tanstack/react-router'
import { z } from 'zod'
import { barredFromAudit } from '#core/may.ts'
import { type ModuleShell, page } from '#web/app/pages.ts'
import { shellRoute } from '#web/app/parents.tsx'
import { optional } from '#web/ui/search.ts'
import { things } from './things.ts'

const auditRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/audit',
  validateSearch: z.object({
    thing: optional(z.enum(things)),
    subject: optional(z.uuid()),
    actor: optional(z.uuid()),
  }),
  component: page('audit', () => import('./audit-page.tsx'), 'AuditPage'),
})

export const auditRoutes = [auditRoute] as const

export const auditShell: ModuleShell = {
  places: [{ area: 'audit', to: '/audit', barred: barredFromAudit }],
}
