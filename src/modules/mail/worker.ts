import { linkIncidents } from '#modules/incidents'
import { handler, longHandler } from '#platform/worker.ts'
import { attachFiles, confirmMail, incidentTold, linkToOver, sendDue, updateTold } from './jobs.ts'
import { attachFilesOf } from './files.ts'
import { sendOutgoing } from './send.ts'
import { confirmReceipts, tellRequester } from './tell.ts'
import { tellReporters } from './updates.ts'

export const mailJobs = [
  handler(incidentTold, (context, { subjectId }) => tellRequester(context, subjectId)),
  longHandler(attachFiles, (world, { mail }) => attachFilesOf(world, mail)),
  longHandler(confirmMail, (world, { mail, mails = mail === undefined ? [] : [mail] }) =>
    confirmReceipts(world, mails),
  ),
  handler(updateTold, (context, { subjectId, factId, at }) =>
    tellReporters(context, { majorId: subjectId, factId, at }),
  ),
  longHandler(sendDue, (world) => sendOutgoing(world)),
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
