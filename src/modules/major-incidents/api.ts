import { z } from 'zod'
import { incidentStates } from '#api/incidents'
import { priorities } from '#api/service-levels'
import { endpoint, instant, named, page, pageOf } from '#core/endpoint.ts'
import { languages } from '#core/text.ts'
import { criteria, majorIncidentStates } from './major-incident.ts'
import { reckoning } from './reckoning.ts'

export { barredFromDeclaring, barredFromLeading, barredFromPublishing } from './may.ts'
export {
  attachChildren,
  type Attached,
  type Child,
  listChildren,
  resolveChildren,
  suggestChildren,
  type Suggestion,
} from './api-children.ts'
export {
  type LogEntry,
  logMajorIncident,
  readMajorTimeline,
  sendUpdate,
  type TimelineEntry,
  type UpdateToSend,
} from './api-log.ts'
export {
  addMajorAction,
  changeMajorAction,
  issueReport,
  listMajorActions,
  type MajorAction,
  presentReport,
  printReport,
  readNote,
  readReport,
  removeMajorAction,
  type ReportPart,
  writeReportText,
} from './api-report.ts'
export { followUpMajorIncident, type FollowUp, type FollowUps, readFollowUps } from './api-follow-ups.ts'
export { type Reckoning } from './reckoning.ts'
export { type Edition, type NoteKind, noteKinds, type ReportSection } from './report-parts.ts'
export { listStatusPages, makeStatusPage, revokeStatusPage, type StatusPage } from './api-status.ts'
export {
  actionKinds,
  audiences,
  criteria,
  type Criterion,
  currentStates,
  majorIncidentLifecycle,
  type MajorIncidentState,
  majorIncidentStates,
  openStates,
  publicAudiences,
  type UpdateAudience,
} from './major-incident.ts'

const state = z.enum(majorIncidentStates)
const byId = z.object({ id: z.uuid() })
const person = z.uuid().describe('Id of somebody of the provider’s')
const minutes = (most: number) => z.int().min(0).max(most)

export const majorIncident = z.object({
  id: z.uuid(),
  incident: z.object({
    id: z.uuid(),
    number: z.string(),
    title: z.string(),
    state: z.enum(incidentStates),
    priority: z.enum(priorities),
    occurredAt: instant,
    openedAt: instant,
  }),
  customer: named.extend({ timeZone: z.string(), language: z.enum(languages) }),
  state,
  criteria: z
    .array(z.enum(criteria))
    .describe('Empty for a customer’s people, as is all that is the provider’s affair'),
  criteriaWords: z.string(),
  proposedAt: instant.nullable(),
  declaredBy: named.nullable(),
  declaredAt: instant.nullable(),
  commander: named.nullable(),
  communications: named.nullable(),
  technical: z.array(named),
  bridge: z.string(),
  services: z.array(named),
  sites: z.array(named),
  affectedUsers: z.int().nullable().describe('Null is not known'),
  businessImpact: z.string(),
  reckoning: reckoning
    .nullable()
    .describe('What it cost those it hit, and from what that is reckoned; null is not reckoned'),
  reckoned: z
    .object({ lostHours: z.number(), lostHoursTo: z.number(), totalMinor: z.int(), totalToMinor: z.int() })
    .nullable()
    .describe('From … to, in the smallest unit of its currency'),
  updateMinutes: z.int().nullable(),
  nextUpdateDue: instant.nullable(),
  stabilityMinutes: z.int().nullable(),
  mitigatedAt: instant.nullable(),
  restoredAt: instant.nullable(),
  monitoringUntil: instant.nullable(),
  stoodDownAt: instant.nullable(),
  dismissedReason: z.string().nullable(),
  reportIssuedAt: instant.nullable(),
  updatedAt: instant,
  version: z.int(),
})
export type MajorIncident = z.output<typeof majorIncident>

const childCounts = z.object({ all: z.int(), open: z.int() })

export const majorIncidentPage = majorIncident.extend({
  children: childCounts.describe('Incidents that are part of it, and how many of these are open'),
  updates: z
    .object({ onTime: z.int(), due: z.int() })
    .nullable()
    .describe('How many updates came by the moment that was promised; null for a customer’s people and candidates'),
})
export type MajorIncidentPage = z.output<typeof majorIncidentPage>

