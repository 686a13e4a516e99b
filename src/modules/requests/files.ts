import type { Readable } from 'node:stream'
import type { z } from 'zod'
import type { Attachment, AttachmentChange, newAttachment } from '#api/attachments'
import { barredFromWorking, require } from '#core/may.ts'
import {
  attach,
  type AttachmentSubject,
  changeAttachment,
  listAttachments,
  openAttachment,
  receiveFile,
} from '#modules/attachments'
import type { Context } from '#platform/context.ts'
import type { FileReply } from '#platform/http.ts'
import type { Door } from './door.ts'
import { barredFromConfirming } from './may.ts'
import { getRequest } from './queries.ts'
import { tell } from './tell.ts'

interface OneFile {
  /** Id or number of the request. */
  readonly id: string
  readonly attachmentId: string
}

async function subjectOf(context: Context, idOrNumber: string) {
  const request = await getRequest(context, idOrNumber)
  const subject: AttachmentSubject = { subjectType: 'request', subjectId: request.id, customerId: request.customer.id }
  return { request, subject }
}

export async function listRequestFiles(context: Context, idOrNumber: string): Promise<{ items: Attachment[] }> {
  return { items: await listAttachments(context, (await subjectOf(context, idOrNumber)).subject) }
}

/** Takes a file that is being sent. Whose request it is adds for both sides; the desk says for whom. */
export async function addRequestFile(
  { inTransaction, asProgram }: Door,
  idOrNumber: string,
  { name, visibility }: z.output<typeof newAttachment>,
  bytes: Readable,
): Promise<Attachment> {
  const decide = () =>
    inTransaction('read only', async (context) => {
      const { request, subject: found } = await subjectOf(context, idOrNumber)
      const own = barredFromConfirming(context.actor, [request.requester?.id ?? null, request.orderedBy?.id ?? null])
      if (own !== null) require(barredFromWorking(context.actor))
      return { subject: found, theirs: context.actor.access === 'customer' }
    })
  // Asked first and again: the file may take an hour, and what they saw may be out of their sight by then.
  await decide()
  const file = await receiveFile(bytes)
  const { subject, theirs } = await decide()
  const given = { name, visibility: theirs ? ('public' as const) : visibility, file }
  const added = await asProgram(async (context) => {
    const { id, name: called, added: isNew } = await attach(context, subject, given)
    if (isNew) await tellOf(context, subject, { id, name: called, visibility: given.visibility, kind: 'attached' })
    return id
  })
  return inTransaction('read only', (context) => one(context, subject, added))
}

export async function changeRequestFile(
  context: Context,
  { id, attachmentId }: OneFile,
  { version, change }: { readonly version: number; readonly change: AttachmentChange },
): Promise<Attachment> {
  require(barredFromWorking(context.actor))
  const { subject } = await subjectOf(context, id)
  const { name, visibility } = await changeAttachment(context, { ...subject, id: attachmentId }, { version, change })
  const kind =
    change.removed === undefined ? `attachment-${visibility}` : change.removed ? 'attachment-removed' : 'attached'
  await tellOf(context, subject, { id: attachmentId, name, visibility, kind })
  return one(context, subject, attachmentId)
}

export async function openRequestFile(
  context: Context,
  { id, attachmentId }: OneFile,
  show: boolean,
): Promise<FileReply> {
  const { subject } = await subjectOf(context, id)
  return openAttachment(context, { ...subject, id: attachmentId }, show)
}

async function one(context: Context, subject: AttachmentSubject, id: string): Promise<Attachment> {
  return (await listAttachments(context, subject)).find((each) => each.id === id)!
}

async function tellOf(
  context: Context,
  { subjectId: id, customerId }: AttachmentSubject,
  {
    id: attachment,
    name,
    visibility,
    kind,
  }: {
    readonly id: string
    readonly name: string
    readonly visibility: Attachment['visibility']
    readonly kind: string
  },
): Promise<void> {
  await tell(context, { id, customerId }, `request.${kind}`, { attachment, name }, visibility)
}
