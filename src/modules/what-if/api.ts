import { z } from 'zod'
import { byId, endpoint, instant, localDate, month, named, page, pageOf } from '#core/endpoint.ts'
import { resultExplanation } from '#api/incidents'
import { calendarRules, priorities, result, tally, toldMetrics } from '#api/service-levels'

export { barredFromTrying } from './may.ts'

export const whatIfStates = ['computing', 'done', 'cancelled', 'failed'] as const

export const whatIfFigure = z.object({
  month,
  priority: z.enum(priorities).nullable().describe('Null of orders'),
  metric: z.enum(toldMetrics),
  before: tally.describe('As told; of a locked month with its adjustments'),
  after: tally,
})
export type WhatIfFigure = z.output<typeof whatIfFigure>

export const whatIf = z.object({
  id: z.uuid(),
  customer: named,
  agreement: named,
  version: z.object({ id: z.uuid(), number: z.int() }),
  from: localDate.describe('First day, in the customer’s zone'),
  to: localDate.describe('Day after the last'),
  calendar: named.extend({
    rules: calendarRules.nullable().describe('The hours that were tried in the place of its own; null: its own'),
  }),
  state: z.enum(whatIfStates),
  progress: z.int().describe('Incidents and orders looked at so far'),
  incidents: z.int().nullable().describe('Incidents and orders to look at; null until they are counted'),
  counts: z
    .object({
      clocks: z.int().describe('That count in the period, before or after'),
      differences: z.int().describe('Of them, that come out differently'),
      flips: z.int().describe('Of those, with another verdict'),
      better: z.int().describe('Of those, missed before and met after'),
      worse: z.int().describe('Of those, met before and missed after'),
    })
    .nullable(),
  figures: z.array(whatIfFigure).describe('Empty until it is done'),
  outOfDate: z.boolean().describe('The version or its calendar says something else by now, or is gone'),
  requestedBy: named.nullable(),
  requestedAt: instant,
  asOf: instant.nullable().describe('The moment of which everything was counted'),
  finishedAt: instant.nullable(),
})
export type WhatIf = z.output<typeof whatIf>

export const tryWhatIf = endpoint({
  method: 'POST',
  path: '/what-ifs',
  summary:
    'Counts in the background what a version of an agreement would have made of a period’s tickets; changes nothing',
  audience: 'provider',
  body: z.object({
    customer: z.string().min(1).max(200).optional().describe('Id or name; the agreement’s own without it'),
    versionId: z.uuid().describe('Of an agreement with a customer; a draft, as a rule'),
    from: localDate.optional().describe('First day, in the customer’s zone; without both days the last quarter'),
    to: localDate.optional().describe('Day after the last'),
    calendarRules: calendarRules.optional().describe('Hours tried in the place of those of the version’s calendar'),
  }),
  reply: whatIf,
  status: 202,
})
export type WhatIfRequest = z.output<typeof tryWhatIf.body>

export const listWhatIfs = endpoint({
  method: 'GET',
  path: '/what-ifs',
  summary: 'What was tried, the latest first',
  audience: 'provider',
  query: z.object({
    ...page,
    customer: z.string().max(200).optional().describe('Id or name'),
    agreement: z.uuid().optional(),
    version: z.uuid().optional(),
  }),
  reply: pageOf(whatIf),
})
export type WhatIfFilter = z.output<typeof listWhatIfs.query>

export const getWhatIf = endpoint({
  method: 'GET',
  path: '/what-ifs/:id',
  summary: 'What would have been: attainment before and after by month, priority and metric',
  audience: 'provider',
  params: byId,
  reply: whatIf,
})

export const cancelWhatIf = endpoint({
  method: 'POST',
  path: '/what-ifs/:id/cancel',
  summary: 'Stops counting; what is done stays done',
  audience: 'provider',
  params: byId,
  reply: whatIf,
})

export const whatIfDifference = z.object({
  position: z.int().describe('By it a difference is asked for; ascending, with gaps'),
  incidentId: z.uuid().nullable().describe('Null of an order'),
  requestId: z.uuid().nullable().describe('The order; null of an incident’s clock'),
  clockId: z.uuid().nullable(),
  number: z.string(),
  metric: z.enum(toldMetrics),
  priority: z.enum(priorities).nullable().describe('Null of an order'),
  month: month.describe('In which it counts'),
  before: result.nullable(),
  after: result.nullable(),
  flips: z.boolean(),
})
export type WhatIfDifference = z.output<typeof whatIfDifference>