const which = {
  customer: z.string().max(200).optional().describe('Id or name'),
  incident: z.string().max(200).optional().describe('Id or number of the incident it is about'),
}

export const listMajorIncidents = endpoint({
  method: 'GET',
  path: '/major-incidents',
  summary: 'Major incidents: those in which something is to be done first, then the latest',
  audience: 'signed-in',
  query: z.object({ ...page, ...which, state: z.enum(['open', 'current', 'over']).optional() }),
  reply: pageOf(majorIncident),
})

export const countMajorIncidents = endpoint({
  method: 'GET',
  path: '/major-incidents/counts',
  summary: 'How many there are, and how many of them owe an update',
  audience: 'signed-in',
  query: z.object({ customer: which.customer }),
  reply: z.object({
    candidates: z.int(),
    current: z.int().describe('Declared and not stood down'),
    inReview: z.int(),
    overdue: z.int().describe('Of the current ones, those whose next update is late'),
  }),
})

export const getMajorIncident = endpoint({
  method: 'GET',
  path: '/major-incidents/:id',
  summary: 'One major incident',
  audience: 'signed-in',
  params: byId,
  reply: majorIncidentPage,
})

const impact = {
  services: z.array(z.uuid()).max(200).describe('Ids of the services that are affected'),
  sites: z.array(z.uuid()).max(500).describe('Ids of the sites that are affected'),
  affectedUsers: z.int().min(0).max(100_000_000).nullable().describe('Null is not known'),
  businessImpact: z.string().trim().max(5000).describe('What it does to the business, in words and units'),
}

const roles = {
  commander: person.nullable(),
  communications: person.nullable(),
  technical: z.array(person).max(50),
}

export const declareMajorIncident = endpoint({
  method: 'POST',
  path: '/major-incidents',
  summary: 'Declares an incident a major one, or proposes that somebody does',
  audience: 'provider',
  body: z.object({
    incident: z.string().min(1).max(200).describe('Id or number'),
    candidate: z.boolean().default(false).describe('Only proposed: nobody leads it yet, and no customer sees it'),
    criteria: z.array(z.enum(criteria)).min(1),
    criteriaWords: z.string().trim().max(2000).default('').describe('Needed where the criterion is another one'),
    bridge: z.string().trim().max(500).default(''),
    ...z.object(roles).partial().shape,
    ...z.object(impact).partial().shape,
  }),
  reply: majorIncidentPage,
  status: 201,
})
export type MajorDeclaration = z.output<typeof declareMajorIncident.body>

export const changeMajorIncident = endpoint({
  method: 'PATCH',
  path: '/major-incidents/:id',
  summary: 'Gives roles, says where it is talked about and what is affected; leaves the rest',
  audience: 'provider',
  params: byId,
  body: z
    .object({
      ...roles,
      ...impact,
      reckoning: reckoning.nullable(),
      bridge: z.string().trim().max(500),
      criteria: z.array(z.enum(criteria)).min(1),
      criteriaWords: z.string().trim().max(2000),
      updateMinutes: z
        .int()
        .min(5)
        .max(1440)
        .describe('How long after an update the next one is due, unless it says otherwise'),
    })
    .partial(),
  reply: majorIncidentPage,
  match: true,
})
export type MajorChange = z.output<typeof changeMajorIncident.body>

export const transitMajorIncident = endpoint({
  method: 'POST',
  path: '/major-incidents/:id/transitions',
  summary: 'Moves it on; restored also records that the incident is restored',
  audience: 'provider',
  params: byId,
  body: z.object({
    to: state,
    commander: person.optional().describe('Who leads; needed to declare where nobody is named yet'),
    reason: z.string().trim().min(1).max(2000).optional().describe('Why it is none; needed to dismiss'),
    note: z.string().trim().max(2000).optional().describe('What was done, in a few words'),
    stabilityMinutes: minutes(20_160).optional().describe('How long it has to hold, when monitoring begins'),
    occurredAt: instant.optional().describe('When it happened; now unless given'),
  }),
  reply: majorIncidentPage,
})
export type MajorTransition = z.output<typeof transitMajorIncident.body>
