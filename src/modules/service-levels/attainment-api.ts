import { z } from 'zod'
import { endpoint, instant, localDate, page, pageOf } from '#core/endpoint.ts'
import { clockMetrics, priorities } from './agreement.ts'
import { target } from './target.ts'

export const groupings = ['customer', 'site', 'service', 'team', 'priority', 'month'] as const
export type Grouping = (typeof groupings)[number]

const ratio = z.object({ numerator: z.int(), denominator: z.int() })

const tally = z.object({
  met: z.int(),
  failed: z.int(),
  excluded: z.int(),
  attainment: ratio.nullable().describe('Null: nothing was measured, which is not 100 %'),
})

const shift = z.object({ met: z.int(), failed: z.int(), excluded: z.int() })

export const attainmentGroup = tally.extend({
  key: z.string(),
  label: z.string(),
  byMetric: z
    .object({
      response: tally,
      resolution: tally,
      restore: tally.optional(),
      'next-update': tally
        .extend({ gaps: tally.describe('Each time between two updates by itself') })
        .optional()
        .describe('Incidents all of whose updates were in time'),
    })
    .describe('The figure itself is the resolution’s; what nobody was promised is not there'),
  reported: z
    .object({ met: z.int(), failed: z.int() })
    .nullable()
    .describe('What the source system said, where history was imported'),
  targets: z.array(target).describe('What was promised for this group, where that is one thing'),
  resolutionTime: z
    .object({ count: z.int(), medianSeconds: z.number() })
    .nullable()
    .describe('Opening to resolution, elapsed; on request (durations=true)'),
})
export type AttainmentGroup = z.output<typeof attainmentGroup>

const priority = z.enum(priorities)
const customerName = z.string().max(200).describe('Id or name')

const measured = {
  customer: customerName.optional(),
  from: localDate.optional().describe('First day, in the customer’s zone'),
  to: localDate.optional().describe('Day after the last'),
}

export const reportAttainment = endpoint({
  method: 'GET',
  path: '/reports/attainment',
  summary: 'Met and failed by group, of what was resolved in the period; equality is met, excluded counts in neither',
  audience: 'signed-in',
  query: z.object({
    ...measured,
    groupBy: z.enum(groupings).default('priority'),
    priority: priority.optional(),
    site: z.uuid().optional(),
    service: z.uuid().optional(),
    team: z.uuid().optional(),
    durations: z.stringbool().default(false),
  }),
  reply: z.object({
    basis: z.literal('resolved-in-period'),
    from: localDate.nullable(),
    to: localDate.nullable(),
    timeZone: z.string(),
    groups: z.array(attainmentGroup),
    total: attainmentGroup,
    manyExcluded: z.boolean().describe('More than 5 % of the results were excluded: somebody should ask why'),
    adjustments: z
      .object({ entries: z.int(), response: shift, resolution: shift })
      .describe('Entered in this period about earlier, locked ones; in none of the figures above'),
  }),
})
export type AttainmentReport = z.output<typeof reportAttainment.reply>

export const verdicts = ['met', 'failed', 'near', 'excluded', 'all'] as const

export const attainmentCase = z.object({
  incidentId: z.uuid(),
  clockId: z.uuid(),
  number: z.string(),
  title: z.string(),
  metric: z.enum(clockMetrics),
  priority,
  state: z.string(),
  startedAt: instant.nullable(),
  dueAt: instant.nullable(),
  stoppedAt: instant,
  targetSeconds: z.int(),
  elapsedSeconds: z.number(),
  reportedMet: z.boolean().nullable(),
  exclusion: z
    .object({ reason: z.string().nullable(), approvedBy: z.string().nullable() })
    .nullable()
    .describe('Why the result counts in neither number, and who said so; null when it counts'),
})
export type AttainmentCase = z.output<typeof attainmentCase>

export const listAttainmentCases = endpoint({
  method: 'GET',
  path: '/reports/attainment/cases',
  summary: 'The measured incidents under a figure, newest first; near are met with at least 75 % of the time used',
  audience: 'signed-in',
  query: z.object({
    ...page,
    ...measured,
    metric: z.enum(clockMetrics).default('resolution'),
    verdict: z.enum(verdicts).default('failed'),
    priority: priority.optional(),
    site: z.uuid().optional(),
    service: z.uuid().optional(),
    team: z.uuid().optional(),
  }),
  reply: pageOf(attainmentCase),
})
