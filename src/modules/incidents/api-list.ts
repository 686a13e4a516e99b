import { z } from 'zod'
import { endpoint, localDate, month, page, pageOf } from '#core/endpoint.ts'
import { languages } from '#core/text.ts'
import { isZone } from '#core/zone.ts'
import { priorities } from '#api/service-levels'
import { incident } from './api-record.ts'
import { incidentStates, sortings } from './incident.ts'

const priority = z.enum(priorities)

/** By what a list, its count and its export are narrowed alike. */
const conditions = {
  customer: z.string().max(200).optional().describe('Id or name'),
  state: z.union([z.enum(incidentStates), z.literal('open')]).optional(),
  priority: z
    .union([priority, z.array(priority).max(5)])
    .optional()
    .describe('One, or several by naming the parameter again'),
  team: z.string().max(200).optional().describe('Id or name, or `nobody`; only for the provider'),
  assignee: z
    .union([z.enum(['me', 'nobody']), z.uuid()])
    .optional()
    .describe('Only for the provider'),
  requester: z.enum(['me']).optional().describe('Only what the caller reported'),
  site: z.uuid().optional(),
  service: z
    .union([z.literal('none'), z.uuid()])
    .optional()
    .describe('`none`: nobody said yet which one it is about'),
  category: z.string().max(200).optional(),
  resolutionCode: z.string().max(100).optional().describe('How it ended; `none`: it is resolved and nobody said how'),
  source: z.string().max(60).optional().describe('The system it was imported from'),
  due: z
    .string()
    .regex(/^(late|today|none|\d{1,3}d)$/)
    .optional()
    .describe('`late`; `today`, or late; `7d`: within so many days, or late; `none`: no target, or its clock stands'),
  openedFrom: localDate.optional().describe('First day'),
  openedTo: localDate.optional().describe('Last day'),
  resolvedFrom: localDate.optional().describe('First day'),
  resolvedTo: localDate.optional().describe('Last day'),
  openOn: localDate.optional().describe('Logged by the end of that day, and not done by then'),
  zone: z.string().max(64).refine(isZone).default('UTC').describe('Whose days are meant'),
  q: z.string().max(200).optional().describe('Words in number, title or description'),
}
export type IncidentCondition = z.output<z.ZodObject<typeof conditions>>

const sort = z.enum(sortings).default('-updatedAt').describe('What has no due moment comes last')

export const listIncidents = endpoint({
  method: 'GET',
  path: '/incidents',
  summary: 'Incidents that the caller may see',
  audience: 'signed-in',
  query: z.object({ ...page, ...conditions, sort }),
  reply: pageOf(incident),
})
export type IncidentFilter = z.output<typeof listIncidents.query>

export const countIncidents = endpoint({
  method: 'GET',
  path: '/incidents/count',
  summary: 'How many incidents a list has; beyond 10,000 only that there are more',
  audience: 'signed-in',
  query: z.object(conditions),
  reply: z.object({
    count: z.int(),
    more: z.boolean().describe('There are more than `count`'),
    late: z.int().nullable().describe('Of them those whose due moment has passed; null when there are more'),
    paused: z.int().nullable().describe('Of them those on hold; null when there are more'),
  }),
})

export const countUntoldIncidents = endpoint({
  method: 'GET',
  path: '/incidents/untold',
  summary: 'How many of a customer’s incidents a figure of a month counts that the caller must not know of',
  audience: 'signed-in',
  // Narrower, by days or by words, it would tell of single ones.
  query: z.object({
    customer: z.string().max(200).describe('Id or name'),
    month: month.describe('Of the customer’s days'),
    what: z.enum(['opened', 'resolved', 'backlog']).describe('`backlog`: open when the month ended'),
  }),
  reply: z.object({ count: z.int() }),
})

export type UntoldQuery = z.output<typeof countUntoldIncidents.query>

export const exportColumns = [
  'number',
  'title',
  'state',
  'priority',
  'due',
  'used',
  'customer',
  'site',
  'service',
  'team',
  'assignee',
  'category',
  'resolutionCode',
  'requester',
  'opened',
  'updated',
  'responded',
  'resolved',
  'source',
  'sourceNumber',
] as const

const exportColumn = z.enum(exportColumns)

export const exportIncidents = endpoint({
  method: 'GET',
  path: '/incidents/export',
  summary: 'A list as a table for a spreadsheet, as far as the caller may see it',
  audience: 'signed-in',
  query: z.object({
    ...conditions,
    sort,
    format: z.enum(['csv', 'xlsx']).default('csv'),
    columns: z.union([exportColumn, z.array(exportColumn).max(exportColumns.length)]).optional(),
    language: z.enum(languages).optional().describe('The caller’s own unless given'),
  }),
  reply: z.any(),
  bytes: 'reply',
  ownTransaction: true,
})
export type IncidentExport = z.output<typeof exportIncidents.query>
