import { z } from 'zod'
import { endpoint, instant } from '#core/endpoint.ts'
import { sources } from './escalation.ts'

const figures = {
  raised: z.int(),
  open: z.int().describe('Of these, not over yet'),
  late: z.int().describe('Of the open ones, those whose next update was promised before now'),
  acknowledged: z.int().describe('Those that somebody took on'),
  medianSecondsToAcknowledge: z.number().nullable().describe('Of the acknowledged ones; null without any'),
  satisfied: z
    .object({ numerator: z.int(), denominator: z.int() })
    .nullable()
    .describe('4 or 5 of 5, of those who said how content they are; null when nobody did'),
}

export const reportEscalations = endpoint({
  method: 'GET',
  path: '/reports/escalations',
  lagging: true,
  summary:
    'Escalations raised within a year, by who asked: how many, how soon taken on, how content; withdrawn ones do not count',
  audience: 'provider',
  query: z.object({ customer: z.string().max(200).optional().describe('Id or name') }),
  reply: z.object({
    from: instant,
    to: instant,
    sources: z.array(z.object({ source: z.enum(sources), ...figures })),
    all: z.object(figures),
  }),
})
export type EscalationReport = z.output<typeof reportEscalations.reply>
