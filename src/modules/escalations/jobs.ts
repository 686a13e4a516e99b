import { z } from 'zod'
import { job } from '#platform/job.ts'

/** Something happened to an incident that a rule may look at. */
export const considerIncident = job('escalations.consider', z.object({ subjectId: z.uuid() }))

/** What no event tells of: that something has been open for days. */
export const considerAges = job('escalations.consider-ages', z.object({}))
