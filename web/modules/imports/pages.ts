import { createRoute } from '@tanstack/react-router'
import { z } from 'zod'
import { barredFromImporting, barredFromSeeingImports, sources } from '#api/imports'
import { type ModuleShell, page } from '#web/app/pages.ts'
import { shellRoute } from '#web/app/parents.tsx'
import { optional } from '#web/ui/search.ts'

const part = 'imports'

const importsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/imports',
  // As what a file is to be read, where its own columns would say otherwise.
  validateSearch: z.object({ as: optional(z.enum(sources)) }),
  component: page(part, () => import('./imports-page.tsx'), 'ImportsPage'),
})

const importRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/imports/$id',
  component: page(part, () => import('./import-page.tsx'), 'ImportPage'),
})

export const importRoutes = [importsRoute, importRoute] as const

export const importShell: ModuleShell = {
  places: [{ area: 'imports', to: '/imports', barred: barredFromSeeingImports }],
  actions: [{ label: 'app.today.import-do', to: '/imports', barred: barredFromImporting }],
}
