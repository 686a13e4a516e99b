import { handler } from '#platform/worker.ts'
import { agreedHoursChanged, monthLocked } from './jobs.ts'
import { customersPromisedIn } from './queries.ts'
import { adjustAvailability, keepTold } from './settle.ts'

export const availabilityJobs = [
  handler(monthLocked, (context, { subjectId }) => keepTold(context, subjectId)),
  handler(agreedHoursChanged, async (context, { subjectId }) => {
    for (const customerId of await customersPromisedIn(context.db, subjectId)) {
      await adjustAvailability(context, customerId, null)
    }
  }),
]
