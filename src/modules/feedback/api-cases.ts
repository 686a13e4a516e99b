import { z } from 'zod'
import { byId, endpoint, instant, named, page, pageOf } from '#core/endpoint.ts'
import { caseKinds, caseStates } from './survey.ts'

const customerName = z.string().max(200).describe('Id or name')

export const feedbackCase = z.object({
  id: z.uuid(),
  customer: named,
  kind: z.enum(caseKinds),
  text: z.string(),
  state: z.enum(caseStates),
  site: named.nullable(),
  service: named.nullable(),
  incident: z.object({ id: z.uuid(), number: z.string(), title: z.string() }).nullable(),
  person: named.nullable(),
  owner: named.nullable().describe('Null for a customer’s eyes'),
  receivedAt: instant,
  acknowledgeDue: instant.nullable(),
  answerDue: instant.nullable(),
  acknowledgedAt: instant.nullable(),
  answeredAt: instant.nullable(),
  closedAt: instant.nullable(),
  findings: z.string().nullable().describe('For the provider’s people alone'),
  answer: z.string().nullable(),
  version: z.int(),
})
export type FeedbackCase = z.output<typeof feedbackCase>

export const listFeedbackCases = endpoint({
  method: 'GET',
  path: '/feedback/cases',
  summary: 'Compliments and complaints, the newest first',
  audience: 'signed-in',
  query: z.object({
    ...page,
    customer: customerName.optional(),
    kind: z.enum(caseKinds).optional(),
    state: z.enum(['open', 'over']).optional(),
  }),
  reply: pageOf(feedbackCase),
})
export type CasesQuery = z.output<typeof listFeedbackCases.query>

export const getFeedbackCase = endpoint({
  method: 'GET',
  path: '/feedback/cases/:id',
  summary: 'One compliment or complaint',
  audience: 'signed-in',
  params: byId,
  reply: feedbackCase,
})

export const addFeedbackCase = endpoint({
  method: 'POST',
  path: '/feedback/cases',
  summary: 'Praises or complains about the service; a complaint is acknowledged within 2 and answered within 10 days',
  audience: 'signed-in',
  body: z.object({
    customer: customerName.optional().describe('Needed by whoever sees several'),
    kind: z.enum(caseKinds),
    text: z.string().trim().min(1).max(10_000),
    site: z.string().max(200).optional(),
    service: z.string().max(200).optional(),
    incident: z.string().max(200).optional(),
    person: z.uuid().optional().describe('Who said it, where somebody else writes it down'),
  }),
  reply: feedbackCase,
  status: 201,
  ownTransaction: true,
})
export type NewFeedbackCase = z.output<typeof addFeedbackCase.body>

export const moveFeedbackCase = endpoint({
  method: 'POST',
  path: '/feedback/cases/:id/transitions',
  summary: 'Moves it on; an answer needs what is answered',
  audience: 'provider',
  params: byId,
  body: z.object({
    to: z.enum(caseStates),
    findings: z.string().trim().max(10_000).optional(),
    answer: z.string().trim().min(1).max(10_000).optional(),
    owner: z.uuid().optional(),
  }),
  reply: feedbackCase,
})
export type CaseMove = z.output<typeof moveFeedbackCase.body>
