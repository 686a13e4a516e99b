import { z } from 'zod'
import { endpoint, instant, month, named } from '#core/endpoint.ts'
import { ownKinds } from './own.ts'

export const units = [
  'percent',
  'points',
  'score',
  'duration',
  'days',
  'hours',
  'count',
  'ratio',
  'per-thousand',
  'money',
] as const
export const kpiParts = ['customer', 'site', 'service', 'team', 'site-type', 'segment', 'market'] as const
export type KpiPart = (typeof kpiParts)[number]
/** Where the records of a figure are found; a person opens them there. */
export const recordKinds = [
  'results',
  'incidents',
  'downtimes',
  'services',
  'major-incidents',
  'escalations',
  'answers',
  'contacts',
  'requests',
  'friction-points',
  'actions',
  'improvements',
  'meetings',
  'obligations',
  'credits',
  'contracts',
  'contract-changes',
  'searches',
  'suppliers',
  'unit-costs',
  'stakeholders',
  'opportunities',
  'erasures',
  'articles',
  'finds',
] as const
export type RecordKind = (typeof recordKinds)[number]

const made = z.object({
  kind: z.enum(ownKinds),
  parts: z.array(z.object({ kpi: z.string(), name: z.string(), weight: z.int() })),
  customer: named.nullable(),
})

const definition = z.object({
  key: z.string(),
  name: z.string(),
  question: z.string(),
  formula: z.string(),
  exclusions: z.string(),
  unit: z
    .enum(units)
    .describe(
      'Durations and days are counted in milliseconds, hours in minutes; values of days are days, of hours hours',
    ),
  direction: z.enum(['up', 'down', 'none']).describe('Which way is better'),
  minimum: z.int().describe('Of fewer nothing is shown'),
  owner: z.string(),
  version: z.int(),
  missing: z.string().nullable().describe('Whose records are not kept here yet; null where it is computed'),
  needs: z.string().nullable().describe('Which record is missing for it, in words; null where it is computed'),
  parts: z.array(z.enum(kpiParts)).describe('By what it can be told apart'),
  records: z.enum(recordKinds).nullable(),
  made: made.nullable().describe('Of which others; null for one of the library'),
})

const signal = z.object({
  pattern: z.enum(['outside', 'run', 'drift', 'outer']),
  direction: z.enum(['higher', 'lower']),
})

const latest = z.object({
  month,
  value: z.number().nullable(),
  numerator: z.int(),
  denominator: z.int(),
  signal: signal.nullable().describe('Only then it is news'),
  limits: z.object({ lower: z.number(), upper: z.number() }).nullable(),
})

const listed = definition.extend({ latest: latest.nullable() })
export type ListedKpi = z.output<typeof listed>

export const customer = z.string().max(200).optional().describe('Id or name; all together without it')

export const listKpis = endpoint({
  method: 'GET',
  path: '/kpis',
  summary: 'The library of key figures, with the last month that is over and whether it is news',
  audience: 'provider',
  query: z.object({ customer }),
  reply: z.object({ items: z.array(listed), computedAt: instant.nullable() }),
})

const point = z.object({
  month,
  value: z.number().nullable().describe('Null where nothing was measured, or too few'),
  numerator: z.int(),
  denominator: z.int(),
  hidden: z.boolean().describe('So few that single people could be found out'),
  median: z.number().nullable(),
  p90: z.number().nullable(),
  signal: signal.nullable(),
})
export type KpiPoint = z.output<typeof point>

const limits = z.object({ mean: z.number(), lower: z.number(), upper: z.number(), range: z.number(), from: z.int() })

export const kpi = definition.extend({
  series: z.array(point),
  stretches: z.array(
    z.object({
      fromMonth: month,
      toMonth: month,
      standing: z.enum(['none', 'provisional', 'usable', 'firm']),
      limits: limits.nullable(),
    }),
  ),
  baselines: z.array(z.object({ id: z.uuid(), month, reason: z.string(), madeAt: instant })),
  choices: z.array(named.extend({ id: z.string() })).describe('What of the chosen part there is'),
  computedAt: instant.nullable(),
})
export type Kpi = z.output<typeof kpi>

export const kpiKey = z.string().regex(/^(K\d{2}|O\d{1,6})$/)
const key = z.object({ key: kpiKey })
const slice = {
  customer,
  part: z.enum(kpiParts).default('customer'),
  of: z.string().max(200).default('').describe('Id of a site, service or team, or a kind of site, a segment, a market'),
}

export const getKpi = endpoint({
  method: 'GET',
  path: '/kpis/:key',
  summary: 'One key figure over the months, with its limits and what of it is news',
  audience: 'provider',
  params: key,
  query: z.object(slice),
  reply: kpi,
})
export type KpiQuery = z.output<typeof getKpi.query>

const kpiRecord = z.object({
  id: z.uuid().nullable().describe('Null: without a site, or one that whoever asks must not know of'),
  name: z.string(),
  about: z.string(),
  within: z.uuid().nullable().describe('Of an obligation its contract, where it is found'),
  numerator: z.int(),
  denominator: z.int(),
})

export const listKpiRecords = endpoint({
  method: 'GET',
  path: '/kpis/:key/records',
  summary:
    'What is under one value, what counts most first: records, 200 at most, or customers or sites where it is counted from many; none of what people answered',
  audience: 'provider',
  params: key,
  query: z.object({ ...slice, month }),
  reply: z.object({
    of: z.enum(['records', 'sites', 'customers']).describe('What the items are'),
    items: z.array(kpiRecord),
    count: z.int().describe('How many there are, also of those that are not listed'),
    numerator: z.int().describe('Counted anew from the records'),
    denominator: z.int(),
    truncated: z.boolean(),
  }),
})
export type KpiRecords = z.output<typeof listKpiRecords.reply>
export type RecordsQuery = z.output<typeof listKpiRecords.query>

export const computeKpis = endpoint({
  method: 'POST',
  path: '/kpis/computations',
  summary: 'Counts all figures of all months anew, in the background; locked months stay as they were told',
  audience: 'provider',
  reply: z.null(),
  status: 202,
})

export const addBaseline = endpoint({
  method: 'POST',
  path: '/kpis/:key/baselines',
  summary: 'Makes limits anew from a month on; only where a signal lasts, and with the reason that is known',
  audience: 'provider',
  params: key,
  body: z.object({
    customer: z.string().max(200),
    part: z.enum(kpiParts).default('customer'),
    of: z.string().max(200).default(''),
    month,
    reason: z.string().trim().min(1).max(1000),
  }),
  reply: kpi,
  status: 201,
})
export type NewBaseline = z.output<typeof addBaseline.body>
