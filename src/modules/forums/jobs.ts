import { z } from 'zod'
import { job } from '#platform/job.ts'

/** Plans meetings ahead, as far as they are planned. */
export const planMeetings = job('forums.plan', z.object({}))
