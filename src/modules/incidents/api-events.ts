import { z } from 'zod'
import { endpoint, instant } from '#core/endpoint.ts'

/** An incident is not any more as it was. What it is now is asked for by whoever wants to know. */
export const incidentEvent = z.object({ id: z.uuid(), number: z.string(), version: z.int(), updatedAt: instant })
export type IncidentEvent = z.output<typeof incidentEvent>

export const streamEvents = endpoint({
  method: 'GET',
  path: '/events/stream',
  summary:
    'What changes, as it changes (server-sent events), as far as the caller may see it; `much` when it is too much to name',
  audience: 'signed-in',
  reply: z.any(),
  bytes: 'reply',
  ownTransaction: true,
})
