import { createRoute } from '@tanstack/react-router'
import { page } from '#web/app/pages.ts'
import { outsideRoute } from '#web/app/parents.tsx'

/** Every part of the kit in all its states. Needs nobody signed in: it shows nothing of anybody. */
const kitRoute = createRoute({
  getParentRoute: () => outsideRoute,
  path: '/kit',
  component: page('kit', () => import('#web/modules/kit/kit-page.tsx'), 'KitPage'),
})

export const kitOutside = [kitRoute] as const
