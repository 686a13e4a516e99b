import { z } from 'zod'
import { byId, endpoint } from '#core/endpoint.ts'

export { barredFromAdministering, barredFromManaging, barredFromWorking } from '#core/may.ts'
export {
  addMailAccount,
  changeMailAccount,
  listMailAccounts,
  mailAccount,
  type MailAccount,
  type MailAccountChange,
  type MailServer,
  type NewMailAccount,
  tryMailAccount,
} from './api-accounts.ts'
export {
  assignReceivedMail,
  type Became,
  dismissReceivedMail,
  downloadMailPart,
  downloadReceivedMail,
  fates,
  listReceivedMails,
  readReceivedMail,
  receivedMail,
  type ReceivedMail,
  releaseReceivedMail,
  viewReceivedMail,
} from './api-received.ts'
export { listMailTemplates, type MailTemplate, removeMailTemplate, setMailTemplate } from './api-templates.ts'

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
