import { z } from 'zod'
import { endpoint } from '#core/endpoint.ts'
import { attachment, attachmentChange, newAttachment, shown } from '#api/attachments'

const ref = z.object({ id: z.string().max(200).describe('Id or number') })
const byFile = ref.extend({ attachmentId: z.uuid() })

export const listRequestAttachments = endpoint({
  method: 'GET',
  path: '/requests/:id/attachments',
  summary: 'Files that belong to a request, the first added first',
  audience: 'signed-in',
  params: ref,
  reply: z.object({ items: z.array(attachment) }),
})

export const addRequestAttachment = endpoint({
  method: 'POST',
  path: '/requests/:id/attachments',
  summary: 'Adds a file to a request; what whoever ordered adds is for both sides to see',
  audience: 'signed-in',
  params: ref,
  query: newAttachment,
  bytes: 'body',
  ownTransaction: true,
  reply: attachment,
  status: 201,
})

export const changeRequestAttachment = endpoint({
  method: 'PATCH',
  path: '/requests/:id/attachments/:attachmentId',
  summary: 'Shows a file to the customer or hides it, takes it away or gives it back',
  audience: 'provider',
  params: byFile,
  body: attachmentChange,
  reply: attachment,
  match: true,
})
export type RequestFileChange = z.output<typeof attachmentChange>

export const openRequestAttachment = endpoint({
  method: 'GET',
  path: '/requests/:id/attachments/:attachmentId/file',
  summary: 'The file itself',
  audience: 'signed-in',
  params: byFile,
  query: shown,
  reply: z.any(),
  bytes: 'reply',
})
