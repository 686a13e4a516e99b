import { createRoute } from '@tanstack/react-router'
import { z } from 'zod'
import { type ModuleShell, page } from '#web/app/pages.ts'
import { shellRoute } from '#web/app/parents.tsx'
import { barredFromManaging } from '#core/may.ts'
import { languages } from '#core/text.ts'
import { optional } from '#web/ui/search.ts'

const reviewsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/reviews',
  component: page('reviews', () => import('./reviews-page.tsx'), 'ReviewsPage'),
})

const makeReviewRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/reviews/new',
  validateSearch: z.object({ month: optional(z.string().max(7)) }),
  component: page('reviews', () => import('./make-review-page.tsx'), 'MakeReviewPage'),
})

const reviewRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/reviews/$id',
  // The language in which it is read, where it is not that of the page.
  validateSearch: z.object({ in: optional(z.enum(languages)) }),
  component: page(['reviews', 'actions'], () => import('./review-page.tsx'), 'ReviewPage'),
})

const composeRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/reviews/$id/compose',
  validateSearch: z.object({ in: optional(z.enum(languages)) }),
  component: page(['reviews', 'actions'], () => import('./compose-page.tsx'), 'ComposePage'),
})

export const reviewRoutes = [reviewsRoute, makeReviewRoute, reviewRoute, composeRoute] as const

export const reviewShell: ModuleShell = {
  places: [{ area: 'reviews', to: '/reviews' }],
  actions: [{ label: 'app.action.make-review', to: '/reviews/new', barred: barredFromManaging }],
}
