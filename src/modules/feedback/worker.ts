import { handler } from '#platform/worker.ts'
import { shuffle } from './anonymous.ts'
import { askAboutIncident, askAll, surveysDue } from './asking.ts'
import { askAgain, askEverybody, incidentOver, shuffleAnonymous } from './jobs.ts'

/** Each morning, and each night, in UTC. */
const MORNING = '20 6 * * *'
const NIGHT = '40 1 * * *'

export const feedbackJobs = [
  handler(incidentOver, (context, { subjectId }) => askAboutIncident(context, subjectId)),
  handler(askEverybody, (context, { survey }) => askAll(context, survey)),
  {
    ...handler(askAgain, async (context) => {
      for (const survey of await surveysDue(context)) await context.enqueue(askEverybody, { survey })
    }),
    cron: MORNING,
  },
  { ...handler(shuffleAnonymous, (context) => shuffle(context)), cron: NIGHT },
]
