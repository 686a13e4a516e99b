import { z } from 'zod'
import { byId, endpoint, instant, localDate, month, page, pageOf } from '#core/endpoint.ts'
import { clockMetrics, priorities } from '#api/service-levels'
import { claimStates } from './lifecycle.ts'

const minor = z.int().describe('In the smallest unit of the contract’s currency')
const metric = z.enum(clockMetrics)

const claim = z.object({
  id: z.uuid().nullable().describe('Null: nobody has claimed it yet'),
  credit: z.uuid(),
  level: z.string(),
  name: z.string().describe('Of the level'),
  month,
  creditMinor: minor.describe('What the level cost of the credit'),
  missed: z.int().describe('Cases of ours that were missed'),
  missedWith: z.int().describe('Those of them in which its promise was missed, too'),
  amountMinor: minor.describe('Its share of the misses of what the level cost, times what was agreed'),
  state: z.enum(['open', ...claimStates]),
  recoveredMinor: minor.nullable(),
  claimedOn: localDate.nullable(),
  settledOn: localDate.nullable(),
  note: z.string().nullable(),
  version: z.int(),
})
export type SupplierClaim = z.output<typeof claim>

export const listSupplierClaims = endpoint({
  method: 'GET',
  path: '/supplier-contracts/:id/claims',
  summary: 'What a supplier caused of our credits by the clocks, and what of it can be or was claimed back',
  audience: 'provider',
  params: byId,
  reply: z.object({ items: z.array(claim) }),
})

const claimCase = z.object({
  incidentId: z.uuid().nullable().describe('Null of one that only few may know of'),
  number: z.string().nullable(),
  title: z.string().nullable(),
  priority: z.enum(priorities),
  metric,
  overBySeconds: z.int().describe('By how much our own promise was missed'),
  stoppedAt: instant.nullable(),
  theirs: z
    .enum(['breached-stopped', 'breached-running', 'met', 'running', 'paused', 'cancelled', 'not-started'])
    .nullable()
    .describe('Of the promise of the supplier in the same ticket; null where it had none'),
})
export type SupplierClaimCase = z.output<typeof claimCase>

export const listSupplierClaimCases = endpoint({
  method: 'GET',
  path: '/supplier-contracts/:id/claims/cases',
  summary:
    'The missed cases behind a level of a credit, those first in which the promise of the supplier was missed too',
  audience: 'provider',
  params: byId,
  query: z.object({ ...page, credit: z.uuid(), level: z.string().min(1).max(60) }),
  reply: pageOf(claimCase),
})
export type ClaimCasesQuery = z.output<typeof listSupplierClaimCases.query>

export const claimFromSupplier = endpoint({
  method: 'POST',
  path: '/supplier-contracts/:id/claims',
  summary: 'Claims back what a supplier caused of one level of a credit; it stays as it was reckoned',
  audience: 'provider',
  params: byId,
  body: z.object({ credit: z.uuid(), level: z.string().min(1).max(60) }),
  reply: claim,
  status: 201,
})

export const settleSupplierClaim = endpoint({
  method: 'POST',
  path: '/supplier-claims/:id/transitions',
  summary: 'Says what became of a claim; what comes back lowers what the contract costs',
  audience: 'provider',
  params: byId,
  body: z.object({
    to: z.enum(['recovered', 'refused']),
    amountMinor: minor.min(1).nullable().default(null).describe('What comes back; all of it unless given'),
    note: z.string().trim().min(1).max(1000).nullable().default(null),
  }),
  reply: claim,
  match: true,
})
export type ClaimStep = z.output<typeof settleSupplierClaim.body>

const promise = z.object({
  number: z.string().nullable().describe('Null of one that only few may know of'),
  priority: z.enum(priorities),
  service: z.string().nullable(),
  metric,
  state: z.enum(['running', 'paused', 'met', 'breached-running', 'breached-stopped']),
  startedAt: instant.nullable(),
  dueAt: instant.nullable(),
  stoppedAt: instant.nullable(),
})
export type SupplierPromise = z.output<typeof promise>

export const listSupplierPromises = endpoint({
  method: 'GET',
  path: '/supplier-contracts/:id/promises',
  summary: 'The promises of a supplier that were over in a month, ticket by ticket, as its clocks say',
  audience: 'provider',
  params: byId,
  query: z.object({ month }),
  reply: z.object({
    items: z.array(
      promise.extend({ title: z.string().nullable(), ours: z.string().nullable().describe('Our own clock') }),
    ),
  }),
})

export const ownPromise = promise
export const ownClaim = z.object({
  month,
  missedWith: z.int(),
  amountMinor: minor,
  state: z.enum(claimStates),
  recoveredMinor: minor.nullable(),
  claimedOn: localDate,
})
