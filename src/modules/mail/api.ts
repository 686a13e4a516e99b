import { z } from 'zod'
import { languages } from '#core/text.ts'
import { byId, endpoint, instant, named, page, pageOf } from '#core/endpoint.ts'

import { templateKinds } from './template-kinds.ts'

export { barredFromAdministering, barredFromManaging, barredFromWorking } from '#core/may.ts'

const security = z.enum(['tls', 'starttls', 'none'])
const server = z.object({
  host: z.string().trim().min(1).max(255),
  port: z.int().min(1).max(65535),
  security,
})
export type MailServer = z.output<typeof server>

const oauth = z.object({
  tokenUrl: z.url({ protocol: /^https$/ }).max(500),
  clientId: z.string().trim().min(1).max(300),
  scope: z.string().trim().max(1000).nullable(),
})

const standing = z.object({
  sentence: z.string().describe('What is wrong and how to mend it'),
  detail: z.string().nullable().describe('In the server’s own words'),
})

export const mailAccount = z.object({
  id: z.uuid(),
  address: z.string(),
  name: z.string().describe('Shown beside the address as the sender'),
  team: named.nullable().describe('Whose work its mails are'),
  customer: named.nullable().describe('Whose mails they are when nothing else says so'),
  service: named.nullable().describe('What they are about when nothing else says so'),
  imap: server,
  folder: z.string(),
  smtp: server.nullable().describe('Without it nothing goes out from here'),
  userName: z.string(),
  oauth: oauth.nullable().describe('Null where a password lets in'),
  plusAddress: z
    .boolean()
    .describe('Whether mails to `desk+anything@` reach `desk@`: then answers say which ticket they are about'),
  paused: z.boolean(),
  checkedAt: instant.nullable().describe('When it was last read to its end'),
  failingSince: instant.nullable(),
  trouble: standing.nullable(),
  version: z.int(),
})
export type MailAccount = z.output<typeof mailAccount>

const given = {
  address: z.email().max(320).toLowerCase(),
  name: z.string().trim().max(200),
  team: z.string().max(200).nullable().describe('Id or name'),
  customer: z.string().max(200).nullable().describe('Id or name'),
  service: z.string().max(200).nullable().describe('Id or name; of the customer above, or for all'),
  imap: server,
  folder: z.string().trim().min(1).max(200),
  smtp: server.nullable(),
  plusAddress: z.boolean(),
  userName: z.string().trim().min(1).max(320),
  secret: z.string().min(1).max(5000).describe('The password, or the refresh token; never answered'),
  oauth: oauth
    .extend({ clientSecret: z.string().max(1000).nullable().optional().describe('Never answered') })
    .nullable(),
}

const newAccount = z.object({
  ...given,
  name: given.name.default(''),
  team: given.team.default(null),
  customer: given.customer.default(null),
  service: given.service.default(null),
  folder: given.folder.default('INBOX'),
  smtp: given.smtp.default(null),
  plusAddress: given.plusAddress.default(false),
  oauth: given.oauth.default(null),
})
export type NewMailAccount = z.output<typeof newAccount>

export const listMailAccounts = endpoint({
  method: 'GET',
  path: '/mail-accounts',
  summary: 'Mailboxes that are read, and how each does',
  audience: 'provider',
  reply: pageOf(mailAccount),
})

export const addMailAccount = endpoint({
  method: 'POST',
  path: '/mail-accounts',
  summary: 'A mailbox that is read from now on; of what lies there only what is unread is taken',
  audience: 'provider',
  body: newAccount,
  reply: mailAccount,
  status: 201,
})

export const changeMailAccount = endpoint({
  method: 'PATCH',
  path: '/mail-accounts/:id',
  summary: 'Changes what is given, leaves the rest; secrets stay where none is given',
  audience: 'provider',
  params: byId,
  body: z.object({ ...given, paused: z.boolean() }).partial(),
  reply: mailAccount,
  match: true,
})
export type MailAccountChange = z.output<typeof changeMailAccount.body>

export const tryMailAccount = endpoint({
  method: 'POST',
  path: '/mail-accounts/:id/trial',
  summary: 'Signs in to both servers and says what came of it; takes no mail and sends none',
  audience: 'provider',
  params: byId,
  reply: z.object({
    imap: standing.nullable().describe('Null when it works'),
    smtp: standing.nullable().describe('Null when it works or there is none'),
  }),
  ownTransaction: true,
})

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

const template = z.object({
  kind: z.enum(templateKinds),
  language: z.enum(languages),
  subject: z.string(),
  body: z.string(),
  origin: z
    .enum(['customer', 'everybody', 'program'])
    .describe('Whose it is: this customer’s, everybody’s, or built in'),
})
export type MailTemplate = z.output<typeof template>

const whichTemplate = z.object({ kind: z.enum(templateKinds), language: z.enum(languages) })

export const listMailTemplates = endpoint({
  method: 'GET',
  path: '/mail-templates',
  summary: 'What our mails say to a customer’s people, or to everybody’s, in each language',
  audience: 'provider',
  query: z.object({ customer: z.uuid().optional() }),
  reply: z.object({ items: z.array(template), fields: z.array(z.string()).describe('What may stand in braces') }),
})

export const setMailTemplate = endpoint({
  method: 'PUT',
  path: '/mail-templates/:kind/:language',
  summary: 'Says anew what a mail says; a field that there is not is refused',
  audience: 'provider',
  params: whichTemplate,
  body: z.object({
    customer: z.uuid().nullable().default(null),
    subject: z.string().trim().min(1).max(400),
    body: z.string().trim().min(1).max(20_000),
  }),
  reply: template,
})

export const removeMailTemplate = endpoint({
  method: 'DELETE',
  path: '/mail-templates/:kind/:language',
  summary: 'Goes back to what everybody is told, or to what is built in',
  audience: 'provider',
  params: whichTemplate,
  query: z.object({ customer: z.uuid().optional() }),
  reply: z.null(),
  status: 204,
})

const domains = z.object({ domains: z.array(z.string()) })

export const readMailDomains = endpoint({
  method: 'GET',
  path: '/customers/:id/mail-domains',
  summary: 'Domains whose mails are this customer’s',
  audience: 'provider',
  params: byId,
  reply: domains,
})

export const setMailDomains = endpoint({
  method: 'PUT',
  path: '/customers/:id/mail-domains',
  summary: 'Says anew whose mails are this customer’s; a domain of several customers says nothing',
  audience: 'provider',
  params: byId,
  body: z.object({
    domains: z
      .array(
        z
          .string()
          .trim()
          .toLowerCase()
          .regex(/^([a-z0-9_-]{1,63}\.){1,8}[a-z0-9-]{2,63}$/),
      )
      .max(100),
  }),
  reply: domains,
})
