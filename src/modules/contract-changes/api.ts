import { z } from 'zod'
import { byId, endpoint, instant, localDate, month, named } from '#core/endpoint.ts'
import { addChargeLine } from '#api/contracts'
import { changeStates } from './lifecycle.ts'

export { barredFromCharges, barredFromTerms } from '#core/may.ts'
export { changeLifecycle, type ChangeState, changeStates } from './lifecycle.ts'

const minor = z.int().describe('In the smallest unit of the contract’s currency')
const chargeTerms = addChargeLine.body.shape.terms

const priceChange = z.object({
  line: z.uuid().nullable().describe('Null: a new line'),
  name: z.string().trim().min(1).max(200).describe('Of the line'),
  validFrom: month,
  terms: chargeTerms,
})
export type PriceChange = z.output<typeof priceChange>

const change = z.object({
  id: z.uuid(),
  contract: z.object({ id: z.uuid(), number: z.string(), title: z.string(), currency: z.string() }),
  customer: named,
  number: z.int().describe('Within its contract'),
  title: z.string(),
  origin: z.enum(['customer', 'provider', 'law', 'technology']),
  description: z.string(),
  state: z.enum(changeStates),
  scopeImpact: z.string().nullable(),
  levelImpact: z.string().nullable(),
  prices: z.array(priceChange),
  agreementId: z.uuid().nullable(),
  agreementVersionId: z.uuid().nullable().describe('The draft that is put in force when it is signed'),
  offerValidUntil: localDate.nullable(),
  signedOn: localDate.nullable(),
  effectiveFrom: localDate.nullable(),
  producedNumber: z.int().nullable().describe('The version of the contract that it produced'),
  margin: z
    .object({
      revenueMinor: minor,
      costMinor: minor,
      atRiskMinutes: z.int().describe('Worked before it was signed'),
      workedMinutes: z.int(),
    })
    .nullable()
    .describe('For those who answer for the margin alone'),
  createdAt: instant,
  version: z.int(),
})
export type Change = z.output<typeof change>

export const listChanges = endpoint({
  method: 'GET',
  path: '/contract-changes',
  summary: 'Changes of contracts, the newest first',
  audience: 'provider',
  query: z.object({ contract: z.uuid().optional(), customer: z.string().max(200).optional().describe('Id or name') }),
  reply: z.object({ items: z.array(change) }),
})

export const getChange = endpoint({
  method: 'GET',
  path: '/contract-changes/:id',
  summary: 'One change of a contract',
  audience: 'provider',
  params: byId,
  reply: change,
})

const written = z.object({
  title: z.string().trim().min(1).max(200),
  origin: z.enum(['customer', 'provider', 'law', 'technology']),
  description: z.string().trim().min(1).max(4000),
  scopeImpact: z.string().trim().min(1).max(2000).nullable().default(null),
  levelImpact: z.string().trim().min(1).max(2000).nullable().default(null),
  prices: z.array(priceChange).max(100).default([]),
  agreement: z
    .object({ id: z.uuid(), versionId: z.uuid() })
    .nullable()
    .default(null)
    .describe('The draft of an agreement that is put in force when it is signed'),
  offerValidUntil: localDate.nullable().default(null),
  revenueMinor: minor.default(0).describe('By how much the contract brings more, over its term'),
  costMinor: minor.default(0),
})
export type NewChange = z.output<typeof written>

export const addChange = endpoint({
  method: 'POST',
  path: '/contracts/:id/changes',
  summary: 'Writes down a change that somebody asks for',
  audience: 'provider',
  params: byId,
  body: written,
  reply: change,
  status: 201,
})

export const putChange = endpoint({
  method: 'PUT',
  path: '/contract-changes/:id',
  summary: 'Says anew what it does, until it is approved',
  audience: 'provider',
  params: byId,
  body: written,
  reply: change,
  match: true,
})

export const moveChange = endpoint({
  method: 'POST',
  path: '/contract-changes/:id/transitions',
  summary: 'Moves it on; to sign it is a step of its own',
  audience: 'provider',
  params: byId,
  body: z.object({ to: z.enum(changeStates) }),
  reply: change,
  match: true,
})

export const signChange = endpoint({
  method: 'POST',
  path: '/contract-changes/:id/signature',
  summary:
    'Signs it: the contract gets its new version, lines their prices, the agreement what was drafted; all or none',
  audience: 'provider',
  params: byId,
  body: z.object({ signedOn: localDate, effectiveFrom: localDate }),
  reply: change,
  match: true,
})

export const addChangeWork = endpoint({
  method: 'POST',
  path: '/contract-changes/:id/work',
  summary: 'Books minutes that a team worked for it; before it is signed they are at our own risk',
  audience: 'provider',
  params: byId,
  body: z.object({ day: localDate, minutes: z.int().min(1).max(100_000), note: z.string().trim().min(1).max(400) }),
  reply: change,
})

export const listChangeWork = endpoint({
  method: 'GET',
  path: '/contract-changes/:id/work',
  summary: 'What teams worked for a change, the latest first, and what of it was before anybody signed',
  audience: 'provider',
  params: byId,
  reply: z.object({
    items: z.array(z.object({ id: z.uuid(), day: localDate, minutes: z.int(), note: z.string(), atRisk: z.boolean() })),
  }),
})
export type ChangeWork = z.output<typeof listChangeWork.reply>['items'][number]

export const readChangeDifference = endpoint({
  method: 'GET',
  path: '/contract-changes/:id/difference',
  summary:
    'What months that were agreed already would cost by the prices of a change that reaches back: to be trued up',
  audience: 'provider',
  params: byId,
  reply: z.object({
    currency: z.string(),
    totalMinor: minor,
    items: z.array(
      z.object({
        month,
        name: z.string().describe('Of the line'),
        chargedMinor: minor.describe('As it was agreed; zero of a line that is new'),
        changedMinor: minor.describe('By the price of the change, for the same quantity'),
      }),
    ),
  }),
})
export type ChangeDifference = z.output<typeof readChangeDifference.reply>
