import { z } from 'zod'
import { attachment, newAttachment, shown } from '#api/attachments'
import { byId, endpoint, instant, named, page, pageOf } from '#core/endpoint.ts'
import { foundBys, frictionStates } from './friction-point.ts'

export { foundBys, frictionLifecycle, frictionStates, type FrictionState, overStates } from './friction-point.ts'

const cost = z.object({
  hours: z.number().describe('A year: times a week × minutes × people × 46 weeks'),
  minor: z.int().nullable().describe('Minor units of the currency; null where nobody said what an hour is worth'),
})

const frictionPoint = z.object({
  id: z.uuid(),
  customer: named,
  title: z.string(),
  description: z.string(),
  site: named.nullable(),
  service: named.nullable(),
  place: z.string(),
  who: z.string(),
  people: z.int(),
  perWeek: z.int(),
  minutes: z.int(),
  cost,
  rateMinor: z.int().nullable(),
  currency: z.string().nullable(),
  workaround: z.string(),
  foundBy: z.enum(foundBys),
  incident: z.object({ id: z.uuid(), number: z.string(), title: z.string() }).nullable(),
  reporter: named.nullable(),
  owner: named.nullable(),
  state: z.enum(frictionStates),
  outcome: z.string().nullable(),
  observedAt: instant,
  verifiedAt: instant.nullable(),
  version: z.int(),
})
export type FrictionPoint = z.output<typeof frictionPoint>

const idOrName = z.string().max(200)

export const listFrictionPoints = endpoint({
  method: 'GET',
  path: '/friction-points',
  summary: 'Friction points, those that cost most first, with the hours a year of all that are still there',
  audience: 'provider',
  query: z.object({
    ...page,
    customer: idOrName.optional(),
    site: z.uuid().optional(),
    state: z.enum(['open', 'over', 'removed']).optional().describe('Removed: whose end was confirmed'),
  }),
  reply: pageOf(frictionPoint).extend({
    openHours: z.number().describe('A year, of those that are not over'),
    removedHours: z.number().describe('A year, of those whose end was confirmed'),
  }),
})
export type FrictionQuery = z.output<typeof listFrictionPoints.query>

export const getFrictionPoint = endpoint({
  method: 'GET',
  path: '/friction-points/:id',
  summary: 'One friction point',
  audience: 'provider',
  params: byId,
  reply: frictionPoint,
})

const fields = {
  title: z.string().trim().min(1).max(200),
  description: z.string().trim().max(10_000),
  place: z.string().trim().max(200),
  who: z.string().trim().max(200),
  people: z.int().min(1).max(1_000_000),
  perWeek: z.int().min(1).max(10_000),
  minutes: z.int().min(1).max(10_080),
  rate: z
    .object({ minor: z.int().min(1).max(100_000_000), currency: z.string().regex(/^[A-Z]{3}$/) })
    .nullable()
    .describe('What an hour of work is worth'),
  workaround: z.string().trim().max(4000),
}

export const addFrictionPoint = endpoint({
  method: 'POST',
  path: '/friction-points',
  summary: 'A friction point was seen; from an incident or a verbatim, place and customer are taken from there',
  audience: 'provider',
  body: z.object({
    customer: idOrName.optional().describe('Id or name; from the incident or verbatim without it'),
    title: fields.title,
    description: fields.description.default(''),
    site: idOrName.nullable().optional(),
    service: idOrName.nullable().optional(),
    place: fields.place.default(''),
    who: fields.who.default(''),
    people: fields.people,
    perWeek: fields.perWeek,
    minutes: fields.minutes,
    rate: fields.rate.default(null),
    workaround: fields.workaround.default(''),
    foundBy: z.enum(foundBys).optional(),
    incident: z.string().max(200).optional().describe('Id or number'),
    verbatim: z.uuid().optional(),
    reporter: z
      .uuid()
      .optional()
      .describe('A person; who reported the incident, or whoever writes it down, without it'),
  }),
  reply: frictionPoint,
  status: 201,
})
export type NewFrictionPoint = z.output<typeof addFrictionPoint.body>

export const changeFrictionPoint = endpoint({
  method: 'PATCH',
  path: '/friction-points/:id',
  summary: 'Changes what is given, leaves the rest',
  audience: 'provider',
  params: byId,
  body: z.object(fields).partial(),
  reply: frictionPoint,
  match: true,
})
export type FrictionChange = z.output<typeof changeFrictionPoint.body>

export const moveFrictionPoint = endpoint({
  method: 'POST',
  path: '/friction-points/:id/transitions',
  summary: 'Takes a friction point a step on; its end is confirmed by whoever reported it',
  audience: 'provider',
  params: byId,
  body: z.object({
    to: z.enum(frictionStates),
    owner: z.uuid().optional().describe('With `owned`; whoever asks without it'),
    note: z.string().trim().max(4000).optional().describe('What was done, how it is known to be gone, or why it stays'),
  }),
  reply: frictionPoint,
  match: true,
})
export type FrictionMove = z.output<typeof moveFrictionPoint.body>

const byFile = byId.extend({ attachmentId: z.uuid() })

export const listFrictionPhotos = endpoint({
  method: 'GET',
  path: '/friction-points/:id/photos',
  summary: 'Photos of a friction point, the first added first',
  audience: 'provider',
  params: byId,
  reply: z.object({ items: z.array(attachment) }),
})

export const addFrictionPhoto = endpoint({
  method: 'POST',
  path: '/friction-points/:id/photos',
  summary: 'Adds a photo; the same content under the same name is added once',
  audience: 'provider',
  params: byId,
  query: newAttachment,
  bytes: 'body',
  ownTransaction: true,
  reply: attachment,
  status: 201,
})

export const openFrictionPhoto = endpoint({
  method: 'GET',
  path: '/friction-points/:id/photos/:attachmentId/file',
  summary: 'The photo itself',
  audience: 'provider',
  params: byFile,
  query: shown,
  reply: z.any(),
  bytes: 'reply',
})
