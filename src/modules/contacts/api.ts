import { z } from 'zod'
import { byId, endpoint, instant, localDate, named, page, pageOf } from '#core/endpoint.ts'
import { isZone } from '#core/zone.ts'
import { declareIncident, incidentStates } from '#api/incidents'
import { channels, outcomes } from './contact.ts'

export { barredFromManaging, barredFromWorking } from '#core/may.ts'
export { type Channel, channels, type Outcome, outcomes } from './contact.ts'

const incidentRef = z.string().trim().min(1).max(200).describe('Id or number of an incident')
const email = z.email().max(320).toLowerCase()
const phone = z.string().trim().min(1).max(60)

export const contact = z.object({
  id: z.uuid(),
  customer: named,
  channel: z.enum(channels),
  outcome: z.enum(outcomes).describe('Open: taken down and not settled yet'),
  subject: z.string(),
  details: z.string(),
  startedAt: instant,
  handleSeconds: z.int().nullable().describe('How long it took; null when nobody took the time'),
  caller: z.object({
    id: z.uuid().nullable().describe('Of a person whom we know'),
    name: z.string(),
    email: z.string().nullable(),
    phone: z.string().nullable(),
  }),
  site: named.nullable(),
  incident: z.object({ id: z.uuid(), number: z.string(), title: z.string() }).nullable(),
  request: z.object({ id: z.uuid(), number: z.string() }).nullable(),
  source: named.nullable().describe('The program that handed it over'),
  version: z.int(),
})
export type Contact = z.output<typeof contact>

/** By what a list and its figures are narrowed alike. */
const conditions = {
  customer: z.string().max(200).optional().describe('Id or name'),
  from: localDate.optional().describe('First day'),
  to: localDate.optional().describe('Last day'),
  zone: z.string().max(64).refine(isZone).default('UTC').describe('Whose days are meant'),
}
export type ContactPeriod = z.output<z.ZodObject<typeof conditions>>

export const listContacts = endpoint({
  method: 'GET',
  path: '/contacts',
  summary: 'Contacts, the newest first',
  audience: 'provider',
  query: z.object({
    ...page,
    ...conditions,
    channel: z.enum(channels).optional(),
    outcome: z.enum(outcomes).optional(),
    incident: incidentRef.optional(),
    person: z.uuid().optional().describe('Who called'),
    first: z
      .enum(['settled', 'not-settled'])
      .optional()
      .describe('Of those that a first-contact resolution is counted of, the ones that were or were not'),
    q: z.string().max(200).optional().describe('Words in subject, name, address or number of the caller'),
  }),
  reply: pageOf(contact),
})
export type ContactsQuery = z.output<typeof listContacts.query>

const ratio = z.object({ numerator: z.int(), denominator: z.int() }).nullable()

export const reportContacts = endpoint({
  method: 'GET',
  path: '/reports/contacts',
  lagging: true,
  summary:
    'Contacts by channel, and how many were settled at the first one: answered at once, or their incident resolved before ' +
    'the contact was over (within 15 minutes where nobody took the time, within an hour where it was written) and not reopened',
  audience: 'provider',
  query: z.object(conditions),
  reply: z.object({
    channels: z.array(
      z.object({
        channel: z.enum(channels),
        contacts: z.int(),
        incidents: z.int().describe('Those that were logged as an incident'),
        first: ratio.describe(
          'Settled at the first contact, of those answered or logged as incident; null without any',
        ),
      }),
    ),
    contacts: z.int(),
    first: ratio,
    open: z.int().describe('Not settled yet'),
  }),
})
export type ContactReport = z.output<typeof reportContacts.reply>

export const getContact = endpoint({
  method: 'GET',
  path: '/contacts/:id',
  summary: 'One contact with what was written in it',
  audience: 'provider',
  params: byId,
  reply: contact.extend({
    takenBy: named.nullable(),
    messages: z.array(
      z.object({
        id: z.uuid(),
        author: z.enum(['caller', 'agent', 'bot']),
        name: z.string(),
        text: z.string(),
        sentAt: instant,
      }),
    ),
  }),
})
export type WholeContact = z.output<typeof getContact.reply>

export const findCallers = endpoint({
  method: 'GET',
  path: '/callers',
  summary: 'Who may be calling, by a part of name or address or the end of a number, with what is open of theirs',
  audience: 'provider',
  query: z.object({
    q: z.string().trim().min(2).max(200),
    customer: z.string().max(200).optional().describe('Id or name'),
    limit: z.coerce.number().int().min(1).max(20).default(8),
  }),
  reply: z.object({
    items: z.array(
      named.extend({
        email: z.string().nullable(),
        phone: z.string().nullable().describe('From which they called last'),
        customer: named,
        site: named.nullable().describe('Where they reported from last'),
        open: z.array(z.object({ id: z.uuid(), number: z.string(), title: z.string(), state: z.enum(incidentStates) })),
      }),
    ),
  }),
})
export type Caller = z.output<typeof findCallers.reply>['items'][number]

