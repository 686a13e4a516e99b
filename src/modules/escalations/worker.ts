import { handler } from '#platform/worker.ts'
import { considerAged, considerOne } from './consider.ts'
import { considerAges, considerIncident } from './jobs.ts'

/** Each hour, ten minutes past. */
const HOURLY = '10 * * * *'

export const escalationJobs = [
  handler(considerIncident, (context, { subjectId }) => considerOne(context, subjectId)),
  { ...handler(considerAges, (context) => considerAged(context)), cron: HOURLY },
]
