import { createRoute } from '@tanstack/react-router'
import { type Asker, barredFromContracting, type Reason } from '#core/may.ts'
import { type ModuleShell, page } from '#web/app/pages.ts'
import { shellRoute } from '#web/app/parents.tsx'

const part = 'suppliers'

const suppliersRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/suppliers',
  component: page(part, () => import('./suppliers-page.tsx'), 'SuppliersPage'),
})

const supplierRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/suppliers/$id',
  component: page([part, 'agreements'], () => import('./supplier-page.tsx'), 'SupplierPage'),
})

const ownSuppliersRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/own-suppliers',
  component: page([part, 'agreements'], () => import('./own-page.tsx'), 'OwnSuppliersPage'),
})

export const supplierRoutes = [suppliersRoute, supplierRoute, ownSuppliersRoute] as const

/** Its own page is for whoever coordinates at a supplier. */
function barredFromOwn({ access, roles }: Asker): Reason | null {
  return access === 'customer' && roles.has('supplier') ? null : 'may.contracts'
}

/** All suppliers are read by who answers for contracts, and by auditors. */
function barredFromAll(asker: Asker): Reason | null {
  return asker.access === 'auditor' ? null : barredFromContracting(asker)
}

export const supplierShell: ModuleShell = {
  forBooks: true,
  forSuppliers: true,
  places: [
    { area: 'suppliers', to: '/suppliers', barred: barredFromAll },
    { area: 'suppliers', to: '/own-suppliers', barred: barredFromOwn },
  ],
}
