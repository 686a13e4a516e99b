import { handler } from '#platform/worker.ts'
import { noteDue } from './due.ts'
import { noteDueActions } from './jobs.ts'

/** Early each morning, in UTC. */
const MORNING = '5 5 * * *'

export const actionJobs = [{ ...handler(noteDueActions, (context) => noteDue(context)), cron: MORNING }]
