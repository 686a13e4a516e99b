import { z } from 'zod'
import { type PauseReason, pauseReasons } from '#core/clock-terms.ts'
import { endpoint, instant, page, pageOf } from '#core/endpoint.ts'
import { levels, metrics, priorities } from '#api/service-levels'
import { incidentStates, sortings } from './incident.ts'

export { incidentLifecycle, incidentStates, openStates, type IncidentState } from './incident.ts'
export { barredFromWorking } from '#core/may.ts'
export { pauseReasons, type PauseReason }

const level = z.enum(levels)
const priority = z.enum(priorities)
const state = z.enum(incidentStates)
const byId = z.object({ id: z.string().max(200).describe('Id or number') })
const named = z.object({ id: z.uuid(), name: z.string() })

export const clock = z.object({
  id: z.uuid(),
  metric: z.enum(metrics),
  state: z.enum(['not-started', 'running', 'paused', 'met', 'breached-running', 'breached-stopped', 'cancelled']),
  startedAt: instant.nullable(),
  dueAt: instant.nullable().describe('Null while paused, and in a calendar that never opens again'),
  stoppedAt: instant.nullable(),
  breachedAt: instant.nullable(),
  targetSeconds: z.number(),
  elapsedSeconds: z.number().describe('Service time so far, or in all'),
})
export type Clock = z.output<typeof clock>

export const incident = z.object({
  id: z.uuid(),
  number: z.string(),
  sourceNumber: z.string().nullable().describe('Its number in the system it was imported from'),
  source: z.string().nullable(),
  customer: named.extend({ timeZone: z.string() }),
  title: z.string(),
  state,
  pauseReason: z.string().nullable(),
  priority,
  impact: level,
  urgency: level,
  category: z.string().nullable(),
  channel: z.string().nullable(),
  site: named.extend({ timeZone: z.string() }).nullable(),
  service: named.nullable(),
  team: named.nullable().describe('Null for a customer’s people: who works on it is the provider’s affair'),
  assignee: named.nullable(),
  requester: named.nullable(),
  occurredAt: instant,
  openedAt: instant,
  respondedAt: instant.nullable(),
  resolvedAt: instant.nullable(),
  closedAt: instant.nullable(),
  updatedAt: instant,
  dueAt: instant.nullable().describe('The next moment at which a running clock would be missed'),
  reopenCount: z.int(),
  reportedMet: z.boolean().nullable().describe('What the source system said of its own target'),
  version: z.int(),
  clocks: z.array(clock),
})
export type Incident = z.output<typeof incident>

export const incidentPage = incident.extend({
  description: z.string(),
  resolution: z.string().nullable(),
  priorityReason: z.string().nullable(),
})
export type IncidentPage = z.output<typeof incidentPage>

export const listIncidents = endpoint({
  method: 'GET',
  path: '/incidents',
  summary: 'Incidents that the caller may see',
  audience: 'signed-in',
  query: z.object({
    ...page,
    customer: z.string().max(200).optional().describe('Id or name'),
    state: z.union([state, z.literal('open')]).optional(),
    priority: priority.optional(),
    team: z.string().max(200).optional().describe('Id or name; only for the provider'),
    site: z.uuid().optional(),
    service: z.uuid().optional(),
    q: z.string().max(200).optional().describe('Words in number, title or description'),
    sort: z.enum(sortings).default('-updatedAt'),
  }),
  reply: pageOf(incident),
})
export type IncidentFilter = z.output<typeof listIncidents.query>

export const getIncident = endpoint({
  method: 'GET',
  path: '/incidents/:id',
  summary: 'One incident with its clocks',
  audience: 'signed-in',
  params: byId,
  reply: incidentPage,
})

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
    category: z.string().max(200).optional(),
    channel: z.enum(['portal', 'mail', 'phone', 'chat', 'walk-up', 'api', 'monitoring']).default('api'),
    occurredAt: instant.optional().describe('When it began; now unless given'),
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
    occurredAt: instant.optional().describe('When it happened; now unless given'),
  }),
  reply: incidentPage,
})
export type Transition = z.output<typeof transitIncident.body>

export const historyEntry = z.object({
  id: z.uuid(),
  kind: z.string(),
  occurredAt: instant,
  recordedAt: instant,
  actor: z.string().nullable().describe('Null for the program, for imports and for a customer’s eyes'),
  visibility: z.enum(['internal', 'public']).describe('Public is what the customer reads too'),
  facts: z.record(z.string(), z.unknown()),
})
export type HistoryEntry = z.output<typeof historyEntry>

export const readTimeline = endpoint({
  method: 'GET',
  path: '/incidents/:id/timeline',
  summary: 'What happened to an incident, the oldest first',
  audience: 'signed-in',
  params: byId,
  query: z.object({ ...page, limit: z.coerce.number().int().min(1).max(1000).default(200) }),
  reply: pageOf(historyEntry),
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
  }),
  reply: historyEntry,
  status: 201,
})

export const explanationStep = z.object({
  from: instant,
  to: instant,
  kind: z.enum(['run', 'pause', 'closed']),
  reason: z.string().nullable(),
  countedSeconds: z.number(),
  elapsedSeconds: z.number().describe('Sum so far'),
  sentence: z.string(),
})
export type ExplanationStep = z.output<typeof explanationStep>

export const explainIncidentClock = endpoint({
  method: 'GET',
  path: '/incidents/:id/clocks/:clockId/explanation',
  summary: 'How a clock was counted, step by step; the counted seconds add up to the clock’s',
  audience: 'signed-in',
  params: z.object({ id: z.string().max(200), clockId: z.uuid() }),
  reply: z.object({
    clock,
    timeZone: z.string(),
    agreement: z.object({ id: z.uuid(), name: z.string(), number: z.int() }),
    calendar: z.object({ id: z.uuid(), name: z.string() }),
    asOf: instant,
    steps: z.array(explanationStep),
  }),
})
export type ClockExplanation = z.output<typeof explainIncidentClock.reply>
