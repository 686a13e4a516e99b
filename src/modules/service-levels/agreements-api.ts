import { z } from 'zod'
import { pauseReasons } from '#core/clock-terms.ts'
import { byId, endpoint, instant, page, pageOf } from '#core/endpoint.ts'
import { calendarSources, childrenRules, levels, measurementBases, priorities, smallSampleRules } from './agreement.ts'
import { calendarRules } from './calendars-api.ts'
import { agreementTypes, behind, party } from './chain-api.ts'
import { days, fulfilmentPromise, newTarget, target } from './target.ts'

const name = z.string().trim().min(1).max(200)
const byIdAndVersion = z.object({ id: z.uuid(), versionId: z.uuid() })
const customerName = z.string().max(200).describe('Id or name')

const level = z.enum(levels)
const priority = z.enum(priorities)
const changeMode = z.enum(['restart', 'retroactive', 'proportional', 'lock'])

const share = z.int().min(1).max(10_000)

export const terms = z.object({
  priorityMatrix: z.record(level, z.record(level, priority)),
  pausedBy: z.array(z.enum(pauseReasons)).describe('Waiting for these stops the resolution clock'),
  pauseEvidence: z.boolean().describe('Whoever stops the clock says what shows that it waits'),
  reopen: z.enum(['continue', 'new-clock', 'gross']),
  reopenWithinDays: z.int().min(0).max(365),
  boundary: z.enum(['closing', 'next-opening']),
  onPriorityChange: z.object({ correction: changeMode, worsened: changeMode, eased: changeMode }),
  atRisk: z
    .array(z.int().min(1).max(99))
    .max(10)
    .readonly()
    .describe('Shares of the target, in percent, at which a clock is told to be at risk'),
  calendarSource: z
    .enum(calendarSources)
    .describe('Whose hours clocks run in; where the service, site or team brings none, those of the agreement'),
  onCalendarChange: z
    .enum(['segment', 'at-start'])
    .describe('Other hours while a clock runs: each stretch in the hours of its day, or all in those of the opening'),
  children: z
    .enum(childrenRules)
    .describe('Incidents that are made part of another one: each counts by itself, or all of them once with that one'),
  basis: z.enum(measurementBases).describe('What belongs to a period: what was resolved, opened or missed in it'),
  levels: z
    .object({ targetBp: share, expectedBp: share.optional(), minimumBp: share.optional() })
    .refine(
      ({ targetBp, expectedBp = targetBp, minimumBp = targetBp }) => minimumBp <= targetBp && targetBp <= expectedBp,
    )
    .nullable()
    .describe('Shares of all resolutions together, in basis points: to be met, hoped for, and not to be missed'),
  smallSample: z
    .enum(smallSampleRules)
    .describe(
      'Too little for a percentage: as it is, with allowed failures, or together with up to two periods before',
    ),
  roundTo: z
    .int()
    .min(0)
    .max(4)
    .nullable()
    .describe('Decimals of the percentage that is compared, half up; null compares the exact share'),
  fulfilment: z
    .array(fulfilmentPromise)
    .max(200)
    .readonly()
    .describe('For what is ordered: the one for the item, else for its service, else for all'),
})

const newTerms = terms
  .extend({
    fulfilment: z
      .array(fulfilmentPromise.partial({ targetSeconds: true }))
      .max(200)
      .readonly(),
  })
  .partial()

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
  type: z
    .enum(agreementTypes)
    .describe(
      'With the customer; or behind that with a team of ours (ola), or a supplier (uc), for the provider alone',
    ),
  party: party.optional().describe('Who promises, where it is a team or a supplier'),
  behind: z
    .array(z.object({ id: z.uuid(), name: z.string(), step: z.int() }))
    .optional()
    .describe('The agreements that rely on this one'),
  versions: z.array(agreementVersion).describe('The newest first'),
  version: z.int(),
})
export type Agreement = z.output<typeof agreement>

