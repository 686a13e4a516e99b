import { handler } from '#platform/worker.ts'
import { recountAttainment } from './clocks.ts'
import { recountCustomer } from './jobs.ts'

export const serviceLevelJobs = [
  handler(recountCustomer, ({ db }, { customerId }) => recountAttainment(db, customerId)),
]
