import { z } from 'zod'
import { endpoint, instant, named } from '#core/endpoint.ts'

const byId = z.object({ id: z.string().max(200).describe('Id or number') })

const reader = z.object({
  person: named,
  since: instant,
  namedBy: z.string().nullable().describe('Who let them know; null where nobody is known any more'),
})
export type IncidentReader = z.output<typeof reader>

export const listIncidentReaders = endpoint({
  method: 'GET',
  path: '/incidents/:id/readers',
  summary: 'Who may know of a confidential incident beside those who work on it and whoever reported it',
  audience: 'provider',
  params: byId,
  reply: z.object({ items: z.array(reader) }),
})

export const listPossibleReaders = endpoint({
  method: 'GET',
  path: '/incidents/:id/possible-readers',
  summary: 'Who else could be let know: whose roles would show the incident if it were not confidential',
  audience: 'provider',
  params: byId,
  query: z.object({ q: z.string().trim().max(100).default('').describe('Part of a name') }),
  reply: z.object({
    items: z.array(named.extend({ customer: z.string().nullable().describe('Null for one of the provider’s people') })),
  }),
  ownTransaction: true,
})

export const nameIncidentReader = endpoint({
  method: 'POST',
  path: '/incidents/:id/readers',
  summary: 'Lets one more person know of a confidential incident; what they may do there their roles say',
  audience: 'provider',
  params: byId,
  body: z.object({ person: z.uuid() }),
  reply: z.object({ items: z.array(reader) }),
  status: 201,
})

export const withdrawIncidentReader = endpoint({
  method: 'DELETE',
  path: '/incidents/:id/readers/:person',
  summary: 'Takes that back: who has no other reason to know of the incident does not see it any more',
  audience: 'provider',
  params: byId.extend({ person: z.uuid() }),
  reply: z.null(),
  status: 204,
})
