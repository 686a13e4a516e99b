import { z } from 'zod'
import { byId, endpoint, instant, month, page, pageOf } from '#core/endpoint.ts'
import { exclusions, severities } from './downtime.ts'

export { type Exclusion, exclusions, type Severity, severities } from './downtime.ts'

const idOrName = z.string().max(200).describe('Id or name')
const ofService = { customer: idOrName, service: idOrName }
const span = {
  customer: idOrName.optional(),
  service: idOrName.optional(),
  from: instant.optional().describe('What ended before it is left out'),
  to: instant.optional().describe('What began then or later is left out'),
}

// ---------- promises ----------

const partsOfService = z
  .array(
    z.object({
      services: z.array(z.uuid()).min(1).max(50),
      needed: z.int().min(1).describe('So many of them have to be up'),
    }),
  )
  .max(50)
  .describe('Of a service made of others: each group is needed. Empty: it stands alone')

const promiseTerms = {
  targetPpm: z.int().min(1).max(1_000_000).describe('Parts per million: 999500 is 99.95 %'),
  noticeMinutes: z.int().min(0).max(525_600).describe('Maintenance announced later than this counts as downtime'),
  weights: z
    .object({ degraded: z.int().min(0).max(10_000), impaired: z.int().min(0).max(10_000) })
    .describe('How much of the service counts as lost, in basis points; down is all of it'),
  basis: z.enum(['service', 'users']).describe('Down is down, or by the share of users who were hit'),
  blind: z.enum(['up', 'down']).describe('What nobody watched counts as'),
  parts: partsOfService,
}

export const promise = z.object({
  id: z.uuid(),
  customerId: z.uuid(),
  customerName: z.string(),
  serviceId: z.uuid(),
  serviceName: z.string(),
  calendarId: z.uuid(),
  calendarName: z.string(),
  validFrom: instant,
  validTo: instant.nullable(),
  ...promiseTerms,
  version: z.int(),
})
export type AvailabilityPromise = z.output<typeof promise>

export const listPromises = endpoint({
  method: 'GET',
  path: '/availability-promises',
  summary: 'What is promised of services being there, the latest first',
  audience: 'signed-in',
  query: z.object({ ...page, customer: idOrName.optional(), service: idOrName.optional() }),
  reply: pageOf(promise),
})

export const addPromise = endpoint({
  method: 'POST',
  path: '/availability-promises',
  summary: 'Promises a service’s availability from a moment on; the promise before ends there',
  audience: 'provider',
  body: z.object({
    ...ofService,
    calendar: idOrName,
    validFrom: instant,
    targetPpm: promiseTerms.targetPpm,
    noticeMinutes: promiseTerms.noticeMinutes.default(0),
    weights: promiseTerms.weights.default({ degraded: 5000, impaired: 0 }),
    basis: promiseTerms.basis.default('service'),
    blind: promiseTerms.blind.default('up'),
    parts: partsOfService.default([]),
  }),
  reply: promise,
  status: 201,
})
export type NewPromise = z.output<typeof addPromise.body>

// ---------- downtimes ----------

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

// ---------- maintenance and monitoring ----------

export const maintenance = z.object({
  id: z.uuid(),
  customerId: z.uuid(),
  serviceId: z.uuid(),
  serviceName: z.string(),
  title: z.string(),
  startsAt: instant,
  endsAt: instant,
  announcedAt: instant,
  cancelledAt: instant.nullable(),
  version: z.int(),
})
export type MaintenanceWindow = z.output<typeof maintenance>

export const listMaintenance = endpoint({
  method: 'GET',
  path: '/maintenance-windows',
  summary: 'Announced maintenance of services, the latest first',
  audience: 'signed-in',
  query: z.object({ ...page, ...span }),
  reply: pageOf(maintenance),
})

export const addMaintenance = endpoint({
  method: 'POST',
  path: '/maintenance-windows',
  summary: 'Announces maintenance of a service',
  audience: 'provider',
  body: z.object({
    ...ofService,
    title: maintenance.shape.title.trim().min(1).max(200),
    startsAt: instant,
    endsAt: instant,
    announcedAt: instant.optional().describe('Now, unless it was announced earlier elsewhere'),
  }),
  reply: maintenance,
  status: 201,
})
export type NewMaintenance = z.output<typeof addMaintenance.body>

export const cancelMaintenance = endpoint({
  method: 'POST',
  path: '/maintenance-windows/:id/cancel',
  summary: 'It does not take place: its time counts as agreed again',
  audience: 'provider',
  params: byId,
  reply: maintenance,
  match: true,
})

export const gap = z.object({
  id: z.uuid(),
  customerId: z.uuid(),
  serviceId: z.uuid(),
  serviceName: z.string(),
  beganAt: instant,
  endedAt: instant,
  why: z.string(),
})
export type MonitoringGap = z.output<typeof gap>

export const listGaps = endpoint({
  method: 'GET',
  path: '/monitoring-gaps',
  summary: 'When nobody watched a service, the latest first',
  audience: 'signed-in',
  query: z.object({ ...page, ...span }),
  reply: pageOf(gap),
})

