import { z } from 'zod'
import { endpoint } from '#core/endpoint.ts'
import { priorities } from '#api/service-levels'
import { incidentStates } from './incident.ts'

/** What one incident is to another. */
export const linkKinds = ['relates-to', 'duplicate-of', 'child-of'] as const

const byId = z.object({ id: z.string().max(200).describe('Id or number') })

const incidentLink = z.object({
  id: z.uuid(),
  kind: z
    .enum([...linkKinds, 'has-duplicate', 'parent-of'])
    .describe('What the incident asked for is to the other one'),
  incident: z.object({
    id: z.uuid(),
    number: z.string(),
    title: z.string(),
    state: z.enum(incidentStates),
    priority: z.enum(priorities),
  }),
})
export type IncidentLink = z.output<typeof incidentLink>

export const listIncidentLinks = endpoint({
  method: 'GET',
  path: '/incidents/:id/links',
  summary: 'Incidents that have to do with one',
  audience: 'signed-in',
  params: byId,
  reply: z.object({ items: z.array(incidentLink) }),
})

export const linkIncidents = endpoint({
  method: 'POST',
  path: '/incidents/:id/links',
  summary: 'Links an incident to another one of the same customer',
  audience: 'provider',
  params: byId,
  body: z.object({ kind: z.enum(linkKinds), to: z.string().trim().min(1).max(200).describe('Id or number') }),
  reply: incidentLink,
  status: 201,
})

export const unlinkIncidents = endpoint({
  method: 'DELETE',
  path: '/incidents/:id/links/:linkId',
  summary: 'Takes a link away',
  audience: 'provider',
  params: byId.extend({ linkId: z.uuid() }),
  reply: z.null(),
  status: 204,
})
