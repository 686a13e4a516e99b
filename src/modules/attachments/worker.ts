import { type JobWorld, longHandler } from '#platform/worker.ts'
import { sweepFilesJob } from './jobs.ts'
import { sweepFiles } from './sweep.ts'

/** Each night at a quarter past three, in the server's time. */
const NIGHTLY = '15 3 * * *'

export const attachmentJobs = [{ ...longHandler(sweepFilesJob, (world: JobWorld) => sweepFiles(world)), cron: NIGHTLY }]
