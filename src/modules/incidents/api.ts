import { z } from 'zod'
import { cancelledFor, type PauseReason, pauseReasons } from '#core/clock-terms.ts'
import { endpoint, instant, named, page, pageOf } from '#core/endpoint.ts'
import { levels } from '#api/service-levels'
import { confidences, detections, incidentPage } from './api-record.ts'
import { incidentStates } from './incident.ts'

export { type BulkChange, bulkLimit, changeIncidents } from './api-bulk.ts'
export {
  countIncidents,
  countUntoldIncidents,
  exportColumns,
  exportIncidents,
  type IncidentCondition,
  type IncidentExport,
  type IncidentFilter,
  listIncidents,
  type UntoldQuery,
} from './api-list.ts'
export {
  type HandoverGroup,
  type HandoverGrouping,
  handoverGroupings,
  type HandoverReport,
  listHandoverIncidents,
  reportHandovers,
} from './api-handovers.ts'
export {
  type IncidentReader,
  listIncidentReaders,
  listPossibleReaders,
  nameIncidentReader,
  withdrawIncidentReader,
} from './api-readers.ts'
export { type IncidentLink, linkIncidents, linkKinds, listIncidentLinks, unlinkIncidents } from './api-links.ts'
export {
  addIncidentAttachment,
  changeIncidentAttachment,
  listIncidentAttachments,
  openIncidentAttachment,
} from './api-attachments.ts'
export { behindClock, type Holders, readHolders } from './api-holders.ts'
export {
  type ClockExplanation,
  explainIncidentClock,
  printClockSheet,
  type ResultExplanation,
  resultExplanation,
} from './api-clock.ts'
export {
  type Clock,
  clock,
  type Detection,
  confidences,
  type Confidence,
  detections,
  type Incident,
  incident,
  type IncidentPage,
  incidentPage,
} from './api-record.ts'
export { type PresenceState, readPresence, tellPresence } from './api-presence.ts'
export { listSimilarIncidents, type SimilarIncident, similarForDays } from './api-similar.ts'
export { type IncidentEvent, incidentEvent, streamEvents } from './api-events.ts'
export { incidentLifecycle, incidentStates, openStates, type IncidentState, sortings } from './incident.ts'
export { barredFromWorking } from '#core/may.ts'
export { pauseReasons, type PauseReason }

const level = z.enum(levels)
const state = z.enum(incidentStates)
const onBehalfOf = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .describe('Whom it is about when the requester reports it for another: a name and how to reach them')

const detection = z.enum(detections).describe('Who or what noticed it first')
const resolutionCode = z.string().trim().min(1).max(100).describe('How it ended, by the list of codes in the settings')

const byId = z.object({ id: z.string().max(200).describe('Id or number') })

export const historyEntry = z.object({
  id: z.uuid(),
  kind: z.string(),
  occurredAt: instant,
  recordedAt: instant,
  actor: z.string().nullable().describe('Null for the program, for imports and for a customer’s eyes'),
  visibility: z.enum(['internal', 'public']).describe('Public is what the customer reads too'),
  facts: z.record(z.string(), z.unknown()),
  rule: z
    .object({ id: z.uuid(), name: z.string(), number: z.int() })
    .optional()
    .describe('The rule that did it, and which of its versions'),
})
export type HistoryEntry = z.output<typeof historyEntry>

/** As many entries of a history are read at once. */
const ENTRIES_AT_MOST = 1000

export const getIncident = endpoint({
  method: 'GET',
  path: '/incidents/:id',
  summary: 'One incident with its clocks, and with its history when that is asked for',
  audience: 'signed-in',
  params: byId,
  query: z.object({
    history: z.coerce
      .number()
      .int()
      .min(1)
      .max(ENTRIES_AT_MOST)
      .optional()
      .describe('Brings so many entries of its history along, the oldest first'),
  }),
  reply: incidentPage.extend({
    history: pageOf(historyEntry).optional().describe('When it was asked for; the timeline tells on from its cursor'),
  }),
})
export type OpenedIncident = z.output<typeof getIncident.reply>

