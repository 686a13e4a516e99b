import { z } from 'zod'
import { job } from '#platform/job.ts'

/** A customer's month was locked: what is told of it is kept. */
export const monthLocked = job('availability.month-locked', z.object({ subjectId: z.uuid() }))

/** A calendar has other hours, perhaps since long: where that differs from what was told, it is an adjustment. */
export const agreedHoursChanged = job('availability.agreed-hours-changed', z.object({ subjectId: z.uuid() }))
