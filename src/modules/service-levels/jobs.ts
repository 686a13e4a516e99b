import { z } from 'zod'
import { job } from '#platform/job.ts'

/** Counts a customer's monthly figures anew from its clocks. */
export const recountCustomer = job('service-levels.recount-customer', z.object({ customerId: z.uuid() }))
