import { createRoute } from '@tanstack/react-router'
import { z } from 'zod'
import { barredFromManaging } from '#core/may.ts'
import { type ModuleShell, page } from '#web/app/pages.ts'
import { shellRoute } from '#web/app/parents.tsx'
import { optional } from '#web/ui/search.ts'

// Two results beside each other speak with the words of corrections.
const parts = ['what-if', 'corrections'] as const

const whatIfsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/what-ifs',
  component: page(parts, () => import('./what-ifs-page.tsx'), 'WhatIfsPage'),
})

const newWhatIfRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/what-ifs/new',
  // Of which agreement, and which of its versions.
  validateSearch: z.object({ agreement: optional(z.uuid()), version: optional(z.uuid()) }),
  component: page(parts, () => import('./new-what-if-page.tsx'), 'NewWhatIfPage'),
})

const whatIfRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/what-ifs/$id',
  validateSearch: z.object({
    by: optional(z.enum(['month', 'priority', 'both'])),
    show: optional(z.enum(['flips', 'all'])),
    metric: optional(z.enum(['response', 'resolution', 'restore', 'next-update', 'fulfilment'])),
    priority: optional(z.enum(['p1', 'p2', 'p3', 'p4', 'p5'])),
  }),
  component: page(parts, () => import('./what-if-page.tsx'), 'WhatIfPage'),
})

const caseSearch = z.object({
  side: z.enum(['before', 'after']).catch('after'),
  metric: z.enum(['response', 'resolution', 'restore', 'next-update', 'fulfilment']).catch('resolution'),
  month: optional(z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/)),
  priority: optional(z.enum(['p1', 'p2', 'p3', 'p4', 'p5'])),
  verdict: optional(z.enum(['met', 'failed', 'excluded'])),
})
export type CaseSearch = z.output<typeof caseSearch>

// Before the one below, whose place could be taken for it.
const casesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/what-ifs/$id/cases',
  validateSearch: caseSearch,
  component: page(parts, () => import('./what-if-cases-page.tsx'), 'WhatIfCasesPage'),
})

const differenceRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/what-ifs/$id/$position',
  component: page(parts, () => import('./what-if-difference-page.tsx'), 'WhatIfDifferencePage'),
})

export const whatIfRoutes = [whatIfsRoute, newWhatIfRoute, whatIfRoute, casesRoute, differenceRoute] as const

export const whatIfShell: ModuleShell = {
  actions: [{ label: 'app.action.what-ifs', to: '/what-ifs', barred: barredFromManaging }],
}
