import { route, sentText } from '#platform/http.ts'
import { addSource, changeContact, logContact, removeSource, takeContact } from './actions.ts'
import * as api from './api.ts'
import { findCallers, listContacts, listSources, readContact, reportContacts } from './queries.ts'
import { receiveMessage } from './receive.ts'

export const contactRoutes = [
  route(api.listContacts, (context, { query }) => listContacts(context, query)),
  route(api.reportContacts, (context, { query }) => reportContacts(context, query)),
  route(api.findCallers, (context, { query }) => findCallers(context, query)),
  route(api.getContact, (context, { params }) => readContact(context, params.id)),
  route(api.takeContact, (context, { body }) => takeContact(context, body)),
  route(api.changeContact, (context, { params, body, matches }) => changeContact(context, params.id, matches, body)),
  route(api.logContact, (context, { params, body }) => logContact(context, params.id, body)),
  route(api.listContactSources, async (context) => ({ items: await listSources(context) })),
  route(api.addContactSource, (context, { body }) => addSource(context, body)),
  route(api.removeContactSource, (context, { params }) => removeSource(context, params.id)),
  route(api.receiveMessage, (context, { params, body, raw }) => {
    const signature = raw.headers['x-plumbline-signature']
    return receiveMessage(context, params.id, {
      message: body,
      text: sentText(raw),
      signature: typeof signature === 'string' ? signature : undefined,
    })
  }),
]
