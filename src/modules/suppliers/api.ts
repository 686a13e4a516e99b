import { z } from 'zod'
import { byId, endpoint, localDate, month, named } from '#core/endpoint.ts'
import { ownClaim, ownPromise } from './api-claims.ts'
import { orderStates, supplierStates } from './lifecycle.ts'

export { barredFromContracting, barredFromEverybodysMoney } from '#core/may.ts'
export { type OrderState, orderLifecycle, stepsOfSupplier, supplierLifecycle, type SupplierState } from './lifecycle.ts'

export {
  claimFromSupplier,
  type ClaimStep,
  listSupplierClaims,
  listSupplierClaimCases,
  listSupplierPromises,
  settleSupplierClaim,
  type SupplierClaim,
  type ClaimCasesQuery,
  type SupplierClaimCase,
  type SupplierPromise,
} from './api-claims.ts'

export const tiers = ['routine', 'important', 'critical'] as const
export const poolUnits = ['shift', 'hour', 'ticket', 'visit'] as const
export const invoiceCategories = ['pool', 'supplier', 'pass-through'] as const

const minor = z.int().describe('In the smallest unit of the contract’s currency')
const words = (most: number) => z.string().trim().min(1).max(most)
const ratio = z.object({ numerator: z.int(), denominator: z.int() })

const content = {
  name: words(200),
  tier: z.enum(tiers).describe('How much would be lost with it'),
  contact: words(400).nullable().default(null).describe('An office or a desk'),
  certifications: words(1000).nullable().default(null),
  exitPlan: words(4000).nullable().default(null),
  exitPlanTriedOn: localDate.nullable().default(null),
}

const line = z.object({
  id: z.uuid(),
  name: z.string(),
  state: z.enum(supplierStates),
  tier: z.enum(tiers),
  contracts: z.int(),
  spend: z
    .array(z.object({ currency: z.string(), amountMinor: minor }))
    .describe('Invoiced in the last twelve months, by currency'),
  kept: ratio.nullable().describe('Of its promises of the last twelve months; null: nothing was measured'),
  shortUnits: z.int().describe('Called off and not accepted in the last twelve months'),
  endsOn: localDate.nullable().describe('When the first of its contracts ends'),
})
export type SupplierLine = z.output<typeof line>

export const listSuppliers = endpoint({
  method: 'GET',
  path: '/suppliers',
  summary: 'Suppliers with what they cost, kept and did not deliver in twelve months; those with most at stake first',
  audience: 'provider',
  query: z.object({ customer: z.string().max(200).optional().describe('Id or name') }),
  reply: z.object({ items: z.array(line) }),
})

const order = z.object({
  id: z.uuid(),
  number: z.int(),
  month,
  slots: z.string().nullable(),
  quantity: z.int(),
  state: z.enum(orderStates),
  delivered: z.int().nullable(),
  accepted: z.int().nullable(),
  orderedOn: localDate,
  version: z.int(),
})
export type CapacityOrder = z.output<typeof order>

const use = z.object({
  month,
  committed: z.int(),
  ordered: z.int(),
  delivered: z.int(),
  accepted: z.int(),
  short: z.int(),
  used: ratio.describe('Called off, of what was committed'),
  filled: ratio.nullable().describe('Accepted, of what was called off and looked at'),
})
export type PoolUseView = z.output<typeof use>

const poolContent = {
  name: words(200),
  skill: words(120),
  level: words(60).nullable().default(null),
  language: words(60).nullable().default(null),
  place: words(200).nullable().default(null),
  unit: z.enum(poolUnits),
  committed: z.int().min(1).max(100_000).describe('Units a month'),
  flexBp: z.int().min(0).max(10_000).describe('How much more may be called off, in basis points of it'),
  leadDays: z.int().min(0).max(365).describe('So many days before its month a call-off is written'),
}

