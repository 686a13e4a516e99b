import { z } from 'zod'
import { byId, endpoint, instant, localDate, month } from '#core/endpoint.ts'

const minor = z.int().describe('In the smallest unit of the contract’s currency')
const share = z.int().min(0).max(100_000).describe('Basis points')
const reading = z.int().min(1).max(100_000_000).describe('In thousandths: 128.6 is 128600')

const indexationTerms = z.object({
  indexableBp: z.int().min(0).max(10_000).default(10_000).describe('The share of the price that follows'),
  capBp: share.nullable().default(null),
  floorBp: z.int().min(-10_000).max(100_000).nullable().default(null),
  neverBelowLast: z.boolean().default(false),
})

const indexed = z.object({
  lineId: z.uuid(),
  name: z.string(),
  beforeMinor: minor.describe('Of several prices the first'),
  afterMinor: minor,
  limited: z.enum(['cap', 'floor', 'last-price']).nullable(),
})
export type IndexedLine = z.output<typeof indexed>

const indexation = z.object({
  id: z.uuid().nullable().describe('Null: only tried'),
  validFrom: localDate,
  index: z.string(),
  base: reading,
  current: reading,
  terms: indexationTerms,
  lines: z.array(indexed).describe('None of one that was read later: its prices tell'),
  createdAt: instant,
})
export type Indexation = z.output<typeof indexation>

export const listIndexations = endpoint({
  method: 'GET',
  path: '/contracts/:id/indexations',
  summary: 'How prices of a contract followed an index, the latest first',
  audience: 'provider',
  params: byId,
  reply: z.object({ items: z.array(indexation) }),
})

export const indexPrices = endpoint({
  method: 'POST',
  path: '/contracts/:id/indexations',
  summary: 'Lets prices follow an index from a month on, all of the chosen lines or none; with `trial` nothing is kept',
  audience: 'provider',
  params: byId,
  body: z.object({
    validFrom: month,
    index: z.string().trim().min(1).max(120),
    base: reading,
    current: reading,
    terms: indexationTerms,
    lines: z.array(z.uuid()).min(1).max(500),
    trial: z.boolean().default(false),
  }),
  reply: indexation,
})
export type NewIndexation = z.output<typeof indexPrices.body>

const volumeReading = z.object({
  id: z.uuid(),
  month,
  quantity: z.int(),
  countedAt: instant,
  source: z.string(),
  takenBy: z.string().nullable(),
  takenAt: instant,
  counts: z.boolean().describe('The last one of its month: the others stay as evidence'),
})
export type VolumeReading = z.output<typeof volumeReading>

export const listVolumeReadings = endpoint({
  method: 'GET',
  path: '/charge-lines/:id/readings',
  summary: 'What was counted of a line, the latest month first; counts that others replaced stay',
  audience: 'provider',
  params: byId,
  reply: z.object({ items: z.array(volumeReading) }),
})
