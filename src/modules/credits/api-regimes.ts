import { z } from 'zod'
import { byId, endpoint, localDate, month } from '#core/endpoint.ts'
import { creditSteps } from '#core/credit-lines.ts'
import { regimeKinds } from '#core/credit-terms.ts'

const ppm = z.int().min(0).max(1_000_000).describe('Parts per million: 99.9 % is 999000')
const bp = z.int().min(0).max(100_000).describe('Basis points')
const minor = z.int().describe('In the smallest unit of the contract’s currency')
const count = z.int().min(1).max(1000)

const level = z.object({
  key: z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/),
  name: z.string().trim().min(1).max(120),
  critical: z.boolean(),
  targetPpm: ppm,
  minimumPpm: ppm.nullable(),
  defaultAfter: count,
  smallSample: z.enum(['as-is', 'allowance', 'roll-over']),
  roundTo: z.int().min(0).max(4).nullable(),
  bands: z
    .array(
      z.object({
        fromPpm: ppm,
        belowPpm: ppm.nullable(),
        severity: z.string().trim().min(1).max(60),
        weight: z.int().min(0).max(10_000),
      }),
    )
    .max(20),
  allocationBp: bp,
  poolBp: bp,
  earnBackPpm: ppm.nullable(),
  floorPpm: ppm.nullable(),
})

const claimed = z
  .int()
  .min(0)
  .max(365)
  .nullable()
  .optional()
  .describe('Days after it is decided within which it has to be claimed')

const trigger = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('consecutive'), count }),
  z.object({ kind: z.literal('within'), count, months: count, claimed: z.boolean().optional() }),
  z.object({ kind: z.literal('points'), points: count, months: count }),
  z.object({ kind: z.literal('cap-share'), shareBp: bp }),
  z.object({ kind: z.literal('floor') }),
])

export const regimeTerms = z.object({
  kind: z.enum(regimeKinds),
  levels: z.array(level).max(50),
  perPointBp: z.int().min(0).max(10_000),
  atRiskBp: bp,
  table: z.array(z.object({ points: z.int().min(0).max(10_000), creditBp: bp })).max(50),
  repeat: z.array(z.int().min(0).max(1000)).min(1).max(12),
  singleEvent: z.boolean(),
  periodCapBp: z.int().min(-1).max(100_000).nullable(),
  yearCap: z
    .object({ capBp: z.int().min(-1).max(100_000), window: z.enum(['rolling-12', 'contract-year']) })
    .nullable(),
  earnBack: z
    .discriminatedUnion('kind', [
      z.object({ kind: z.literal('average'), average: z.enum(['mean', 'pooled']), claimWithinDays: claimed }),
      z.object({ kind: z.literal('higher-target'), months: count, claimWithinDays: claimed }),
    ])
    .nullable(),
  triggers: z.array(trigger).max(20),
  claimWithinDays: z.int().min(0).max(365).nullable(),
})

const source = z.discriminatedUnion('of', [
  z.object({
    of: z.literal('attainment'),
    metric: z.enum(['response', 'resolution', 'restore', 'next-update']),
    priority: z.enum(['p1', 'p2', 'p3', 'p4', 'p5']).nullable(),
    service: z.uuid().nullable(),
  }),
  z.object({ of: z.literal('availability'), service: z.uuid() }),
])
export type LevelSource = z.output<typeof source>

const sources = z.record(z.string(), source).describe('By the key of each level: which figure it is')

export const creditLine = z.object({
  step: z.enum(creditSteps),
  level: z.string().nullable(),
  says: z.string(),
  values: z.record(z.string(), z.union([z.number(), z.string()])),
})
export type StatedLine = z.output<typeof creditLine>

export const creditLevel = z.object({
  level: z.string(),
  name: z.string(),
  outcome: z.enum(['met', 'missed', 'not-measured']),
  numerator: z.number().nullable(),
  denominator: z.number().nullable(),
  targetPpm: ppm,
  severity: z.string().nullable(),
  running: z.int().describe('Misses running, this one among them'),
  weight: z.number().describe('Points in hundredths, or an amount, before caps'),
  standing: z.enum(['met', 'not-measured', 'reported-only', 'no-default', 'not-claimed', 'same-event', 'counted']),
  shareMinor: minor.describe('Its share of what the month costs'),
  event: z.string().nullable(),
  source: source.nullable(),
})
export type StatedLevel = z.output<typeof creditLevel>

const monthCredit = z.object({
  month,
  basisMinor: minor,
  points: z.number().describe('In hundredths'),
  uncappedMinor: minor,
  amountMinor: minor,
  levels: z.array(creditLevel),
  lines: z.array(creditLine),
})
export type MonthCredit = z.output<typeof monthCredit>

