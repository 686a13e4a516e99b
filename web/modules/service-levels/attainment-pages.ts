import { createRoute } from '@tanstack/react-router'
import { type ModuleShell, page } from '#web/app/pages.ts'
import { shellRoute } from '#web/app/parents.tsx'
import { attainmentSearch, caseSearch } from './attainment-search.ts'

const attainmentRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/attainment',
  validateSearch: attainmentSearch,
  component: page(['attainment', 'periods'], () => import('./attainment-page.tsx'), 'AttainmentPage'),
})

const attainmentCasesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/attainment/cases',
  validateSearch: caseSearch,
  component: page('attainment', () => import('./attainment-cases-page.tsx'), 'AttainmentCasesPage'),
})

export const attainmentRoutes = [attainmentRoute, attainmentCasesRoute] as const

export const attainmentShell: ModuleShell = {
  places: [
    {
      area: 'service-levels',
      to: '/attainment',
      also: ['/availability', '/experience', '/feedback', '/handovers', '/kpis'],
      bySite: ['/attainment', '/experience', '/handovers'],
    },
  ],
}
