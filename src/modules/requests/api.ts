import { z } from 'zod'
import { endpoint, instant, localDate, named, page, pageOf } from '#core/endpoint.ts'
import { languages } from '#core/text.ts'
import { exclusion, explanationStep, keptResult } from '#api/service-levels'
import { requestStates } from './request.ts'

export { barredFromAnalysing, barredFromConfirming, barredFromDeciding, barredFromOrdering } from './may.ts'
export {
  approvalSides,
  isCounted,
  openRequestStates,
  requestLifecycle,
  type RequestState,
  requestStates,
  taskLifecycle,
  type TaskState,
} from './request.ts'
export {
  answerCall,
  type Approval,
  type ApprovalsQuery,
  type CallAnswer,
  decideApproval,
  type Decision,
  listApprovals,
  listRequestApprovals,
  listRequestTasks,
  listTasks,
  moveTask,
  type Task,
  type TaskMove,
  type TasksQuery,
  useAnswers,
} from './api-work.ts'
export {
  addRequestAttachment,
  changeRequestAttachment,
  listRequestAttachments,
  openRequestAttachment,
  type RequestFileChange,
} from './api-files.ts'
export { type OrderHolders, readOrderHolders } from './api-holders.ts'
export { type Bureaucracy, type FieldUse, readFieldUse, reportBureaucracy } from './api-bureaucracy.ts'

const words = z.object({ de: z.string(), en: z.string() })
const ref = z.object({ id: z.string().max(200).describe('Id or number') })

export const answer = z.object({
  key: z.string(),
  kind: z.enum(['text', 'choice', 'date', 'number', 'person', 'yes-no']),
  label: words,
  value: z.union([z.string(), z.number(), z.boolean()]),
  said: words.nullable().describe('Of a choice: what was chosen'),
})

export const request = z.object({
  id: z.uuid(),
  number: z.string(),
  item: z.object({ id: z.uuid(), name: words }).describe('As it was called when it was ordered'),
  customer: named.extend({ timeZone: z.string() }),
  service: named.nullable(),
  site: named.nullable(),
  requester: named.nullable().describe('For whom it is'),
  orderedBy: named.nullable(),
  state: z.enum(requestStates),
  price: z.object({ amountMinor: z.int(), currency: z.string() }).nullable(),
  promisedAt: instant.nullable().describe('Null while it waits for the customer, and where nothing is promised'),
  tasks: z.object({ done: z.int(), of: z.int() }),
  orderedAt: instant,
  deliveredAt: instant.nullable(),
  closedAt: instant.nullable(),
  updatedAt: instant,
  version: z.int(),
})
export type Request = z.output<typeof request>

export const requestPage = request.extend({
  answers: z.array(answer),
  promise: z
    .object({
      state: z.string(),
      targetSeconds: z.int(),
      elapsedSeconds: z.int(),
      dueAt: instant.nullable(),
      expectedAt: instant.nullable().describe('While it waits: when it would be there if it went on now'),
    })
    .nullable()
    .describe('Null where no agreement holds'),
})
export type RequestPage = z.output<typeof requestPage>

export const listRequests = endpoint({
  method: 'GET',
  path: '/requests',
  summary: 'Requests in sight, the last changed first, or the next promised',
  audience: 'signed-in',
  query: z.object({
    ...page,
    q: z.string().max(200).optional().describe('In number or name'),
    customer: z.string().max(200).optional().describe('Id or name'),
    state: z.enum(['open', 'over', ...requestStates]).optional(),
    item: z.uuid().optional(),
    fulfilment: z
      .enum(['met', 'missed', 'excluded'])
      .optional()
      .describe('Delivered in or after the time that an agreement promises, or left out of the figures'),
    deliveredFrom: localDate.optional().describe('First day of delivery, in the customer’s zone'),
    deliveredTo: localDate.optional().describe('Day after the last'),
    requester: z.enum(['me']).optional().describe('Those that the caller ordered or is to get'),
    team: z.uuid().optional().describe('With a task of this team'),
    field: z.string().max(40).optional().describe('In which this field was answered'),
    sort: z.enum(['-updatedAt', 'promisedAt']).default('-updatedAt'),
  }),
  reply: pageOf(request),
})
export type RequestsQuery = z.output<typeof listRequests.query>

export const getRequest = endpoint({
  method: 'GET',
  path: '/requests/:id',
  summary: 'One request with what was answered and what is promised',
  audience: 'signed-in',
  params: ref,
  reply: requestPage,
})

