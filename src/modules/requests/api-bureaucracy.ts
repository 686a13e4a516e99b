import { z } from 'zod'
import { byId, endpoint, instant, named } from '#core/endpoint.ts'

const words = z.object({ de: z.string(), en: z.string() })
const item = z.object({ id: z.uuid(), name: words })
const hours = z.number().describe('Per year, at the rate of the period')

/** What is taken for granted of people's time, in seconds; measured is what can be measured. */
export const assumedSeconds = { field: 20, decision: 120, search: 180 } as const

export const bureaucracy = z.object({
  from: z.iso.date(),
  to: z.iso.date(),
  requests: z.int().describe('Ordered in the period, in sight'),
  assumed: z.object({ field: z.int(), decision: z.int(), search: z.int() }).describe('Seconds'),
  fields: z.array(
    z.object({
      item,
      key: z.string(),
      label: words,
      purpose: words,
      filled: z.int(),
      used: z.int().describe('Opened, or needed by a task that was done'),
      lastUsedAt: z.iso.datetime().nullable(),
      hours: hours.describe('Filling in what nobody used'),
    }),
  ),
  approvals: z.array(
    z.object({
      item,
      level: z.int(),
      by: z.string(),
      person: named.nullable(),
      approved: z.int(),
      of: z.int().describe('Decided, of the last 200 at most'),
      waitHours: z.number().describe('Median, by the clock on the wall'),
      shareOfLeadTime: z
        .object({ numerator: z.int(), denominator: z.int() })
        .nullable()
        .describe('Seconds waited of seconds from order to delivery; null while nothing was delivered'),
      hours: hours.describe('Waiting and deciding'),
    }),
  ),
  handOffs: z.array(
    z.object({
      item,
      position: z.int(),
      title: words,
      team: named.nullable(),
      done: z.int(),
      empty: z.int().describe('Done without a word and without an answer that was needed'),
      waitHours: z.number().describe('Median from when it could begin until somebody took it'),
      hours: hours.describe('Waiting where nothing was added'),
    }),
  ),
  searches: z.object({
    searches: z.int(),
    withoutResult: z.int(),
    hours,
    words: z.array(z.object({ words: z.string(), times: z.int(), lastDay: z.iso.date() })),
    rare: z.int().describe('Searches whose words were too seldom to be shown'),
  }),
})
export type Bureaucracy = z.output<typeof bureaucracy>

export const reportBureaucracy = endpoint({
  method: 'GET',
  path: '/reports/bureaucracy',
  lagging: true,
  summary: 'What forms, approvals, hand-offs and vain searches cost',
  audience: 'provider',
  query: z.object({
    customer: z.string().max(200).optional().describe('Id or name'),
    months: z.coerce.number().int().min(1).max(24).default(12),
  }),
  reply: bureaucracy,
})

/** Over so long it is told how the fields of a form are used. */
export const fieldUseMonths = 12

export const readFieldUse = endpoint({
  method: 'GET',
  path: '/catalogue-items/:id/field-use',
  summary: 'How often each field of an item was filled in and needed in the last twelve months',
  audience: 'provider',
  params: byId,
  reply: z.object({
    fields: z.array(
      z.object({
        key: z.string(),
        filled: z.int().describe('Requests of the period, in sight, that have an answer'),
        used: z.int().describe('Of them those in which it was opened, or needed by a task that was done'),
        lastUsedAt: instant.nullable(),
      }),
    ),
  }),
})
export type FieldUse = z.output<typeof readFieldUse.reply>['fields'][number]
