import { z } from 'zod'
import { endpoint, localDate } from '#core/endpoint.ts'

export const experienceGroupings = ['service', 'site', 'month', 'customer'] as const
export type ExperienceGrouping = (typeof experienceGroupings)[number]

const ratio = z.object({ numerator: z.int(), denominator: z.int() })
const estimate = z.object({ value: z.number(), low: z.number(), high: z.number() })

const felt = z.object({
  ratio: ratio.describe('Satisfied of all; promoters less detractors of all; easy of all'),
  estimate: estimate.describe('Percent, for NPS points, and between which values it lies with 95 % confidence'),
  mean: ratio,
  scores: z
    .array(z.object({ score: z.int(), count: z.int() }))
    .describe('How often each was given; none where fewer than the minimum answered on this scale'),
})

const group = z.object({
  key: z.string(),
  label: z.string(),
  hidden: z
    .boolean()
    .describe('So few answered that single people could be found out, or could be reckoned from the rest'),
  asked: z.int(),
  answers: z.int().nullable().describe('Null where hidden'),
  valid: z.boolean().describe('At least ten answers, and a tenth of those asked'),
  csat: felt.nullable(),
  nps: felt.nullable(),
  ces: felt.nullable(),
  lostTime: z
    .object({
      answers: z.int(),
      mean: ratio.describe('Minutes'),
      medianMinutes: z.number(),
      cut: z.int().describe('More than five working days counts as five'),
      perceivedMinutes: ratio.nullable().describe('If all incidents had cost as much; null when none was resolved'),
      floorMinutes: z.int().describe('Of those who answered alone'),
      spread: z
        .array(z.object({ above: z.int(), upTo: z.int(), answers: z.int(), minutes: z.int() }))
        .describe(
          'How many lost how much, in minutes, as they are counted; each step of the minimum at least, none where fewer said it',
        ),
    })
    .nullable(),
  score: z
    .object({
      points: z.number(),
      available: z.int(),
      of: z.int(),
      parts: z
        .array(
          z.object({
            name: z.enum(['nps', 'lost-time', 'ces', 'csat']),
            weight: z.int(),
            value: ratio,
            points: z.number(),
          }),
        )
        .describe('What was measured: in percent, minutes or on the scale, and on the scale from 0 to 100'),
    })
    .nullable()
    .describe('0 to 100, the weighted mean of the components that were measured'),
  resolved: z.int(),
  attainment: z
    .object({ met: z.int(), failed: z.int(), targetBp: z.int().nullable() })
    .describe('Resolutions in time; the target where there is one alone'),
  accord: z.enum(['good', 'watermelon', 'forgiven', 'bad', 'unknown']),
})
export type ExperienceGroup = z.output<typeof group>

export const reportExperience = endpoint({
  method: 'GET',
  path: '/reports/experience',
  lagging: true,
  summary: 'What was kept beside what was felt, by group; groups that would tell of single people are hidden',
  audience: 'signed-in',
  query: z.object({
    customer: z.string().max(200).optional().describe('Id or name'),
    from: localDate.optional().describe('First day of a month'),
    to: localDate.optional().describe('First day of the month after the last'),
    site: z.uuid().optional(),
    service: z.uuid().optional(),
    groupBy: z.enum(experienceGroupings).default('service'),
  }),
  reply: z.object({
    minimum: z.int(),
    targetPoints: z.int().describe('From so many points on it is felt to be good'),
    groups: z.array(group),
    total: group,
    alerts: z.array(z.object({ key: z.string(), label: z.string(), factors: z.array(z.string()) })),
    pareto: z
      .array(z.object({ key: z.string(), label: z.string(), minutes: z.int(), cumulative: ratio }))
      .describe('Where the lost time is'),
    hotspots: z
      .array(z.object({ key: z.string(), label: z.string(), weight: z.int() }))
      .describe('Where to act first: tickets × (points − points of all), the lowest first, as far as they are below'),
    bounds: z
      .object({ low: z.number(), high: z.number() })
      .nullable()
      .describe('Percent satisfied whatever those who kept silent think: none of them, or all of them'),
    bias: z.array(z.object({ key: z.string(), label: z.string(), points: z.number() })),
  }),
})
export type ExperienceReport = z.output<typeof reportExperience.reply>
export type ExperienceQuery = z.output<typeof reportExperience.query>