const taken = {
  subject: z.string().trim().min(1).max(400),
  details: z.string().max(100_000),
  handleSeconds: z.int().min(0).max(86_400).nullable(),
  caller: z.object({
    id: z.uuid().optional().describe('Of a person whom we know'),
    name: z.string().trim().max(400).default(''),
    email: email.optional(),
    phone: phone.optional(),
  }),
  site: z.string().max(200).nullable().describe('Id or name'),
}

export const takeContact = endpoint({
  method: 'POST',
  path: '/contacts',
  summary: 'Takes a contact down; with an incident it is attached there',
  audience: 'provider',
  body: z.object({
    ...taken,
    customer: z.string().min(1).max(200).describe('Id or name'),
    channel: z.enum(channels),
    details: taken.details.default(''),
    handleSeconds: taken.handleSeconds.default(null),
    caller: taken.caller.default({ name: '' }),
    site: taken.site.default(null),
    startedAt: instant.optional().describe('Now unless given'),
    outcome: z.enum(outcomes).exclude(['incident']).default('open'),
    incident: incidentRef.optional().describe('Which it is about; needed for attached, and makes it so'),
  }),
  reply: contact,
  status: 201,
})
export type NewContact = z.output<typeof takeContact.body>

export const changeContact = endpoint({
  method: 'PATCH',
  path: '/contacts/:id',
  summary: 'Changes what is given, leaves the rest; an incident attaches it there, a request says what was ordered',
  audience: 'provider',
  params: byId,
  body: z
    .object({
      ...taken,
      outcome: z.enum(outcomes).exclude(['incident', 'attached']),
      incident: incidentRef,
      request: z.string().trim().min(1).max(200).describe('Id or number of the request that was ordered'),
    })
    .partial(),
  reply: contact,
  match: true,
})
export type ContactChange = z.output<typeof changeContact.body>

export const logContact = endpoint({
  method: 'POST',
  path: '/contacts/:id/incident',
  summary: 'Logs the incident that a contact is about; what the contact says need not be said again',
  audience: 'provider',
  params: byId,
  body: declareIncident.body.omit({ customer: true, channel: true }).extend({
    title: taken.subject.optional(),
    description: z.string().max(1_000_000).optional(),
    handleSeconds: taken.handleSeconds.optional(),
  }),
  reply: contact,
  status: 201,
})
export type ContactLogging = z.output<typeof logContact.body>

export const contactSource = z.object({
  id: z.uuid(),
  name: z.string(),
  customer: named,
  channel: z.enum(channels),
  messages: z.int().describe('How many it handed over'),
  lastAt: instant.nullable(),
})
export type ContactSource = z.output<typeof contactSource>

export const listContactSources = endpoint({
  method: 'GET',
  path: '/contact-sources',
  summary: 'Programs that hand messages over, by name',
  audience: 'provider',
  reply: z.object({ items: z.array(contactSource) }),
})

export const addContactSource = endpoint({
  method: 'POST',
  path: '/contact-sources',
  summary: 'Lets a program hand messages over; the secret that it signs with is answered once',
  audience: 'provider',
  body: z.object({
    name: z.string().trim().min(1).max(120),
    customer: z.string().min(1).max(200).describe('Id or name'),
    channel: z.enum(channels).default('chat'),
  }),
  reply: contactSource.extend({ secret: z.string().describe('Never answered again') }),
  status: 201,
})
export type NewContactSource = z.output<typeof addContactSource.body>

export const removeContactSource = endpoint({
  method: 'DELETE',
  path: '/contact-sources/:id',
  summary: 'Takes nothing from a program any more; what it handed over stays',
  audience: 'provider',
  params: byId,
  reply: z.null(),
  status: 204,
})

export const receiveMessage = endpoint({
  method: 'POST',
  path: '/contact-sources/:id/messages',
  summary:
    'A message of a conversation elsewhere, taken once per `messageId`. Signed in `x-plumbline-signature: t=SECONDS,v1=HEX`, ' +
    'HMAC-SHA-256 of `SECONDS.BODY` by the secret of the source, at most five minutes old',
  audience: 'everybody',
  params: byId,
  body: z.object({
    conversation: z.string().trim().min(1).max(200).describe('What the source calls it'),
    messageId: z.string().trim().min(1).max(200).describe('Unique at the source'),
    author: z.enum(['caller', 'agent', 'bot']).default('caller'),
    name: z.string().trim().max(400).default(''),
    email: email.optional(),
    phone: phone.optional(),
    text: z.string().trim().min(1).max(20_000),
    sentAt: instant.optional(),
  }),
  reply: z.object({
    contact: z.uuid(),
    incident: z.string().nullable().describe('Number of the incident that it was added to'),
    known: z.boolean().describe('It had been taken before, and nothing was done'),
  }),
})
export type HandedMessage = z.output<typeof receiveMessage.body>
