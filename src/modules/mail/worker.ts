import { linkIncidents } from '#modules/incidents'
import { handler } from '#platform/worker.ts'
import { linkToOver } from './jobs.ts'

export const mailJobs = [
  handler(linkToOver, async (context, { from, to }) => {
    const { db } = context
    const there = await db.selectFrom('incident').select('id').where('id', 'in', [from, to]).execute()
    const linked = await db
      .selectFrom('incidentLink')
      .select('id')
      .where('fromId', '=', from)
      .where('toId', '=', to)
      .executeTakeFirst()
    if (there.length === 2 && linked === undefined) await linkIncidents(context, from, { kind: 'relates-to', to })
  }),
]
