import { z } from 'zod'
import { endpoint, instant } from '#core/endpoint.ts'
import { behindClock } from '#api/incidents'

const holder = z.object({
  kind: z.enum(['customer', 'approver', 'team', 'supplier', 'program', 'nobody']),
  id: z.uuid().nullable().describe('Of a team, where one alone had it'),
  name: z.string().nullable().describe('Of teams that had it at once, all'),
})

export const readOrderHolders = endpoint({
  method: 'GET',
  path: '/requests/:id/holders',
  summary: 'Who held a request, stretch by stretch; what they add up to is the time that its promise counted',
  audience: 'provider',
  params: z.object({ id: z.string().max(200).describe('Id or number') }),
  reply: z.object({
    missed: z.boolean(),
    elapsedSeconds: z.number().describe('Of which the parts are'),
    stretches: z.array(
      z.object({
        from: instant,
        to: instant,
        holder,
        wallSeconds: z.number(),
        countedSeconds: z.number().describe('Service time that counts; none while the customer decides'),
      }),
    ),
    shares: z
      .array(
        z.object({
          holder,
          wallSeconds: z.number(),
          countedSeconds: z.number(),
          share: z
            .object({ numerator: z.number(), denominator: z.number() })
            .nullable()
            .describe('Of the counted time'),
        }),
      )
      .describe('By holder, in the order in which they first had it'),
    behind: z
      .array(behindClock)
      .describe('Clocks of the agreements behind, which run while their team has tasks of the order to do'),
  }),
})
export type OrderHolders = z.output<typeof readOrderHolders.reply>
