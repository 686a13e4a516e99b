import { z } from 'zod'
import { byId, endpoint, instant, localDate, month, named } from '#core/endpoint.ts'
import { currency, minor, words } from './api-lines.ts'
import { appropriationStates } from './lifecycle.ts'

export const risks = ['low', 'medium', 'high'] as const

const businessCase = z.object({
  benefitsMinor: z.array(minor).min(1).max(20).describe('By year, from the first one on'),
  runCostMinor: z.array(minor).max(20).default([]).describe('What it adds to the running cost of each of these years'),
  rateBp: z.int().min(0).max(10_000).describe('A year’s interest'),
  risk: z.enum(risks),
  riskNote: z.string().trim().max(2000).default(''),
  alternatives: z.string().trim().max(4000).default(''),
})

const asked = {
  title: words(200),
  currency,
  amountMinor: minor.min(1),
  contingencyMinor: minor.min(0).default(0),
  reason: words(4000),
  businessCase,
  toleranceBp: z.int().min(0).max(10_000).default(1000),
}

const appropriation = z.object({
  id: z.uuid(),
  number: z.int(),
  ...asked,
  state: z.enum(appropriationStates),
  customer: named.nullable(),
  requestedBy: named.nullable(),
  result: z.object({
    presentValueMinor: minor,
    internalRateBp: z.int().nullable(),
    paybackYears: z.number().nullable(),
  }),
  approvedMinor: minor.nullable(),
  spentMinor: minor.describe('Of the lines that it pays for, spent and accrued'),
  committedMinor: minor.describe('Ordered and not invoiced'),
  forecastMinor: minor.describe('What it will cost: spent, ordered, and what else is planned'),
  lines: z
    .array(
      z.object({
        id: z.uuid(),
        name: z.string(),
        year: z.int(),
        costCentre: z.string(),
        spentMinor: minor,
        committedMinor: minor,
      }),
    )
    .describe('Of the budget, that it pays for'),
  overTolerance: z.boolean().describe('It will cost more than was approved and is tolerated'),
  approverNeeded: z
    .array(named)
    .describe('Whose limit is enough for the whole; empty: nobody’s, and somebody has to be given one'),
  inServiceOn: localDate.nullable(),
  lifeMonths: z.int().nullable(),
  residualMinor: minor,
  depreciation: z
    .array(z.object({ month, amountMinor: minor }))
    .describe('In a straight line from the month after it is in service'),
  bookValueMinor: minor.nullable().describe('Today'),
  postReview: z.string().nullable(),
  steps: z
    .array(
      z.object({
        number: z.int(),
        leastMinor: minor.describe('What whoever takes it approves at least'),
        by: named.nullable(),
        at: instant.nullable(),
        may: z.array(named).describe('Who may take it'),
      }),
    )
    .describe('The approvals that it takes, in their order'),
  decisions: z.array(
    z.object({
      id: z.uuid(),
      person: named.nullable(),
      decision: z.enum(['reviewed', 'approved', 'rejected']),
      amountMinor: minor,
      settles: z.boolean(),
      note: z.string().nullable(),
      decidedAt: instant,
    }),
  ),
  version: z.int(),
})
export type Appropriation = z.output<typeof appropriation>

export const listAppropriations = endpoint({
  method: 'GET',
  path: '/appropriations',
  summary: 'Money that was asked for: approved, ordered, spent, in service; those over what was approved first',
  audience: 'provider',
  query: z.object({ customer: z.string().max(200).optional().describe('Id or name') }),
  reply: z.object({ word: z.string(), items: z.array(appropriation) }),
})

export const getAppropriation = endpoint({
  method: 'GET',
  path: '/appropriations/:id',
  summary: 'Money that was asked for, with its business case, who decided, and what became of it',
  audience: 'provider',
  params: byId,
  reply: appropriation,
})

