import { z } from 'zod'
import { endpoint, instant, month, page, pageOf } from '#core/endpoint.ts'
import { addDowntime, changeDowntime, proposeExclusion } from './api-downtimes.ts'
import { availabilityFigure } from './api-figures.ts'
import { addGap, addMaintenance } from './api-maintenance.ts'
import { addPromise, promiseTerms } from './api-promises.ts'
import { idOrName } from './api-scope.ts'

const exclusionReason = proposeExclusion.body.shape.reason

/** Something found out about a month that may be locked. */
export const lateFact = z.discriminatedUnion('of', [
  z.object({ of: z.literal('downtime'), downtime: addDowntime.body }),
  z.object({ of: z.literal('downtime-changed'), downtime: z.uuid(), facts: changeDowntime.body }),
  z.object({ of: z.literal('downtime-excluded'), downtime: z.uuid(), reason: exclusionReason }),
  z.object({ of: z.literal('maintenance'), maintenance: addMaintenance.body }),
  z.object({ of: z.literal('maintenance-cancelled'), maintenance: z.uuid() }),
  z.object({ of: z.literal('gap'), gap: addGap.body }),
  z.object({ of: z.literal('promise'), promise: addPromise.body }),
])
export type LateFact = z.output<typeof lateFact>

export const availabilityAdjustment = z.object({
  id: z.uuid(),
  customerId: z.uuid(),
  serviceId: z.uuid(),
  serviceName: z.string(),
  targetPpm: promiseTerms.targetPpm,
  month: month.describe('The locked month that it is about'),
  enteredMonth: month.describe('The month in which it is entered'),
  before: availabilityFigure.nullable().describe('As it was known last; null: nothing was promised'),
  after: availabilityFigure.nullable().describe('As it is known now; null: nothing was promised'),
  correctionId: z.uuid().nullable(),
  createdAt: instant,
})
export type AvailabilityAdjustment = z.output<typeof availabilityAdjustment>

export const listAvailabilityAdjustments = endpoint({
  method: 'GET',
  path: '/reports/availability/adjustments',
  lagging: true,
  summary: 'What differs from what was told of the availability in locked months, the latest first',
  audience: 'signed-in',
  query: z.object({
    ...page,
    customer: idOrName.optional(),
    service: idOrName.optional(),
    about: month.optional().describe('The locked month'),
    entered: month.optional().describe('The month of entry'),
  }),
  reply: pageOf(availabilityAdjustment),
})
