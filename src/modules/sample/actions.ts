import { refused } from '#core/failure.ts'
import { barredFromAdministering, require } from '#core/may.ts'
import type { Context, Db } from '#platform/context.ts'
import { audit } from '#platform/history.ts'
import type { SampleOrder, SampleStatus } from './api.ts'
import { removeSampleJob, writeSampleJob } from './jobs.ts'
import { claim, countCustomers, readState } from './state.ts'

/** How it stands. Whoever may not see all customers is told of the setting alone. */
export async function sampleStatus(db: Db): Promise<SampleStatus> {
  const { state, progress } = await readState(db)
  return { state, progress, removable: state === 'done' }
}

/** Has the sample company written, into an installation without customers. */
export async function addSample(context: Context, order: SampleOrder): Promise<SampleStatus> {
  require(barredFromAdministering(context.actor))
  await begin(context, 'sample.asked-for')
  const { all } = await countCustomers(context.db)
  if (all > 0) throw refused('sample.customers-exist')
  await context.enqueue(writeSampleJob, order)
  return sampleStatus(context.db)
}

/** Has the sample company removed, with everything that its customers have by now. */
export async function removeSample(context: Context): Promise<SampleStatus> {
  require(barredFromAdministering(context.actor))
  const { state } = await readState(context.db)
  if (state === 'none') throw refused('sample.none')
  await begin(context, 'sample.removal-asked-for')
  await context.enqueue(removeSampleJob, {})
  return sampleStatus(context.db)
}

/** Of two who ask at the same time one is told to wait. */
async function begin(context: Context, action: string): Promise<void> {
  if (!(await claim(context.db))) throw refused('sample.running')
  await audit(context, { action })
}
