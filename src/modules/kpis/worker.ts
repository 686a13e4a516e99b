import { handler } from '#platform/worker.ts'
import { changedCustomers, computeChanged, computeKpis, stretchesOf } from './compute.ts'
import { computeAll, computeMonths, refreshAll, refreshOne } from './jobs.ts'

/** Each night, in UTC. */
const NIGHT = '10 2 * * *'
const OFTEN = '*/10 * * * *'
/** What is not known to have changed, such as hours that were agreed anew, is found at night in the latest months. */
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
  {
    ...handler(refreshAll, async (context) => {
      for (const customerId of await changedCustomers(context)) await context.enqueue(refreshOne, { customerId })
    }),
    cron: OFTEN,
  },
  handler(refreshOne, async (context, { customerId }) => {
    await computeChanged(context, customerId)
  }),
]
