import { createRoute } from '@tanstack/react-router'
import { barredFromManaging } from '#core/may.ts'
import { NotFound } from '#web/app/not-found.tsx'
import { type ModuleShell, page } from '#web/app/pages.ts'
import { shellRoute } from '#web/app/parents.tsx'

const todayRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/',
  component: page('today', () => import('#web/app/today-page.tsx'), 'TodayPage'),
})

/** Every other address: said within the shell, so that the way on is in sight. */
const elsewhereRoute = createRoute({ getParentRoute: () => shellRoute, path: '$', component: NotFound })

export const appRoutes = [todayRoute, elsewhereRoute] as const

export const todayShell: ModuleShell = {
  places: [{ area: 'today', to: '/' }],
  actions: [
    { label: 'app.action.new-customer', to: '/customers/new', barred: barredFromManaging },
    { label: 'app.action.new-calendar', to: '/calendars/new', barred: barredFromManaging },
    { label: 'app.today.invite-do', to: '/people/invite', barred: barredFromManaging },
  ],
}
