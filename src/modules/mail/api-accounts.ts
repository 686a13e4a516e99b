import { z } from 'zod'
import { byId, endpoint, instant, named, pageOf } from '#core/endpoint.ts'

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
  unsent: standing
    .extend({ count: z.int() })
    .nullable()
    .describe('Mails that could not be sent and are tried again, and why; null while all goes out'),
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