const given = z.record(z.string().max(40), z.union([z.string().max(4000), z.number(), z.boolean()]))

export const orderItem = endpoint({
  method: 'POST',
  path: '/requests',
  summary: 'Orders an item of the catalogue, for oneself or for somebody else',
  audience: 'signed-in',
  body: z.object({
    item: z.uuid(),
    customer: z
      .string()
      .max(200)
      .optional()
      .describe('Id or name; needed by whoever belongs to several, and by the desk'),
    for: z.string().trim().max(320).optional().describe('Mail address of whom it is for; oneself unless given'),
    site: z.string().max(200).optional().describe('Id or name'),
    answers: given.default({}),
    draft: z.boolean().default(false).describe('Keeps it without ordering it yet'),
  }),
  reply: requestPage,
  status: 201,
  ownTransaction: true,
})
export type Order = z.output<typeof orderItem.body>

export const moveRequest = endpoint({
  method: 'POST',
  path: '/requests/:id/transitions',
  summary: 'Orders a draft, cancels, confirms what was delivered, takes it up again, or closes it',
  audience: 'signed-in',
  params: ref,
  body: z.object({
    to: z.enum(['submitted', 'cancelled', 'confirmed', 'fulfilling', 'closed']),
    note: z.string().trim().max(4000).optional().describe('Needed to take it up again'),
    answers: given.optional().describe('Of a draft'),
  }),
  reply: requestPage,
  ownTransaction: true,
})
export type RequestMove = z.output<typeof moveRequest.body>

export const requestEntry = z.object({
  id: z.uuid(),
  kind: z.string(),
  occurredAt: instant,
  actor: z.string().nullable().describe('Null for the program and for a customer’s eyes'),
  visibility: z.enum(['internal', 'public']),
  facts: z.record(z.string(), z.unknown()),
})
export type RequestEntry = z.output<typeof requestEntry>

export const readRequestTimeline = endpoint({
  method: 'GET',
  path: '/requests/:id/timeline',
  summary: 'What happened to a request, the oldest first',
  audience: 'signed-in',
  params: ref,
  query: z.object({ ...page, limit: z.coerce.number().int().min(1).max(1000).default(200) }),
  reply: pageOf(requestEntry),
})

export const commentRequest = endpoint({
  method: 'POST',
  path: '/requests/:id/comments',
  summary: 'Says something about a request; what a customer’s people say is always public',
  audience: 'signed-in',
  params: ref,
  body: z.object({
    text: z.string().trim().min(1).max(20_000),
    visibility: z.enum(['internal', 'public']).default('public'),
  }),
  reply: requestPage,
  ownTransaction: true,
})

export const listFormerResults = endpoint({
  method: 'GET',
  path: '/requests/:id/former-results',
  summary: 'Results of a request’s promise that others replaced, the latest first',
  audience: 'signed-in',
  params: ref,
  query: z.object(page),
  reply: pageOf(keptResult.omit({ clockId: true, metric: true })),
})

export const printRequestSheet = endpoint({
  method: 'GET',
  path: '/requests/:id/sheet',
  summary:
    'How the promise was counted on paper (PDF), for whoever checks it: agreement and calendar version, every stretch, the sum, a checksum',
  audience: 'signed-in',
  params: ref,
  query: z.object({ lang: z.enum(languages).optional().describe('The caller’s own unless given') }),
  reply: z.any(),
  bytes: 'reply',
  ownTransaction: true,
})

export const explainRequest = endpoint({
  method: 'GET',
  path: '/requests/:id/explanation',
  summary: 'How the promise of a request was counted, stretch by stretch',
  audience: 'signed-in',
  params: ref,
  reply: z.object({
    summary: z.string(),
    exclusion: exclusion.nullable().describe('Why the result is in none of the figures; null when it counts'),
    asTold: z.boolean().describe('Counted by what was known when a locked month was told; it would be otherwise now'),
    state: z.string().nullable().describe('Null where nothing was agreed'),
    agreement: named.extend({ number: z.int().describe('Of the version') }).nullable(),
    calendar: named.nullable().describe('In whose hours it is counted'),
    promised: z.string().nullable().describe('Which promise holds, and why that one'),
    hours: z.string().nullable().describe('Whose hours it runs in'),
    timeZone: z.string().nullable(),
    targetSeconds: z.int().nullable(),
    dueAt: instant.nullable(),
    stoppedAt: instant.nullable(),
    steps: z.array(explanationStep),
  }),
})
