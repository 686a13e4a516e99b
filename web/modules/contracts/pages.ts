import { createRoute } from '@tanstack/react-router'
import { z } from 'zod'
import { barredFromTerms } from '#core/may.ts'
import { type ModuleShell, page } from '#web/app/pages.ts'
import { shellRoute } from '#web/app/parents.tsx'
import { optional } from '#web/ui/search.ts'

const part = 'contracts'

const contractsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/contracts',
  component: page(part, () => import('./contracts-page.tsx'), 'ContractsPage'),
})

const newContractRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/contracts/new',
  component: page(part, () => import('./new-contract-page.tsx'), 'NewContractPage'),
})

const contractRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/contracts/$id',
  validateSearch: z.object({ month: optional(z.string().regex(/^\d{4}-\d{2}$/)) }),
  component: page(part, () => import('./contract-page.tsx'), 'ContractPage'),
})

const trialRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/contracts/$id/trial',
  component: page(part, () => import('./trial-page.tsx'), 'TrialPage'),
})

const linesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/contracts/$id/lines',
  component: page(part, () => import('./lines-page.tsx'), 'LinesPage'),
})

const regimeRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/contracts/$id/regime',
  component: page(part, () => import('./regime-page.tsx'), 'RegimePage'),
})

const invoicingRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/contracts/$id/invoicing',
  component: page(part, () => import('./invoicing-page.tsx'), 'InvoicingPage'),
})

const creditRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/credits/$id',
  component: page([part, 'actions'], () => import('./credit-page.tsx'), 'CreditPage'),
})

export const contractRoutes = [
  contractsRoute,
  newContractRoute,
  contractRoute,
  trialRoute,
  linesRoute,
  regimeRoute,
  invoicingRoute,
  creditRoute,
] as const

export const contractShell: ModuleShell = {
  forBooks: true,
  places: [
    {
      area: 'contracts',
      to: '/contracts',
      also: ['/credits', '/portfolio', '/contract-changes', '/closing', '/renewals', '/opportunities'],
    },
  ],
  actions: [{ label: 'app.action.new-contract', to: '/contracts/new', barred: barredFromTerms }],
}