export const declareIncident = endpoint({
  method: 'POST',
  path: '/incidents',
  summary: 'Logs an incident; the agreement gives priority and clocks',
  audience: 'provider',
  body: z.object({
    customer: z.string().min(1).max(200).describe('Id or name'),
    title: z.string().trim().min(1).max(400),
    description: z.string().max(1_000_000).default(''),
    impact: level,
    urgency: level,
    service: z.string().max(200).optional(),
    site: z.string().max(200).optional(),
    team: z.string().max(200).optional(),
    requester: z.email().max(320).optional(),
    onBehalfOf: onBehalfOf.optional(),
    category: z.string().max(200).optional(),
    channel: z.enum(['portal', 'mail', 'phone', 'chat', 'walk-up', 'api', 'monitoring']).default('api'),
    occurredAt: instant.optional().describe('When it began; now unless given'),
    detection: detection.optional().describe('Who or what noticed it first; monitoring where it came from there'),
    detectedAt: instant.optional().describe('When that was'),
  }),
  reply: incidentPage,
  status: 201,
})
export type Declaration = z.output<typeof declareIncident.body>

export const changeIncident = endpoint({
  method: 'PATCH',
  path: '/incidents/:id',
  summary: 'Changes what is given, leaves the rest; another priority says why',
  audience: 'provider',
  params: byId,
  body: z
    .object({
      title: z.string().trim().min(1).max(400),
      description: z.string().max(1_000_000),
      impact: level,
      urgency: level,
      priorityChange: z.enum(['correction', 'worsened', 'eased']).describe('Why impact or urgency changed'),
      service: z.string().max(200).nullable(),
      site: z.string().max(200).nullable(),
      team: z.string().max(200).nullable(),
      assignee: z.uuid().nullable(),
      category: z.string().max(200).nullable(),
      resolutionCode: resolutionCode.nullable(),
      workaround: z.boolean().describe('It works again and the cause is still there'),
      detection: detection.nullable(),
      detectedAt: instant.nullable(),
      confidential: z
        .array(z.enum(confidences))
        .max(confidences.length)
        .describe('Only who works on it and who reported it may know of it; an empty list takes that back'),
      causedByChange: z.string().trim().min(1).max(200).nullable().describe('The number of a change'),
      note: z.string().trim().max(20_000).describe('For whoever gets it: told inside, with the hand-over'),
    })
    .partial(),
  reply: incidentPage,
  match: true,
})
export type IncidentChange = z.output<typeof changeIncident.body>

export const transitIncident = endpoint({
  method: 'POST',
  path: '/incidents/:id/transitions',
  summary: 'Moves an incident to another state',
  audience: 'provider',
  params: byId,
  body: z.object({
    to: state,
    reason: z.enum(pauseReasons).optional().describe('Why it waits; needed for on-hold'),
    note: z.string().trim().max(100_000).optional().describe('Resolution, for people; needed for resolved'),
    evidence: z
      .string()
      .trim()
      .max(2000)
      .optional()
      .describe('What shows that it is so: an address, a number, a few words; kept with the fact'),
    occurredAt: instant.optional().describe('When it happened; now unless given'),
    cancelledFor: z
      .enum(cancelledFor)
      .exclude(['duplicate'])
      .optional()
      .describe('Why it is cancelled, where more is known; a duplicate is linked as one, which cancels it'),
    resolutionCode: resolutionCode.optional(),
    workaround: z.boolean().optional().describe('Restored or resolved by a workaround: the cause is still there'),
    resumeAt: instant.optional().describe('On hold until then: it goes on by itself; within a year'),
  }),
  reply: incidentPage,
})
export type Transition = z.output<typeof transitIncident.body>

export const readTimeline = endpoint({
  method: 'GET',
  path: '/incidents/:id/timeline',
  summary: 'What happened to an incident, the oldest first',
  audience: 'signed-in',
  params: byId,
  query: z.object({ ...page, limit: z.coerce.number().int().min(1).max(ENTRIES_AT_MOST).default(200) }),
  reply: pageOf(historyEntry),
})

export const listMentionable = endpoint({
  method: 'GET',
  path: '/incidents/:id/mentionable',
  summary: 'Who can be mentioned in a note: who may read it',
  audience: 'provider',
  params: byId,
  query: z.object({
    q: z.string().trim().max(100).default('').describe('Part of a name'),
    visibility: z.enum(['internal', 'public']).default('internal'),
  }),
  reply: z.object({ items: z.array(named) }),
  ownTransaction: true,
})

export const addNote = endpoint({
  method: 'POST',
  path: '/incidents/:id/notes',
  summary: 'A note in the history: internal, or public for the customer',
  audience: 'provider',
  params: byId,
  body: z.object({
    text: z.string().trim().min(1).max(100_000),
    visibility: z.enum(['internal', 'public']).default('internal'),
    mentions: z
      .array(z.uuid())
      .max(20)
      .default([])
      .describe('People who are named in it and told of it; each has to be able to read it'),
  }),
  reply: historyEntry,
  status: 201,
})
