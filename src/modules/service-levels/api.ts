import { z } from 'zod'
import { pauseReasons } from '#core/clock-terms.ts'
import { endpoint, instant, localDate, page, pageOf } from '#core/endpoint.ts'
import { levels, metrics, priorities } from './agreement.ts'

export {
  defaultMatrix,
  defaultTerms,
  levels,
  metrics,
  priorities,
  type Metric,
  type Priority,
  type Level,
  type Terms,
} from './agreement.ts'

const name = z.string().trim().min(1).max(200)
const byId = z.object({ id: z.uuid() })
const byIdAndVersion = z.object({ id: z.uuid(), versionId: z.uuid() })
const customerName = z.string().max(200).describe('Id or name')

// ---------- calendars ----------

export const openWindow = z.object({
  opens: z.int().min(0).max(1440).describe('Minutes after local midnight'),
  closes: z.int().min(1).max(2880).describe('Exclusive; over 1440 it runs into the next day'),
})

const exception = z.object({
  date: localDate,
  windows: z.array(openWindow).max(20),
  label: z.string().max(100).default('').describe('What people call the day'),
})

export const holidaySource = z.object({
  country: z.string().regex(/^[A-Z]{2}$/),
  state: z.string().max(10).optional(),
  region: z.string().max(10).optional(),
})

export const calendarRules = z.object({
  timeZone: z.string().min(1).max(64),
  week: z.array(z.array(openWindow).max(20)).length(7).describe('Monday first'),
  exceptions: z.array(exception).max(2000).default([]),
})

export const calendarVersion = z.object({
  id: z.uuid(),
  validFrom: instant,
  validTo: instant.nullable(),
  rules: calendarRules,
  holidays: holidaySource.nullable(),
})
export type CalendarVersionView = z.output<typeof calendarVersion>

export const calendar = z.object({
  id: z.uuid(),
  customerId: z.uuid().nullable(),
  name: z.string(),
  kind: z.string(),
  versions: z.array(calendarVersion).describe('The newest first'),
  version: z.int(),
})
export type Calendar = z.output<typeof calendar>

const calendarTerms = {
  rules: calendarRules,
  holidays: holidaySource.optional().describe('Public holidays of this place become exceptions of the version'),
}

export const listCalendars = endpoint({
  method: 'GET',
  path: '/calendars',
  summary: 'Calendars that the caller may see, by name',
  audience: 'signed-in',
  query: z.object({ ...page, q: z.string().max(200).optional(), customer: customerName.optional() }),
  reply: pageOf(calendar),
})

export const getCalendar = endpoint({
  method: 'GET',
  path: '/calendars/:id',
  summary: 'One calendar with its versions',
  audience: 'signed-in',
  params: byId,
  reply: calendar,
})

export const addCalendar = endpoint({
  method: 'POST',
  path: '/calendars',
  summary: 'A new calendar; its first version holds from the beginning of time',
  audience: 'provider',
  body: z.object({ name, customer: customerName.optional(), ...calendarTerms }),
  reply: calendar,
  status: 201,
})
export type NewCalendar = z.output<typeof addCalendar.body>

export const addCalendarVersion = endpoint({
  method: 'POST',
  path: '/calendars/:id/versions',
  summary: 'Other hours from a moment on; what held before stays as it was',
  audience: 'provider',
  params: byId,
  body: z.object({ validFrom: instant, ...calendarTerms }),
  reply: calendar,
  status: 201,
  match: true,
})
export type NewCalendarVersion = z.output<typeof addCalendarVersion.body>

export const listHolidays = endpoint({
  method: 'GET',
  path: '/holidays',
  summary: 'Public holidays of a country, state or region in a year, as a proposal',
  audience: 'signed-in',
  query: z.object({
    country: z.string().regex(/^[A-Z]{2}$/),
    state: z.string().max(10).optional(),
    region: z.string().max(10).optional(),
    year: z.coerce.number().int().min(1970).max(2100),
  }),
  reply: z.object({ items: z.array(z.object({ date: localDate, name: z.string() })) }),
})

