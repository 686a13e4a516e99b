import { z } from 'zod'
import { byId, endpoint, page, pageOf } from '#core/endpoint.ts'

const name = z.string().trim().min(1).max(200)

export const service = z.object({
  id: z.uuid(),
  customerId: z.uuid().nullable().describe('Null: offered to every customer'),
  name: z.string(),
  criticality: z.int().min(1).max(4).describe('1 is the most critical'),
  lifecycle: z.enum(['proposed', 'defined', 'design', 'live', 'retiring', 'retired']),
  calendarId: z.uuid().nullable().describe('Hours that it brings along, for agreements that take them'),
  version: z.int(),
})
export type Service = z.output<typeof service>

const calendar = z.string().max(200).nullable().describe('Id or name of the calendar that it brings along')

export const listServices = endpoint({
  method: 'GET',
  path: '/services',
  summary: 'Services that the caller may see, by name',
  audience: 'signed-in',
  query: z.object({ ...page, q: z.string().max(200).optional(), customer: z.string().max(200).optional() }),
  reply: pageOf(service),
})

export const getService = endpoint({
  method: 'GET',
  path: '/services/:id',
  summary: 'One service',
  audience: 'signed-in',
  params: byId,
  reply: service,
})

export const addService = endpoint({
  method: 'POST',
  path: '/services',
  summary: 'A new service, for one customer or for all',
  audience: 'provider',
  body: z.object({
    customer: z.string().max(200).optional().describe('Id or name; without it for all customers'),
    name,
    criticality: service.shape.criticality.default(3),
    calendar: calendar.optional(),
  }),
  reply: service,
  status: 201,
})
export type NewService = z.output<typeof addService.body>

export const changeService = endpoint({
  method: 'PATCH',
  path: '/services/:id',
  summary: 'Changes what is given, leaves the rest',
  audience: 'provider',
  params: byId,
  body: z
    .object({ name, criticality: service.shape.criticality, lifecycle: service.shape.lifecycle, calendar })
    .partial(),
  reply: service,
  match: true,
})
export type ServiceChange = z.output<typeof changeService.body>