export const addAppropriation = endpoint({
  method: 'POST',
  path: '/appropriations',
  summary: 'Asks for money with a business case',
  audience: 'provider',
  body: z.object({ ...asked, customer: z.string().max(200).nullable().default(null).describe('Id or name') }),
  reply: appropriation,
  status: 201,
})
export type NewAppropriation = z.output<typeof addAppropriation.body>

export const writeAppropriation = endpoint({
  method: 'PUT',
  path: '/appropriations/:id',
  summary: 'Says anew what is asked for: a draft, or a supplement',
  audience: 'provider',
  params: byId,
  body: z.object(asked),
  reply: appropriation,
  match: true,
})
export type AskedAnew = z.output<typeof writeAppropriation.body>

export const moveAppropriation = endpoint({
  method: 'POST',
  path: '/appropriations/:id/transitions',
  summary: 'Goes on to another state; what is approved or rejected is decided apart',
  audience: 'provider',
  params: byId,
  body: z.object({
    to: z.enum(appropriationStates),
    postReview: words(4000).nullable().default(null).describe('What came of it, when it is looked at afterwards'),
  }),
  reply: appropriation,
  match: true,
})

export const decideAppropriation = endpoint({
  method: 'POST',
  path: '/appropriations/:id/decisions',
  summary: 'Approves within one’s own limit, or rejects; nobody decides what they asked for themselves',
  audience: 'provider',
  params: byId,
  body: z.object({ decision: z.enum(['approved', 'rejected']), note: words(2000).nullable().default(null) }),
  reply: appropriation,
  match: true,
})

export const putInService = endpoint({
  method: 'POST',
  path: '/appropriations/:id/in-service',
  summary: 'It is used from a day on, and written off in a straight line from the month after',
  audience: 'provider',
  params: byId,
  body: z.object({ on: localDate, lifeMonths: z.int().min(1).max(600), residualMinor: minor.min(0).default(0) }),
  reply: appropriation,
  match: true,
})

const limit = z.object({ person: named, currency, upToMinor: minor })

export const listApprovalLimits = endpoint({
  method: 'GET',
  path: '/approval-limits',
  summary: 'Who approves up to how much',
  audience: 'provider',
  reply: z.object({ items: z.array(limit) }),
})

export const putApprovalLimit = endpoint({
  method: 'PUT',
  path: '/approval-limits/:person',
  summary: 'Says up to how much somebody approves; nobody says it of themselves',
  audience: 'provider',
  params: z.object({ person: z.uuid() }),
  body: z.object({ currency, upToMinor: minor.min(1) }),
  reply: limit,
})

const approvalSteps = z.object({
  currency,
  fromMinor: z
    .array(minor.min(0))
    .max(9)
    .describe('From which amount on each step is needed, rising; none: one is enough'),
})
export type ApprovalStepsView = z.output<typeof approvalSteps>

export const listApprovalSteps = endpoint({
  method: 'GET',
  path: '/approval-steps',
  summary: 'How many approvals money takes that is asked for, by amount',
  audience: 'provider',
  reply: z.object({ items: z.array(approvalSteps) }),
})

export const putApprovalSteps = endpoint({
  method: 'PUT',
  path: '/approval-steps/:currency',
  summary: 'Says from which amounts on how many approve, each another person, the last within their limit',
  audience: 'provider',
  params: z.object({ currency }),
  body: approvalSteps.pick({ fromMinor: true }),
  reply: approvalSteps,
})
export type NewApprovalSteps = z.output<typeof putApprovalSteps.body>

export const getBudgetWord = endpoint({
  method: 'GET',
  path: '/budget-word',
  summary: 'What money that is asked for is called here',
  audience: 'provider',
  reply: z.object({ appropriation: z.string() }),
})

export const putBudgetWord = endpoint({
  method: 'PUT',
  path: '/budget-word',
  summary: 'Says what money that is asked for is called here',
  audience: 'provider',
  body: z.object({ appropriation: words(40) }),
  reply: z.object({ appropriation: z.string() }),
})
