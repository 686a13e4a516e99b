import { createRoute } from '@tanstack/react-router'
import { z } from 'zod'
import { type Asker, barredFromContracting, type Reason } from '#core/may.ts'
import { type ModuleShell, page } from '#web/app/pages.ts'
import { shellRoute } from '#web/app/parents.tsx'
import { optional } from '#web/ui/search.ts'

const part = 'budgets'

const budgetRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/budget',
  validateSearch: z.object({ year: optional(z.coerce.number().int().min(2000).max(2200)) }),
  component: page(part, () => import('./budget-page.tsx'), 'BudgetPage'),
})

const appropriationRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/appropriations/$id',
  component: page(part, () => import('./appropriation-page.tsx'), 'AppropriationPage'),
})

const rulesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/budget/rules',
  component: page(part, () => import('./rules-page.tsx'), 'RulesPage'),
})

export const budgetRoutes = [budgetRoute, rulesRoute, appropriationRoute] as const

/** Budgets are read by who answers for the margin, and by auditors. */
function barred(asker: Asker): Reason | null {
  return asker.access === 'auditor' ? null : barredFromContracting(asker)
}

export const budgetShell: ModuleShell = {
  forBooks: true,
  places: [{ area: 'budgets', to: '/budget', also: ['/appropriations'], barred }],
}
