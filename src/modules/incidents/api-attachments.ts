import { z } from 'zod'
import { endpoint } from '#core/endpoint.ts'
import { attachment, attachmentChange, newAttachment, shown } from '#api/attachments'

const byId = z.object({ id: z.string().max(200).describe('Id or number') })
const byFile = byId.extend({ attachmentId: z.uuid() })

export const listIncidentAttachments = endpoint({
  method: 'GET',
  path: '/incidents/:id/attachments',
  summary: 'Files that belong to an incident, the first added first',
  audience: 'signed-in',
  params: byId,
  reply: z.object({ items: z.array(attachment) }),
})

export const addIncidentAttachment = endpoint({
  method: 'POST',
  path: '/incidents/:id/attachments',
  summary: 'Adds a file of any size to an incident; the same content under the same name is added once',
  audience: 'provider',
  params: byId,
  query: newAttachment,
  bytes: 'body',
  ownTransaction: true,
  reply: attachment,
  status: 201,
})

export const changeIncidentAttachment = endpoint({
  method: 'PATCH',
  path: '/incidents/:id/attachments/:attachmentId',
  summary: 'Shows a file to the customer or hides it, takes it away or gives it back',
  audience: 'provider',
  params: byFile,
  body: attachmentChange,
  reply: attachment,
  match: true,
})

export const openIncidentAttachment = endpoint({
  method: 'GET',
  path: '/incidents/:id/attachments/:attachmentId/file',
  summary: 'The file itself',
  audience: 'signed-in',
  params: byFile,
  query: shown,
  reply: z.any(),
  bytes: 'reply',
})
