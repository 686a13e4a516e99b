import { createHash } from 'node:crypto'
import { z } from 'zod'
import { fates, subjects } from './store.ts'

/** What was done to forget somebody, in a form that anybody can check: it names nobody. */
export const certificate = z.object({
  erasure: z.uuid(),
  subject: z.uuid().describe('The id that they were known by; it leads to nobody any more'),
  ground: z.enum(['asked', 'left', 'court']),
  requestedAt: z.iso.datetime(),
  doneAt: z.iso.datetime(),
  records: z
    .array(z.object({ subject: z.enum(subjects), table: z.string(), fate: z.enum(fates), rows: z.int() }))
    .describe('What was done with the records of each table that knew them'),
  texts: z.int().describe('In so many texts words about them were covered'),
  files: z.int().describe('Files and mails that were taken away'),
  keyDestroyed: z.boolean().describe('Whether there was a key that led to records made anonymous before'),
  backupsUntil: z.iso
    .date()
    .describe('Until then backups from before may still hold them; a restore forgets them again'),
})
export type Certificate = z.output<typeof certificate>

/** SHA-256 of the certificate as JSON in the order of its definition; it stands in the audit, too. */
export function checksumOf(of: Certificate): string {
  return createHash('sha256')
    .update(JSON.stringify(certificate.parse(of)))
    .digest('hex')
}
