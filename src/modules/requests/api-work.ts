import { z } from 'zod'
import { endpoint, instant, named, page, pageOf } from '#core/endpoint.ts'
import { approvers, taskKinds } from '#api/catalogue'
import { approvalStates, taskStates } from './request.ts'

const words = z.object({ de: z.string(), en: z.string() })
const ref = z.object({ id: z.string().max(200).describe('Id or number') })
const about = z.object({
  id: z.uuid(),
  number: z.string(),
  name: words,
  customer: named,
  requester: named.nullable(),
  promisedAt: instant.nullable(),
})

export const approval = z.object({
  id: z.uuid(),
  request: about.extend({
    price: z.object({ amountMinor: z.int(), currency: z.string() }).nullable(),
    answers: z.array(
      z.object({
        key: z.string(),
        kind: z.string(),
        label: words,
        value: z.union([z.string(), z.number(), z.boolean()]),
        said: words.nullable(),
      }),
    ),
  }),
  level: z.int(),
  by: z.enum(approvers),
  person: named.nullable(),
  state: z.enum(approvalStates),
  askedAt: instant.nullable(),
  decidedAt: instant.nullable(),
  decidedBy: named.nullable().describe('Null for a customer’s eyes where one of ours decided'),
  waitSeconds: z.int().nullable().describe('How long it took, once decided'),
  note: z.string().nullable(),
  lately: z
    .object({ approved: z.int(), of: z.int() })
    .describe('Of the last decisions, at most 200, of this step of this item in sight'),
  mayDecide: z.boolean(),
})
export type Approval = z.output<typeof approval>

const approvalFilter = {
  state: z.enum(approvalStates).optional(),
  decided: z.stringbool().optional(),
  mine: z.stringbool().optional().describe('Only those that wait for the caller'),
  item: z.uuid().optional(),
  level: z.coerce.number().int().min(1).max(9).optional(),
}

export const listApprovals = endpoint({
  method: 'GET',
  path: '/approvals',
  summary: 'Approvals of requests in sight, the longest waiting first; decided ones the last first',
  audience: 'signed-in',
  query: z.object({ ...page, ...approvalFilter }),
  reply: pageOf(approval),
})
export type ApprovalsQuery = z.output<typeof listApprovals.query>

export const listRequestApprovals = endpoint({
  method: 'GET',
  path: '/requests/:id/approvals',
  summary: 'Who is asked about a request, in their order',
  audience: 'signed-in',
  params: ref,
  reply: z.object({ items: z.array(approval) }),
})

export const decideApproval = endpoint({
  method: 'POST',
  path: '/requests/:id/approvals/:approval/decision',
  summary: 'Says yes or no to a request',
  audience: 'signed-in',
  params: ref.extend({ approval: z.uuid() }),
  body: z.object({
    decision: z.enum(['approved', 'rejected']),
    note: z.string().trim().max(4000).optional().describe('Needed to say no'),
  }),
  reply: approval,
  ownTransaction: true,
})
export type Decision = z.output<typeof decideApproval.body>

export const task = z.object({
  id: z.uuid(),
  request: about,
  position: z.int(),
  stage: z.int().describe('Tasks of one stage go on side by side'),
  kind: z.enum(taskKinds),
  title: words,
  team: named.nullable().describe('Null for a customer’s eyes'),
  assignee: named.nullable(),
  state: z.enum(taskStates),
  plannedSeconds: z.int(),
  uses: z.array(z.string()).describe('Keys of the answers that it needs'),
  result: z.string().nullable(),
  call: z
    .object({ state: z.string(), attempts: z.int(), status: z.int().nullable(), problem: z.string().nullable() })
    .nullable()
    .describe('How the last call went'),
  openedAt: instant.nullable(),
  startedAt: instant.nullable(),
  doneAt: instant.nullable(),
})
export type Task = z.output<typeof task>

export const listRequestTasks = endpoint({
  method: 'GET',
  path: '/requests/:id/tasks',
  summary: 'What has to be done for a request, in its order',
  audience: 'signed-in',
  params: ref,
  reply: z.object({ items: z.array(task) }),
})

export const listTasks = endpoint({
  method: 'GET',
  path: '/request-tasks',
  summary: 'Tasks of requests in sight, those promised next first; done ones the last first',
  audience: 'provider',
  query: z.object({
    ...page,
    state: z.enum(['open', 'done']).default('open').describe('Open: can be worked on now, or failed'),
    team: z.uuid().optional(),
    mine: z.stringbool().optional().describe('Of the caller, or of their teams and of nobody yet'),
    item: z.uuid().optional(),
    position: z.coerce.number().int().min(0).max(100).optional(),
  }),
  reply: pageOf(task),
})
export type TasksQuery = z.output<typeof listTasks.query>

export const moveTask = endpoint({
  method: 'POST',
  path: '/requests/:id/tasks/:task/transitions',
  summary:
    'Takes a task, finishes it, gives it to another team or says that it failed; a failed call is tried again by starting it',
  audience: 'provider',
  params: ref.extend({ task: z.uuid() }),
  body: z.object({
    to: z.enum(['started', 'done', 'failed', 'open']),
    team: z.uuid().optional().describe('Given to this team'),
    result: z.string().trim().max(4000).optional().describe('For whoever does the next; needed where it failed'),
  }),
  reply: task,
  ownTransaction: true,
})
export type TaskMove = z.output<typeof moveTask.body>

export const useAnswers = endpoint({
  method: 'POST',
  path: '/requests/:id/readings',
  summary: 'Says that somebody needed these answers, so that fields that nobody needs are found',
  audience: 'signed-in',
  params: ref,
  body: z.object({ fields: z.array(z.string().max(40)).min(1).max(60) }),
  reply: z.null(),
  status: 204,
  ownTransaction: true,
})

export const answerCall = endpoint({
  method: 'POST',
  path: '/request-calls/:word',
  summary: 'Another program says what became of what it was called for',
  audience: 'everybody',
  params: z.object({ word: z.string().min(20).max(200) }),
  body: z.object({ state: z.enum(['done', 'failed']), message: z.string().trim().max(4000).optional() }),
  reply: z.null(),
  status: 204,
  ownTransaction: true,
})
export type CallAnswer = z.output<typeof answerCall.body>
