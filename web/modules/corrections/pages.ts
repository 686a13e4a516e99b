import { createRoute } from '@tanstack/react-router'
import { z } from 'zod'
import { barredFromInside } from '#core/may.ts'
import { type ModuleShell, page } from '#web/app/pages.ts'
import { shellRoute } from '#web/app/parents.tsx'
import { optional } from '#web/ui/search.ts'

const part = 'corrections'

const correctionsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/corrections',
  component: page(part, () => import('./corrections-page.tsx'), 'CorrectionsPage'),
})

const newCorrectionRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/corrections/new',
  // What is to be corrected: a calendar, an incident (by id or number) or one of its clocks, an order or its result, an
  // agreement.
  validateSearch: z.object({
    calendar: optional(z.uuid()),
    incident: optional(z.string().max(200)),
    clock: optional(z.uuid()),
    request: optional(z.string().max(200)),
    exclude: optional(z.literal('yes')),
    agreement: optional(z.uuid()),
  }),
  component: page(part, () => import('./new-correction-page.tsx'), 'NewCorrectionPage'),
})

const correctionRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/corrections/$id',
  validateSearch: z.object({ show: optional(z.enum(['flips', 'locked', 'all'])) }),
  component: page(part, () => import('./correction-page.tsx'), 'CorrectionPage'),
})

const differenceRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/corrections/$id/$position',
  component: page(part, () => import('./difference-page.tsx'), 'DifferencePage'),
})

export const correctionRoutes = [correctionsRoute, newCorrectionRoute, correctionRoute, differenceRoute] as const

export const correctionShell: ModuleShell = {
  actions: [{ label: 'app.action.corrections', to: '/corrections', barred: barredFromInside }],
}
