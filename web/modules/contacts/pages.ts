import { createRoute } from '@tanstack/react-router'
import { z } from 'zod'
import { barredFromInside, barredFromWorking } from '#core/may.ts'
import { type ModuleShell, page } from '#web/app/pages.ts'
import { shellRoute } from '#web/app/parents.tsx'
import { optional } from '#web/ui/search.ts'

const part = 'contacts'
const channels = ['phone', 'walk-up', 'chat', 'mail', 'portal', 'api'] as const
const outcomes = ['open', 'answered', 'incident', 'request', 'attached', 'abandoned'] as const

const contactsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/contacts',
  validateSearch: z.object({
    channel: optional(z.enum(channels)),
    outcome: optional(z.enum(outcomes)),
    days: optional(z.enum(['7', '90', 'all'])),
    first: optional(z.enum(['settled', 'not-settled'])),
    q: optional(z.string().max(200)),
  }),
  component: page(part, () => import('./contacts-page.tsx'), 'ContactsPage'),
})

const newContactRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/contacts/new',
  component: page([part, 'knowledge'], () => import('./new-contact-page.tsx'), 'NewContactPage'),
})

const contactRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/contacts/$id',
  component: page(part, () => import('./contact-page.tsx'), 'ContactPage'),
})

export const contactRoutes = [contactsRoute, newContactRoute, contactRoute] as const

export const contactShell: ModuleShell = {
  actions: [
    { label: 'app.action.new-contact', to: '/contacts/new', barred: barredFromWorking },
    { label: 'app.action.contacts', to: '/contacts', barred: barredFromInside },
  ],
}
