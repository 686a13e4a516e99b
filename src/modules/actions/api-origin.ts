import { z } from 'zod'

/** What an action, a decision or an improvement can be made from. */
export const originKinds = [
  'incident',
  'major-incident',
  'escalation',
  'feedback-case',
  'request',
  'review',
  'kpi',
  'action',
  'decision',
  'improvement',
  'forum-run',
  'stakeholder',
  'friction-point',
  'service-credit',
  'contract-change',
  'contract',
  'renewal',
  'opportunity',
] as const
export type OriginKind = (typeof originKinds)[number]

/** What somebody says that it comes from. */
export const originGiven = z.object({
  kind: z.enum(originKinds),
  id: z.uuid().optional().describe('Of a record'),
  key: z
    .string()
    .regex(/^[\w-]{1,60}$/)
    .optional()
    .describe('Of a key figure, as K05'),
  part: z
    .string()
    .trim()
    .regex(/^[\w-]{1,60}$/)
    .optional()
    .describe('What of it: a month, a section of a review'),
})
export type OriginGiven = z.output<typeof originGiven>

export const origin = z.object({
  kind: z.enum(originKinds),
  id: z.uuid().nullable(),
  key: z.string().nullable(),
  part: z.string().nullable(),
  label: z.string().describe('How it was called then'),
})
export type Origin = z.output<typeof origin>

/** By which a list is narrowed to what was made from one thing. */
export const originRef = z
  .string()
  .regex(/^[a-z-]{1,40}:[\w-]{1,60}$/)
  .describe('What they were made from: kind and id or key, as escalation:ID or kpi:K05')
