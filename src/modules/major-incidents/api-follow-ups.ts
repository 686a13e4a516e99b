import { z } from 'zod'
import { endpoint, instant, localDate } from '#core/endpoint.ts'
import { followUpDays } from './follow-up.ts'

const byId = z.object({ id: z.uuid() })

const followUp = z.object({
  day: z.union(followUpDays.map((day) => z.literal(day))).describe('After the report was first given out'),
  dueAt: instant,
  madeAt: instant.nullable(),
  madeBy: z.string().nullable(),
  text: z.string().describe('What was found, in words'),
  recurred: z.boolean().nullable().describe('Whether it happened again; null while it was not made'),
  verified: z.boolean().describe('The cause is gone for good: no other is needed'),
  actions: z
    .object({ all: z.int(), done: z.int() })
    .nullable()
    .describe('How many of the actions were done then; null while it was not made'),
})
export type FollowUp = z.output<typeof followUp>

const followUps = z.object({
  items: z.array(followUp).describe('None before the report was given out'),
  next: z
    .union(followUpDays.map((day) => z.literal(day)))
    .nullable()
    .describe('Which one is owed next; null when none is'),
  actions: z.object({ all: z.int(), done: z.int(), late: z.int() }).describe('Now'),
  again: z
    .object({
      incidents: z.int(),
      more: z.boolean().describe('There are more than `incidents`'),
      from: localDate,
      service: z.object({ id: z.uuid(), name: z.string() }).nullable(),
      category: z.string().nullable(),
    })
    .nullable()
    .describe(
      'Incidents of the same service and category that were logged since the day after it was restored; null where neither is known, or it is not restored',
    ),
})
export type FollowUps = z.output<typeof followUps>

export const readFollowUps = endpoint({
  method: 'GET',
  path: '/major-incidents/:id/follow-ups',
  summary: 'What was looked at 30, 60 and 90 days after the report, and what is known now',
  audience: 'provider',
  params: byId,
  reply: followUps,
})

export const followUpMajorIncident = endpoint({
  method: 'POST',
  path: '/major-incidents/:id/follow-ups',
  summary: 'Says what was found when it was looked at again; the next one that is owed',
  audience: 'provider',
  params: byId,
  body: z.object({
    text: z.string().trim().min(1).max(4000),
    recurred: z.boolean().describe('It happened again'),
    verified: z.boolean().default(false).describe('The cause is gone for good; every action has to be done'),
  }),
  reply: followUps,
  status: 201,
})
