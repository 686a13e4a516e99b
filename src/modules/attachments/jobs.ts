import { z } from 'zod'
import { job } from '#platform/job.ts'

export const sweepFilesJob = job('attachments.sweep-files', z.object({}))
