import { createRoute } from '@tanstack/react-router'
import { z } from 'zod'
import { barredFromManaging } from '#core/may.ts'
import { type ModuleShell, page } from '#web/app/pages.ts'
import { shellRoute } from '#web/app/parents.tsx'
import { optional } from '#web/ui/search.ts'

// With the words for what differs from what was told of locked months.
const part = ['availability', 'periods'] as const
const month = optional(z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/))

const availabilityRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/availability',
  validateSearch: z.object({ month }),
  component: page(part, () => import('./availability-page.tsx'), 'AvailabilityPage'),
})

const promiseRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/availability/new',
  // Whose availability is promised anew; what was promised of it last is where the form begins.
  validateSearch: z.object({ service: optional(z.uuid()) }),
  component: page(part, () => import('./promise-page.tsx'), 'PromisePage'),
})

const serviceRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/availability/$serviceId',
  validateSearch: z.object({ month }),
  component: page(part, () => import('./service-page.tsx'), 'ServiceAvailabilityPage'),
})

export const availabilityRoutes = [availabilityRoute, promiseRoute, serviceRoute] as const

export const availabilityShell: ModuleShell = {
  actions: [
    { label: 'app.action.availability', to: '/availability' },
    { label: 'app.action.promise-availability', to: '/availability/new', barred: barredFromManaging },
  ],
}
