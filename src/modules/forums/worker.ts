import { handler } from '#platform/worker.ts'
import { planMeetings } from './jobs.ts'
import { planAll } from './plan.ts'

/** Each night. */
const NIGHTLY = '20 1 * * *'

export const forumJobs = [{ ...handler(planMeetings, (context) => planAll(context)), cron: NIGHTLY }]