export const listHolidayPlaces = endpoint({
  method: 'GET',
  path: '/holidays/places',
  summary: 'Countries whose holidays are known, or the states and regions of one',
  audience: 'signed-in',
  query: z.object({
    country: z
      .string()
      .regex(/^[A-Z]{2}$/)
      .optional(),
    state: z.string().max(10).optional(),
  }),
  reply: z.object({ items: z.array(z.object({ code: z.string(), name: z.string() })) }),
})

// ---------- agreements ----------

const level = z.enum(levels)
const priority = z.enum(priorities)
const changeMode = z.enum(['restart', 'retroactive', 'proportional', 'lock'])

export const terms = z.object({
  priorityMatrix: z.record(level, z.record(level, priority)),
  pausedBy: z.array(z.enum(pauseReasons)).describe('Waiting for these stops the resolution clock'),
  reopen: z.enum(['continue', 'new-clock', 'gross']),
  reopenWithinDays: z.int().min(0).max(365),
  boundary: z.enum(['closing', 'next-opening']),
  onPriorityChange: z.object({ correction: changeMode, worsened: changeMode, eased: changeMode }),
})

export const target = z.object({
  metric: z.enum(metrics),
  priority,
  targetSeconds: z
    .int()
    .min(1)
    .max(10 * 365 * 86_400)
    .describe('Service time'),
  attainmentBp: z.int().min(1).max(10_000).describe('Share to be met in basis points: 9500 is 95 %'),
})
export type Target = z.output<typeof target>

export const agreementVersion = z.object({
  id: z.uuid(),
  number: z.int(),
  state: z.enum(['draft', 'negotiating', 'agreed', 'active', 'superseded', 'expired', 'terminated']),
  validFrom: instant,
  validTo: instant.nullable(),
  calendarId: z.uuid(),
  calendarName: z.string(),
  serviceIds: z.array(z.uuid()).describe('Empty: all services'),
  terms,
  targets: z.array(target),
})
export type AgreementVersion = z.output<typeof agreementVersion>

export const agreement = z.object({
  id: z.uuid(),
  customerId: z.uuid(),
  customerName: z.string(),
  name: z.string(),
  type: z.enum(['sla', 'ola', 'uc']),
  versions: z.array(agreementVersion).describe('The newest first'),
  version: z.int(),
})
export type Agreement = z.output<typeof agreement>

const versionTerms = {
  calendar: z.string().max(200).describe('Id or name of the calendar in whose hours clocks run'),
  validFrom: instant,
  services: z.array(z.string().max(200)).max(500).default([]).describe('Ids or names; none means all'),
  terms: terms.partial().default({}).describe('What is not given is as usual'),
  targets: z.array(target).max(100),
}

export const listAgreements = endpoint({
  method: 'GET',
  path: '/agreements',
  summary: 'Agreements that the caller may see, by name, with their versions and targets',
  audience: 'signed-in',
  query: z.object({ ...page, q: z.string().max(200).optional(), customer: customerName.optional() }),
  reply: pageOf(agreement),
})

export const getAgreement = endpoint({
  method: 'GET',
  path: '/agreements/:id',
  summary: 'One agreement with its versions and targets',
  audience: 'signed-in',
  params: byId,
  reply: agreement,
})

export const addAgreement = endpoint({
  method: 'POST',
  path: '/agreements',
  summary: 'A new agreement with a first version, as a draft or at once active',
  audience: 'provider',
  body: z.object({ name, customer: customerName, activate: z.boolean().default(false), ...versionTerms }),
  reply: agreement,
  status: 201,
})
export type NewAgreement = z.output<typeof addAgreement.body>

export const addAgreementVersion = endpoint({
  method: 'POST',
  path: '/agreements/:id/versions',
  summary: 'A new draft version',
  audience: 'provider',
  params: byId,
  body: z.object(versionTerms),
  reply: agreement,
  status: 201,
  match: true,
})
export type NewAgreementVersion = z.output<typeof addAgreementVersion.body>

export const changeAgreementVersion = endpoint({
  method: 'PUT',
  path: '/agreements/:id/versions/:versionId',
  summary: 'Replaces a draft; an active version cannot change',
  audience: 'provider',
  params: byIdAndVersion,
  body: z.object(versionTerms),
  reply: agreement,
  match: true,
})

