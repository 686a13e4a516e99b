import { z } from 'zod'
import { job } from '#platform/job.ts'

export const tidyUpJob = job('organisation.tidy-up', z.object({}))
