import { z } from 'zod'
import { byId, endpoint, instant, named, page, pageOf } from '#core/endpoint.ts'

export const saidSources = ['verbatim', 'case', 'friction-point', 'other'] as const

const saidDone = z.object({
  id: z.uuid(),
  customer: named,
  site: named.nullable(),
  service: named.nullable(),
  said: z.string(),
  did: z.string().nullable(),
  source: z
    .object({ type: z.enum(saidSources), id: z.uuid().nullable() })
    .nullable()
    .describe('What it came from; nobody outside is told'),
  owner: named.nullable(),
  createdAt: instant,
  publishedAt: instant.nullable(),
  version: z.int(),
})
export type SaidDone = z.output<typeof saidDone>

export const listSaidDone = endpoint({
  method: 'GET',
  path: '/said-done',
  summary: 'You said – we did: the latest first; a customer’s people see what is published',
  audience: 'signed-in',
  query: z.object({
    ...page,
    customer: z.string().max(200).optional(),
    state: z.enum(['open', 'published']).optional(),
  }),
  reply: pageOf(saidDone),
})
export type SaidQuery = z.output<typeof listSaidDone.query>

const said = z.string().trim().min(1).max(1000)
const did = z.string().trim().min(1).max(2000)

export const addSaidDone = endpoint({
  method: 'POST',
  path: '/said-done',
  summary: 'Takes something that was said up, to be answered by what is done',
  audience: 'provider',
  body: z.object({
    customer: z.string().max(200).optional().describe('Id or name; from what it came from without it'),
    said: said.optional().describe('Own words; of a verbatim that may be quoted its own without it'),
    did: did.optional(),
    source: z
      .discriminatedUnion('type', [
        z.object({ type: z.literal('verbatim'), id: z.uuid() }),
        z.object({ type: z.literal('case'), id: z.uuid() }),
        z.object({ type: z.literal('friction-point'), id: z.uuid() }),
      ])
      .optional(),
  }),
  reply: saidDone,
  status: 201,
})
export type NewSaidDone = z.output<typeof addSaidDone.body>

export const changeSaidDone = endpoint({
  method: 'PATCH',
  path: '/said-done/:id',
  summary: 'Says what was done, and shows it to the customer’s people or hides it again',
  audience: 'provider',
  params: byId,
  body: z.object({ said, did, published: z.boolean() }).partial(),
  reply: saidDone,
  match: true,
})
export type SaidChange = z.output<typeof changeSaidDone.body>
