import { z } from 'zod'
import { byId, endpoint } from '#core/endpoint.ts'

/** A file that can be kept in git. */
export interface FileText {
  readonly name: string
  readonly text: string
}

const importedFile = z.object({
  id: z.uuid(),
  name: z.string(),
  done: z.enum(['added', 'changed', 'unchanged']),
})
export type ImportedFile = z.output<typeof importedFile>

const fileBody = z.object({ text: z.string().max(1_000_000).describe('The file, YAML') })

export const exportAgreement = endpoint({
  method: 'GET',
  path: '/agreements/:id/yaml',
  summary: 'An agreement with all its versions as a file that can be read, reviewed and taken in again',
  audience: 'signed-in',
  params: byId,
  reply: z.any(),
  bytes: 'reply',
})

export const importAgreement = endpoint({
  method: 'POST',
  path: '/agreements/yaml',
  summary: 'Brings an agreement to what such a file says; what is in force is never rewritten',
  audience: 'provider',
  body: fileBody,
  reply: importedFile,
})

export const exportCalendar = endpoint({
  method: 'GET',
  path: '/calendars/:id/yaml',
  summary: 'A calendar with all its versions as a file that can be read, reviewed and taken in again',
  audience: 'signed-in',
  params: byId,
  reply: z.any(),
  bytes: 'reply',
})

export const importCalendar = endpoint({
  method: 'POST',
  path: '/calendars/yaml',
  summary: 'Brings a calendar to what such a file says; hours that hold already are never rewritten',
  audience: 'provider',
  body: fileBody,
  reply: importedFile,
})
