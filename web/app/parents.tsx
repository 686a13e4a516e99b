import type { QueryClient } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  createRoute,
  Outlet,
  redirect,
  retainSearchParams,
  type SearchMiddleware,
} from '@tanstack/react-router'
import { z } from 'zod'
import { sessionQuery } from '#web/modules/people/session.ts'
import { optional } from '#web/ui/search.ts'

interface RouterContext {
  readonly queryClient: QueryClient
}

const rootRoute = createRootRouteWithContext<RouterContext>()({ component: Outlet })

/** Pages for whoever is not signed in hang here: they stand on plain paper. */
export const outsideRoute = createRoute({ getParentRoute: () => rootRoute, id: 'outside', component: Outlet })

const scopeSearch = z.object({ customer: optional(z.uuid()), site: optional(z.uuid()) })

/** A site is one of its customer, so it goes with it. */
const siteOfCustomer: SearchMiddleware<z.output<typeof scopeSearch>> = ({ search, next }) => {
  const gone = next(search)
  return gone.customer !== search.customer && gone.site === search.site ? { ...gone, site: undefined } : gone
}

/** All other pages hang here, inside of the shell that the router puts around them. Their addresses may hold `?customer=` and `?site=`, which stay when going from one to another. */
export const shellRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'shell',
  validateSearch: scopeSearch,
  search: { middlewares: [siteOfCustomer, retainSearchParams(['customer', 'site'])] },
  beforeLoad: async ({ context, location }) => {
    const session = await context.queryClient.ensureQueryData(sessionQuery())
    if (session.signedIn) return
    throw redirect({ to: '/sign-in', search: location.pathname === '/' ? {} : { next: location.href } })
  },
})

export const root = rootRoute
