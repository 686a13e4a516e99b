import { createRoute } from '@tanstack/react-router'
import { type ModuleShell, page } from '#web/app/pages.ts'
import { shellRoute } from '#web/app/parents.tsx'

export const todayRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/',
  component: page([], () => import('#web/app/today-page.tsx'), 'TodayPage'),
})

export const todayShell: ModuleShell = { places: [{ area: 'today', to: '/' }] }
