import { z } from 'zod'
import { endpoint, instant, named } from '#core/endpoint.ts'
import { languages } from '#core/text.ts'
import { calendarSources, exclusion, explanationStep, result, target } from '#api/service-levels'
import { clock } from './api-record.ts'

/** One of two results of a clock that are looked at beside each other, and how it comes about. */
export const resultExplanation = z.object({
  result,
  timeZone: z.string(),
  agreement: z.object({ id: z.uuid(), name: z.string(), number: z.int() }),
  calendar: named,
  steps: z.array(explanationStep),
})
export type ResultExplanation = z.output<typeof resultExplanation>

export const explainIncidentClock = endpoint({
  method: 'GET',
  path: '/incidents/:id/clocks/:clockId/explanation',
  summary: 'How a clock was counted, step by step; the counted seconds add up to the clock’s',
  audience: 'signed-in',
  params: z.object({ id: z.string().max(200), clockId: z.uuid() }),
  reply: z.object({
    clock,
    timeZone: z.string(),
    agreement: z.object({ id: z.uuid(), name: z.string(), number: z.int() }),
    calendar: named,
    exclusion: exclusion.nullable().describe('Why the result is in none of the figures; null when it counts'),
    cancelled: z.string().nullable().describe('Why it ended without a result, in a sentence; null when it did not'),
    asTold: z.boolean().describe('Counted by what was known when a locked month was told; it would be otherwise now'),
    target: target
      .extend({ id: z.uuid(), countedSeconds: z.number(), sentence: z.string() })
      .describe('Which of the agreement’s targets holds, and why; working days counted from the start'),
    hours: z
      .object({ source: z.enum(calendarSources), brought: z.boolean(), sentence: z.string() })
      .describe('Whose hours it runs in; not brought: the source has none, so those of the agreement hold'),
    gaps: z
      .array(
        z.object({
          from: instant,
          to: instant,
          elapsedSeconds: z.number(),
          targetSeconds: z.number(),
          met: z.boolean(),
        }),
      )
      .optional()
      .describe(
        'Of the next update: each time between two updates; the clock is the one that runs, in the end the worst',
      ),
    asOf: instant,
    steps: z.array(explanationStep),
  }),
})
export type ClockExplanation = z.output<typeof explainIncidentClock.reply>

export const printClockSheet = endpoint({
  method: 'GET',
  path: '/incidents/:id/clocks/:clockId/sheet',
  summary:
    'The same on paper (PDF), for whoever checks it: agreement and calendar version, every stretch, the sum, a checksum',
  audience: 'signed-in',
  params: z.object({ id: z.string().max(200), clockId: z.uuid() }),
  query: z.object({ lang: z.enum(languages).optional().describe('The caller’s own unless given') }),
  reply: z.any(),
  bytes: 'reply',
  ownTransaction: true,
})