export const activateAgreementVersion = endpoint({
  method: 'POST',
  path: '/agreements/:id/versions/:versionId/activate',
  summary: 'From its beginning on this version is what was promised; the one before ends there',
  audience: 'provider',
  params: byIdAndVersion,
  reply: agreement,
  match: true,
})

export const previewTarget = endpoint({
  method: 'POST',
  path: '/agreements/preview',
  summary: 'When a promise would be due: worked examples while one is drafted, kept nowhere',
  audience: 'provider',
  body: z.object({ rules: calendarRules, targetSeconds: z.int().min(1), from: instant }),
  reply: z.object({ dueAt: instant.nullable() }),
})

// ---------- attainment ----------

export const groupings = ['customer', 'site', 'service', 'team', 'priority', 'month'] as const
export type Grouping = (typeof groupings)[number]

const ratio = z.object({ numerator: z.int(), denominator: z.int() })

const tally = z.object({
  met: z.int(),
  failed: z.int(),
  excluded: z.int(),
  attainment: ratio.nullable().describe('Null: nothing was measured, which is not 100 %'),
})

export const attainmentGroup = tally.extend({
  key: z.string(),
  label: z.string(),
  byMetric: z.object({ response: tally, resolution: tally }).describe('The figure itself is the resolution’s'),
  reported: z
    .object({ met: z.int(), failed: z.int() })
    .nullable()
    .describe('What the source system said, where history was imported'),
  targets: z.array(target).describe('What was promised for this group, where that is one thing'),
  resolutionTime: z
    .object({ count: z.int(), medianSeconds: z.number() })
    .nullable()
    .describe('Opening to resolution, elapsed; on request (durations=true)'),
})
export type AttainmentGroup = z.output<typeof attainmentGroup>

const measured = {
  customer: customerName.optional(),
  from: localDate.optional().describe('First day, in the customer’s zone'),
  to: localDate.optional().describe('Day after the last'),
}

export const reportAttainment = endpoint({
  method: 'GET',
  path: '/reports/attainment',
  summary: 'Met and failed by group, of what was resolved in the period; equality is met, excluded counts in neither',
  audience: 'signed-in',
  query: z.object({
    ...measured,
    groupBy: z.enum(groupings).default('priority'),
    priority: priority.optional(),
    site: z.uuid().optional(),
    service: z.uuid().optional(),
    team: z.uuid().optional(),
    durations: z.stringbool().default(false),
  }),
  reply: z.object({
    basis: z.literal('resolved-in-period'),
    from: localDate.nullable(),
    to: localDate.nullable(),
    timeZone: z.string(),
    groups: z.array(attainmentGroup),
    total: attainmentGroup,
  }),
})
export type AttainmentReport = z.output<typeof reportAttainment.reply>

export const verdicts = ['met', 'failed', 'near', 'excluded', 'all'] as const

export const attainmentCase = z.object({
  incidentId: z.uuid(),
  clockId: z.uuid(),
  number: z.string(),
  title: z.string(),
  metric: z.enum(metrics),
  priority,
  state: z.string(),
  startedAt: instant.nullable(),
  dueAt: instant.nullable(),
  stoppedAt: instant,
  targetSeconds: z.int(),
  elapsedSeconds: z.number(),
  reportedMet: z.boolean().nullable(),
})
export type AttainmentCase = z.output<typeof attainmentCase>

export const listAttainmentCases = endpoint({
  method: 'GET',
  path: '/reports/attainment/cases',
  summary: 'The measured incidents under a figure, newest first; near are met with at least 75 % of the time used',
  audience: 'signed-in',
  query: z.object({
    ...page,
    ...measured,
    metric: z.enum(metrics).default('resolution'),
    verdict: z.enum(verdicts).default('failed'),
    priority: priority.optional(),
    site: z.uuid().optional(),
    service: z.uuid().optional(),
    team: z.uuid().optional(),
  }),
  reply: pageOf(attainmentCase),
})
