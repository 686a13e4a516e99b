import { z } from 'zod'
import { confidences, historyEntry, incident, incidentPage } from '#api/incidents'
import { byId, endpoint, instant, localDate, named, page, pageOf } from '#core/endpoint.ts'
import { certificate, type Certificate } from './certificate.ts'
import { type RetentionClass, retentionClassNames } from './retention-class.ts'
import { type Fate, fates, type Subject, subjects } from './store.ts'
import { gathered, type Gathered } from './works-council-form.ts'

export type { Certificate, Fate, Gathered, RetentionClass, Subject }

const known = z.object({
  person: named.extend({ email: z.string().nullable(), erasedAt: instant.nullable() }),
  records: z
    .array(
      z.object({
        subject: z.enum(subjects),
        table: z.string(),
        rows: z.int(),
        fate: z.enum(fates).describe('What becomes of them when the person is forgotten'),
      }),
    )
    .describe('Of each table that knows them, how many rows'),
  roles: z.array(z.string()).describe('By which more is seen and done'),
  worksCouncil: z.boolean().describe('Whether the rules for works councils hold'),
})
export type Known = z.output<typeof known>

export const readOwnData = endpoint({
  method: 'GET',
  path: '/me/data',
  summary: 'What this system knows about whoever asks',
  audience: 'signed-in',
  reply: known,
  ownTransaction: true,
})

export const exportOwnData = endpoint({
  method: 'GET',
  path: '/me/data/export',
  summary: 'The same in full, as JSON: their own values and words, without what is others’',
  audience: 'signed-in',
  reply: z.unknown(),
  bytes: 'reply',
  ownTransaction: true,
})

export const readDataOf = endpoint({
  method: 'GET',
  path: '/people/:id/data',
  summary: 'What this system knows about somebody; for data-protection officers and administrators, and written down',
  audience: 'signed-in',
  params: byId,
  reply: known,
  ownTransaction: true,
})

export const exportDataOf = endpoint({
  method: 'GET',
  path: '/people/:id/data/export',
  summary: 'The same in full, as JSON, to be handed to that person',
  audience: 'signed-in',
  params: byId,
  reply: z.unknown(),
  bytes: 'reply',
  ownTransaction: true,
})

const found = named.extend({ email: z.string().nullable(), customer: named.nullable() })
export type FoundPerson = z.output<typeof found>

export const findForPrivacy = endpoint({
  method: 'GET',
  path: '/privacy/people',
  summary: 'People by name or address, whoever they belong to; for those who answer what is known of them',
  audience: 'signed-in',
  query: z.object({ q: z.string().trim().min(2).max(200) }),
  reply: z.object({ items: z.array(found), nextCursor: z.null() }),
  ownTransaction: true,
})

const className = z.enum(retentionClassNames)
const months = z.int().min(1).max(600).nullable().describe('Null keeps it for good')
const country = z
  .string()
  .regex(/^([A-Z]{2})?$/)
  .describe('ISO code of a country; empty for all others')
const counts = z.partialRecord(className, z.int())

const retention = z.object({
  on: z.boolean().describe('Whether the night does it; else it only counts'),
  next: instant,
  classes: z.array(
    z.object({
      class: className,
      usual: z.int().describe('Months, where nobody said otherwise'),
      becomes: z.enum(['anonymous', 'gone']),
      periods: z.array(z.object({ country, months })),
    }),
  ),
  countries: z.array(z.string()).describe('In which there are sites'),
  runs: z.array(z.object({ id: z.uuid(), beganAt: instant, endedAt: instant.nullable(), tried: z.boolean(), counts })),
  holds: z.array(
    z.object({ id: z.uuid(), customer: named, reason: z.string(), madeAt: instant, endedAt: instant.nullable() }),
  ),
})
export type Retention = z.output<typeof retention>

export const readRetention = endpoint({
  method: 'GET',
  path: '/privacy/retention',
  summary: 'How long records of which class are kept in which country, and what the last nights did',
  audience: 'signed-in',
  reply: retention,
  ownTransaction: true,
})

export const setRetentionPeriod = endpoint({
  method: 'PUT',
  path: '/privacy/retention/:class',
  summary: 'Says how long records of a class are kept: for all countries, and where it differs',
  audience: 'signed-in',
  params: z.object({ class: className }),
  body: z.object({ periods: z.array(z.object({ country, months })).max(60) }),
  reply: retention,
  ownTransaction: true,
})
export type RetentionPeriods = z.output<typeof setRetentionPeriod.body>

