import { z } from 'zod'
import { byId, endpoint, page, pageOf } from '#core/endpoint.ts'

const name = z.string().trim().min(1).max(200)

export const siteTypes = ['office', 'headquarters', 'factory', 'warehouse', 'retail', 'hub', 'lab', 'other'] as const

export const site = z.object({
  id: z.uuid(),
  customerId: z.uuid(),
  name: z.string(),
  timeZone: z.string(),
  country: z.string().nullable().describe('ISO 3166-1 alpha-2'),
  region: z.string().nullable(),
  siteType: z.string(),
  segment: z.string().nullable().describe('Line of business that it mostly works for'),
  market: z.string().nullable(),
  calendarId: z.uuid().nullable().describe('Hours that it brings along, for agreements that take them'),
  version: z.int(),
})
export type Site = z.output<typeof site>

const fields = {
  name,
  timeZone: z.string().min(1).max(64),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .nullable(),
  region: z.string().max(10).nullable(),
  siteType: z.enum(siteTypes),
  segment: z.string().trim().min(1).max(80).nullable(),
  market: z.string().trim().min(1).max(80).nullable(),
  calendar: z.string().max(200).nullable().describe('Id or name of the calendar that it brings along'),
}

export const listSites = endpoint({
  method: 'GET',
  path: '/sites',
  summary: 'Sites that the caller may see, by name',
  audience: 'signed-in',
  query: z.object({ ...page, q: z.string().max(200).optional(), customer: z.string().max(200).optional() }),
  reply: pageOf(site),
})

export const getSite = endpoint({
  method: 'GET',
  path: '/sites/:id',
  summary: 'One site',
  audience: 'signed-in',
  params: byId,
  reply: site,
})

export const addSite = endpoint({
  method: 'POST',
  path: '/sites',
  summary: 'A new site of a customer',
  audience: 'provider',
  body: z.object({
    customer: z.string().max(200).describe('Id or name'),
    name,
    timeZone: fields.timeZone.optional().describe('The customer’s unless given'),
    country: fields.country.default(null),
    region: fields.region.default(null),
    siteType: fields.siteType.default('office'),
    segment: fields.segment.default(null),
    market: fields.market.default(null),
    calendar: fields.calendar.optional(),
  }),
  reply: site,
  status: 201,
})
export type NewSite = z.output<typeof addSite.body>

export const changeSite = endpoint({
  method: 'PATCH',
  path: '/sites/:id',
  summary: 'Changes what is given, leaves the rest',
  audience: 'provider',
  params: byId,
  body: z.object(fields).partial(),
  reply: site,
  match: true,
})
export type SiteChange = z.output<typeof changeSite.body>
