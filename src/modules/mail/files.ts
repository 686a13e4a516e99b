import { Readable } from 'node:stream'
import { Failure } from '#core/failure.ts'
import { receiveFile } from '#modules/attachments'
import { attachToIncident, noteRefusedFile } from '#modules/incidents'
import type { JobWorld } from '#platform/worker.ts'
import { rawMailBytes, READ_AT_MOST } from './raw.ts'
import { readMail } from './reading.ts'

/**
 * Gives the files of a mail to the incident that it went to, for the customer to see as well: somebody of theirs sent them.
 * Done twice it changes nothing.
 */
export async function attachFilesOf({ db, inTransaction }: JobWorld, mailId: string): Promise<void> {
  const mail = await db
    .selectFrom('receivedMail')
    .select(['incidentId', 'sha256', 'size'])
    .where('id', '=', mailId)
    .executeTakeFirst()
  const incidentId = mail?.incidentId
  if (!mail || !incidentId) return
  const { files } = await readMail(await rawMailBytes(mail.sha256))
  // The last one of a mail that was not read to its end is half: it is in the raw mail alone.
  const half = mail.size > READ_AT_MOST ? files.at(-1) : undefined
  const whole = half === undefined ? files : files.slice(0, -1)
  for (const { name, content } of whole) {
    try {
      const file = await receiveFile(Readable.from([content]))
      await inTransaction((context) => attachToIncident(context, incidentId, { name, visibility: 'public', file }))
    } catch (error) {
      const refused = error instanceof Failure && REFUSED.has(error.code)
      if (!refused) throw error
      const { virus = '' } = error.values
      await inTransaction((context) =>
        noteRefusedFile(context, incidentId, { name, virus: String(virus), mail: mailId }),
      )
    }
  }
  if (half !== undefined) {
    await inTransaction((context) =>
      noteRefusedFile(context, incidentId, { name: half.name, isHalf: true, mail: mailId }),
    )
  }
}

/** What will be refused each time: it stays in the raw mail alone, and the incident says so. */
const REFUSED: ReadonlySet<string> = new Set(['file.virus', 'file.too-large-to-scan', 'attachment.empty'])
