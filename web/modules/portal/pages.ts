import { createRoute } from '@tanstack/react-router'
import { z } from 'zod'
import { barredFromReporting } from '#api/portal'
import { barredBeyondPortal } from '#core/may.ts'
import { type Finder, type ModuleShell, page } from '#web/app/pages.ts'
import { shellRoute } from '#web/app/parents.tsx'
import { optional } from '#web/ui/search.ts'

const portalRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/portal',
  component: page(['portal', 'feedback'], () => import('./portal-page.tsx'), 'PortalPage'),
})

const reportRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/portal/report',
  validateSearch: z.object({ service: optional(z.uuid()), title: optional(z.string().max(400)) }),
  component: page('portal', () => import('./report-page.tsx'), 'ReportPage'),
})

const reportedRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/portal/reports/$number',
  component: page('portal', () => import('./reported-page.tsx'), 'ReportedPage'),
})

const orderRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/portal/order/$item',
  validateSearch: z.object({ contact: optional(z.uuid()) }),
  component: page(['portal', 'requests'], () => import('./order-page.tsx'), 'OrderPage'),
})

const orderedRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/portal/requests/$number',
  component: page(['portal', 'requests'], () => import('./ordered-page.tsx'), 'OrderedPage'),
})

const approvalsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/portal/approvals',
  component: page(['portal', 'requests'], () => import('./portal-approvals-page.tsx'), 'PortalApprovalsPage'),
})

export const portalRoutes = [portalRoute, reportRoute, reportedRoute, orderRoute, orderedRoute, approvalsRoute] as const

const find: Finder = async (words, signal) => {
  const { searchPortal } = await import('./search.ts')
  const found = await searchPortal(words, signal)
  return found.map(({ kind, id, number, title }) => {
    const about = number ?? ''
    const at = encodeURIComponent(number ?? id)
    const places = {
      report: { to: `/portal/reports/${at}` },
      disturbance: { to: '/portal/report', search: { service: id }, kind: 'app.kind.disturbance' },
      request: { to: `/portal/requests/${at}` },
      item: { to: `/portal/order/${id}`, kind: 'app.kind.item' },
      article: { to: `/articles/${id}`, kind: 'app.kind.article' },
      service: { to: '/portal/report', search: { service: id }, kind: 'app.kind.service' },
    } as const
    return { ...places[kind], title, about }
  })
}

export const portalShell: ModuleShell = {
  forRequesters: true,
  places: [{ area: 'portal', to: '/portal', barred: barredFromReporting }],
  actions: [{ label: 'app.action.report', to: '/portal/report', barred: barredFromReporting }],
  find,
  // Everybody else finds the records themselves.
  findBarred: (asker) => (barredBeyondPortal(asker) === null ? 'may.reporters' : null),
}
