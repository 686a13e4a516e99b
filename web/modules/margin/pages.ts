import { createRoute } from '@tanstack/react-router'
import { z } from 'zod'
import { page } from '#web/app/pages.ts'
import { shellRoute } from '#web/app/parents.tsx'
import { optional } from '#web/ui/search.ts'

const part = 'margin'
const month = optional(z.string().regex(/^\d{4}-\d{2}$/))

const profitRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/contracts/$id/profit',
  validateSearch: z.object({ month }),
  component: page(part, () => import('./profit-page.tsx'), 'ProfitPage'),
})

const portfolioRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/portfolio',
  component: page(part, () => import('./portfolio-page.tsx'), 'PortfolioPage'),
})

const closingRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/closing',
  validateSearch: z.object({ month }),
  component: page(part, () => import('./closing-page.tsx'), 'ClosingPage'),
})

export const marginRoutes = [profitRoute, portfolioRoute, closingRoute] as const
