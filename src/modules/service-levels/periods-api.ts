import { z } from 'zod'
import { endpoint, instant, localDate, month, page, pageOf } from '#core/endpoint.ts'
import { periodStates } from '#core/period.ts'
import { clockMetrics, priorities, toldMetrics } from './agreement.ts'

export { periodLifecycle, type PeriodState, periodStates } from '#core/period.ts'

const customerName = z.string().max(200).describe('Id or name')

export const period = z.object({
  customerId: z.uuid(),
  customerName: z.string(),
  month,
  state: z.enum(periodStates),
  changedAt: instant.nullable().describe('Null: it was never anything but open'),
  changedBy: z.string().nullable().describe('Null for a customer’s people'),
  reason: z.string().nullable().describe('Why it was closed or opened, if that was said; null for a customer’s people'),
  met: z.int().describe('Of the resolution, as the period’s figures say'),
  failed: z.int(),
  excluded: z.int(),
  adjustments: z.int().describe('Entries about this month in later periods'),
  adjustedBy: z
    .object({ met: z.int(), failed: z.int(), excluded: z.int() })
    .describe('By how much they would move the figures of the resolution, which stay'),
  entered: z.int().describe('Entries in this month about earlier, locked ones'),
  availability: z
    .object({ adjustments: z.int(), entered: z.int() })
    .describe('Entries of both kinds about the availability of services'),
  manyExcluded: z.boolean().describe('More than 5 % of the results were excluded'),
  version: z.int(),
})
export type Period = z.output<typeof period>

export const listPeriods = endpoint({
  method: 'GET',
  path: '/periods',
  summary: 'Months of customers that have results or were closed, the latest first',
  audience: 'signed-in',
  query: z.object({ ...page, customer: customerName.optional(), state: z.enum(periodStates).optional() }),
  reply: pageOf(period),
})

export const transitPeriod = endpoint({
  method: 'POST',
  path: '/periods/:customer/:month/transitions',
  summary: 'Closes a month softly, locks it for good, or opens one that is not locked yet',
  audience: 'provider',
  params: z.object({ customer: customerName, month }),
  body: z.object({
    to: z.enum(periodStates),
    reason: z.string().trim().max(2000).optional().describe('Why; needed where it is opened again'),
  }),
  reply: period,
})
export type PeriodTransition = z.output<typeof transitPeriod.body>

export const periodStep = z.object({
  id: z.uuid(),
  to: z.enum(periodStates),
  at: instant,
  by: z.string().nullable().describe('Null: the program itself'),
  reason: z.string().nullable(),
})
export type PeriodStep = z.output<typeof periodStep>

export const listPeriodSteps = endpoint({
  method: 'GET',
  path: '/periods/:customer/:month/steps',
  summary: 'How a month came to be open, closed or locked, the latest first: who, when and why',
  audience: 'provider',
  params: z.object({ customer: customerName, month }),
  reply: z.object({ items: z.array(periodStep) }),
})

export const result = z.object({
  state: z.string(),
  startedAt: instant.nullable(),
  dueAt: instant.nullable(),
  stoppedAt: instant.nullable(),
  targetSeconds: z.number(),
  elapsedSeconds: z.number(),
  excluded: z.boolean(),
})
export type ResultView = z.output<typeof result>

export const adjustment = z.object({
  id: z.uuid().nullable().describe('Null of one that only few may know of: it counts, and its row says no more'),
  customerId: z.uuid(),
  clockId: z.uuid().nullable().describe('Null of an order'),
  incidentId: z.uuid().nullable().describe('Null of an order'),
  requestId: z.uuid().nullable().describe('The order; null of an incident’s clock'),
  number: z.string().nullable(),
  metric: z.enum(toldMetrics),
  priority: z.enum(priorities).nullable().describe('Null of an order'),
  month: month.describe('The locked month that it is about'),
  enteredMonth: month.describe('The month in which it counts'),
  met: z.int().describe('By how much the figure of the locked month would move'),
  failed: z.int(),
  excluded: z.int(),
  before: result.nullable().describe('As it was told'),
  after: result.nullable().describe('As it is known now; null: there is no such promise any more'),
  cause: z.enum(['history', 'recompute', 'import', 'correction']),
  correctionId: z.uuid().nullable(),
  createdAt: instant,
})
export type Adjustment = z.output<typeof adjustment>

export const listAdjustments = endpoint({
  method: 'GET',
  path: '/reports/attainment/adjustments',
  lagging: true,
  summary: 'What differs from what was told of locked months, by the month in which it is entered, the latest first',
  audience: 'signed-in',
  query: z.object({
    ...page,
    customer: customerName.optional(),
    from: localDate.optional().describe('First day of entry, in the customer’s zone'),
    to: localDate.optional().describe('Day after the last'),
    about: month.optional().describe('The locked month'),
    correction: z.uuid().optional(),
    incident: z.uuid().optional(),
    request: z.uuid().optional().describe('The order'),
    moving: z.stringbool().optional().describe('Only those that would move a figure: with another verdict'),
  }),
  reply: pageOf(adjustment),
})

/** Why a result is left out of the figures, and who said so. */
export const exclusion = z.object({
  reason: z.string().nullable(),
  evidence: z.string().nullable(),
  requestedBy: z.string().nullable().describe('Null for a customer’s people'),
  approvedBy: z.string().nullable(),
})
export type ExclusionView = z.output<typeof exclusion>

export const keptResult = z.object({
  id: z.uuid(),
  clockId: z.uuid(),
  metric: z.enum(clockMetrics),
  result,
  cause: z.enum(['history', 'recompute', 'import', 'correction']),
  keptAt: instant.describe('Until when it held'),
})
export type KeptResult = z.output<typeof keptResult>

export const listKeptResults = endpoint({
  method: 'GET',
  path: '/incidents/:id/former-results',
  summary: 'Results of an incident’s clocks that others replaced, the latest first',
  audience: 'signed-in',
  params: z.object({ id: z.string().max(200).describe('Id or number') }),
  query: z.object(page),
  reply: pageOf(keptResult),
})
