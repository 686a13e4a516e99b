import { z } from 'zod'
import { instant } from '#core/endpoint.ts'

/** A stretch of a clock or of a promise, as it was counted. */
export const explanationStep = z.object({
  from: instant,
  to: instant,
  kind: z.enum(['run', 'pause', 'closed']),
  reason: z.string().nullable(),
  countedSeconds: z.number(),
  elapsedSeconds: z.number().describe('Sum so far'),
  sentence: z.string(),
})
