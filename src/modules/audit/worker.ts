import { longHandler } from '#platform/worker.ts'
import { checkChain, checkChainJob } from './check.ts'

/** At night. */
const NIGHTLY = '50 2 * * *'

export const auditJobs = [
  { ...longHandler(checkChainJob, (world, { check }) => checkChain(world, check)), cron: NIGHTLY },
]
