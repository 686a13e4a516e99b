import { z } from 'zod'
import { metrics, priorities } from './agreement.ts'

export const target = z.object({
  metric: z.enum(metrics),
  priority: z.enum(priorities),
  targetSeconds: z
    .int()
    .min(1)
    .max(10 * 365 * 86_400)
    .describe('Service time'),
  attainmentBp: z.int().min(1).max(10_000).describe('Share to be met in basis points: 9500 is 95 %'),
})
export type Target = z.output<typeof target>