const listedDifference = whatIfDifference.extend({
  position: whatIfDifference.shape.position
    .nullable()
    .describe('Null of one that only few may know of: it counts, and its row says no more'),
  number: whatIfDifference.shape.number.nullable(),
})
export type ListedWhatIfDifference = z.output<typeof listedDifference>

const minor = z.int().describe('In the smallest unit of the contract’s currency')
const judged = z.object({
  outcome: z.enum(['met', 'missed', 'not-measured']),
  numerator: z.number().nullable(),
  denominator: z.number().nullable(),
})

export const whatIfExposure = z.object({
  contract: z.object({ id: z.uuid(), number: z.string(), title: z.string() }),
  currency: z.string(),
  beforeMinor: minor.describe('Credits of all its months, as results are told'),
  afterMinor: minor.describe('Credits of all its months, as they would have been'),
  months: z.array(z.object({ month, basisMinor: minor, beforeMinor: minor, afterMinor: minor })),
  levels: z
    .array(z.object({ month, level: z.string(), name: z.string(), before: judged, after: judged }))
    .describe('Those of which the figure comes out differently'),
})
export type WhatIfExposure = z.output<typeof whatIfExposure>

export const getWhatIfCredits = endpoint({
  method: 'GET',
  path: '/what-ifs/:id/credits',
  summary: 'What the credits of the customer’s contracts would have come to; for those who see what is credited',
  audience: 'provider',
  ownTransaction: true,
  params: byId,
  reply: z.object({
    known: z.boolean().describe('Not while it is counted, nor of what was tried before credits were asked of it'),
    items: z.array(whatIfExposure),
  }),
})

export const listWhatIfDifferences = endpoint({
  method: 'GET',
  path: '/what-ifs/:id/differences',
  summary: 'The clocks that come out differently, in the order in which their incidents were opened, then orders',
  audience: 'provider',
  params: byId,
  query: z.object({
    ...page,
    flips: z.stringbool().optional().describe('Only those with another verdict'),
    metric: z.enum(toldMetrics).optional(),
    priority: z.enum(priorities).optional(),
  }),
  reply: pageOf(listedDifference),
})
export type WhatIfDifferenceFilter = z.output<typeof listWhatIfDifferences.query>

const whatIfCase = z.object({
  incidentId: z.uuid().nullable(),
  requestId: z.uuid().nullable().describe('The order; null of an incident’s clock'),
  number: z.string().nullable().describe('Null of one that only few may know of: its row says what was counted alone'),
  title: z.string().nullable(),
  metric: z.enum(toldMetrics),
  priority: z.enum(priorities).nullable().describe('Null of an order'),
  month: month.describe('In which it counts on this side'),
  verdict: z.enum(['met', 'failed', 'excluded']),
  stoppedAt: instant.nullable(),
  elapsedSeconds: z.number().nullable().describe('Null of an order that comes out as it was told'),
  position: z.int().nullable().describe('Of the difference, where it comes out differently'),
})
export type WhatIfCase = z.output<typeof whatIfCase>

export const listWhatIfCases = endpoint({
  method: 'GET',
  path: '/what-ifs/:id/cases',
  summary: 'The results under a figure of a what-if, before or after, the latest first',
  audience: 'provider',
  params: byId,
  query: z.object({
    ...page,
    side: z.enum(['before', 'after']),
    metric: z.enum(toldMetrics),
    month: month.optional(),
    priority: z.enum(priorities).optional(),
    verdict: z.enum(['met', 'failed', 'excluded']).optional(),
  }),
  reply: pageOf(whatIfCase).extend({
    total: z
      .int()
      .describe('How many there are now; another number than the figure’s when something was changed since'),
  }),
})
export type WhatIfCasesQuery = z.output<typeof listWhatIfCases.query>

export const explainWhatIfDifference = endpoint({
  method: 'GET',
  path: '/what-ifs/:id/differences/:position/explanation',
  summary: 'How one clock is counted before and after, step by step; counted anew',
  audience: 'provider',
  params: z.object({ id: z.uuid(), position: z.coerce.number().int().min(1).max(2_000_000_000) }),
  reply: z.object({
    difference: whatIfDifference,
    before: resultExplanation.nullable().describe('Null: there was no clock, or its facts are gone'),
    after: resultExplanation
      .nullable()
      .describe('Null: there would be no clock, or it would come out otherwise by what is known now'),
  }),
})
export type WhatIfExplanation = z.output<typeof explainWhatIfDifference.reply>
