import { z } from 'zod'
import { contractDayKinds } from '#core/contract-day-kinds.ts'
import { endpoint, localDate, month, named } from '#core/endpoint.ts'
import { dueStates } from './lifecycle.ts'

export const contractDay = z.object({
  contract: z
    .object({ id: z.uuid(), number: z.string(), title: z.string() })
    .nullable()
    .describe('Ours with the customer; null: a supplier’s that is for none of them'),
  customer: named,
  kind: z.enum(contractDayKinds),
  on: localDate.describe('The last day on which it can be done'),
  name: z.string().nullable().describe('Of an option, an obligation, a level, a change, a supplier or a pool'),
  month: month.nullable().describe('Of a credit, or of a call-off'),
  party: z.enum(['provider', 'customer']).nullable(),
  state: z.enum(dueStates).nullable().describe('Of an obligation'),
  leads: z
    .object({ to: z.enum(['contract', 'credit', 'renewal', 'contract-change', 'supplier']), id: z.uuid() })
    .describe('Where it is done'),
})
export type ContractDay = z.output<typeof contractDay>

const days = z.object({
  customer: z.string().max(200).optional().describe('Id or name'),
  contract: z.uuid().optional(),
  from: localDate.optional().describe('Thirty days ago unless given'),
  to: localDate.optional().describe('A year from now unless given; exclusive'),
})
export type DaysQuery = z.output<typeof days>

export const listContractDays = endpoint({
  method: 'GET',
  path: '/contract-days',
  summary:
    'The last days on which something can be done, the earliest first: notices, options, renewals, offers, claims, what is owed and what suppliers are told',
  audience: 'signed-in',
  query: days,
  reply: z.object({ items: z.array(contractDay) }),
})

export const downloadContractDays = endpoint({
  method: 'GET',
  path: '/contract-days.ics',
  summary: 'The same for a calendar program',
  audience: 'signed-in',
  query: days,
  reply: z.unknown(),
  bytes: 'reply',
})
