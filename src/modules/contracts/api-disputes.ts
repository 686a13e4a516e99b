import { z } from 'zod'
import { byId, endpoint, instant, localDate, month } from '#core/endpoint.ts'

export const disputeOutcomes = ['upheld', 'partly', 'rejected', 'withdrawn'] as const
export type DisputeOutcome = (typeof disputeOutcomes)[number]

const words = (most: number) => z.string().trim().min(1).max(most)

/** What is said against a charge or a credit; also for the credits' own endpoint. */
export const contradiction = z.object({
  position: words(2000),
  clause: words(60).nullable().default(null).describe('Of the contract'),
  evidence: words(2000).nullable().default(null),
  amountMinor: z
    .int()
    .min(0)
    .optional()
    .describe('At stake, in the smallest unit of the contract’s currency; all of it unless given'),
  answerBy: localDate.optional().describe('The last day to answer; in thirty days unless given'),
})
export type Contradiction = z.output<typeof contradiction>

const dispute = z.object({
  id: z.uuid(),
  subject: z.enum(['charge', 'credit']),
  chargeId: z.uuid().nullable().describe('Null when what was charged was reckoned anew since'),
  creditId: z.uuid().nullable(),
  month,
  name: z.string().nullable().describe('Of the line that was charged'),
  position: z.string(),
  clause: z.string().nullable(),
  evidence: z.string().nullable(),
  currency: z.string(),
  amountMinor: z.int(),
  answerBy: localDate,
  late: z.boolean().describe('Its last day to answer is over, and nobody did'),
  byCustomer: z.boolean().describe('Said by the customer’s people; else written down by ours'),
  raisedAt: instant,
  outcome: z.enum(disputeOutcomes).nullable(),
  answer: z.string().nullable(),
  answeredAt: instant.nullable(),
})
export type Dispute = z.output<typeof dispute>

export const listDisputes = endpoint({
  method: 'GET',
  path: '/contracts/:id/disputes',
  summary: 'What was contradicted of a contract’s charges and credits, what is open first, and what became of it',
  audience: 'signed-in',
  params: byId,
  reply: z.object({ items: z.array(dispute) }),
})

export const answerDispute = endpoint({
  method: 'POST',
  path: '/disputes/:id/answers',
  summary: 'Says what becomes of it; until then what it is about goes no further',
  audience: 'provider',
  params: byId,
  body: z.object({ outcome: z.enum(disputeOutcomes), answer: words(2000) }),
  reply: dispute,
})
export type Answer = z.output<typeof answerDispute.body>
