import { z } from 'zod'
import { instant } from '#core/endpoint.ts'

/** In bytes: the largest file that is taken. */
export const LARGEST_ATTACHMENT = 2 * 1024 ** 3

export const visibilities = ['internal', 'public'] as const

/** A file that belongs to a record. */
export const attachment = z.object({
  id: z.uuid(),
  name: z.string(),
  type: z.string().describe('Media type by its content; what is not known for sure is application/octet-stream'),
  size: z.number().describe('In bytes'),
  visibility: z.enum(visibilities).describe('Public is what the customer sees too'),
  addedAt: instant,
  addedBy: z.string().nullable().describe('Null for what came by mail, and for a customer’s eyes'),
  removed: z.boolean().describe('Taken away; it can be had back for thirty days'),
  version: z.int(),
})
export type Attachment = z.output<typeof attachment>

/** What an upload says of itself; the bytes are the body. */
export const newAttachment = z.object({
  name: z.string().trim().min(1).max(255).describe('As it is called where it comes from'),
  visibility: z.enum(visibilities).default('internal'),
})

export const attachmentChange = z
  .object({ visibility: z.enum(visibilities), removed: z.boolean().describe('Takes it away, or gives it back') })
  .partial()
export type AttachmentChange = z.output<typeof attachmentChange>

/** Of a file that is asked for: shown in the page if its kind allows it, saved otherwise. */
export const shown = z.object({ show: z.stringbool().default(false) })
