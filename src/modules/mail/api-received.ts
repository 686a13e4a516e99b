import { z } from 'zod'
import { byId, endpoint, instant, named, page, pageOf } from '#core/endpoint.ts'

export const fates = ['ticket', 'reply', 'bounce', 'automatic', 'report', 'refused', 'unassigned', 'held'] as const

export const receivedMail = z.object({
  id: z.uuid(),
  account: named.describe('The mailbox, by its address'),
  customer: named.nullable(),
  outcome: z.enum(fates).describe('Unassigned waits for whose it is, held for somebody who lets it through'),
  reason: z.string().describe('Why, in a sentence'),
  incident: z.object({ id: z.uuid(), number: z.string() }).nullable(),
  from: z.object({ name: z.string(), address: z.string().nullable() }),
  subject: z.string(),
  receivedAt: instant,
  size: z.number().describe('In bytes'),
  files: z.int(),
  emptiedAt: instant.nullable().describe('When what it said was taken away for good: nothing of it can be read'),
})
export type ReceivedMail = z.output<typeof receivedMail>

export const listReceivedMails = endpoint({
  method: 'GET',
  path: '/received-mails',
  summary: 'Mails that came and what became of each, the newest first',
  audience: 'provider',
  query: z.object({
    ...page,
    outcome: z.enum(fates).optional(),
    waiting: z.stringbool().optional().describe('Those that wait for somebody'),
    q: z.string().max(200).optional().describe('In subject or sender'),
  }),
  reply: pageOf(receivedMail),
})

export const readReceivedMail = endpoint({
  method: 'GET',
  path: '/received-mails/:id',
  summary: 'One mail as it can be shown: its text, safe HTML, and what came with it',
  audience: 'provider',
  params: byId,
  reply: receivedMail.extend({
    text: z.string(),
    quoted: z.string().describe('What was repeated below'),
    html: z.string().nullable().describe('Without scripts, forms, styles that reach out, and pictures from elsewhere'),
    pictures: z.int().describe('How many pictures it would fetch from elsewhere; they are left out'),
    cut: z.boolean().describe('Too large to be read to its end: its files are in the raw mail alone'),
    parts: z.array(z.object({ name: z.string(), type: z.string().describe('By its content'), size: z.number() })),
  }),
})

export const viewReceivedMail = endpoint({
  method: 'GET',
  path: '/received-mails/:id/view',
  summary:
    'One mail as it was laid out, as a page for a frame: it runs nothing, and fetches pictures only when asked to',
  audience: 'provider',
  params: byId,
  query: z.object({ pictures: z.stringbool().default(false).describe('With those from elsewhere') }),
  reply: z.any(),
  bytes: 'reply',
})

export const downloadReceivedMail = endpoint({
  method: 'GET',
  path: '/received-mails/:id/raw',
  summary: 'The mail as it came',
  audience: 'provider',
  params: byId,
  reply: z.any(),
  bytes: 'reply',
})

export const downloadMailPart = endpoint({
  method: 'GET',
  path: '/received-mails/:id/parts/:index',
  summary: 'A file that came with a mail; counted from 0',
  audience: 'provider',
  params: z.object({ id: z.uuid(), index: z.coerce.number().int().min(0).max(10_000) }),
  reply: z.any(),
  bytes: 'reply',
})

const became = z.object({
  outcome: z.enum(fates),
  incidentId: z.uuid().nullable().describe('What it opened or went to'),
})
export type Became = z.output<typeof became>

export const assignReceivedMail = endpoint({
  method: 'POST',
  path: '/received-mails/:id/assignment',
  summary: 'Says whose a waiting mail is, and takes it in',
  audience: 'provider',
  params: byId,
  body: z.object({
    customer: z.string().min(1).max(200).describe('Id or name'),
    remember: z
      .boolean()
      .default(false)
      .describe('Whoever writes from its domain belongs to this customer from now on'),
  }),
  reply: became,
})

export const releaseReceivedMail = endpoint({
  method: 'POST',
  path: '/received-mails/:id/release',
  summary: 'Lets a held mail through',
  audience: 'provider',
  params: byId,
  reply: became,
})

export const dismissReceivedMail = endpoint({
  method: 'POST',
  path: '/received-mails/:id/dismissal',
  summary: 'Says of a waiting mail that nothing is to be done; it stays to be read',
  audience: 'provider',
  params: byId,
  reply: became,
})
