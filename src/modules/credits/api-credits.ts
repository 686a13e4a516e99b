import { z } from 'zod'
import { contradiction } from '#api/contracts'
import { byId, endpoint, instant, localDate, month, named } from '#core/endpoint.ts'
import { creditLevel, creditLine } from './api-regimes.ts'
import { creditStates } from './lifecycle.ts'

const minor = z.int().describe('In the smallest unit of the contract’s currency')

const listed = {
  id: z.uuid(),
  contract: z.object({ id: z.uuid(), number: z.string(), title: z.string() }),
  customer: named,
  month,
  state: z.enum(creditStates),
  currency: z.string(),
  basisMinor: minor,
  uncappedMinor: minor,
  amountMinor: minor,
  provisional: z.boolean().describe('It may still be earned back; always false for a customer’s eyes'),
  calculatedAt: instant,
  version: z.int(),
}
const listedCredit = z.object(listed)
export type ListedCredit = z.output<typeof listedCredit>

const credit = z.object({
  ...listed,
  levels: z.array(creditLevel),
  lines: z.array(creditLine).describe('The reckoning, in the order of processing'),
  claims: z
    .array(z.object({ level: z.string(), claimBy: localDate }))
    .describe('What costs nothing unless it is claimed, and the last day on which it can be'),
  dispute: z.string().nullable(),
  disputedAt: instant.nullable(),
  chargedIn: month.nullable().describe('The month whose charges it is taken off'),
  earnsBack: z.boolean().describe('By its contract it may be earned back; always false for a customer’s eyes'),
  returns: z
    .array(z.object({ level: z.string(), amountMinor: minor, returnedAt: instant, chargedIn: month.nullable() }))
    .describe('What was earned back, level by level; none for a customer’s eyes, who see it on the charges'),
})
export type Credit = z.output<typeof credit>

export const listCredits = endpoint({
  method: 'GET',
  path: '/contracts/:id/credits',
  summary: 'Credits of a contract, the latest first; a customer sees them once they were notified',
  audience: 'signed-in',
  params: byId,
  reply: z.object({ items: z.array(listedCredit) }),
})

export const getCredit = endpoint({
  method: 'GET',
  path: '/credits/:id',
  summary: 'A credit’s statement, line by line, so that it can be reckoned again by hand',
  audience: 'signed-in',
  params: byId,
  reply: credit,
})

export const calculateCredit = endpoint({
  method: 'POST',
  path: '/contracts/:id/credits',
  summary: 'Calculates the credit of a month that is over, from stored results',
  audience: 'provider',
  ownTransaction: true,
  params: byId,
  body: z.object({ month }),
  reply: credit,
})

export const moveCredit = endpoint({
  method: 'POST',
  path: '/credits/:id/transitions',
  summary: 'Moves it on; applied, it is taken off the next charges',
  audience: 'provider',
  params: byId,
  body: z.object({ to: z.enum(creditStates) }),
  reply: credit,
  match: true,
})

export const returnCreditLevel = endpoint({
  method: 'POST',
  path: '/credits/:id/returns',
  summary: 'Gives back what one level cost, once it was earned back by what the contract says',
  audience: 'provider',
  params: byId,
  body: z.object({ level: z.string().min(1).max(60) }),
  reply: credit,
})

export const disputeCredit = endpoint({
  method: 'POST',
  path: '/credits/:id/disputes',
  summary: 'Contradicts a credit that was notified; for the customer and for whoever writes down what they say',
  audience: 'signed-in',
  params: byId,
  body: contradiction,
  reply: credit,
  ownTransaction: true,
})

export const claimCredit = endpoint({
  method: 'POST',
  path: '/credits/:id/claims',
  summary: 'Claims what a level missed where only what is claimed costs something; the month is reckoned again at once',
  audience: 'signed-in',
  params: byId,
  body: z.object({ level: z.string().min(1).max(60) }),
  reply: z.null(),
  status: 204,
  ownTransaction: true,
})

export const putCreditNote = endpoint({
  method: 'PUT',
  path: '/contracts/:id/credit-notes',
  summary: 'Says what one cause a miss had, and when the customer claimed',
  audience: 'provider',
  params: byId,
  body: z.object({
    month,
    level: z.string().max(60),
    cause: z.string().trim().min(1).max(200).nullable().default(null),
    claimedOn: localDate.nullable().default(null),
  }),
  reply: z.object({ level: z.string(), cause: z.string().nullable(), claimedOn: localDate.nullable() }),
})
export type NewNote = z.output<typeof putCreditNote.body>
