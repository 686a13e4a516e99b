import { createRoute } from '@tanstack/react-router'
import { z } from 'zod'
import { barredFromInside, barredFromManaging } from '#core/may.ts'
import { type ModuleShell, page } from '#web/app/pages.ts'
import { shellRoute } from '#web/app/parents.tsx'
import { optional } from '#web/ui/search.ts'

const parts = ['catalogue', 'requests'] as const

const catalogueRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/catalogue',
  validateSearch: z.object({
    q: optional(z.string().max(200)),
    // Somebody called to order something: the contact, and the customer whom they work for.
    contact: optional(z.uuid()),
    caller: optional(z.uuid()),
  }),
  component: page(parts, () => import('./catalogue-page.tsx'), 'CataloguePage'),
})

const newItemRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/catalogue/new',
  component: page(parts, () => import('./item-page.tsx'), 'NewItemPage'),
})

const itemRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/catalogue/$id',
  component: page(parts, () => import('./item-page.tsx'), 'ItemPage'),
})

export const catalogueRoutes = [catalogueRoute, newItemRoute, itemRoute] as const

export const catalogueShell: ModuleShell = {
  actions: [
    { label: 'app.action.catalogue', to: '/catalogue', barred: barredFromInside },
    { label: 'app.action.new-catalogue-item', to: '/catalogue/new', barred: barredFromManaging },
  ],
}
