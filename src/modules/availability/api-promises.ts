import { z } from 'zod'
import { endpoint, instant, page, pageOf } from '#core/endpoint.ts'
import { idOrName, ofService } from './api-scope.ts'

const partsOfService = z
  .array(
    z.object({
      services: z.array(z.uuid()).min(1).max(50),
      needed: z.int().min(1).describe('So many of them have to be up'),
    }),
  )
  .max(50)
  .describe('Of a service made of others: each group is needed. Empty: it stands alone')

/** What is promised, beside to whom and from when. */
export const promiseTerms = {
  targetPpm: z.int().min(1).max(1_000_000).describe('Parts per million: 999500 is 99.95 %'),
  noticeMinutes: z.int().min(0).max(525_600).describe('Maintenance announced later than this counts as downtime'),
  weights: z
    .object({ degraded: z.int().min(0).max(10_000), impaired: z.int().min(0).max(10_000) })
    .describe('How much of the service counts as lost, in basis points; down is all of it'),
  basis: z.enum(['service', 'users']).describe('Down is down, or by the share of users who were hit'),
  blind: z.enum(['up', 'down']).describe('What nobody watched counts as'),
  parts: partsOfService,
}

export const promise = z.object({
  id: z.uuid(),
  customerId: z.uuid(),
  customerName: z.string(),
  serviceId: z.uuid(),
  serviceName: z.string(),
  calendarId: z.uuid(),
  calendarName: z.string(),
  validFrom: instant,
  validTo: instant.nullable(),
  ...promiseTerms,
  version: z.int(),
})
export type AvailabilityPromise = z.output<typeof promise>

export const listPromises = endpoint({
  method: 'GET',
  path: '/availability-promises',
  summary: 'What is promised of services being there, the latest first',
  audience: 'signed-in',
  query: z.object({ ...page, customer: idOrName.optional(), service: idOrName.optional() }),
  reply: pageOf(promise),
})

export const addPromise = endpoint({
  method: 'POST',
  path: '/availability-promises',
  summary: 'Promises a service’s availability from a moment on; the promise before ends there',
  audience: 'provider',
  body: z.object({
    ...ofService,
    calendar: idOrName,
    validFrom: instant,
    targetPpm: promiseTerms.targetPpm,
    noticeMinutes: promiseTerms.noticeMinutes.default(0),
    weights: promiseTerms.weights.default({ degraded: 5000, impaired: 0 }),
    basis: promiseTerms.basis.default('service'),
    blind: promiseTerms.blind.default('up'),
    parts: partsOfService.default([]),
  }),
  reply: promise,
  status: 201,
})
export type NewPromise = z.output<typeof addPromise.body>
