import { z } from 'zod'
import { byId, endpoint, instant, localDate, named, page, pageOf } from '#core/endpoint.ts'
import { toldMetrics } from '#api/service-levels'

export const recomputationStates = ['computing', 'done', 'cancelled', 'failed'] as const

export const recomputation = z.object({
  id: z.uuid(),
  customer: named,
  from: localDate.nullable().describe('First day, in the customer’s zone; null: from the beginning'),
  dryRun: z.boolean().describe('Only compared; nothing was stored'),
  state: z.enum(recomputationStates),
  progress: z.int().describe('Incidents and orders counted so far'),
  total: z.int().nullable().describe('Incidents and orders to count; null until it has begun'),
  counts: z
    .object({
      incidents: z.int(),
      orders: z.int(),
      changed: z.int().describe('Results that come out otherwise than they were stored'),
      locked: z.int().describe('Those that were told in a locked month and stay: that takes a correction'),
    })
    .nullable()
    .describe('Null until it is done'),
  requestedBy: named.nullable(),
  requestedAt: instant,
  finishedAt: instant.nullable(),
})
export type Recomputation = z.output<typeof recomputation>

export const recompute = endpoint({
  method: 'POST',
  path: '/recomputations',
  summary:
    'Counts a customer’s results anew from history, in the background; says what differs and, if wished, stores it',
  audience: 'provider',
  body: z.object({
    customer: z.string().min(1).max(200).optional().describe('Id or name'),
    agreement: z.uuid().optional().describe('In the place of a customer: whose agreement it is'),
    from: localDate.optional().describe('Only what was opened or ordered from this day on'),
    dryRun: z.boolean().default(true).describe('False stores what was counted; locked months stay as they were told'),
  }),
  reply: recomputation,
  status: 202,
})
export type RecomputationRequest = z.output<typeof recompute.body>

export const listRecomputations = endpoint({
  method: 'GET',
  path: '/recomputations',
  summary: 'What was counted anew, the latest first',
  audience: 'provider',
  query: z.object({ ...page, customer: z.string().max(200).optional().describe('Id or name') }),
  reply: pageOf(recomputation),
})
export type RecomputationFilter = z.output<typeof listRecomputations.query>

export const getRecomputation = endpoint({
  method: 'GET',
  path: '/recomputations/:id',
  summary: 'How far it is, and what came of it',
  audience: 'provider',
  params: byId,
  reply: recomputation,
})

export const cancelRecomputation = endpoint({
  method: 'POST',
  path: '/recomputations/:id/cancel',
  summary: 'Stops counting; what was stored so far stays, each incident and order whole',
  audience: 'provider',
  params: byId,
  reply: recomputation,
})

export const recomputationDifference = z.object({
  position: z.int(),
  number: z.string(),
  metric: z.enum(toldMetrics),
  before: z.string().describe('State and service seconds as stored: met 3600 s; open; none'),
  after: z.string(),
  locked: z.boolean().describe('It was told in a locked month, and stays'),
})

export const listRecomputationDifferences = endpoint({
  method: 'GET',
  path: '/recomputations/:id/differences',
  summary: 'The results that come out otherwise than they were stored',
  audience: 'provider',
  params: byId,
  query: z.object({ ...page, locked: z.stringbool().optional() }),
  reply: pageOf(recomputationDifference),
})
export type RecomputationDifferenceFilter = z.output<typeof listRecomputationDifferences.query>
