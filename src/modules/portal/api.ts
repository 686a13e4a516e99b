import { z } from 'zod'
import { endpoint, instant } from '#core/endpoint.ts'
import { attachment } from '#api/attachments'
import { incidentPage } from '#api/incidents'

export { barredFromReporting } from './may.ts'

/** How many cannot work as they should. */
export const affected = ['me', 'some', 'many'] as const
export type Affected = (typeof affected)[number]

/** What is still possible. */
export const hindrances = ['stopped', 'hindered', 'minor'] as const
export type Hindrance = (typeof hindrances)[number]

const byId = z.object({ id: z.string().max(200).describe('Id or number') })

export const report = endpoint({
  method: 'POST',
  path: '/reports',
  summary: 'Reports in one’s own name what does not work; it becomes an incident',
  audience: 'signed-in',
  body: z.object({
    customer: z.string().max(200).optional().describe('Id or name; needed by whoever belongs to several'),
    service: z.string().max(200).optional(),
    site: z.string().max(200).optional(),
    title: z.string().trim().min(1).max(400),
    onBehalfOf: z
      .string()
      .trim()
      .min(1)
      .max(200)
      .optional()
      .describe('Whom it is about, if another: a name and how to reach them'),
    description: z.string().max(100_000).default(''),
    affected: z.enum(affected).default('me').describe('Gives the impact: low, medium, high'),
    hindrance: z.enum(hindrances).default('hindered').describe('Gives the urgency: high, medium, low'),
    occurredAt: instant.optional().describe('When it began; now unless given'),
  }),
  reply: incidentPage,
  status: 201,
  ownTransaction: true,
})
export type Report = z.output<typeof report.body>

export const answerReport = endpoint({
  method: 'POST',
  path: '/reports/:id/messages',
  summary: 'Answers, or adds something; what waited for it goes on',
  audience: 'signed-in',
  params: byId,
  body: z.object({ text: z.string().trim().min(1).max(100_000) }),
  reply: incidentPage,
  ownTransaction: true,
})

export const confirmReport = endpoint({
  method: 'POST',
  path: '/reports/:id/confirmation',
  summary: 'Says of what was resolved that it works again, which closes it, or why it does not, which reopens it',
  audience: 'signed-in',
  params: byId,
  body: z.discriminatedUnion('works', [
    z.object({ works: z.literal(true) }),
    z.object({ works: z.literal(false), text: z.string().trim().min(1).max(100_000) }),
  ]),
  reply: incidentPage,
  ownTransaction: true,
})
export type Confirmation = z.output<typeof confirmReport.body>

export const addReportFile = endpoint({
  method: 'POST',
  path: '/reports/:id/files',
  summary: 'Adds a file, such as a screenshot',
  audience: 'signed-in',
  params: byId,
  query: z.object({ name: z.string().trim().min(1).max(255) }),
  bytes: 'body',
  reply: attachment,
  status: 201,
  ownTransaction: true,
})

export const found = z.object({
  kind: z.enum(['disturbance', 'request', 'report', 'item', 'article', 'service']),
  id: z.uuid(),
  number: z.string().nullable(),
  title: z.string(),
  state: z.string(),
  at: instant.nullable().describe('Promised, or of a disturbance: when we say more'),
})
export type Found = z.output<typeof found>

const words = z.string().trim().min(1).max(200)

export const searchPortal = endpoint({
  method: 'GET',
  path: '/portal/search',
  summary: 'Everything that somebody can look for in the portal, by kinds',
  audience: 'signed-in',
  query: z.object({ q: words }),
  reply: z.object({ items: z.array(found) }),
})

export const countFind = endpoint({
  method: 'POST',
  path: '/portal/finds',
  summary: 'Counts how long it took from coming to the portal to having ordered or reported; who it was is not kept',
  audience: 'signed-in',
  body: z.object({ seconds: z.int().min(0).max(3600) }),
  reply: z.null(),
  status: 204,
  ownTransaction: true,
})

export const countSearch = endpoint({
  method: 'POST',
  path: '/portal/searches',
  summary: 'Counts a search that was made, so that what nobody finds is found; who made it is not kept',
  audience: 'signed-in',
  body: z.object({ q: words }),
  reply: z.null(),
  status: 204,
  ownTransaction: true,
})
