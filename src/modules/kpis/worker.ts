import { handler } from '#platform/worker.ts'
import { computeKpis, stretchesOf } from './compute.ts'
import { computeAll, computeMonths } from './jobs.ts'

/** Each night, in UTC. */
const NIGHT = '10 2 * * *'
/** What is still open changes, and the month before may: nothing older does without somebody saying so. */
const LATEST = 2

export const kpiJobs = [
  {
    ...handler(computeAll, async (context, { all }) => {
      const counted = await context.db.selectFrom('kpiValue').select('kpi').limit(1).executeTakeFirst()
      const months = all || counted === undefined ? null : LATEST
      for (const stretch of await stretchesOf(context, months)) await context.enqueue(computeMonths, stretch)
    }),
    cron: NIGHT,
  },
  handler(computeMonths, (context, stretch) => computeKpis(context, stretch)),
]