const rate = z.object({ validFrom: month, unitMinor: minor.min(0) })
const pool = z.object({
  id: z.uuid(),
  ...poolContent,
  rates: z.array(rate).describe('The latest first'),
  orders: z.array(order).describe('Of the last twelve months and those to come, the latest first'),
  use: z.array(use).describe('Months in which something was called off, the latest first'),
})
export type PoolView = z.output<typeof pool>

const contractContent = {
  number: words(60),
  title: words(200),
  currency: z.string().regex(/^[A-Z]{3}$/),
  startsOn: localDate,
  endsOn: localDate.nullable().default(null).describe('The first day on which it no longer holds'),
  noticeDays: z.int().min(0).max(3650),
  recoveryBp: z.int().min(0).max(10_000).default(0).describe('Of a credit that it caused, what can be claimed back'),
}

const supplierContract = z.object({
  id: z.uuid(),
  ...contractContent,
  customer: named,
  noticeOn: localDate.nullable().describe('The last day on which notice is in time'),
  agreement: named.nullable().describe('What it promises, behind ours'),
  contract: named.nullable().describe('Our contract with the customer that it costs'),
  service: named.nullable(),
  kept: z
    .array(z.object({ month, met: z.int(), missed: z.int() }))
    .describe('Its promises by the clocks, the latest month first'),
  costs: z.array(z.object({ month, amountMinor: minor })).describe('Invoiced, the latest month first'),
  missedWith: z.int().describe('Of our missed targets in twelve months, those in which its promise was missed as well'),
  pools: z.array(pool),
})
export type SupplierContract = z.output<typeof supplierContract>

const supplier = z.object({
  id: z.uuid(),
  ...content,
  state: z.enum(supplierStates),
  people: z.array(named).describe('Who signs in for it'),
  contracts: z.array(supplierContract),
  version: z.int(),
})
export type Supplier = z.output<typeof supplier>

export const getSupplier = endpoint({
  method: 'GET',
  path: '/suppliers/:id',
  summary: 'A supplier with its contracts, what it promised and kept, its pools and what it cost',
  audience: 'provider',
  params: byId,
  reply: supplier,
})

export const addSupplier = endpoint({
  method: 'POST',
  path: '/suppliers',
  summary: 'Writes down a supplier',
  audience: 'provider',
  body: z.object(content),
  reply: supplier,
  status: 201,
})
export type NewSupplier = z.output<typeof addSupplier.body>

export const writeSupplier = endpoint({
  method: 'PUT',
  path: '/suppliers/:id',
  summary: 'Writes down anew what a supplier is',
  audience: 'provider',
  params: byId,
  body: z.object(content),
  reply: supplier,
  match: true,
})

export const moveSupplier = endpoint({
  method: 'POST',
  path: '/suppliers/:id/transitions',
  summary: 'A supplier goes on to another state',
  audience: 'provider',
  params: byId,
  body: z.object({ to: z.enum(supplierStates) }),
  reply: supplier,
  match: true,
})

export const addSupplierPerson = endpoint({
  method: 'POST',
  path: '/suppliers/:id/people',
  summary: 'Somebody who coordinates there signs in for a supplier; the role for it is given apart',
  audience: 'provider',
  params: byId,
  body: z.object({ person: z.uuid() }),
  reply: supplier,
  status: 201,
})

export const addSupplierContract = endpoint({
  method: 'POST',
  path: '/suppliers/:id/contracts',
  summary: 'Writes down what was agreed with a supplier for one customer',
  audience: 'provider',
  params: byId,
  body: z.object({
    ...contractContent,
    customer: z.string().max(200).describe('Id or name'),
    agreement: z.uuid().nullable().default(null).describe('An agreement behind ours'),
    contract: z.uuid().nullable().default(null).describe('Our contract with the customer that it costs'),
    service: z.string().max(200).nullable().default(null).describe('Id or name'),
  }),
  reply: supplier,
  status: 201,
})
export type NewSupplierContract = z.output<typeof addSupplierContract.body>

export const addPool = endpoint({
  method: 'POST',
  path: '/supplier-contracts/:id/pools',
  summary: 'Agrees capacity without names: a role, so many units a month, and the price of one',
  audience: 'provider',
  params: byId,
  body: z.object({ ...poolContent, rate }),
  reply: supplier,
  status: 201,
})
export type NewPool = z.output<typeof addPool.body>

