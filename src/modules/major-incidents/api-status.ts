import { z } from 'zod'
import { endpoint, instant, named } from '#core/endpoint.ts'
import { audiences } from './major-incident.ts'

const audience = z
  .enum(audiences)
  .describe('Leaders also read what it does to the business; technicians which incident it is')

const statusPage = z.object({
  id: z.uuid(),
  customer: named,
  audience,
  madeAt: instant,
  madeBy: z.string().nullable(),
})
export type StatusPage = z.output<typeof statusPage>

export const listStatusPages = endpoint({
  method: 'GET',
  path: '/status-pages',
  summary: 'Which status pages there are for a customer’s people; their addresses are told once, when they are made',
  audience: 'provider',
  query: z.object({ customer: z.string().max(200).optional().describe('Id or name') }),
  reply: z.object({ items: z.array(statusPage) }),
})

export const makeStatusPage = endpoint({
  method: 'POST',
  path: '/status-pages',
  summary: 'Makes the address of a status page; whoever has it reads without signing in',
  audience: 'provider',
  body: z.object({ customer: z.string().min(1).max(200).describe('Id or name'), audience }),
  reply: statusPage.extend({ path: z.string().describe('Where it is: told once, kept nowhere') }),
  status: 201,
})

export const revokeStatusPage = endpoint({
  method: 'DELETE',
  path: '/status-pages/:id',
  summary: 'Takes an address back: it leads nowhere within seconds',
  audience: 'provider',
  params: z.object({ id: z.uuid() }),
  reply: z.null(),
  status: 204,
})
