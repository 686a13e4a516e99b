import { createRoute } from '@tanstack/react-router'
import { z } from 'zod'
import { barredFromManaging } from '#core/may.ts'
import { type ModuleShell, page } from '#web/app/pages.ts'
import { shellRoute } from '#web/app/parents.tsx'
import { optional } from '#web/ui/search.ts'

const part = 'agreements'

const agreementsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/agreements',
  component: page(part, () => import('./agreements-page.tsx'), 'AgreementsPage'),
})

const newAgreementRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/agreements/new',
  // The agreement a new version is of, and the version it begins with: a draft is changed, any other is copied.
  // `copy` is an agreement whose terms a new one begins with.
  // `behind` is the agreement that a new one with a team is to stand behind.
  validateSearch: z.object({
    of: optional(z.uuid()),
    copy: optional(z.uuid()),
    from: optional(z.uuid()),
    behind: optional(z.uuid()),
  }),
  component: page(part, () => import('./agreement-form-page.tsx'), 'AgreementFormPage'),
})

const agreementRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/agreements/$id',
  component: page(part, () => import('./agreement-page.tsx'), 'AgreementPage'),
})

const newCalendarRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/calendars/new',
  component: page(part, () => import('./calendar-new-page.tsx'), 'NewCalendarPage'),
})

const calendarRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/calendars/$id',
  component: page(part, () => import('./calendar-page.tsx'), 'CalendarPage'),
})

export const agreementRoutes = [
  agreementsRoute,
  newAgreementRoute,
  agreementRoute,
  newCalendarRoute,
  calendarRoute,
] as const

export const agreementShell: ModuleShell = {
  places: [{ area: 'agreements', to: '/agreements', also: ['/calendars', '/corrections', '/periods'] }],
  actions: [{ label: 'app.today.agree-do', to: '/agreements/new', barred: barredFromManaging }],
}
