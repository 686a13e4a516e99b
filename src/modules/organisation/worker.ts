import { longHandler } from '#platform/worker.ts'
import { tidyUpJob } from './jobs.ts'
import { NIGHTLY, tidyUp } from './retention.ts'

export const organisationJobs = [{ ...longHandler(tidyUpJob, (world) => tidyUp(world)), cron: NIGHTLY }]
