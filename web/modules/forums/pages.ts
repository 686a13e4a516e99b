import { createRoute } from '@tanstack/react-router'
import { z } from 'zod'
import { barredFromInside } from '#core/may.ts'
import { type ModuleShell, page } from '#web/app/pages.ts'
import { shellRoute } from '#web/app/parents.tsx'
import { optional } from '#web/ui/search.ts'

const parts = ['forums', 'actions', 'kpis'] as const

const forumsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/forums',
  component: page(parts, () => import('./forums-page.tsx'), 'ForumsPage'),
})

const newForumRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/forums/new',
  validateSearch: z.object({ supplier: optional(z.uuid()) }),
  component: page(parts, () => import('./edit-pages.tsx'), 'NewForumPage'),
})

const adherenceRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/forums/adherence',
  component: page(parts, () => import('./adherence-page.tsx'), 'AdherencePage'),
})

const tiersRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/forums/tiers',
  component: page(parts, () => import('./tiers-page.tsx'), 'TiersPage'),
})

const forumRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/forums/$id',
  component: page(parts, () => import('./forum-page.tsx'), 'ForumPage'),
})

const changeForumRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/forums/$id/change',
  component: page(parts, () => import('./edit-pages.tsx'), 'ChangeForumPage'),
})

const runRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/forum-runs/$id',
  component: page(parts, () => import('./run-page.tsx'), 'RunPage'),
})

const weekRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/week',
  component: page(parts, () => import('./week-page.tsx'), 'WeekPage'),
})

export const forumRoutes = [
  forumsRoute,
  newForumRoute,
  adherenceRoute,
  tiersRoute,
  forumRoute,
  changeForumRoute,
  runRoute,
  weekRoute,
] as const

export const forumShell: ModuleShell = {
  actions: [
    { label: 'app.action.forums', to: '/forums', barred: barredFromInside },
    { label: 'app.action.week', to: '/week', barred: barredFromInside },
  ],
}
