import { createRoute } from '@tanstack/react-router'
import { z } from 'zod'
import { barredBeyondPortal, barredFromInside } from '#core/may.ts'
import { type Finder, type ModuleShell, page } from '#web/app/pages.ts'
import { shellRoute } from '#web/app/parents.tsx'
import { call } from '#web/http/call.ts'
import { preferredLanguage } from '#web/ui/language.ts'
import { optional } from '#web/ui/search.ts'

const part = 'requests'

const requestsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/requests',
  // Of an item, all of them; of one of its fields, those in which it was answered.
  validateSearch: z.object({
    state: optional(z.enum(['over'])),
    item: optional(z.uuid()),
    field: optional(z.string().max(40)),
    // Under a figure: those delivered in these days, in the time that was promised or after it.
    fulfilment: optional(z.enum(['met', 'missed', 'excluded'])),
    deliveredFrom: optional(z.iso.date()),
    deliveredTo: optional(z.iso.date()),
  }),
  component: page(part, () => import('./requests-page.tsx'), 'RequestsPage'),
})

const approvalsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/requests/approvals',
  validateSearch: z.object({ item: optional(z.uuid()), level: optional(z.coerce.number().int().min(1).max(9)) }),
  component: page(part, () => import('./approvals-page.tsx'), 'ApprovalsPage'),
})

const tasksRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/requests/tasks',
  validateSearch: z.object({
    whose: optional(z.enum(['all'])),
    item: optional(z.uuid()),
    position: optional(z.coerce.number().int().min(0).max(100)),
  }),
  component: page(part, () => import('./tasks-page.tsx'), 'TasksPage'),
})

const costRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/requests/cost',
  component: page(part, () => import('./cost-page.tsx'), 'CostPage'),
})

const requestRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/requests/$id',
  component: page([part, 'incidents'], () => import('./request-page.tsx'), 'RequestPage'),
})

export const requestRoutes = [requestsRoute, approvalsRoute, tasksRoute, costRoute, requestRoute] as const

const find: Finder = async (words, signal) => {
  const { listRequests } = await import('#api/requests')
  const language = preferredLanguage()
  const { items } = await call(listRequests, { query: { q: words, limit: 5 } }, signal)
  return items.map(({ number, item: { name }, customer }) => ({
    to: `/requests/${encodeURIComponent(number)}`,
    title: name[language] || name.de || name.en,
    about: `${number} · ${customer.name}`,
  }))
}

export const requestShell: ModuleShell = {
  actions: [
    { label: 'app.action.requests', to: '/requests', barred: barredBeyondPortal },
    { label: 'app.action.approvals', to: '/requests/approvals', barred: barredBeyondPortal },
    { label: 'app.action.request-tasks', to: '/requests/tasks', barred: barredFromInside },
    { label: 'app.action.bureaucracy', to: '/requests/cost', barred: barredFromInside },
  ],
  find,
  findBarred: barredBeyondPortal,
}
