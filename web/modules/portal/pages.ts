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

export const portalRoutes = [portalRoute, reportRoute, reportedRoute] as const

const find: Finder = async (words, signal) => {
  const { searchPortal } = await import('./search.ts')
  const { reports, articles, services } = await searchPortal(words, signal)
  return [
    ...reports.map(({ number, title }) => ({
      to: `/portal/reports/${encodeURIComponent(number)}`,
      title,
      about: number,
    })),
    ...articles.map(({ id, title }) => ({
      to: `/articles/${id}`,
      title,
      kind: 'app.kind.article' as const,
      about: '',
    })),
    ...services.map(({ id, name }) => ({
      to: '/portal/report',
      search: { service: id },
      title: name,
      kind: 'app.kind.service' as const,
      about: '',
    })),
  ]
}

export const portalShell: ModuleShell = {
  forRequesters: true,
  places: [{ area: 'portal', to: '/portal', barred: barredFromReporting }],
  actions: [{ label: 'app.action.report', to: '/portal/report', barred: barredFromReporting }],
  find,
  // Everybody else finds the records themselves.
  findBarred: (asker) => (barredBeyondPortal(asker) === null ? 'may.reporters' : null),
}
