import { z } from 'zod'
import { byId, endpoint, instant, localDate } from '#core/endpoint.ts'
import { dueOutcomes, dueStates } from './lifecycle.ts'

const due = z.object({
  dueOn: localDate,
  state: z.enum(dueStates),
  evidence: z.string().nullable(),
  settledAt: instant.nullable(),
  notice: z.string().nullable().describe('What the other side was told of its missing'),
  noticedAt: instant.nullable(),
})
export type Due = z.output<typeof due>

const obligation = z.object({
  id: z.uuid(),
  contractId: z.uuid(),
  text: z.string(),
  clause: z.string().nullable(),
  party: z.enum(['provider', 'customer']),
  rule: z.string().nullable().describe('Recurrence of RFC 5545; null: once'),
  firstOn: localDate,
  evidenceNeeded: z.boolean(),
  consequence: z.string().nullable(),
  endedOn: localDate.nullable(),
  dues: z.array(due).describe('From half a year ago to a year from now'),
  version: z.int(),
})
export type Obligation = z.output<typeof obligation>

export const listObligations = endpoint({
  method: 'GET',
  path: '/contracts/:id/obligations',
  summary: 'What both sides owe each other, with what became of it',
  audience: 'signed-in',
  params: byId,
  reply: z.object({ items: z.array(obligation) }),
})

export const addObligation = endpoint({
  method: 'POST',
  path: '/contracts/:id/obligations',
  summary: 'Adds an obligation of one side, once or by a rule',
  audience: 'provider',
  params: byId,
  body: z.object({
    text: z.string().trim().min(1).max(1000),
    clause: z.string().trim().min(1).max(60).nullable().default(null),
    party: z.enum(['provider', 'customer']),
    rule: z.string().trim().max(200).nullable().default(null),
    firstOn: localDate,
    evidenceNeeded: z.boolean().default(true),
    consequence: z.string().trim().min(1).max(1000).nullable().default(null),
  }),
  reply: obligation,
  status: 201,
})
export type NewObligation = z.output<typeof addObligation.body>

export const settleDue = endpoint({
  method: 'POST',
  path: '/obligations/:id/dues',
  summary: 'Says what became of an obligation on one of its days',
  audience: 'provider',
  params: byId,
  body: z.object({
    dueOn: localDate,
    outcome: z.enum(dueOutcomes),
    evidence: z.string().trim().min(1).max(2000).nullable().default(null),
  }),
  reply: obligation,
})
export type SettledDue = z.output<typeof settleDue.body>

export const noticeDue = endpoint({
  method: 'POST',
  path: '/obligations/:id/notices',
  summary: 'Keeps that the other side was told what is missing: without it nothing is excused later',
  audience: 'provider',
  params: byId,
  body: z.object({ dueOn: localDate, notice: z.string().trim().min(1).max(2000) }),
  reply: obligation,
})
export type NewNotice = z.output<typeof noticeDue.body>
