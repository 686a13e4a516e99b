import { z } from 'zod'
import { byId, endpoint, page, pageOf } from '#core/endpoint.ts'
import { languages } from '#core/text.ts'

export { barredFromAdministering, barredFromManaging, barredFromWorking } from '#core/may.ts'

const name = z.string().trim().min(1).max(200)
const key = z.string().regex(/^[A-Z][A-Z0-9]{1,7}$/)
const timeZone = z.string().min(1).max(64).describe('IANA name, as Europe/Berlin')

const closeAfterDays = z
  .int()
  .min(1)
  .max(60)
  .nullable()
  .describe('Working days without a word after which what is resolved is closed by itself; null: only people close it')

export const customer = z.object({
  id: z.uuid(),
  key: z.string().describe('In front of each of its numbers'),
  name: z.string(),
  kind: z.enum(['external', 'internal']),
  timeZone,
  language: z.enum(languages),
  closeAfterDays,
  version: z.int(),
})
export type Customer = z.output<typeof customer>

export const listCustomers = endpoint({
  method: 'GET',
  path: '/customers',
  summary: 'Customers that the caller may see, by name',
  audience: 'signed-in',
  query: z.object({ ...page, q: z.string().max(200).optional() }),
  reply: pageOf(customer),
})

export const getCustomer = endpoint({
  method: 'GET',
  path: '/customers/:id',
  summary: 'One customer',
  audience: 'signed-in',
  params: byId,
  reply: customer,
})

export const addCustomer = endpoint({
  method: 'POST',
  path: '/customers',
  summary: 'A new customer; only the name is needed',
  audience: 'provider',
  body: z.object({
    name,
    key: key.optional(),
    kind: z.enum(['external', 'internal']).default('external'),
    timeZone: timeZone.default('Europe/Berlin'),
    language: z.enum(languages).default('en'),
  }),
  reply: customer,
  status: 201,
})
export type NewCustomer = z.output<typeof addCustomer.body>

export const changeCustomer = endpoint({
  method: 'PATCH',
  path: '/customers/:id',
  summary: 'Changes what is given, leaves the rest',
  audience: 'provider',
  params: byId,
  body: z.object({
    name: name.optional(),
    key: key.optional().describe('For numbers from now on; an administrator’s to change'),
    kind: z.enum(['external', 'internal']).optional(),
    timeZone: timeZone.optional(),
    language: z.enum(languages).optional(),
    closeAfterDays: closeAfterDays.optional(),
  }),
  reply: customer,
  match: true,
})
export type CustomerChange = z.output<typeof changeCustomer.body>
