import { z } from 'zod'
import { endpoint, instant } from '#core/endpoint.ts'
import { clock } from './api-record.ts'

const holder = z.object({
  kind: z.enum(['customer', 'team', 'supplier', 'nobody']),
  id: z.uuid().nullable().describe('Of a team'),
  name: z.string().nullable(),
})

/** The clock of an agreement behind another. */
export const behindClock = z.object({
  agreementId: z.uuid(),
  name: z.string(),
  type: z.enum(['ola', 'uc']),
  step: z.int(),
  state: clock.shape.state,
  startedAt: instant.nullable(),
  dueAt: instant.nullable(),
  breachedAt: instant.nullable(),
  targetSeconds: z.number(),
  elapsedSeconds: z.number(),
})

export const readHolders = endpoint({
  method: 'GET',
  path: '/incidents/:id/holders',
  summary: 'Who held an incident, stretch by stretch; what they add up to is the time that its clock counted',
  audience: 'provider',
  params: z.object({ id: z.string().max(200).describe('Id or number') }),
  query: z.object({
    metric: clock.shape.metric.default('resolution').describe('The clock whose time is told'),
  }),
  reply: z.object({
    clock: clock.nullable().describe('Null: nothing was promised, and there is nothing to tell'),
    missed: z.boolean(),
    stretches: z.array(
      z.object({
        from: instant,
        to: instant,
        holder,
        reason: z.string().nullable().describe('What it waited for'),
        wallSeconds: z.number(),
        countedSeconds: z.number().describe('Service time that counts; none while it waited for the customer'),
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
      .describe('By holder, in the order in which they first held it'),
    behind: z
      .array(behindClock)
      .describe('Clocks of the agreements behind, which run while their team or supplier holds the incident'),
  }),
})
export type Holders = z.output<typeof readHolders.reply>
