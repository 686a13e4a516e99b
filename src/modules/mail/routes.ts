import { route } from '#platform/http.ts'
import { addAccount, changeAccount, listAccounts, tryAccount } from './accounts.ts'
import * as api from './api.ts'
import { readDomains, setDomains } from './domains.ts'
import { listTemplates, removeTemplate, setTemplate } from './templates.ts'
import { viewMail } from './view.ts'
import { assignMail, dismissMail, listMails, readReceived, releaseMail, sendPart, sendRaw } from './received.ts'

export const mailRoutes = [
  route(api.listMailAccounts, (context) => listAccounts(context)),
  route(api.addMailAccount, (context, { body }) => addAccount(context, body)),
  route(api.changeMailAccount, (context, { params, body, matches }) =>
    changeAccount(context, params.id, matches, body),
  ),
  route(api.tryMailAccount, (context, { params }) => tryAccount(context, params.id)),
  route(api.listReceivedMails, (context, { query }) => listMails(context, query)),
  route(api.readReceivedMail, (context, { params }) => readReceived(context, params.id)),
  route(api.viewReceivedMail, (context, { params, query, answer }) =>
    viewMail(context, { id: params.id, ...query }, answer),
  ),
  route(api.downloadReceivedMail, (context, { params }) => sendRaw(context, params.id)),
  route(api.downloadMailPart, (context, { params }) => sendPart(context, params.id, params.index)),
  route(api.assignReceivedMail, (context, { params, body }) => assignMail(context, params.id, body)),
  route(api.releaseReceivedMail, (context, { params }) => releaseMail(context, params.id)),
  route(api.dismissReceivedMail, (context, { params }) => dismissMail(context, params.id)),
  route(api.listMailTemplates, (context, { query }) => listTemplates(context, query)),
  route(api.setMailTemplate, (context, { params, body }) => setTemplate(context, params, body)),
  route(api.removeMailTemplate, (context, { params, query }) =>
    removeTemplate(context, params, query.customer ?? null),
  ),
  route(api.readMailDomains, (context, { params }) => readDomains(context, params.id)),
  route(api.setMailDomains, (context, { params, body }) => setDomains(context, params.id, body.domains)),
]
