import { z } from 'zod'
import { byId, endpoint, instant, month, named, page, pageOf } from '#core/endpoint.ts'
import { availabilityFigure } from '#api/availability'
import { resultExplanation } from '#api/incidents'
import { priorities, result, tally, toldMetrics } from '#api/service-levels'
import { change, correctionStates } from './change.ts'

export { type Change, type CorrectionState, correctionStates, exclusionReasons } from './change.ts'
export {
  cancelRecomputation,
  getRecomputation,
  listRecomputationDifferences,
  listRecomputations,
  type Recomputation,
  type RecomputationDifferenceFilter,
  type RecomputationFilter,
  type RecomputationRequest,
  recompute,
} from './api-recompute.ts'
export { barredFromDeciding, barredFromRequesting } from './may.ts'

export const correction = z.object({
  id: z.uuid(),
  customer: named.nullable().describe('Null: a calendar that several customers share'),
  kind: z.string(),
  change: change.nullable().describe('Null for a customer’s people'),
  about: z
    .object({
      type: z.enum(['calendar', 'incident', 'request', 'agreement', 'service']),
      id: z.uuid(),
      name: z.string(),
    })
    .nullable()
    .describe('What it corrects, by name or number; null for a customer’s people'),
  reason: z.string(),
  evidence: z.string(),
  state: z.enum(correctionStates),
  progress: z.int().describe('Incidents and orders looked at so far'),
  counts: z
    .object({
      clocks: z.int().describe('That come out differently'),
      behind: z.int().describe('Promises of teams and suppliers behind them that do; 0 for a customer’s people'),
      flips: z.int().describe('Of them, with another verdict'),
      locked: z.int().describe('Of them, in locked periods: what was told stays, and is adjusted'),
      movedIn: z.int().describe('Of those, results that come into a locked period from outside'),
      figures: z.int().describe('Months of services whose availability comes out differently'),
      lockedFigures: z.int().describe('Of them, locked: they stay, and are adjusted'),
    })
    .nullable(),
  failure: z.string().nullable(),
  requestedBy: named.nullable().describe('Null for a customer’s people'),
  requestedAt: instant,
  computedAt: instant.nullable().describe('When its differences were counted; null for a customer’s people'),
  decidedBy: named.nullable(),
  decidedAt: instant.nullable(),
  decisionNote: z.string().nullable(),
  appliedAt: instant.nullable(),
  version: z.int(),
})
export type Correction = z.output<typeof correction>

export const listCorrections = endpoint({
  method: 'GET',
  path: '/corrections',
  summary: 'Corrections, the latest first; a customer’s people see those of theirs that were applied',
  audience: 'signed-in',
  query: z.object({
    ...page,
    customer: z.string().max(200).optional().describe('Id or name'),
    state: z.enum(correctionStates).optional(),
    incident: z.uuid().optional().describe('Only those that change one of its clocks'),
    request: z.uuid().optional().describe('Only those that change what was promised for the order'),
  }),
  reply: pageOf(correction),
})
export type CorrectionFilter = z.output<typeof listCorrections.query>

export const requestCorrection = endpoint({
  method: 'POST',
  path: '/corrections',
  summary: 'Says that what was counted is wrong, why, and what shows it; nothing is changed yet',
  audience: 'provider',
  body: z.object({
    reason: z.string().trim().min(1).max(2000),
    evidence: z.string().trim().min(1).max(2000).describe('An address, a number, a few words'),
    change,
  }),
  reply: correction,
  status: 201,
})
export type CorrectionRequest = z.output<typeof requestCorrection.body>

export const getCorrection = endpoint({
  method: 'GET',
  path: '/corrections/:id',
  summary: 'One correction',
  audience: 'signed-in',
  params: byId,
  reply: correction,
})

export const computeCorrection = endpoint({
  method: 'POST',
  path: '/corrections/:id/compute',
  summary: 'Counts in the background what it would change; doing it again counts anew',
  audience: 'provider',
  params: byId,
  reply: correction,
  status: 202,
})

const decision = z.object({ note: z.string().trim().max(2000).optional() })

export const approveCorrection = endpoint({
  method: 'POST',
  path: '/corrections/:id/approve',
  summary: 'Lets it take effect; by somebody who did not ask for it, on the differences that were looked at',
  audience: 'provider',
  params: byId,
  body: decision,
  reply: correction,
  status: 202,
  match: true,
})

