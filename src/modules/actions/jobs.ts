import { z } from 'zod'
import { job } from '#platform/job.ts'

/** Notes of which actions the day has come, and of which it is over, so that people are told. */
export const noteDueActions = job('actions.note-due', z.object({}))