const creditRegime = z.object({
  id: z.uuid(),
  validFrom: localDate,
  validTo: localDate.nullable(),
  terms: regimeTerms,
  sources,
  examples: z
    .array(
      z.object({
        level: z.string(),
        percent: z.number(),
        basisMinor: minor,
        points: z.number(),
        amountMinor: minor,
        severity: z.string().nullable(),
      }),
    )
    .describe('Worked by the same engine: what a single miss would cost'),
})
export type CreditRegimeView = z.output<typeof creditRegime>

export const getCreditRegime = endpoint({
  method: 'GET',
  path: '/contracts/:id/credit-regime',
  summary: 'What the contract says of credits today, with worked examples; null when nothing',
  audience: 'provider',
  params: byId,
  reply: z.object({ regime: creditRegime.nullable(), currency: z.string() }),
})

export const addCreditRegime = endpoint({
  method: 'POST',
  path: '/contracts/:id/credit-regimes',
  summary: 'Says from a month on what misses cost; the regime before ends there',
  audience: 'provider',
  params: byId,
  body: z.object({ validFrom: month, terms: regimeTerms, sources }),
  reply: creditRegime,
  status: 201,
})
export type NewRegime = z.output<typeof addCreditRegime.body>

export const getRegimeText = endpoint({
  method: 'GET',
  path: '/contracts/:id/credit-regime-text',
  summary: 'What the contract says of credits today as a text in YAML; a first one where it says nothing',
  audience: 'provider',
  params: byId,
  reply: z.object({ text: z.string() }),
})

export const draftRegime = endpoint({
  method: 'POST',
  path: '/contracts/:id/credit-regime-texts',
  summary:
    'Reads such a text: what is wrong with it and where, and worked examples; with `keep` it holds from a month on',
  audience: 'provider',
  params: byId,
  body: z.object({ text: z.string().max(100_000), validFrom: month, keep: z.boolean().default(false) }),
  reply: z.object({
    errors: z.array(z.object({ line: z.int(), message: z.string() })),
    examples: creditRegime.shape.examples,
    currency: z.string(),
    kept: z.boolean(),
  }),
})
export type NewRegimeText = z.output<typeof draftRegime.body>
export type RegimeDraft = z.output<typeof draftRegime.reply>

const earnBack = z.object({
  level: z.string(),
  month,
  creditMinor: minor,
  months: z
    .array(z.object({ month, amountMinor: minor }))
    .readonly()
    .describe('What each month has of it; they add up to it'),
  average: z.object({ numerator: z.number(), denominator: z.number() }).nullable(),
  neededPpm: ppm,
  outcome: z.enum(['provisional', 'earned-back', 'kept']),
})
const standing = z.object({
  kind: z.enum(['consecutive', 'within', 'points', 'cap-share', 'floor']),
  level: z.string().nullable(),
  reached: z.boolean(),
  have: z.number(),
  need: z.number(),
  left: z.number().describe('Misses, points in hundredths, or money until it is reached'),
})

const simulation = z.object({
  currency: z.string(),
  months: z.array(monthCredit),
  totalMinor: minor,
  ledger: z.array(earnBack),
  triggers: z.array(standing),
})
export type Simulation = z.output<typeof simulation>

export const simulateCredits = endpoint({
  method: 'POST',
  path: '/contracts/:id/credit-simulations',
  summary: 'What past months would cost by a regime, from stored results; nothing is kept of it',
  audience: 'provider',
  ownTransaction: true,
  params: byId,
  body: z.object({
    from: month,
    to: month.describe('The last month'),
    terms: regimeTerms.optional().describe('What the contract says today unless given'),
    sources: sources.optional(),
  }),
  reply: simulation,
})
export type NewSimulation = z.output<typeof simulateCredits.body>

const outlook = z.object({
  currency: z.string(),
  month,
  basisMinor: minor,
  soFarMinor: minor.describe('By what was measured, and what is missed already and still runs'),
  worstMinor: minor.describe('If what is due within 24 hours is missed as well'),
  levels: z.array(
    z.object({
      level: z.string(),
      name: z.string(),
      met: z.number(),
      failed: z.number(),
      openMissed: z.int().describe('Clocks that run and have missed already'),
      dueSoon: z.int().describe('Clocks that run and are due within 24 hours'),
      outcome: z.enum(['met', 'missed', 'not-measured']),
      worst: z.enum(['met', 'missed', 'not-measured']),
      source: source.nullable(),
    }),
  ),
  ledger: z.array(earnBack.extend({ returnedMinor: minor.describe('What of it was given back already') })),
  triggers: z.array(standing),
})
export type Outlook = z.output<typeof outlook>

export const getCreditOutlook = endpoint({
  method: 'GET',
  path: '/contracts/:id/credit-outlook',
  summary: 'At risk this month: what running clocks may still cost, and how far rights to terminate are',
  audience: 'provider',
  ownTransaction: true,
  params: byId,
  reply: outlook,
})
