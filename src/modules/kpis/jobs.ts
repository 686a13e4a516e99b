import { z } from 'zod'
import { job } from '#platform/job.ts'

/** Figures of all customers are counted anew: of the latest months, or of all. */
export const computeAll = job('kpis.compute', z.object({ all: z.boolean().default(false) }))

/** Those of one customer's months. */
export const computeMonths = job(
  'kpis.compute-months',
  z.object({ customerId: z.uuid(), from: z.string(), to: z.string() }),
)

/** What changed since it was counted, at all customers; and at one. */
export const refreshAll = job('kpis.refresh', z.object({}))
export const refreshOne = job('kpis.refresh-one', z.object({ customerId: z.uuid() }))
