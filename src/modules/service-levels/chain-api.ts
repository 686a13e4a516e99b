import { z } from 'zod'
import { endpoint, instant, named } from '#core/endpoint.ts'
import { clockMetrics, priorities } from './agreement.ts'
import { target } from './target.ts'

export const agreementTypes = ['sla', 'ola', 'uc'] as const

/** Who promises, beside the provider as a whole. */
export const party = z.object({
  team: named.nullable(),
  supplier: z.string().nullable(),
})

export const behind = z
  .array(
    z.object({
      agreement: z.string().max(200).describe('Id or name'),
      step: z.int().min(1).max(100).default(1).describe('Steps follow one upon the other; the same step is a branch'),
    }),
  )
  .max(100)
  .describe('The agreements with the same customer that rely on this one')

const worst = z
  .object({ start: instant, due: instant, seconds: z.number() })
  .nullable()
  .describe('Null: it may never be due')

export const checkAgreementChain = endpoint({
  method: 'GET',
  path: '/agreements/:id/versions/:versionId/chain',
  summary: 'Whether what stands behind an agreement is enough for it: every link at its worst start of the year',
  audience: 'provider',
  params: z.object({ id: z.uuid(), versionId: z.uuid() }),
  query: z.object({
    year: z.coerce.number().int().min(1970).max(2150).optional().describe('This year unless given'),
    reserveSeconds: z.coerce.number().int().min(0).default(0).describe('Service time to be kept free'),
  }),
  reply: z.object({
    year: z.int(),
    reserveSeconds: z.int(),
    promises: z.array(
      z.object({
        metric: z.enum(clockMetrics),
        priority: z.enum(priorities),
        when: target.shape.when.describe('Under which conditions it is promised; all cases without it'),
        targetSeconds: z.number(),
        cases: z.int().describe('Choices of targets behind it that its cases lead to; the worst is told'),
        holds: z.boolean(),
        totalSeconds: z
          .number()
          .nullable()
          .describe('Steps at their worst and the reserve, in the hours of the promise'),
        links: z.array(
          z.object({
            agreementId: z.uuid(),
            name: z.string(),
            type: z.enum(agreementTypes),
            step: z.int(),
            when: target.shape.when,
            targetSeconds: z.number(),
            wall: worst,
            inPromise: worst,
          }),
        ),
        missing: z.array(z.string()).describe('Agreements behind it that promise nothing for this'),
      }),
    ),
  }),
})
export type ChainReport = z.output<typeof checkAgreementChain.reply>
