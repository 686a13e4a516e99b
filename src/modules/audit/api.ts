import { z } from 'zod'
import { endpoint, instant, named, page, pageOf } from '#core/endpoint.ts'
import { type FaultKind, faultKinds } from './fault.ts'

export type { FaultKind }

const entry = z.object({
  id: z.uuid(),
  number: z.int().nullable().describe('Its place in the chain; null until it has one, seconds later'),
  at: instant,
  actor: named.nullable().describe('Null: the program itself, or nobody known'),
  action: z.string(),
  subjectType: z.string().nullable(),
  subjectId: z.uuid().nullable(),
  customer: named.nullable(),
  requestId: z.string().nullable(),
  facts: z.record(z.string(), z.unknown()).nullable().describe('What exactly; null for administrators'),
  hash: z.string().nullable().describe('SHA-256 of the link, hexadecimal'),
})
export type AuditEntry = z.output<typeof entry>

const filter = {
  action: z.string().trim().max(100).optional().describe('Of these words, such as `role` or `sign-in.failed`'),
  actor: z.uuid().optional().describe('A person'),
  subject: z.uuid().optional().describe('What it was done to'),
  from: instant.optional(),
  to: instant.optional().describe('Exclusive'),
}

export const listAudit = endpoint({
  method: 'GET',
  path: '/audit',
  summary: 'Who did what to what, the latest first; for auditors, and without contents for administrators',
  audience: 'provider',
  query: z.object({ ...page, ...filter }),
  reply: pageOf(entry),
  ownTransaction: true,
})
export type AuditFilter = z.output<typeof listAudit.query>

export const exportAudit = endpoint({
  method: 'GET',
  path: '/audit/export',
  summary: 'The same as CSV, the oldest first, with what the chain is counted from',
  audience: 'provider',
  query: z.object(filter),
  reply: z.any(),
  bytes: 'reply',
  ownTransaction: true,
})
export type AuditExport = z.output<typeof exportAudit.query>

const head = z.object({ number: z.int(), hash: z.string(), at: instant })

const check = z.object({
  beganAt: instant,
  endedAt: instant.nullable().describe('Null while it goes on'),
  through: z.int().describe('The last link that was compared'),
  entries: z.int().describe('So many are what was linked'),
  faultCount: z.int(),
  faults: z
    .array(
      z.object({
        kind: z.enum(faultKinds),
        number: z.int().nullable(),
        entry: z.uuid().nullable(),
        at: instant.nullable(),
      }),
    )
    .describe('The first of them'),
})
export type AuditCheck = z.output<typeof check>

const chain = z.object({
  head: head.nullable().describe('Keep it elsewhere: by it is shown later that nothing before was rewritten'),
  waiting: z.int().describe('Entries that are not linked yet'),
  check: check.nullable().describe('The latest'),
})
export type AuditChain = z.output<typeof chain>

export const readAuditChain = endpoint({
  method: 'GET',
  path: '/audit/chain',
  summary: 'How the chain of the audit stands, and what its latest check found',
  audience: 'provider',
  reply: chain,
  ownTransaction: true,
})

export const checkAuditChain = endpoint({
  method: 'POST',
  path: '/audit/chain/checks',
  summary: 'Compares the whole chain with the audit, in the background',
  audience: 'provider',
  reply: chain,
  status: 202,
  ownTransaction: true,
})
