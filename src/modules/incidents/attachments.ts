import type { Readable } from 'node:stream'
import type { z } from 'zod'
import { barredFromWorking, require } from '#core/may.ts'
import {
  attach,
  type AttachmentSubject,
  changeAttachment,
  listAttachments,
  openAttachment,
  receiveFile,
  type ReceivedFile,
} from '#modules/attachments'
import type { Attachment, AttachmentChange, newAttachment } from '#api/attachments'
import type { Context } from '#platform/context.ts'
import { audit, record } from '#platform/history.ts'
import type { FileReply, Given } from '#platform/http.ts'
import type { addIncidentAttachment as endpoint } from './api.ts'
import { getIncident, lockIncident, updateIncident } from './queries.ts'

type InTransaction = Given<typeof endpoint>['inTransaction']

interface OneFile {
  /** Id or number of the incident. */
  readonly id: string
  readonly attachmentId: string
}

export async function listIncidentAttachments(context: Context, idOrNumber: string): Promise<{ items: Attachment[] }> {
  const { id } = await getIncident(context, idOrNumber)
  return { items: await listAttachments(context, { subjectType: 'incident', subjectId: id }) }
}

/** Takes a file that is being sent; asked first whether it may be, since it may take an hour. */
export async function addIncidentAttachment(
  inTransaction: InTransaction,
  idOrNumber: string,
  { name, visibility }: z.output<typeof newAttachment>,
  bytes: Readable,
): Promise<Attachment> {
  await inTransaction('read only', async (context) => {
    require(barredFromWorking(context.actor))
    await getIncident(context, idOrNumber)
  })
  const file = await receiveFile(bytes)
  return inTransaction('read write', (context) => attachToIncident(context, idOrNumber, { name, visibility, file }))
}

/** Ties a file that was received to an incident, and tells of it in the history. */
export async function attachToIncident(
  context: Context,
  idOrNumber: string,
  given: { readonly name: string; readonly visibility: Attachment['visibility']; readonly file: ReceivedFile },
): Promise<Attachment> {
  const { subject, incident } = await lockSubject(context, idOrNumber)
  const { id, name, added } = await attach(context, subject, given)
  const { visibility } = given
  if (added) await tell(context, incident.id, subject, { id, name, visibility, kind: 'attached' })
  return one(context, subject, id)
}

/**
 * Tells, inside, of a file that came with a mail and was not kept, once.
 *
 * @param isHalf It is the last one of a mail that was not read to its end.
 */
export async function noteRefusedFile(
  context: Context,
  incidentId: string,
  {
    mail,
    ...file
  }: { readonly mail: string; readonly name: string; readonly virus?: string; readonly isHalf?: boolean },
): Promise<void> {
  const { subject } = await lockSubject(context, incidentId)
  const facts = { virus: '', ...file, mail }
  await record(context, {
    ...subject,
    kind: 'incident.attachment-refused',
    facts,
    sourceKey: `refused ${mail} ${file.name}`,
  })
}

export async function changeIncidentAttachment(
  context: Context,
  { id, attachmentId }: OneFile,
  { version, change }: { readonly version: number; readonly change: AttachmentChange },
): Promise<Attachment> {
  require(barredFromWorking(context.actor))
  const { subject, incident } = await lockSubject(context, id)
  const { name, visibility } = await changeAttachment(context, { ...subject, id: attachmentId }, { version, change })
  const kind =
    change.removed === undefined ? `attachment-${visibility}` : change.removed ? 'attachment-removed' : 'attached'
  await tell(context, incident.id, subject, { id: attachmentId, name, visibility, kind })
  return one(context, subject, attachmentId)
}

export async function openIncidentAttachment(
  context: Context,
  { id, attachmentId }: OneFile,
  show: boolean,
): Promise<FileReply> {
  const incident = await getIncident(context, id)
  return openAttachment(context, { subjectType: 'incident', subjectId: incident.id, id: attachmentId }, show)
}

async function lockSubject({ db }: Context, idOrNumber: string) {
  const incident = await lockIncident(db, idOrNumber)
  const subject = { subjectType: 'incident', subjectId: incident.id, customerId: incident.customerId } as const
  return { incident, subject }
}

async function one(context: Context, subject: AttachmentSubject, id: string): Promise<Attachment> {
  return (await listAttachments(context, subject)).find((each) => each.id === id)!
}

/** In the history, where the customer reads it too if the file is for them; what becomes hidden is ours alone to know. */
async function tell(
  context: Context,
  incidentId: string,
  subject: AttachmentSubject,
  { id, name, visibility, kind }: { id: string; name: string; visibility: Attachment['visibility']; kind: string },
): Promise<void> {
  await record(context, { ...subject, kind: `incident.${kind}`, facts: { attachment: id, name }, visibility })
  await audit(context, { action: `incident.${kind}`, ...subject, facts: { attachment: id, name } })
  await updateIncident(context.db, incidentId, { updatedAt: context.now })
}
