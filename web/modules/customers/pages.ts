import { createRoute } from '@tanstack/react-router'
import { z } from 'zod'
import * as api from '#api/customers'
import { type Finder, type ModuleShell, page } from '#web/app/pages.ts'
import { shellRoute } from '#web/app/parents.tsx'
import { call } from '#web/http/call.ts'
import { optional } from '#web/ui/search.ts'

const part = 'customers'

const customersRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/customers',
  validateSearch: z.object({ q: optional(z.string().max(200)) }),
  component: page(part, () => import('./customers-page.tsx'), 'CustomersPage'),
})

const newCustomerRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/customers/new',
  component: page(part, () => import('./new-customer-page.tsx'), 'NewCustomerPage'),
})

const customerRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/customers/$id',
  component: page(part, () => import('./customer-page.tsx'), 'CustomerPage'),
})

export const customerRoutes = [customersRoute, newCustomerRoute, customerRoute] as const

const findCustomers: Finder = async (words, signal) => {
  const { items } = await call(api.listCustomers, { query: { q: words, limit: 6 } }, signal)
  return items.map(({ id, key, name }) => ({ to: `/customers/${id}`, title: name, about: key }))
}

export const customerShell: ModuleShell = {
  forBooks: true,
  places: [{ area: 'customers', to: '/customers' }],
  find: findCustomers,
}
