import type { Readable } from 'node:stream'
import type { z } from 'zod'
import type { Attachment, newAttachment } from '#api/attachments'
import { invalid } from '#core/failure.ts'
import { barredFromWorking, require } from '#core/may.ts'
import { attach, listAttachments, openAttachment, receiveFile } from '#modules/attachments'
import type { Context } from '#platform/context.ts'
import { audit } from '#platform/history.ts'
import type { FileReply, Given } from '#platform/http.ts'
import type { addFrictionPhoto } from './api.ts'
import { readPoint } from './queries.ts'

const subjectType = 'friction-point'

export async function listPhotos({ db, actor }: Context, id: string): Promise<{ items: Attachment[] }> {
  await readPoint(db, id)
  return { items: await listAttachments({ db, actor }, { subjectType, subjectId: id }) }
}

/** Takes a photo that is being sent; what is no picture is refused. */
export async function addPhoto(
  inTransaction: Given<typeof addFrictionPhoto>['inTransaction'],
  id: string,
  { name, visibility }: z.output<typeof newAttachment>,
  bytes: Readable,
): Promise<Attachment> {
  await inTransaction('read only', async (context) => {
    require(barredFromWorking(context.actor))
    await readPoint(context.db, id)
  })
  const file = await receiveFile(bytes)
  if (!file.type.startsWith('image/')) throw invalid('friction.no-picture', { name })
  return inTransaction('read write', async (context) => {
    const { customer } = await readPoint(context.db, id)
    const subject = { subjectType, subjectId: id, customerId: customer.id } as const
    const added = await attach(context, subject, { name, visibility, file })
    await audit(context, {
      action: 'friction.photo-added',
      subjectType,
      subjectId: id,
      customerId: customer.id,
      facts: { name: added.name },
    })
    const { items } = await listPhotos(context, id)
    return items.find((item) => item.id === added.id)!
  })
}

export async function openPhoto(
  context: Context,
  { id, attachmentId }: { readonly id: string; readonly attachmentId: string },
  show: boolean,
): Promise<FileReply> {
  await readPoint(context.db, id)
  return openAttachment(context, { id: attachmentId, subjectType, subjectId: id }, show)
}
