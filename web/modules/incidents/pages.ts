import { createRoute } from '@tanstack/react-router'
import { z } from 'zod'
import { barredFromWorking, handoverGroupings } from '#api/incidents'
import { barredFromInside } from '#core/may.ts'
import { type Finder, type ModuleShell, page } from '#web/app/pages.ts'
import { shellRoute } from '#web/app/parents.tsx'
import { call } from '#web/http/call.ts'
import { optional } from '#web/ui/search.ts'
import { listSearch } from './list-filter.ts'

const incidentListRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/incidents',
  validateSearch: listSearch,
  component: page('incidents', () => import('./incident-list-page.tsx'), 'IncidentListPage'),
})

const newIncidentRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/incidents/new',
  // Goes on with what was taken down of a contact.
  validateSearch: z.object({ contact: optional(z.uuid()) }),
  component: page(['incidents', 'knowledge'], () => import('./new-incident-page.tsx'), 'NewIncidentPage'),
})

const incidentRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/incidents/$id',
  validateSearch: z.object({
    history: optional(z.enum(['clocks', 'messages', 'work'])),
    note: optional(z.literal('add')),
  }),
  component: page(['incidents', 'work', 'actions', 'knowledge'], () => import('./incident-page.tsx'), 'IncidentPage'),
})

const handoversRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/handovers',
  validateSearch: z.object({
    month: optional(z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/)),
    months: optional(z.enum(['1', '12'])),
    by: optional(z.enum(handoverGroupings)),
  }),
  component: page(['incidents', 'handovers'], () => import('./handovers-page.tsx'), 'HandoversPage'),
})

export const incidentRoutes = [incidentListRoute, newIncidentRoute, incidentRoute, handoversRoute] as const

const findIncidents: Finder = async (words, signal) => {
  const { listIncidents } = await import('#api/incidents')
  const { items } = await call(listIncidents, { query: { q: words, limit: 8 } }, signal)
  return items.map(({ number, title, customer }) => ({
    to: `/incidents/${encodeURIComponent(number)}`,
    title,
    about: `${number} · ${customer.name}`,
  }))
}

export const incidentShell: ModuleShell = {
  places: [
    {
      area: 'desk',
      to: '/incidents',
      also: [
        '/requests',
        '/catalogue',
        '/major-incidents',
        '/escalations',
        '/contacts',
        '/rules',
        '/webhooks',
        '/webhook-deliveries',
        '/macros',
        '/mails',
      ],
      bySite: ['/incidents'],
    },
  ],
  actions: [
    { label: 'app.action.new-incident', to: '/incidents/new', barred: barredFromWorking },
    { label: 'app.action.handovers', to: '/handovers', barred: barredFromInside },
  ],
  find: findIncidents,
}
