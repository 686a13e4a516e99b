import { createRoute, redirect } from '@tanstack/react-router'
import { z } from 'zod'
import { barredBeyondBooks, barredBeyondPortal, barredBeyondSupplier, barredFromManaging } from '#core/may.ts'
import { NotFound } from '#web/app/not-found.tsx'
import type { ModuleShell } from '#web/app/pages.ts'
import { shellRoute } from '#web/app/parents.tsx'
import { TodayPage } from '#web/app/today-page.tsx'
import { optional } from '#web/ui/search.ts'
import { todayQuery } from '#web/app/today-queries.ts'
import { askerOf, sessionQuery } from '#web/modules/people/session.ts'

const todayRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/',
  // Nothing needs whoever only reports but what they reported; and the day is one of tickets.
  beforeLoad: async ({ context }) => {
    const session = await context.queryClient.ensureQueryData(sessionQuery())
    if (barredBeyondPortal(askerOf(session)) !== null) throw redirect({ to: '/portal' })
    if (barredBeyondSupplier(askerOf(session)) !== null) throw redirect({ to: '/own-suppliers' })
    if (barredBeyondBooks(askerOf(session)) !== null) throw redirect({ to: '/portfolio' })
  },
  validateSearch: z.object({ whose: optional(z.literal('mine')) }),
  loaderDeps: ({ search: { customer, site, whose } }) => ({ customer, site, whose }),
  // Before it is drawn, so that it is drawn once. What fails is said by the page.
  loader: async ({ context, deps }) => {
    await context.queryClient.ensureQueryData(todayQuery(deps)).catch(() => undefined)
  },
  // The one page whose code and texts come with the program: most people open it first.
  component: TodayPage,
})

/** The day's other name. */
const myDayRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/my-day',
  beforeLoad: () => {
    throw redirect({ to: '/', search: { whose: 'mine' } })
  },
})

/** Every other address: said within the shell, so that the way on is in sight. */
const elsewhereRoute = createRoute({ getParentRoute: () => shellRoute, path: '$', component: NotFound })

export const appRoutes = [todayRoute, myDayRoute, elsewhereRoute] as const

export const todayShell: ModuleShell = {
  places: [{ area: 'today', to: '/', bySite: ['/'] }],
  actions: [
    { label: 'app.action.new-customer', to: '/customers/new', barred: barredFromManaging },
    { label: 'app.action.new-calendar', to: '/calendars/new', barred: barredFromManaging },
    { label: 'app.today.invite-do', to: '/people/invite', barred: barredFromManaging },
  ],
}
