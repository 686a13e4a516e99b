import { z } from 'zod'
import { job } from '#platform/job.ts'

/** A mail answered an incident that is over and opened another: the two are linked. */
export const linkToOver = job('mail.link', z.object({ from: z.uuid(), to: z.uuid() }))
