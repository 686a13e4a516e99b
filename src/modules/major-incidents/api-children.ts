import { z } from 'zod'
import { incidentStates } from '#api/incidents'
import { priorities } from '#api/service-levels'
import { endpoint, instant, named } from '#core/endpoint.ts'

const byId = z.object({ id: z.uuid() })

/** As many at once. */
const AT_ONCE = 500

const child = z.object({
  id: z.uuid(),
  number: z.string(),
  title: z.string(),
  state: z.enum(incidentStates),
  priority: z.enum(priorities),
  openedAt: instant,
  requester: named.nullable(),
  site: named.nullable(),
})
export type Child = z.output<typeof child>

export const listChildren = endpoint({
  method: 'GET',
  path: '/major-incidents/:id/children',
  summary: 'Incidents that are part of it, the latest first',
  audience: 'signed-in',
  params: byId,
  query: z.object({ limit: z.coerce.number().int().min(1).max(1000).default(200) }),
  reply: z.object({ items: z.array(child), all: z.int(), open: z.int() }),
})

const suggestion = child.extend({
  why: z
    .array(z.enum(['service', 'site', 'words']))
    .describe('What it has in common: the service, the site, words of the title'),
})
export type Suggestion = z.output<typeof suggestion>

export const suggestChildren = endpoint({
  method: 'GET',
  path: '/major-incidents/:id/suggestions',
  summary: 'Incidents of the same customer that are likely part of it: opened since shortly before, and alike',
  audience: 'provider',
  params: byId,
  query: z.object({ limit: z.coerce.number().int().min(1).max(500).default(100) }),
  reply: z.object({ items: z.array(suggestion) }),
})

const outcome = z.object({
  changed: z.int(),
  items: z.array(
    z.object({
      incident: z.string().describe('As it was asked for'),
      number: z.string().nullable(),
      changed: z.boolean(),
      code: z.string().nullable().describe('Why not, for programs'),
      message: z.string().nullable().describe('Why not, in a sentence'),
    }),
  ),
})
export type Attached = z.output<typeof outcome>

export const attachChildren = endpoint({
  method: 'POST',
  path: '/major-incidents/:id/children',
  summary: 'Makes incidents part of it; says which ones were refused, and why',
  audience: 'provider',
  params: byId,
  body: z.object({
    incidents: z.array(z.string().trim().min(1).max(200)).min(1).max(AT_ONCE).describe('Ids or numbers'),
  }),
  reply: outcome,
})

export const resolveChildren = endpoint({
  method: 'POST',
  path: '/major-incidents/:id/children/resolve',
  summary: 'Resolves every incident that is part of it and open; says which ones were refused, and why',
  audience: 'provider',
  params: byId,
  body: z.object({
    note: z.string().trim().min(1).max(100_000).describe('The resolution, in words for the people who reported it'),
  }),
  reply: outcome,
})
