import { z } from 'zod'
import { endpoint } from '#core/endpoint.ts'
import { kpi, kpiKey, units } from './api-figures.ts'
import { ownKinds } from './own.ts'

const MOST_PARTS = 12

const fields = {
  name: z.string().trim().min(1).max(120),
  question: z.string().trim().min(1).max(400),
  kind: z.enum(ownKinds).describe('The first over the second, all together, or their weighted mean'),
  unit: z.enum(units),
  direction: z.enum(['up', 'down', 'none']),
  parts: z
    .array(z.object({ kpi: kpiKey, weight: z.int().min(0).max(1000).default(1) }))
    .min(1)
    .max(MOST_PARTS),
}

export const addOwnKpi = endpoint({
  method: 'POST',
  path: '/own-kpis',
  summary: 'A key figure made of others; it is counted from them at once, for all months',
  audience: 'provider',
  body: z.object({ ...fields, customer: z.string().max(200).optional().describe('Id or name; for all without it') }),
  reply: kpi,
  status: 201,
})
export type NewOwnKpi = z.output<typeof addOwnKpi.body>

export const changeOwnKpi = endpoint({
  method: 'PUT',
  path: '/own-kpis/:key',
  summary: 'What the figure means from now on; its version grows, and all its months are counted by it',
  audience: 'provider',
  params: z.object({ key: kpiKey }),
  body: z.object(fields),
  reply: kpi,
  match: true,
})
export type OwnKpiChange = z.output<typeof changeOwnKpi.body>

export const endOwnKpi = endpoint({
  method: 'POST',
  path: '/own-kpis/:key/end',
  summary: 'The figure is shown no more; refused while another is made of it',
  audience: 'provider',
  params: z.object({ key: kpiKey }),
  reply: z.null(),
  match: true,
})
