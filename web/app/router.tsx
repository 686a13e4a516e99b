import { createRouter } from '@tanstack/react-router'
import { Crash } from '#web/app/crash.tsx'
import { insideRoutes, outsideRoutes, shells } from '#web/app/module-pages.ts'
import { NotFound } from '#web/app/not-found.tsx'
import { outsideRoute, root, shellRoute } from '#web/app/parents.tsx'
import { addShells } from '#web/app/places.ts'
import { queryClient } from '#web/app/query-client.ts'
import { Shell } from '#web/app/shell.tsx'
import { Waiting } from '#web/app/waiting.tsx'
import { announceArrival } from '#web/ui/page.tsx'
import { parseSearch, writeSearch } from '#web/ui/search.ts'

// Not where the route is made: modules hang their pages there, and the shell knows the modules.
shellRoute.update({ component: Shell })
addShells(shells)

const tree = root.addChildren([shellRoute.addChildren([...insideRoutes]), outsideRoute.addChildren([...outsideRoutes])])

export const router = createRouter({
  routeTree: tree,
  context: { queryClient },
  parseSearch,
  stringifySearch: writeSearch,
  defaultPreload: 'intent',
  defaultPreloadStaleTime: 0,
  defaultErrorComponent: Crash,
  defaultNotFoundComponent: NotFound,
  defaultPendingComponent: Waiting,
  // Under a fifth of a second nobody waits; what flashes by only disturbs.
  defaultPendingMs: 200,
  scrollRestoration: true,
})

/** Brings the code and the texts of the page at a path, before the router has found out who asks for it. */
export function loadPage(path: string): void {
  for (const { options } of router.getMatchedRoutes(path)[0])
    // Where it does not come, going there says so.
    (options.component as { preload?: () => Promise<void> } | undefined)?.preload?.().catch(() => undefined)
}

router.subscribe('onBeforeNavigate', ({ pathChanged, fromLocation }) => {
  if (pathChanged && fromLocation !== undefined) announceArrival()
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
