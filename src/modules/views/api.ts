import { z } from 'zod'
import { byId, endpoint, named } from '#core/endpoint.ts'

/** With whom a view is shared: nobody, one team, or all of one's own organisation who may see its customer. */
export const sharings = ['nobody', 'team', 'all'] as const

const page = z.string().regex(/^[a-z][a-z-]{0,39}$/)
const name = z.string().trim().min(1).max(120)
const word = z.string().max(400)
const search = z
  .record(z.string().max(40), z.union([word, z.array(word).max(40)]))
  .refine((given) => Object.keys(given).length <= 40)
  .describe('Filters, columns and order, as they stand in the page’s address')

export const view = z.object({
  id: z.uuid(),
  page,
  name,
  search,
  shared: z.enum(sharings),
  team: named.nullable(),
  own: z.boolean().describe('Whoever made it changes it'),
  owner: z.string().nullable(),
  usual: z.boolean().describe('The caller’s page opens with it'),
  version: z.int(),
})
export type View = z.output<typeof view>

export const listViews = endpoint({
  method: 'GET',
  path: '/views',
  summary: 'Views that the caller keeps or that are shared with them, by name',
  audience: 'signed-in',
  query: z.object({ page: page.optional() }),
  reply: z.object({ items: z.array(view) }),
})

const content = z.object({
  name,
  search,
  shared: z.enum(sharings).default('nobody'),
  team: z.string().max(200).optional().describe('Id or name; the one it is shared with'),
  usual: z.boolean().default(false),
})

export const addView = endpoint({
  method: 'POST',
  path: '/views',
  summary: 'Keeps a view',
  audience: 'signed-in',
  body: content.extend({ page }),
  reply: view,
  status: 201,
})
export type NewView = z.output<typeof addView.body>

export const changeView = endpoint({
  method: 'PATCH',
  path: '/views/:id',
  summary: 'Changes what is given of one’s own view',
  audience: 'signed-in',
  params: byId,
  body: z.object({ name, search, shared: z.enum(sharings), team: z.string().max(200) }).partial(),
  reply: view,
  match: true,
})
export type ViewChange = z.output<typeof changeView.body>

export const chooseUsualView = endpoint({
  method: 'PUT',
  path: '/views/usual/:page',
  summary: 'With which view a page opens for the caller; null for none',
  audience: 'signed-in',
  params: z.object({ page }),
  body: z.object({ view: z.uuid().nullable() }),
  reply: z.object({ view: z.uuid().nullable() }),
})

export const removeView = endpoint({
  method: 'DELETE',
  path: '/views/:id',
  summary: 'Removes one’s own view',
  audience: 'signed-in',
  params: byId,
  reply: z.null(),
  status: 204,
})
export { barredFromKeepingViews } from './may.ts'