export const tryRetention = endpoint({
  method: 'POST',
  path: '/privacy/retention/trials',
  summary: 'Counts what would be taken away or made anonymous now, touching nothing',
  audience: 'signed-in',
  reply: z.object({ counts }),
  ownTransaction: true,
})

export const holdRetention = endpoint({
  method: 'POST',
  path: '/privacy/holds',
  summary: 'Keeps everything of a customer while a claim is disputed',
  audience: 'signed-in',
  body: z.object({ customer: z.uuid(), reason: z.string().trim().min(1).max(1000) }),
  reply: z.object({ id: z.uuid() }),
  status: 201,
  ownTransaction: true,
})
export type NewHold = z.output<typeof holdRetention.body>

export const endHold = endpoint({
  method: 'POST',
  path: '/privacy/holds/:id/end',
  summary: 'The claim is settled: what is old enough goes from the next night on',
  audience: 'signed-in',
  params: byId,
  reply: z.object({ id: z.uuid() }),
  ownTransaction: true,
})

const erasure = z.object({
  id: z.uuid(),
  person: named.describe('Their name until it is done, then what is left of it'),
  ground: z.enum(['asked', 'left', 'court']),
  state: z.enum(['waiting', 'done', 'refused']),
  requestedAt: instant,
  requestedBy: named.nullable(),
  dueAt: instant.describe('A month after it was asked for'),
  doneAt: instant.nullable(),
  refusal: z.string().nullable(),
  repeatedAt: instant.nullable().describe('Done again after a restore of a backup that still had them'),
  checksum: z.string().nullable().describe('SHA-256 of the certificate; the audit has it, too'),
})
export type Erasure = z.output<typeof erasure>

export const listErasures = endpoint({
  method: 'GET',
  path: '/privacy/erasures',
  summary: 'Who asked to be forgotten, and what came of it; the latest first',
  audience: 'signed-in',
  query: z.object(page),
  reply: pageOf(erasure),
  ownTransaction: true,
})

export const readErasure = endpoint({
  method: 'GET',
  path: '/privacy/erasures/:id',
  summary: 'One of them, with its certificate',
  audience: 'signed-in',
  params: byId,
  reply: erasure.extend({ certificate: certificate.nullable() }),
  ownTransaction: true,
})
export type ErasureWhole = z.output<typeof readErasure.reply>

export const askForErasure = endpoint({
  method: 'POST',
  path: '/privacy/erasures',
  summary: 'Forgets somebody, in the background; or says why not',
  audience: 'signed-in',
  body: z.object({
    person: z.uuid(),
    ground: z.enum(['asked', 'left', 'court']),
    refusal: z.string().trim().min(1).max(1000).optional().describe('Why it is refused, such as a claim in court'),
  }),
  reply: z.object({ id: z.uuid() }),
  status: 202,
  ownTransaction: true,
})
export type NewErasure = z.output<typeof askForErasure.body>

const confided = incident
  .pick({ id: true, number: true, title: true, state: true, priority: true, openedAt: true })
  .extend({ customer: named, confidential: z.array(z.enum(confidences)) })
export type ConfidedIncident = z.output<typeof confided>

export const listConfidedIncidents = endpoint({
  method: 'GET',
  path: '/privacy/incidents',
  summary: 'Confidential incidents of all customers; for data-protection officers and auditors, and written down',
  audience: 'signed-in',
  query: z.object(page),
  reply: pageOf(confided),
  ownTransaction: true,
})

export const readConfidedIncident = endpoint({
  method: 'GET',
  path: '/privacy/incidents/:id',
  summary: 'One of them with its history, to be read and nothing else; written down',
  audience: 'signed-in',
  params: z.object({ id: z.string().max(200).describe('Id or number') }),
  reply: z.object({
    incident: incidentPage,
    history: z.array(historyEntry),
    names: z.array(named).describe('Of the teams, people and places that the history knows by their ids'),
  }),
  ownTransaction: true,
})
export type ConfidedWhole = z.output<typeof readConfidedIncident.reply>

export const readWorksCouncil = endpoint({
  method: 'GET',
  path: '/privacy/works-council',
  summary: 'What is kept of employees, which figures there are, who sees what, and for how long',
  audience: 'signed-in',
  reply: gathered,
  ownTransaction: true,
})

export const exportWorksCouncil = endpoint({
  method: 'GET',
  path: '/privacy/works-council/pack',
  summary: 'The same as one page of HTML, to be kept and printed',
  audience: 'signed-in',
  query: z.object({ on: localDate.optional().describe('Only so that another day is asked for anew') }),
  reply: z.unknown(),
  bytes: 'reply',
  ownTransaction: true,
})
