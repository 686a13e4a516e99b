import { z } from 'zod'
import { byId, endpoint, instant, localDate, named, page, pageOf } from '#core/endpoint.ts'
import { decisionStates } from './action.ts'
import { origin, originGiven, originRef } from './api-origin.ts'

const customerName = z.string().max(200).describe('Id or name')
const words = (most: number) => z.string().trim().min(1).max(most)

export const decision = z.object({
  id: z.uuid(),
  customer: named.nullable().describe('Null: the provider’s own'),
  question: z.string(),
  options: z.array(z.string()),
  criteria: z.string().nullable(),
  owner: named.nullable().describe('Who sees to it; for the provider’s people'),
  neededBy: localDate.nullable(),
  state: z.enum(decisionStates),
  chosen: z.string().nullable(),
  reason: z.string().nullable().describe('For the provider’s people'),
  decidedBy: z.string().nullable(),
  decidedOn: localDate.nullable(),
  dissent: z.string().nullable().describe('Who was against it and why; for the provider’s people'),
  reviewOn: localDate.nullable(),
  outcome: z.string().nullable().describe('What became of it'),
  origin: origin.nullable().describe('For the provider’s people'),
  shared: z.boolean().describe('The customer reads it'),
  madeAt: instant,
  version: z.int(),
})
export type Decision = z.output<typeof decision>

export const listDecisions = endpoint({
  method: 'GET',
  path: '/decisions',
  summary: 'Decisions that are wanted and that were made, the newest first',
  audience: 'signed-in',
  query: z.object({
    ...page,
    customer: customerName.optional(),
    state: z.enum(decisionStates).optional(),
    origin: originRef.optional(),
  }),
  reply: pageOf(decision),
})
export type DecisionsQuery = z.output<typeof listDecisions.query>

export const getDecision = endpoint({
  method: 'GET',
  path: '/decisions/:id',
  summary: 'One decision',
  audience: 'signed-in',
  params: byId,
  reply: decision,
})

const decided = z.object({
  chosen: words(2000),
  reason: words(4000).optional(),
  decidedBy: words(400).describe('Who decided, by name'),
  decidedOn: localDate,
  dissent: words(4000).optional().describe('Who was against it and why'),
  reviewOn: localDate.optional().describe('When it is looked at again'),
})

export const askDecision = endpoint({
  method: 'POST',
  path: '/decisions',
  summary: 'Asks for a decision, or writes one down that was made',
  audience: 'provider',
  body: z.object({
    customer: customerName.optional().describe('The origin’s unless given; the provider’s own without either'),
    question: words(1000),
    options: z.array(words(400)).max(12).default([]),
    criteria: words(4000).optional(),
    owner: z.uuid().optional().describe('Who sees to it; whoever asks unless given'),
    neededBy: localDate.optional(),
    shared: z.boolean().default(false),
    origin: originGiven.optional(),
    decided: decided.optional().describe('When it was made already'),
  }),
  reply: decision,
  status: 201,
})
export type NewDecision = z.output<typeof askDecision.body>

export const moveDecision = endpoint({
  method: 'POST',
  path: '/decisions/:id/transitions',
  summary: 'Decides, looks at it again, or drops the question; what was decided is not changed afterwards',
  audience: 'provider',
  params: byId,
  body: z.discriminatedUnion('to', [
    decided.extend({ to: z.literal('decided') }),
    z.object({ to: z.literal('reviewed'), outcome: words(4000).describe('What became of it') }),
    z.object({ to: z.literal('dropped'), reason: words(4000) }),
  ]),
  reply: decision,
})
export type DecisionMove = z.output<typeof moveDecision.body>
