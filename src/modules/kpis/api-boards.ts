import { z } from 'zod'
import { endpoint, instant } from '#core/endpoint.ts'
import { customer, kpi, kpiKey } from './api-figures.ts'

export const boardNames = [
  'service-manager',
  'service-desk',
  'major-incident',
  'experience',
  'requests',
  'general-manager',
  'cfo',
  'customer',
] as const
export type BoardName = (typeof boardNames)[number]

const MOST_ITEMS = 30

const board = z.object({
  board: z.enum(boardNames),
  title: z.string(),
  items: z.array(kpi).describe('What is news first, the others in their order; of each the last 24 months'),
  order: z.array(z.string()).describe('Keys as they are arranged'),
  arranged: z.boolean().describe('By whoever asks; otherwise as it comes'),
  computedAt: instant.nullable(),
})
export type Board = z.output<typeof board>

const params = z.object({ board: z.enum(boardNames) })

export const getBoard = endpoint({
  method: 'GET',
  path: '/kpi-boards/:board',
  summary: 'The key figures of a role with their charts, as far as whoever asks may see them',
  audience: 'provider',
  params,
  query: z.object({ customer }),
  reply: board,
})

export const drawBoard = endpoint({
  method: 'GET',
  path: '/kpi-boards/:board/picture',
  summary: 'The same as a picture or on paper',
  audience: 'provider',
  params,
  query: z.object({ customer, format: z.enum(['svg', 'pdf']).default('svg'), lang: z.enum(['en', 'de']).optional() }),
  reply: z.any(),
  bytes: 'reply',
  ownTransaction: true,
})

export const arrangeBoard = endpoint({
  method: 'PUT',
  path: '/kpi-boards/:board',
  summary: 'Which figures whoever asks sees there, and in which order; null as it comes',
  audience: 'provider',
  params,
  body: z.object({ items: z.array(kpiKey).min(1).max(MOST_ITEMS).nullable() }),
  reply: z.null(),
})
export type Arrangement = z.output<typeof arrangeBoard.body>
