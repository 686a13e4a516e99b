import { z } from 'zod'
import { byId, endpoint, instant, localDate, named } from '#core/endpoint.ts'
import { origin, originGiven } from '#api/actions'
import { opportunityStates, reasons } from './lifecycle.ts'

const minor = z.int().describe('In the smallest unit of its currency')
const share = z.int().min(0).max(10_000)

const evidence = z.object({
  id: z.uuid(),
  origin: origin.describe('The record or figure by which it is seen'),
  note: z.string().nullable(),
  createdAt: instant,
})

const opportunity = z.object({
  id: z.uuid(),
  customer: named,
  contract: z.object({ id: z.uuid(), number: z.string(), title: z.string() }).nullable(),
  number: z.int().describe('Within its customer'),
  title: z.string(),
  description: z.string(),
  state: z.enum(opportunityStates),
  currency: z.string(),
  valueMinor: minor.nullable().describe('A year'),
  probabilityBp: share.nullable(),
  reason: z.enum(reasons).nullable(),
  reasonNote: z.string().nullable(),
  againOn: localDate.nullable().describe('When what was put off is looked at again'),
  settledAt: instant.nullable(),
  owner: named.nullable(),
  evidence: z.array(evidence),
  createdAt: instant,
  version: z.int(),
})
export type Opportunity = z.output<typeof opportunity>

export const listOpportunities = endpoint({
  method: 'GET',
  path: '/opportunities',
  summary: 'What more could be done for customers: open ones first, then those that were settled, the newest first',
  audience: 'provider',
  query: z.object({ customer: z.string().max(200).optional().describe('Id or name') }),
  reply: z.object({ items: z.array(opportunity) }),
})

export const getOpportunity = endpoint({
  method: 'GET',
  path: '/opportunities/:id',
  summary: 'One opportunity with its evidence',
  audience: 'provider',
  params: byId,
  reply: opportunity,
})

const written = z.object({
  title: z.string().trim().min(1).max(200),
  description: z.string().trim().min(1).max(4000),
  contract: z.uuid().nullable().default(null),
  currency: z.string().regex(/^[A-Z]{3}$/),
  valueMinor: minor.min(0).nullable().default(null).describe('A year'),
  probabilityBp: share.nullable().default(null),
})
export type WrittenOpportunity = z.output<typeof written>

export const addOpportunity = endpoint({
  method: 'POST',
  path: '/opportunities',
  summary: 'Writes down what more could be done for a customer',
  audience: 'provider',
  body: written.extend({
    customer: z.string().max(200).describe('Id or name'),
    evidence: originGiven.optional().describe('By what it was seen'),
  }),
  reply: opportunity,
  status: 201,
})
export type NewOpportunity = z.output<typeof addOpportunity.body>

export const changeOpportunity = endpoint({
  method: 'PUT',
  path: '/opportunities/:id',
  summary: 'Says it anew, until it is settled',
  audience: 'provider',
  params: byId,
  body: written,
  reply: opportunity,
  match: true,
})

export const moveOpportunity = endpoint({
  method: 'POST',
  path: '/opportunities/:id/transitions',
  summary: 'Moves it on: qualified needs evidence, proposed a value, an end or a delay the reason',
  audience: 'provider',
  params: byId,
  body: z.object({
    to: z.enum(opportunityStates),
    reason: z.enum(reasons).optional().describe('Needed for won, lost and deferred'),
    note: z.string().trim().min(1).max(2000).optional(),
    againOn: localDate.optional().describe('Needed for deferred'),
  }),
  reply: opportunity,
  match: true,
})
export type OpportunityMove = z.output<typeof moveOpportunity.body>

export const addEvidence = endpoint({
  method: 'POST',
  path: '/opportunities/:id/evidence',
  summary: 'Links a record or a figure by which it is seen',
  audience: 'provider',
  params: byId,
  body: z.object({ origin: originGiven, note: z.string().trim().min(1).max(1000).nullable().default(null) }),
  reply: opportunity,
  status: 201,
})
export type NewEvidence = z.output<typeof addEvidence.body>

const signalKinds = ['over-band', 'unpaid-work', 'asked-changes', 'nothing-found'] as const

const signal = z.object({
  kind: z.enum(signalKinds),
  customer: named,
  contract: z.object({ id: z.uuid(), number: z.string(), title: z.string(), currency: z.string() }).nullable(),
  what: z.string().nullable().describe('The line of a contract'),
  count: z.int().describe('Months above the band, minutes, changes, searches'),
  amountMinor: minor.nullable(),
})
export type OpportunitySignal = z.output<typeof signal>

export const listSignals = endpoint({
  method: 'GET',
  path: '/opportunity-signals',
  summary: 'Where records of the last three months say that a customer needs more than was agreed',
  audience: 'provider',
  query: z.object({ customer: z.string().max(200).optional().describe('Id or name') }),
  reply: z.object({ items: z.array(signal) }),
})
