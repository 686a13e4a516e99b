import { z } from 'zod'
import { job } from '#platform/job.ts'

/** Another program is to do a task. Tried again with growing delays until it answers, or nobody believes in it any more. */
export const callOut = job('requests.call', z.object({ call: z.uuid() }), { retries: 6 })

/** Ends calls of which nothing is heard any more. */
export const endLost = job('requests.lost', z.object({}))

/** A calendar has other hours, or a past day of it was corrected: promises that run in them are counted anew. */
export const promisedHoursChanged = job('requests.hours-changed', z.object({ subjectId: z.uuid() }))

/** Closes what was delivered and confirmed, or delivered and not spoken of for long. */
export const closeDelivered = job('requests.close', z.object({}))
