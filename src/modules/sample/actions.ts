import { refused } from '#core/failure.ts'
import { barredFromAdministering, require } from '#core/may.ts'
import type { Context, Db } from '#platform/context.ts'
import { audit } from '#platform/history.ts'
import type { Job } from '#platform/job.ts'
import type { SampleStatus } from './api.ts'
import { removeSampleJob, writeSampleJob } from './jobs.ts'
import { claim, countCustomers, readState } from './state.ts'

/** How it stands. Whoever may not see all customers is told of the setting alone. */
export async function sampleStatus(db: Db): Promise<SampleStatus> {
  const { state, progress } = await readState(db)
  return { state, progress, removable: state === 'done' }
}

/** Has the sample company written, into an installation without customers. */
export async function addSample(context: Context): Promise<SampleStatus> {
  require(barredFromAdministering(context.actor))
  const { all } = await countCustomers(context.db)
  if (all > 0) throw refused('sample.customers-exist')
  return begin(context, writeSampleJob, 'sample.asked-for')
}

/** Has the sample company removed, with everything that its customers have by now. */
export async function removeSample(context: Context): Promise<SampleStatus> {
  require(barredFromAdministering(context.actor))
  const { state } = await readState(context.db)
  if (state === 'none') throw refused('sample.none')
  return begin(context, removeSampleJob, 'sample.removal-asked-for')
}

async function begin(context: Context, job: Job<Record<string, never>>, action: string): Promise<SampleStatus> {
  if (!(await claim(context.db))) throw refused('sample.running')
  await audit(context, { action })
  await context.enqueue(job, {})
  return sampleStatus(context.db)
}