export const addPoolRate = endpoint({
  method: 'POST',
  path: '/pools/:id/rates',
  summary: 'Says what a unit of a pool costs from a month on',
  audience: 'provider',
  params: byId,
  body: rate,
  reply: supplier,
  status: 201,
})

export const callOff = endpoint({
  method: 'POST',
  path: '/pools/:id/orders',
  summary: 'Calls off units of a pool for a month; never a person',
  audience: 'provider',
  params: byId,
  body: z.object({
    month,
    quantity: z.int().min(1).max(100_000),
    slots: words(1000).nullable().default(null).describe('Days and hours, in words'),
  }),
  reply: order,
  status: 201,
})
export type NewOrder = z.output<typeof callOff.body>

const orderStep = z.object({
  to: z.enum(orderStates),
  quantity: z.int().min(0).nullable().default(null).describe('Delivered, or accepted, of what was called off'),
})
export type OrderStep = z.output<typeof orderStep>

export const moveOrder = endpoint({
  method: 'POST',
  path: '/capacity-orders/:id/transitions',
  summary: 'A call-off goes on; what is accepted is expected as cost of its month',
  audience: 'provider',
  params: byId,
  body: orderStep,
  reply: order,
  match: true,
})

export const importSupplierInvoices = endpoint({
  method: 'POST',
  path: '/supplier-contracts/:id/invoice-imports',
  summary: 'Takes in invoices from CSV with the columns month, amount, reference, category, description; all or none',
  audience: 'provider',
  params: byId,
  body: z.object({
    text: z.string().min(1).max(8_000_000),
    decimal: z.enum(['comma', 'point']).nullable().default(null).describe('Asked where the file does not tell'),
  }),
  reply: z.object({ taken: z.int(), known: z.int().describe('There already, and the same') }),
})
export type NewInvoiceImport = z.output<typeof importSupplierInvoices.body>

const invoice = z.object({
  id: z.uuid(),
  month,
  reference: z.string(),
  category: z.enum(invoiceCategories),
  amountMinor: minor,
  description: z.string().nullable(),
})
export type SupplierInvoice = z.output<typeof invoice>

export const listSupplierInvoices = endpoint({
  method: 'GET',
  path: '/supplier-contracts/:id/invoices',
  summary: 'What was invoiced by a contract with a supplier, the latest month first',
  audience: 'provider',
  params: byId,
  query: z.object({ month: month.optional() }),
  reply: z.object({ items: z.array(invoice) }),
})

const ownPool = pool.omit({ use: true })
const own = z.object({
  id: z.uuid(),
  name: z.string(),
  state: z.enum(supplierStates),
  contracts: z.array(
    z.object({
      id: z.uuid(),
      number: z.string(),
      title: z.string(),
      currency: z.string(),
      startsOn: localDate,
      endsOn: localDate.nullable(),
      noticeDays: z.int(),
      pools: z.array(ownPool),
      invoices: z.array(invoice.omit({ category: true })),
      promises: z.array(ownPromise).describe('What runs, and what was over in a year, the latest first; 500 at most'),
      claims: z.array(ownClaim).describe('What is or was claimed back of it'),
    }),
  ),
})
export type OwnSupplier = z.output<typeof own>

export const listOwnSuppliers = endpoint({
  method: 'GET',
  path: '/own-suppliers',
  summary: 'For whoever coordinates at a supplier: its own contracts, prices and call-offs, and nothing of others',
  audience: 'signed-in',
  reply: z.object({ items: z.array(own) }),
})

export const moveOwnOrder = endpoint({
  method: 'POST',
  path: '/own-suppliers/orders/:id/transitions',
  summary: 'Whoever coordinates at a supplier confirms a call-off, or says what was delivered of it',
  audience: 'signed-in',
  params: byId,
  body: orderStep,
  reply: order,
  match: true,
  ownTransaction: true,
})
