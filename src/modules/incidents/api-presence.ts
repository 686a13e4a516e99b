import { z } from 'zod'
import { byId, endpoint } from '#core/endpoint.ts'

const presenceStates = ['open', 'writing', 'left'] as const
export type PresenceState = (typeof presenceStates)[number]

const presence = z.object({
  items: z.array(z.object({ id: z.uuid(), name: z.string(), writing: z.boolean() })).describe('Others than the caller'),
})

export const tellPresence = endpoint({
  method: 'PUT',
  path: '/incidents/:id/presence',
  summary: 'Says that one has an incident open, is writing, or has left; lasts for a minute and is kept nowhere',
  audience: 'provider',
  params: byId,
  body: z.object({ state: z.enum(presenceStates) }),
  reply: presence,
})

export const readPresence = endpoint({
  method: 'GET',
  path: '/incidents/:id/presence',
  summary: 'Who else has an incident open now',
  audience: 'provider',
  params: byId,
  reply: presence,
})
