import { z } from 'zod'
import { endpoint, instant } from '#core/endpoint.ts'
import { priorities } from '#api/service-levels'
import { incidentStates } from './incident.ts'

/** So long after its resolution an incident is still worth knowing of. */
export const similarForDays = 90

export const similarIncident = z.object({
  id: z.uuid(),
  number: z.string(),
  title: z.string(),
  state: z.enum(incidentStates),
  priority: z.enum(priorities),
  resolution: z.string().nullable(),
  openedAt: instant,
  resolvedAt: instant.nullable(),
})
export type SimilarIncident = z.output<typeof similarIncident>

export const listSimilarIncidents = endpoint({
  method: 'GET',
  path: '/incidents/similar',
  summary: `Incidents in sight whose title is like a given one: open, or resolved within ${similarForDays} days; the most alike first`,
  audience: 'signed-in',
  query: z.object({
    customer: z.string().max(200).optional().describe('Id or name; without it of all that are in sight'),
    title: z.string().trim().min(1).max(400),
    open: z.stringbool().optional().describe('Only open ones'),
    requester: z.enum(['me']).optional().describe('Only what the caller reported'),
    limit: z.coerce.number().int().min(1).max(20).default(5),
  }),
  reply: z.object({ items: z.array(similarIncident) }),
})
export type SimilarWanted = z.output<typeof listSimilarIncidents.query>
