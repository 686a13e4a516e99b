import { z } from 'zod'
import { instant, named } from '#core/endpoint.ts'
import { clockMetrics, levels, priorities } from '#api/service-levels'
import { incidentStates } from './incident.ts'

/** Why only few may know of an incident. */
export const confidences = ['privacy', 'security'] as const
export type Confidence = (typeof confidences)[number]

/** Who or what noticed an incident first. */
export const detections = ['user', 'monitoring', 'desk', 'supplier', 'customer'] as const
export type Detection = (typeof detections)[number]

const level = z.enum(levels)
const priority = z.enum(priorities)
const state = z.enum(incidentStates)

export const clock = z.object({
  id: z.uuid(),
  metric: z.enum(clockMetrics),
  state: z.enum(['not-started', 'running', 'paused', 'met', 'breached-running', 'breached-stopped', 'cancelled']),
  startedAt: instant.nullable(),
  dueAt: instant.nullable().describe('Null while paused, and in a calendar that never opens again'),
  stoppedAt: instant.nullable(),
  breachedAt: instant.nullable(),
  targetSeconds: z.number(),
  elapsedSeconds: z.number().describe('Service time so far, or in all'),
  gaps: z
    .object({ met: z.int(), failed: z.int() })
    .optional()
    .describe('Of the next update: how many of the times between two updates were met, and missed'),
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
  resolutionCode: z.string().nullable().describe('How it ended, by the list of codes; null where nobody said'),
  confidential: z
    .array(z.enum(confidences))
    .describe('What it concerns, when only who works on it and who reported it may know of it; else empty'),
  reopenCount: z.int(),
  reportedMet: z.boolean().nullable().describe('What the source system said of its own target'),
  version: z.int(),
  clocks: z.array(clock),
})
export type Incident = z.output<typeof incident>

export const incidentPage = incident.extend({
  description: z.string(),
  resolution: z.string().nullable(),
  workaround: z.boolean().describe('It works again and the cause is still there'),
  detection: z.enum(detections).nullable().describe('Who or what noticed it first'),
  detectedAt: instant.nullable().describe('When that was; null where nobody said'),
  causedByChange: z
    .string()
    .nullable()
    .describe('The number of the change that brought it about; null for a customer’s people'),
  priorityReason: z.string().nullable(),
  onBehalfOf: z
    .string()
    .nullable()
    .describe('Whom it is about when it was reported for another, in the words of who did'),
  resumeAt: instant.nullable().describe('When it goes on by itself, while it is on hold'),
  closesAt: instant
    .nullable()
    .describe('When it is closed by itself, once it is resolved, unless somebody says a word'),
  hops: z.int().nullable().describe('To another team since work began; null for a customer’s people'),
  misroutes: z.int().nullable().describe('To another team before anybody had begun; null for a customer’s people'),
})
export type IncidentPage = z.output<typeof incidentPage>
