import { createRoute } from '@tanstack/react-router'
import { z } from 'zod'
import { page } from '#web/app/pages.ts'
import { shellRoute } from '#web/app/parents.tsx'
import { optional } from '#web/ui/search.ts'

const part = 'changes'

const changesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/contract-changes',
  validateSearch: z.object({ contract: optional(z.uuid()) }),
  component: page(part, () => import('./changes-page.tsx'), 'ChangesPage'),
})

const newChangeRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/contracts/$id/changes/new',
  component: page([part, 'contracts'], () => import('./new-change-page.tsx'), 'NewChangePage'),
})

const changeRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/contract-changes/$id',
  component: page([part, 'contracts'], () => import('./change-page.tsx'), 'ChangePage'),
})

export const contractChangeRoutes = [changesRoute, newChangeRoute, changeRoute] as const
