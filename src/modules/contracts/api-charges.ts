import { z } from 'zod'
import { byId, endpoint, instant, localDate, month, named } from '#core/endpoint.ts'
import { chargeKinds } from '#core/charge.ts'
import { contradiction } from './api-disputes.ts'
import { chargeStates } from './lifecycle.ts'

const minor = z.int().describe('In the smallest unit of the contract’s currency')
const share = z.int().min(0).max(100_000).describe('Basis points')

const chargeTerms = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('fixed'), amountMinor: minor }),
  z.object({ kind: z.literal('unit'), unitMinor: minor }),
  z.object({
    kind: z.literal('tiered'),
    mode: z.enum(['graduated', 'slab']),
    tiers: z
      .array(z.object({ upTo: z.int().min(1).nullable(), unitMinor: minor }))
      .min(1)
      .max(50),
  }),
  z.object({
    kind: z.literal('baseline'),
    baseline: z.int().min(0),
    deadBandBp: share,
    additionalMinor: minor,
    reducedMinor: minor,
    method: z.enum(['outside-band', 'from-baseline']),
    renegotiateBp: share.nullable(),
  }),
  z.object({ kind: z.literal('time'), hourMinor: minor }),
  z.object({ kind: z.literal('milestone'), amountMinor: minor }),
  z.object({ kind: z.literal('pass-through'), markUpBp: share }),
  z.object({ kind: z.literal('one-off'), amountMinor: minor }),
  z.object({ kind: z.literal('true-up') }),
])

const price = z.object({
  id: z.uuid(),
  validFrom: localDate,
  validTo: localDate.nullable(),
  terms: chargeTerms,
  reason: z.string().nullable(),
})

const chargeLine = z.object({
  id: z.uuid(),
  name: z.string(),
  kind: z.enum(chargeKinds),
  unit: z.string().nullable(),
  service: named.nullable(),
  prices: z.array(price).describe('The latest first'),
  dearerBefore: z
    .object({ quantity: z.int(), amountMinor: minor, nextMinor: minor })
    .nullable()
    .describe('Of slabs: one unit more costs less in all'),
  endedOn: localDate.nullable(),
  version: z.int(),
})
export type ChargeLine = z.output<typeof chargeLine>

export const listChargeLines = endpoint({
  method: 'GET',
  path: '/contracts/:id/charge-lines',
  summary: 'The lines of what is charged, with their prices',
  audience: 'provider',
  params: byId,
  reply: z.object({ items: z.array(chargeLine) }),
})

export const addChargeLine = endpoint({
  method: 'POST',
  path: '/contracts/:id/charge-lines',
  summary: 'Adds a line with its first price',
  audience: 'provider',
  params: byId,
  body: z.object({
    name: z.string().trim().min(1).max(200),
    unit: z.string().trim().min(1).max(60).nullable().default(null),
    service: z.string().max(200).nullable().default(null).describe('Id or name'),
    validFrom: month,
    terms: chargeTerms,
  }),
  reply: chargeLine,
  status: 201,
})
export type NewChargeLine = z.output<typeof addChargeLine.body>

export const addChargePrice = endpoint({
  method: 'POST',
  path: '/charge-lines/:id/prices',
  summary: 'A new price from a month on; the one before ends there',
  audience: 'provider',
  params: byId,
  body: z.object({ validFrom: month, terms: chargeTerms, reason: z.string().trim().min(1).max(500) }),
  reply: chargeLine,
  match: true,
})
export type NewPrice = z.output<typeof addChargePrice.body>

export const addVolumeReading = endpoint({
  method: 'POST',
  path: '/charge-lines/:id/readings',
  summary: 'Keeps what was counted for a month; an earlier count of it stays as evidence',
  audience: 'provider',
  params: byId,
  body: z.object({
    month,
    quantity: z
      .int()
      .min(0)
      .max(1_000_000_000_000)
      .describe('Units; of time minutes; of what is passed through the amount'),
    countedAt: instant,
    source: z.string().trim().min(1).max(500),
  }),
  reply: z.object({ id: z.uuid() }),
  status: 201,
})
export type NewReading = z.output<typeof addVolumeReading.body>

const charge = z.object({
  id: z.uuid(),
  month,
  name: z.string(),
  about: z.string().nullable().describe('Of a credit that comes back: for which level'),
  kind: z.string().describe('Of its line; `credit`: taken off for missed targets'),
  state: z.enum(chargeStates),
  quantity: z.int().nullable(),
  unit: z.string().nullable().describe('Null for a customer’s eyes'),
  amountMinor: minor,
  parts: z.array(z.object({ says: z.string(), quantity: z.int(), unitMinor: minor, amountMinor: minor })),
  renegotiate: z.boolean(),
  reading: z
    .object({ countedAt: instant, source: z.string() })
    .nullable()
    .describe('What the quantity is from; null for a customer’s eyes'),
  dispute: z.string().nullable(),
  version: z.int(),
})
export type Charge = z.output<typeof charge>

const monthCharges = z.object({
  month,
  currency: z.string(),
  state: z.enum(chargeStates).describe('Of what is least far'),
  totalMinor: minor,
  items: z.array(charge),
  missing: z.array(named).describe('Lines of which nothing was counted yet; none for a customer’s eyes'),
})
export type MonthCharges = z.output<typeof monthCharges>

export const listCharges = endpoint({
  method: 'GET',
  path: '/contracts/:id/charges',
  summary: 'What months cost, the latest first; a customer sees them once they were reviewed',
  audience: 'signed-in',
  params: byId,
  query: z.object({ month: month.optional() }),
  reply: z.object({ months: z.array(monthCharges) }),
})

export const draftCharges = endpoint({
  method: 'POST',
  path: '/contracts/:id/charges',
  summary: 'Reckons a month from its prices and readings, as a draft; one that went on stays as it is',
  audience: 'provider',
  params: byId,
  body: z.object({ month }),
  reply: monthCharges,
})

export const moveCharges = endpoint({
  method: 'POST',
  path: '/contracts/:id/charges/transitions',
  summary: 'Moves the charges of a month on, all together',
  audience: 'provider',
  params: byId,
  body: z.object({ month, to: z.enum(chargeStates) }),
  reply: monthCharges,
})

export const disputeCharge = endpoint({
  method: 'POST',
  path: '/charges/:id/disputes',
  summary: 'Contradicts a charge that was reviewed; for the customer and for whoever writes down what they say',
  audience: 'signed-in',
  params: byId,
  body: contradiction,
  reply: charge,
  ownTransaction: true,
})
