import { z } from 'zod'
import { endpoint, instant, month } from '#core/endpoint.ts'
import { promise } from './api-promises.ts'
import { idOrName } from './api-scope.ts'

const ratio = z.object({ numerator: z.number(), denominator: z.number() }).nullable()
const stretch = z.object({ from: instant, to: instant })

/** What of a figure is told and compared. */
const figure = {
  agreedSeconds: z.number().describe('Agreed service time without the agreed maintenance in it'),
  maintenanceSeconds: z.number().describe('Agreed maintenance within the service time'),
  downSeconds: z.number().describe('Union of the downtimes in it, each moment with the weight of the worst'),
  excludedSeconds: z.number().describe('Down for a reason that the contract excludes; counts as up'),
  blindSeconds: z.number().describe('Not watched'),
  availability: ratio.describe('Milliseconds up of milliseconds agreed; null when none was agreed'),
  met: z.boolean().nullable(),
}
export const availabilityFigure = z.object(figure)
export type AvailabilityFigure = z.output<typeof availabilityFigure>

export const availabilityOfService = z.object({
  promise: promise.describe('What it is measured by'),
  from: instant,
  to: instant.describe('Now, where the period is not over'),
  ...figure,
  byService: ratio.describe('Down is down'),
  byUsers: ratio.describe('By the share of users who were hit'),
  coverage: ratio.describe('Watched of agreed'),
  budgetSeconds: z.number().describe('Downtime that the target allows'),
  leftSeconds: z.number().describe('What is left of it; negative when it is spent'),
  monthBudgetSeconds: z
    .number()
    .describe('Downtime that the target allows in the whole month, by the agreed time that is still to come as well'),
  monthLeftSeconds: z.number().describe('What is left of that until the month ends; negative when it is spent'),
  outages: z.array(stretch).describe('What counts, in the agreed time; what touches is one'),
  meanTimes: z
    .object({ toRestoreSeconds: z.number(), betweenOutagesSeconds: z.number(), betweenFailuresSeconds: z.number() })
    .nullable(),
  designed: z
    .number()
    .nullable()
    .describe('Expected of the parts if they fail independently, by what was measured of them; never a measurement'),
  lateMaintenance: z.int().describe('Windows that were announced too late to be excluded'),
  serviceTime: z
    .array(stretch)
    .nullable()
    .describe('When the service was agreed to be there, also in what is left of the month; if it was asked for'),
  locked: z.boolean().describe('The month is locked: this is what was told of it'),
  known: availabilityFigure
    .nullable()
    .describe(
      'As it is known now, where that differs from what was told of a locked month; it counts as an adjustment',
    ),
})
export type AvailabilityOfService = z.output<typeof availabilityOfService>

export const reportAvailability = endpoint({
  method: 'GET',
  path: '/reports/availability',
  lagging: true,
  summary: 'The availability of services in a month of their customer, against what was promised',
  audience: 'signed-in',
  query: z.object({
    customer: idOrName.optional(),
    service: idOrName.optional(),
    month: month.describe('Of the customer’s days'),
    serviceTime: z.enum(['true', 'false']).default('false').describe('With the stretches of the agreed service time'),
  }),
  reply: z.object({ items: z.array(availabilityOfService) }),
})
