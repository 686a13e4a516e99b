import { z } from 'zod'
import { byId, endpoint, instant, month, named, page, pageOf } from '#core/endpoint.ts'
import { languages } from '#core/text.ts'
import { editions, reportKinds } from './facts.ts'

const schedule = z.object({
  id: z.uuid(),
  customer: named,
  report: z.enum(reportKinds),
  edition: z.enum(editions),
  language: z.enum(languages),
  day: z.int().describe('Of the month after the reviewed one, in the customer’s zone'),
  recipients: z.array(named),
  owner: named.nullable(),
  nextMonth: month,
  endedAt: instant.nullable(),
  version: z.int(),
})
export type ReportSchedule = z.output<typeof schedule>

export const listSchedules = endpoint({
  method: 'GET',
  path: '/report-schedules',
  summary: 'Reports that are sent by themselves, the newest first',
  audience: 'provider',
  query: z.object({ ...page, customer: z.string().max(200).optional().describe('Id or name') }),
  reply: pageOf(schedule),
})

export const addSchedule = endpoint({
  method: 'POST',
  path: '/report-schedules',
  summary: 'Has a report made each month and sent to people who may read it then',
  audience: 'provider',
  body: z.object({
    customer: z.string().max(200).describe('Id or name'),
    report: z.enum(reportKinds).default('R01'),
    edition: z
      .enum(editions)
      .optional()
      .describe('For the customer unless given; of reports about ourselves there is the internal one alone'),
    language: z.enum(languages),
    day: z.int().min(1).max(28),
    recipients: z.array(z.uuid()).min(1).max(50),
    nextMonth: month,
  }),
  reply: schedule,
  status: 201,
})

export const getSchedule = endpoint({
  method: 'GET',
  path: '/report-schedules/:id',
  summary: 'One report that is sent by itself',
  audience: 'provider',
  params: byId,
  reply: schedule,
})

export const endSchedule = endpoint({
  method: 'DELETE',
  path: '/report-schedules/:id',
  summary: 'Sends it no more; what was sent stays known',
  audience: 'provider',
  params: byId,
  reply: schedule,
})

const outcomes = ['sent', 'refused', 'not-issued', 'no-address'] as const

const delivery = z.object({
  id: z.uuid(),
  month,
  person: named.nullable(),
  outcome: z
    .enum(outcomes)
    .describe(
      'Refused: they may not read it any more. Not issued: nobody has handed it over yet; it is sent when somebody does',
    ),
  reviewId: z.uuid().nullable(),
  at: instant,
})

export const listDeliveries = endpoint({
  method: 'GET',
  path: '/report-schedules/:id/deliveries',
  summary: 'What became of each sending, the newest first; 200 at most',
  audience: 'provider',
  params: byId,
  reply: z.object({ items: z.array(delivery) }),
})
export type ReportDelivery = z.output<typeof delivery>
export type DeliveryOutcome = ReportDelivery['outcome']

const preview = z.object({
  month: month.describe('The one that is sent next'),
  dueAt: instant.describe('From here on it is sent, once it is handed over'),
  timeZone: z.string().describe('Of the customer'),
  review: z
    .object({ id: z.uuid(), state: z.enum(['queued', 'running', 'done', 'failed']), issuedAt: instant.nullable() })
    .nullable()
    .describe('What would be sent today; null: it is made when it is due'),
  recipients: z
    .array(z.object({ person: named, outcome: z.enum(outcomes) }))
    .describe('What would become of it today, each asked in their own name'),
})
export type SchedulePreview = z.output<typeof preview>

export const previewSchedule = endpoint({
  method: 'GET',
  path: '/report-schedules/:id/preview',
  summary: 'What would be sent next, and who would get it today',
  audience: 'provider',
  params: byId,
  reply: preview,
  ownTransaction: true,
})