const versionTerms = {
  calendar: z
    .string()
    .max(200)
    .describe('Id or name of the calendar in whose hours clocks run unless terms say otherwise'),
  validFrom: instant,
  services: z.array(z.string().max(200)).max(500).default([]).describe('Ids or names; none means all'),
  terms: newTerms.default({}).describe('What is not given is as usual'),
  targets: z.array(newTarget).max(100).describe('In the order in which they are tried'),
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

const promising = z
  .object({ team: z.string().max(200).optional(), supplier: z.string().trim().min(1).max(200).optional() })
  .optional()
  .describe('Who promises: a team by id or name (ola), a supplier by name (uc)')

export const listOrderable = endpoint({
  method: 'GET',
  path: '/agreement-items',
  summary: 'What a customer can order, by name, for whoever promises something for it',
  audience: 'provider',
  query: z.object({ customer: z.uuid().optional() }),
  reply: z.object({ items: z.array(z.object({ id: z.uuid(), name: z.string() })) }),
})

export const addAgreement = endpoint({
  method: 'POST',
  path: '/agreements',
  summary: 'A new agreement with a first version, as a draft or at once active',
  audience: 'provider',
  body: z.object({
    name,
    customer: customerName,
    activate: z.boolean().default(false),
    type: z.enum(agreementTypes).optional().describe('With the customer (sla) unless given'),
    party: promising,
    behind: behind.optional(),
    ...versionTerms,
  }),
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

export const removeAgreementVersion = endpoint({
  method: 'DELETE',
  path: '/agreements/:id/versions/:versionId',
  summary: 'Deletes a draft, and with its only version the agreement; what is or was in force stays',
  audience: 'provider',
  params: byIdAndVersion,
  reply: z.object({ agreementRemoved: z.boolean() }),
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

export const endAgreementVersion = endpoint({
  method: 'POST',
  path: '/agreements/:id/versions/:versionId/end',
  summary: 'From a moment on nothing is promised any more; what was opened before keeps its clocks',
  audience: 'provider',
  params: byIdAndVersion,
  body: z.object({ at: instant }),
  reply: agreement,
  match: true,
})

export const changeBehind = endpoint({
  method: 'PUT',
  path: '/agreements/:id/behind',
  summary: 'Says anew which agreements rely on this one of a team or a supplier, and in which step',
  audience: 'provider',
  params: byId,
  body: z.object({ behind }),
  reply: agreement,
  match: true,
})

export const changeKind = endpoint({
  method: 'PUT',
  path: '/agreements/:id/kind',
  summary: 'Says anew with whom it is agreed, while no version was ever in force',
  audience: 'provider',
  params: byId,
  body: z.object({ type: z.enum(agreementTypes), party: promising }),
  reply: agreement,
  match: true,
})
export type AgreementKind = z.output<typeof changeKind.body>

export const foreseeActivation = endpoint({
  method: 'GET',
  path: '/agreements/:id/versions/:versionId/activation',
  summary: 'What putting a version in force would do, before it is done',
  audience: 'provider',
  params: byIdAndVersion,
  reply: z.object({
    openIncidents: z.int().describe('Opened since its beginning and not ended: their due moments change'),
    endedIncidents: z.int().describe('Ended since its beginning: their results and figures are counted anew'),
    replaces: z
      .object({ number: z.int(), until: instant })
      .nullable()
      .describe('The version in force, which ends where this one begins'),
    beforeNow: z.boolean().describe('It begins in the past, so that results that were told may change'),
  }),
})
export type ForeseenActivation = z.output<typeof foreseeActivation.reply>

export const previewTarget = endpoint({
  method: 'POST',
  path: '/agreements/preview',
  summary: 'When a promise would be due: worked examples while one is drafted, kept nowhere',
  audience: 'provider',
  body: z
    .object({
      rules: calendarRules,
      targetSeconds: z.int().min(1).optional().describe('Service time'),
      days: days.optional(),
      boundary: terms.shape.boundary.default('closing'),
      from: instant,
    })
    .refine(({ targetSeconds, days: inDays }) => targetSeconds !== undefined || inDays !== undefined, {
      path: ['targetSeconds'],
    }),
  reply: z.object({
    dueAt: instant.nullable().describe('Null: it never is'),
    readings: z
      .array(z.object({ reading: days.shape.reading, dueAt: instant.nullable() }))
      .describe('Of a promise in days: when it would be due in each reading'),
  }),
})