export const addGap = endpoint({
  method: 'POST',
  path: '/monitoring-gaps',
  summary: 'Nobody watched a service then',
  audience: 'provider',
  body: z.object({ ...ofService, beganAt: instant, endedAt: instant, why: z.string().max(2000).default('') }),
  reply: gap,
  status: 201,
})
export type NewGap = z.output<typeof addGap.body>

// ---------- the figure ----------

const ratio = z.object({ numerator: z.number(), denominator: z.number() }).nullable()
const stretch = z.object({ from: instant, to: instant })

/** What of a figure is told and compared. */
const figure = {
  agreedSeconds: z.number().describe('Agreed service time without the agreed maintenance in it'),
  maintenanceSeconds: z.number().describe('Agreed maintenance within the service time'),
  downSeconds: z.number().describe('Union of the downtimes in it, each moment with the weight of the worst'),
  excludedSeconds: z.number().describe('Down for a reason that the contract excludes; counts as up'),
  blindSeconds: z.number().describe('Not watched'),
  availability: ratio.describe('Milliseconds up of milliseconds agreed; null when none was agreed'),
  met: z.boolean().nullable(),
}
export const availabilityFigure = z.object(figure)
export type AvailabilityFigure = z.output<typeof availabilityFigure>

export const availabilityOfService = z.object({
  promise: promise.describe('What it is measured by'),
  from: instant,
  to: instant.describe('Now, where the period is not over'),
  ...figure,
  byService: ratio.describe('Down is down'),
  byUsers: ratio.describe('By the share of users who were hit'),
  coverage: ratio.describe('Watched of agreed'),
  budgetSeconds: z.number().describe('Downtime that the target allows'),
  leftSeconds: z.number().describe('What is left of it; negative when it is spent'),
  monthBudgetSeconds: z
    .number()
    .describe('Downtime that the target allows in the whole month, by the agreed time that is still to come as well'),
  monthLeftSeconds: z.number().describe('What is left of that until the month ends; negative when it is spent'),
  outages: z.array(stretch).describe('What counts, in the agreed time; what touches is one'),
  meanTimes: z
    .object({ toRestoreSeconds: z.number(), betweenOutagesSeconds: z.number(), betweenFailuresSeconds: z.number() })
    .nullable(),
  designed: z
    .number()
    .nullable()
    .describe('Expected of the parts if they fail independently, by what was measured of them; never a measurement'),
  lateMaintenance: z.int().describe('Windows that were announced too late to be excluded'),
  serviceTime: z
    .array(stretch)
    .nullable()
    .describe('When the service was agreed to be there, also in what is left of the month; if it was asked for'),
  locked: z.boolean().describe('The month is locked: this is what was told of it'),
  known: availabilityFigure
    .nullable()
    .describe(
      'As it is known now, where that differs from what was told of a locked month; it counts as an adjustment',
    ),
})
export type AvailabilityOfService = z.output<typeof availabilityOfService>

export const reportAvailability = endpoint({
  method: 'GET',
  path: '/reports/availability',
  summary: 'The availability of services in a month of their customer, against what was promised',
  audience: 'signed-in',
  query: z.object({
    customer: idOrName.optional(),
    service: idOrName.optional(),
    month: month.describe('Of the customer’s days'),
    serviceTime: z.enum(['true', 'false']).default('false').describe('With the stretches of the agreed service time'),
  }),
  reply: z.object({ items: z.array(availabilityOfService) }),
})

// ---------- locked months ----------

const exclusionReason = proposeExclusion.body.shape.reason

/** Something found out about a month that may be locked. */
export const lateFact = z.discriminatedUnion('of', [
  z.object({ of: z.literal('downtime'), downtime: addDowntime.body }),
  z.object({ of: z.literal('downtime-changed'), downtime: z.uuid(), facts: changeDowntime.body }),
  z.object({ of: z.literal('downtime-excluded'), downtime: z.uuid(), reason: exclusionReason }),
  z.object({ of: z.literal('maintenance'), maintenance: addMaintenance.body }),
  z.object({ of: z.literal('maintenance-cancelled'), maintenance: z.uuid() }),
  z.object({ of: z.literal('gap'), gap: addGap.body }),
  z.object({ of: z.literal('promise'), promise: addPromise.body }),
])
export type LateFact = z.output<typeof lateFact>

export const availabilityAdjustment = z.object({
  id: z.uuid(),
  customerId: z.uuid(),
  serviceId: z.uuid(),
  serviceName: z.string(),
  targetPpm: promiseTerms.targetPpm,
  month: month.describe('The locked month that it is about'),
  enteredMonth: month.describe('The month in which it is entered'),
  before: availabilityFigure.nullable().describe('As it was known last; null: nothing was promised'),
  after: availabilityFigure.nullable().describe('As it is known now; null: nothing was promised'),
  correctionId: z.uuid().nullable(),
  createdAt: instant,
})
export type AvailabilityAdjustment = z.output<typeof availabilityAdjustment>

export const listAvailabilityAdjustments = endpoint({
  method: 'GET',
  path: '/reports/availability/adjustments',
  summary: 'What differs from what was told of the availability in locked months, the latest first',
  audience: 'signed-in',
  query: z.object({
    ...page,
    customer: idOrName.optional(),
    service: idOrName.optional(),
    about: month.optional().describe('The locked month'),
    entered: month.optional().describe('The month of entry'),
  }),
  reply: pageOf(availabilityAdjustment),
})
