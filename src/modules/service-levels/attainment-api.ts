import { z } from 'zod'
import { endpoint, instant, localDate, page, pageOf } from '#core/endpoint.ts'
import { clockMetrics, measurementBases, priorities, smallSampleRules } from './agreement.ts'
import { target } from './target.ts'
import { verdicts } from './verdict.ts'

export { verdicts } from './verdict.ts'

export const groupings = [
  'customer',
  'site',
  'siteType',
  'service',
  'team',
  'priority',
  'month',
  'agreementVersion',
] as const
export type Grouping = (typeof groupings)[number]

const ratio = z.object({ numerator: z.int(), denominator: z.int() })

export const tally = z.object({ met: z.int(), failed: z.int(), excluded: z.int() })

const attained = tally.extend({
  attainment: ratio.nullable().describe('Null: nothing was measured, which is not 100 %'),
})

const agreedVerdict = attained.extend({
  metric: z.enum(clockMetrics),
  targetBp: z.int(),
  expectedBp: z.int().nullable(),
  minimumBp: z.int().nullable(),
  outcome: z.enum(['met', 'missed', 'not-measured']),
  level: z.enum(['expected', 'target', 'minimum', 'below', 'not-measured']),
  minimumSample: z.int().nullable().describe('From how many on a single failure leaves the target in reach'),
  allowance: z.int().nullable().describe('Failures allowed for a small sample; null where the percentage decided'),
  periods: z.int().describe('Put together: more than one only when rolled over'),
  judged: ratio.nullable().describe('What was judged, with the periods before where it was rolled over'),
  smallSample: z.enum(smallSampleRules),
  roundTo: z.int().nullable(),
})

export const attainmentGroup = attained.extend({
  key: z.string(),
  label: z.string(),
  byMetric: z
    .object({
      response: attained,
      resolution: attained,
      restore: attained.optional(),
      'next-update': attained
        .extend({ gaps: attained.describe('Each time between two updates by itself') })
        .optional()
        .describe('Incidents all of whose updates were in time'),
      fulfilment: attained
        .extend({ targetBp: z.int().nullable().describe('The share to be met, where it is one for all of them') })
        .optional()
        .describe('Orders that were delivered in the period and promised by an agreement; not by priority or team'),
    })
    .describe('The figure itself is the resolution’s; what nobody was promised is not there'),
  reported: z
    .object({ met: z.int(), failed: z.int() })
    .nullable()
    .describe('What the source system said, where history was imported'),
  openBreached: z.int().describe('Resolutions that were still open at the end of the period and missed already'),
  uncertainty: z
    .object({ low: z.number(), high: z.number() })
    .nullable()
    .describe('Between which shares the true one lies with 95 % confidence (Wilson); for the provider’s people alone'),
  agreed: z
    .object({ agreementVersionId: z.uuid(), basis: z.enum(measurementBases), verdicts: z.array(agreedVerdict) })
    .nullable()
    .describe(
      'The same in the terms of the agreement, where that is one: its basis, its shares, its rule for small samples',
    ),
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
  lagging: true,
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
      .object({ entries: z.int(), response: tally, resolution: tally })
      .describe('Entered in this period about earlier, locked ones; in none of the figures above'),
  }),
})
export type AttainmentReport = z.output<typeof reportAttainment.reply>

export const attainmentCase = z.object({
  incidentId: z
    .uuid()
    .nullable()
    .describe('Null of one that only few may know of: the figure counts it, and its row says what was counted alone'),
  clockId: z.uuid().nullable(),
  number: z.string().nullable(),
  title: z.string().nullable(),
  metric: z.enum(clockMetrics),
  priority,
  state: z.string(),
  startedAt: instant.nullable(),
  dueAt: instant.nullable(),
  stoppedAt: instant.nullable(),
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
  lagging: true,
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
