import { z } from 'zod'
import { endpoint, instant } from '#core/endpoint.ts'
import { languages } from '#core/text.ts'
import { audiences } from './major-incident.ts'

const byId = z.object({ id: z.uuid() })
const words = z.string().trim().min(1).max(10_000)

export const logMajorIncident = endpoint({
  method: 'POST',
  path: '/major-incidents/:id/log',
  summary: 'Writes down a hypothesis, what became of one, or a decision; for the provider alone',
  audience: 'provider',
  params: byId,
  body: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('hypothesis'), text: words }),
    z.object({
      kind: z.literal('finding'),
      hypothesis: z.uuid().describe('Which one'),
      standing: z.enum(['stands', 'refuted', 'open']),
      text: z.string().trim().max(10_000).default('').describe('What shows it'),
    }),
    z.object({
      kind: z.literal('decision'),
      text: words,
      decidedBy: z.string().trim().max(200).default('').describe('Who decided; who writes it down unless said'),
    }),
  ]),
  reply: z.object({ id: z.uuid().describe('Of the hypothesis or the decision') }),
  status: 201,
})
export type LogEntry = z.output<typeof logMajorIncident.body>

export const sendUpdate = endpoint({
  method: 'POST',
  path: '/major-incidents/:id/updates',
  summary: 'Tells audiences how it stands, and when they will hear again',
  audience: 'provider',
  params: byId,
  body: z.object({
    audiences: z.array(z.enum(audiences)).min(1).describe('What customer and users are told is public'),
    language: z.enum(languages),
    text: words,
    translation: words.optional().describe('The same in the other language: each is told in their own'),
    nextMinutes: z
      .int()
      .min(5)
      .max(10_080)
      .nullable()
      .optional()
      .describe('Minutes until the next one; null: this is the last; the rhythm of the major incident unless given'),
  }),
  reply: z.object({ sentAt: instant, nextUpdateDue: instant.nullable() }),
  status: 201,
})
export type UpdateToSend = z.output<typeof sendUpdate.body>

const timelineEntry = z.object({
  id: z.string(),
  of: z
    .enum(['incident', 'major-incident', 'clock', 'gap'])
    .describe('Whose fact it is; a gap is an update that did not come'),
  kind: z.string(),
  at: instant,
  until: instant.nullable().describe('Of a gap: when an update came; null while none did'),
  recordedAt: instant.nullable().describe('When we learned it; null for what follows from other facts'),
  actor: z.string().nullable().describe('Null for the program and for a customer’s eyes'),
  visibility: z.enum(['public', 'internal']),
  facts: z.record(z.string(), z.unknown()),
})
export type TimelineEntry = z.output<typeof timelineEntry>

export const readMajorTimeline = endpoint({
  method: 'GET',
  path: '/major-incidents/:id/timeline',
  summary:
    'Everything that happened, of the incident, of the major incident and to clocks, in one order, the oldest first',
  audience: 'signed-in',
  params: byId,
  reply: z.object({
    timeZone: z.string().describe('Of the site or the customer: in it all is told'),
    items: z.array(timelineEntry),
    more: z.boolean().describe('Whether there was more than is told'),
  }),
})
