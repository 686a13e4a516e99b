import { z } from 'zod'
import { byId, endpoint, instant, month, named, page, pageOf } from '#core/endpoint.ts'
import { origin, originGiven, originRef } from '#api/actions'
import { kpiParts } from '#api/kpis'
import { benefitTypes, improvementStates, themes } from './improvement.ts'

export { benefitTypes, improvementLifecycle, improvementStates, type ImprovementState, themes } from './improvement.ts'
export { barredFromApproving, barredFromConfirming, barredFromImproving } from './may.ts'

const customerName = z.string().max(200).describe('Id or name')
const words = (most: number) => z.string().trim().min(1).max(most)
const money = z.object({ amountMinor: z.int().min(0), currency: z.string().regex(/^[A-Z]{3}$/) })

const measuredBy = z.object({
  key: z.string().regex(/^K\d{2}$/),
  part: z.enum(kpiParts).default('customer'),
  of: z.string().max(200).default('').describe('Id of a site, service or team, or a kind of site'),
})

export const improvement = z.object({
  id: z.uuid(),
  customer: named.nullable().describe('Null: the provider’s own'),
  problem: z.string(),
  hypothesis: z.string().nullable(),
  theme: z.enum(themes),
  benefitType: z.enum(benefitTypes),
  owner: named.nullable().describe('For the provider’s people'),
  kpi: measuredBy.nullable().describe('The figure that it is measured by'),
  baseline: z
    .object({ month, value: z.number(), numerator: z.int(), denominator: z.int() })
    .nullable()
    .describe('The stored value of that figure before anything was done'),
  targetValue: z.number().nullable(),
  agreedEvidence: z.string().nullable().describe('What was agreed to count as proof where no figure says it'),
  cost: money.nullable().describe('For who manages'),
  state: z.enum(improvementStates),
  findings: z.string().nullable().describe('For the provider’s people'),
  startedAt: instant.nullable(),
  stopReason: z.string().nullable().describe('For the provider’s people'),
  proof: z.enum(['signal', 'evidence']).nullable(),
  proofMonth: month.nullable(),
  proofPattern: z.enum(['outside', 'run', 'drift', 'outer']).nullable(),
  proofValue: z.number().nullable(),
  evidence: z.string().nullable().describe('For the provider’s people'),
  verifiedBy: named.nullable(),
  verifiedAt: instant.nullable(),
  origin: origin.nullable().describe('For the provider’s people'),
  shared: z.boolean().describe('The customer reads it'),
  madeAt: instant,
  version: z.int(),
})
export type Improvement = z.output<typeof improvement>

export const listImprovements = endpoint({
  method: 'GET',
  path: '/improvements',
  summary: 'The register of improvements, the newest first',
  audience: 'signed-in',
  query: z.object({
    ...page,
    customer: customerName.optional(),
    show: z
      .enum(['open', 'verified', 'by-signal', 'stopped', 'all'])
      .default('open')
      .describe('Verified: also those closed since; by signal: those of them that the figure itself shows'),
    theme: z.enum(themes).optional(),
    origin: originRef.optional(),
  }),
  reply: pageOf(improvement),
})
export type ImprovementsQuery = z.output<typeof listImprovements.query>

export const getImprovement = endpoint({
  method: 'GET',
  path: '/improvements/:id',
  summary: 'One improvement, and whether its figure signals a benefit by now',
  audience: 'signed-in',
  params: byId,
  reply: improvement.extend({
    benefit: z
      .object({ month, pattern: z.string(), value: z.number() })
      .nullable()
      .describe('The signal that could be confirmed; for the provider’s people'),
    unit: z.string().nullable().describe('Of its figure'),
    log: z.array(
      z.object({
        id: z.uuid(),
        at: instant,
        by: named.nullable(),
        from: z.string().nullable(),
        to: z.string(),
        note: z.string().nullable(),
      }),
    ),
  }),
})
export type ImprovementInFull = z.output<typeof getImprovement.reply>

export const reportImprovements = endpoint({
  method: 'GET',
  path: '/reports/improvements',
  lagging: true,
  summary: 'How many improvements are under way and verified, by what, and how long they took',
  audience: 'provider',
  query: z.object({ customer: customerName.optional() }),
  reply: z.object({
    open: z.int(),
    verified: z.int(),
    stopped: z.int(),
    bySignal: z
      .object({ numerator: z.int(), denominator: z.int() })
      .nullable()
      .describe('Of those verified: by a signal of a figure; null when there are none'),
    medianDays: z.number().nullable().describe('From the idea to the verified benefit'),
  }),
})

const content = {
  hypothesis: words(2000).nullable(),
  theme: z.enum(themes),
  benefitType: z.enum(benefitTypes),
  kpi: measuredBy.nullable().describe('Its latest stored month becomes the baseline'),
  targetValue: z.number().nullable(),
  agreedEvidence: words(2000).nullable(),
  cost: money.nullable().describe('By who manages'),
}

export const suggestImprovement = endpoint({
  method: 'POST',
  path: '/improvements',
  summary: 'Suggests an improvement, also from a record, a figure or a review',
  audience: 'provider',
  body: z
    .object(content)
    .partial()
    .extend({
      customer: customerName.optional().describe('The origin’s unless given; the provider’s own without either'),
      problem: words(2000),
      theme: z.enum(themes).default('quality'),
      benefitType: z.enum(benefitTypes).default('time'),
      owner: z.uuid().optional().describe('One of ours; whoever suggests it unless given'),
      shared: z.boolean().default(false),
      origin: originGiven.optional(),
    }),
  reply: improvement,
  status: 201,
})
export type NewImprovement = z.output<typeof suggestImprovement.body>

export const changeImprovement = endpoint({
  method: 'PATCH',
  path: '/improvements/:id',
  summary: 'Changes what is given; figure, aim and what counts as proof only until the work begins',
  audience: 'provider',
  params: byId,
  body: z.object({ ...content, problem: words(2000), owner: z.uuid(), shared: z.boolean() }).partial(),
  reply: improvement,
  match: true,
})
export type ImprovementChange = z.output<typeof changeImprovement.body>

export const moveImprovement = endpoint({
  method: 'POST',
  path: '/improvements/:id/transitions',
  summary: 'Moves it on; a benefit needs a signal of its figure or the agreed evidence, and another than its owner',
  audience: 'provider',
  params: byId,
  body: z.object({
    to: z.enum(improvementStates),
    note: words(4000)
      .optional()
      .describe('Findings for check; evidence for benefit-verified without a figure; why for stopped'),
  }),
  reply: improvement,
})
export type ImprovementMove = z.output<typeof moveImprovement.body>
