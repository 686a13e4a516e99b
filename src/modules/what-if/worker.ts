import { longHandler } from '#platform/worker.ts'
import { countWhatIf } from './count.ts'
import { countWhatIfJob } from './jobs.ts'

export const whatIfJobs = [longHandler(countWhatIfJob, (world, { whatIfId }) => countWhatIf(world, whatIfId))]