export const rejectCorrection = endpoint({
  method: 'POST',
  path: '/corrections/:id/reject',
  summary: 'Nothing is changed; whoever asked may take it back this way',
  audience: 'provider',
  params: byId,
  body: decision,
  reply: correction,
  match: true,
})

export const correctionDifference = z.object({
  position: z.int(),
  incidentId: z.uuid().nullable().describe('Null of an order'),
  requestId: z.uuid().nullable().describe('The order; null of an incident’s clock'),
  clockId: z.uuid().nullable(),
  number: z.string(),
  metric: z.enum(toldMetrics),
  behind: z
    .string()
    .nullable()
    .describe('The agreement of a team or supplier whose promise it is; null: the customer’s own'),
  before: result.nullable(),
  after: result.nullable(),
  month: month.nullable().describe('In which it counts; null while it runs'),
  locked: z.boolean().describe('That month is locked: what was told of it stays, the difference is adjusted'),
  movedIn: z.boolean().describe('The result comes into that locked month from outside, and leaves where it was'),
  flips: z.boolean(),
})
export type CorrectionDifference = z.output<typeof correctionDifference>

const listedDifference = correctionDifference.extend({
  position: correctionDifference.shape.position
    .nullable()
    .describe('Null of one that only few may know of: it counts, and its row says no more'),
  number: correctionDifference.shape.number.nullable(),
})
export type ListedDifference = z.output<typeof listedDifference>

export const listCorrectionDifferences = endpoint({
  method: 'GET',
  path: '/corrections/:id/differences',
  summary: 'The clocks of incidents and the promises of orders that come out differently, before and after',
  audience: 'signed-in',
  params: byId,
  query: z.object({
    ...page,
    flips: z.stringbool().optional().describe('Only those with another verdict'),
    locked: z.stringbool().optional(),
    behind: z.stringbool().optional().describe('Only promises behind the customer’s, or only the customer’s'),
  }),
  reply: pageOf(listedDifference),
})
export type DifferenceFilter = z.output<typeof listCorrectionDifferences.query>

export const correctionFigure = z.object({
  customer: named,
  month,
  priority: z.enum(priorities).nullable().describe('Null of orders'),
  metric: z.enum(toldMetrics),
  locked: z.boolean().describe('That month is locked: its figures stay, and what differs is an adjustment'),
  before: tally.describe('Of a locked month with its adjustments'),
  after: tally,
})
export type CorrectionFigure = z.output<typeof correctionFigure>

export const listCorrectionFigures = endpoint({
  method: 'GET',
  path: '/corrections/:id/figures',
  summary:
    'What it does to the figures of months, as it was looked at before the decision; those that stay are not listed',
  audience: 'signed-in',
  params: byId,
  reply: z.object({ items: z.array(correctionFigure) }),
})

export const correctionAvailability = z.object({
  customer: named,
  service: named,
  month,
  locked: z.boolean().describe('That month is locked: its figure stays, and what differs is an adjustment'),
  before: availabilityFigure.nullable().describe('As it is known without the correction; null: nothing was promised'),
  after: availabilityFigure.nullable(),
})
export type CorrectionAvailability = z.output<typeof correctionAvailability>

export const listCorrectionAvailability = endpoint({
  method: 'GET',
  path: '/corrections/:id/availability',
  summary: 'What it does to the availability of services, as it was looked at before the decision',
  audience: 'signed-in',
  params: byId,
  reply: z.object({ items: z.array(correctionAvailability) }),
})

export const explainCorrectionDifference = endpoint({
  method: 'POST',
  path: '/corrections/:id/differences/:position/explanation',
  summary: 'How one clock is counted before and after, step by step; counted anew, and nothing is changed',
  audience: 'signed-in',
  params: z.object({ id: z.uuid(), position: z.coerce.number().int().min(1).max(1_000_000_000) }),
  reply: z.object({
    difference: correctionDifference,
    before: resultExplanation.nullable().describe('Null: there was no clock, or its facts are gone'),
    after: resultExplanation.nullable(),
  }),
})
export type DifferenceExplanation = z.output<typeof explainCorrectionDifference.reply>
