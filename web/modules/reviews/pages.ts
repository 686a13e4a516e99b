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
  component: page(['reviews', 'actions', 'attainment'], () => import('./review-page.tsx'), 'ReviewPage'),
})

const composeRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/reviews/$id/compose',
  validateSearch: z.object({ in: optional(z.enum(languages)) }),
  component: page(['reviews', 'actions'], () => import('./compose-page.tsx'), 'ComposePage'),
})

const schedulesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/report-schedules',
  component: page('reviews', () => import('./schedules-page.tsx'), 'SchedulesPage'),
})

const planScheduleRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/report-schedules/new',
  component: page('reviews', () => import('./plan-schedule-page.tsx'), 'PlanSchedulePage'),
})

const scheduleRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/report-schedules/$id',
  component: page('reviews', () => import('./schedule-page.tsx'), 'SchedulePage'),
})

const brandRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/customers/$id/brand',
  component: page(['reviews', 'customers'], () => import('./brand-page.tsx'), 'BrandPage'),
})

export const reviewRoutes = [
  reviewsRoute,
  makeReviewRoute,
  reviewRoute,
  composeRoute,
  schedulesRoute,
  planScheduleRoute,
  scheduleRoute,
  brandRoute,
] as const

export const reviewShell: ModuleShell = {
  forBooks: true,
  places: [{ area: 'reviews', to: '/reviews', also: ['/report-schedules'] }],
  actions: [
    { label: 'app.action.make-review', to: '/reviews/new', barred: barredFromManaging },
    { label: 'app.action.plan-report', to: '/report-schedules/new', barred: barredFromManaging },
  ],
}
