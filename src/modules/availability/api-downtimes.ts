import { z } from 'zod'
import { byId, endpoint, instant, page, pageOf } from '#core/endpoint.ts'
import { ofService, span } from './api-scope.ts'
import { exclusions, severities } from './downtime.ts'

const downtimeFacts = {
  beganAt: instant.describe('Monitoring’s first failure or the first report, whichever was earlier'),
  endedAt: instant.nullable().describe('Restored and verified; null while it lasts'),
  severity: z.enum(severities),
  usersHit: z.int().min(0).nullable(),
  usersAll: z.int().min(1).nullable(),
  source: z.enum(['monitoring', 'report']),
  cause: z.string().max(2000),
}

export const downtime = z.object({
  id: z.uuid(),
  customerId: z.uuid(),
  serviceId: z.uuid(),
  serviceName: z.string(),
  ...downtimeFacts,
  incident: z.object({ id: z.uuid(), number: z.string() }).nullable(),
  exclusion: z
    .object({
      reason: z.enum(exclusions),
      state: z.enum(['proposed', 'approved', 'refused']),
      evidence: z.string(),
      requestedBy: z.string().nullable().describe('Null for a customer’s people'),
      mine: z.boolean().describe('The caller asked for it, so another has to decide'),
    })
    .nullable(),
  version: z.int(),
})
export type DowntimeView = z.output<typeof downtime>

export const listDowntimes = endpoint({
  method: 'GET',
  path: '/downtimes',
  summary: 'When services were down, the latest first',
  audience: 'signed-in',
  query: z.object({ ...page, ...span }),
  reply: pageOf(downtime),
})

export const addDowntime = endpoint({
  method: 'POST',
  path: '/downtimes',
  summary: 'A service is or was down',
  audience: 'provider',
  body: z.object({
    ...ofService,
    beganAt: downtimeFacts.beganAt,
    endedAt: downtimeFacts.endedAt.default(null),
    severity: downtimeFacts.severity.default('down'),
    usersHit: downtimeFacts.usersHit.default(null),
    usersAll: downtimeFacts.usersAll.default(null),
    source: downtimeFacts.source.default('report'),
    cause: downtimeFacts.cause.default(''),
    incident: z.uuid().optional(),
  }),
  reply: downtime,
  status: 201,
})
export type NewDowntime = z.output<typeof addDowntime.body>

export const changeDowntime = endpoint({
  method: 'PATCH',
  path: '/downtimes/:id',
  summary: 'Changes what is given, such as its end',
  audience: 'provider',
  params: byId,
  body: z.object(downtimeFacts).partial(),
  reply: downtime,
  match: true,
})
export type DowntimeChange = z.output<typeof changeDowntime.body>

export const proposeExclusion = endpoint({
  method: 'POST',
  path: '/downtimes/:id/exclusion',
  summary: 'Asks that a downtime does not count, with the reason and what shows it',
  audience: 'provider',
  params: byId,
  body: z.object({ reason: z.enum(exclusions), evidence: z.string().trim().min(1).max(2000) }),
  reply: downtime,
  match: true,
})

export const decideExclusion = endpoint({
  method: 'POST',
  path: '/downtimes/:id/exclusion/decision',
  summary: 'Approves or refuses that a downtime does not count; not by who asked',
  audience: 'provider',
  params: byId,
  body: z.object({ approve: z.boolean() }),
  reply: downtime,
  match: true,
})
