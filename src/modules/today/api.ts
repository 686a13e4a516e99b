import { z } from 'zod'
import { contractDayKinds } from '#core/contract-day-kinds.ts'
import { endpoint, instant, month, page } from '#core/endpoint.ts'
import { incidentStates } from '#api/incidents'
import { clockMetrics, priorities } from '#api/service-levels'
import { incidentReasons, stakes } from './consequence.ts'

export { incidentReasons, stakes, type IncidentReason, type Stake } from './consequence.ts'

const own = { stake: z.enum(stakes).describe('What is lost if it waits: the list is in this order') }

const incidentItem = z.object({
  ...own,
  kind: z.literal('incident'),
  why: z.array(z.enum(incidentReasons)).min(1).describe('The reason that leads first'),
  id: z.uuid(),
  number: z.string(),
  title: z.string(),
  state: z.enum(incidentStates),
  priority: z.enum(priorities),
  customer: z.string(),
  site: z.string().nullable(),
  metric: z.enum(clockMetrics).nullable().describe('Of the clock that leads'),
  dueAt: instant.nullable(),
  leftSeconds: z.number().nullable().describe('Service time left; negative when it is late'),
  reopenCount: z.int(),
  pauseReason: z.string().nullable(),
  updatedAt: instant,
})

const reviewItem = z.object({
  ...own,
  kind: z.literal('review'),
  why: z.enum(['ready', 'failed']),
  id: z.uuid(),
  month,
  customer: z.string(),
  at: instant.describe('When it was made, or failed'),
})

const agreementItem = z.object({
  ...own,
  kind: z.literal('agreement'),
  why: z.enum(['ends', 'draft']),
  id: z.uuid(),
  name: z.string(),
  number: z.int(),
  customer: z.string(),
  at: instant.describe('When it ends; when it was drafted'),
})

const importItem = z.object({
  ...own,
  kind: z.literal('import'),
  why: z.enum(['failed', 'stands']),
  id: z.uuid(),
  file: z.string(),
  customer: z.string().nullable(),
  at: instant,
})

const calendarItem = z.object({
  ...own,
  kind: z.literal('calendar'),
  why: z.literal('no-holidays'),
  id: z.uuid(),
  name: z.string(),
  year: z.int(),
  at: instant.describe('When that year begins'),
})

const invitationItem = z.object({
  ...own,
  kind: z.literal('invitation'),
  why: z.literal('not-accepted'),
  id: z.uuid().describe('Of the person'),
  name: z.string(),
  at: instant.describe('When they were invited'),
})

const majorIncidentItem = z.object({
  ...own,
  kind: z.literal('major-incident'),
  why: z.enum(['update-late', 'update-due', 'undecided', 'follow-up']),
  id: z.uuid(),
  number: z.string(),
  title: z.string(),
  customer: z.string(),
  at: instant.describe('When the next update is or was due; when it was proposed'),
})

const escalationItem = z.object({
  ...own,
  kind: z.literal('escalation'),
  why: z.enum(['update-late', 'update-due', 'unacknowledged', 'confirm', 'unowned']),
  id: z.uuid(),
  level: z.int(),
  number: z.string(),
  title: z.string(),
  customer: z.string(),
  at: instant.describe('When the next word is or was due; when it was raised'),
})

const mentionItem = z.object({
  ...own,
  kind: z.literal('mention'),
  why: z.literal('unanswered'),
  id: z.uuid().describe('Of the notification'),
  number: z.string(),
  title: z.string(),
  customer: z.string(),
  by: z.string().nullable(),
  at: instant,
})

const correctionItem = z.object({
  ...own,
  kind: z.literal('correction'),
  why: z.enum(['to-decide', 'failed']),
  id: z.uuid(),
  reason: z.string(),
  customer: z.string().nullable(),
  at: instant.describe('When it was counted'),
})

const approvalItem = z.object({
  ...own,
  kind: z.literal('approval'),
  why: z.literal('to-decide'),
  id: z.uuid(),
  number: z.string().describe('Of the request'),
  title: z.string(),
  customer: z.string(),
  at: instant.describe('When it was asked for'),
})

const requestTaskItem = z.object({
  ...own,
  kind: z.literal('request-task'),
  why: z.enum(['late', 'due']),
  id: z.uuid(),
  number: z.string().describe('Of the request'),
  task: z.string(),
  title: z.string(),
  customer: z.string(),
  at: instant.describe('By when the request is promised'),
})

const taskItem = z.object({
  ...own,
  kind: z.literal('task'),
  why: z.enum(['late', 'due', 'appointment']),
  id: z.uuid(),
  number: z.string().describe('Of the incident'),
  task: z.string(),
  title: z.string(),
  customer: z.string(),
  at: instant.describe('When it is due, or the appointment begins'),
})

const actionItem = z.object({
  ...own,
  kind: z.literal('action'),
  why: z.enum(['late', 'due', 'late-outside', 'verify']),
  id: z.uuid(),
  text: z.string(),
  customer: z.string().nullable(),
  redated: z.int(),
  at: instant.describe('The day for which it was said'),
})

const decisionItem = z.object({
  ...own,
  kind: z.literal('decision'),
  why: z.enum(['wanted', 'review']),
  id: z.uuid(),
  question: z.string(),
  customer: z.string().nullable(),
  at: instant.describe('By when it is wanted; when it is looked at again'),
})

const forumItem = z.object({
  ...own,
  kind: z.literal('forum'),
  why: z.enum(['today', 'unrecorded']),
  id: z.uuid().describe('Of the meeting'),
  name: z.string(),
  customer: z.string().nullable(),
  at: instant.describe('For when it is planned'),
})

const contractDayItem = z.object({
  ...own,
  kind: z.literal('contract-day'),
  why: z.enum(['late', 'due']),
  id: z.uuid().describe('Of where it is done'),
  leads: z.enum(['contract', 'credit', 'renewal', 'contract-change', 'supplier']).describe('What that is'),
  what: z.enum(contractDayKinds),
  name: z.string().nullable(),
  month: month.nullable(),
  party: z.enum(['provider', 'customer']).nullable(),
  contract: z.string().nullable(),
  customer: z.string(),
  at: instant.describe('The last day on which it can be done, at noon'),
})

const chargesItem = z.object({
  ...own,
  kind: z.literal('charges'),
  why: z.literal('disputed'),
  id: z.uuid().describe('Of the contract'),
  month,
  contract: z.string(),
  customer: z.string(),
  at: instant.describe('When they were contradicted'),
})

const creditItem = z.object({
  ...own,
  kind: z.literal('credit'),
  why: z.enum(['review', 'disputed', 'agreed']),
  id: z.uuid(),
  month,
  contract: z.string(),
  customer: z.string(),
  at: instant.describe('When it was reckoned, or contradicted'),
})

const appropriationItem = z.object({
  ...own,
  kind: z.literal('appropriation'),
  why: z.enum(['to-decide', 'supplement']),
  id: z.uuid(),
  title: z.string(),
  customer: z.string().nullable(),
  at: instant.describe('When the last step was taken'),
})

export const todayItem = z.discriminatedUnion('kind', [
  incidentItem,
  reviewItem,
  agreementItem,
  importItem,
  calendarItem,
  invitationItem,
  majorIncidentItem,
  escalationItem,
  mentionItem,
  correctionItem,
  approvalItem,
  requestTaskItem,
  taskItem,
  actionItem,
  decisionItem,
  forumItem,
  contractDayItem,
  chargesItem,
  creditItem,
  appropriationItem,
])
export type TodayItem = z.output<typeof todayItem>
export type IncidentItem = z.output<typeof incidentItem>

const stripPoint = z.object({
  id: z.uuid(),
  number: z.string(),
  dueAt: instant,
  leftSeconds: z.number().describe('Negative when it is late'),
  is: z.enum(['late', 'soon', 'runs']),
})
export type StripPoint = z.output<typeof stripPoint>

export const getToday = endpoint({
  method: 'GET',
  path: '/today',
  summary: 'The caller’s day: what needs them now, over all modules, ordered by consequence',
  audience: 'signed-in',
  query: z.object({
    customer: z.string().max(200).optional().describe('Id or name'),
    cursor: page.cursor.describe('What the page before gave'),
    whose: z
      .enum(['all', 'mine'])
      .default('all')
      .describe('Mine: of incidents only those that the caller holds, and their team’s that nobody does'),
    site: z.uuid().optional().describe('Then only incidents and clocks of that site: all else is of a whole customer'),
  }),
  reply: z.object({
    at: instant,
    items: z.array(todayItem).describe('The first of them, or those after the cursor'),
    nextCursor: z.string().nullable(),
    count: z.int().describe('How many there are in all'),
    late: z.int().describe('Of these, promises already broken'),
    strip: z.object({
      from: instant,
      to: instant,
      points: z.array(stripPoint).describe('Clocks that run out in that time, by when'),
      more: z.int().describe('How many more there are in it'),
    }),
    watched: z.object({
      open: z.int(),
      running: z.int().describe('Clocks that run'),
      dueInDay: z.int().describe('Of these, due within 24 hours'),
      paused: z.int(),
      pausedLong: z.int().describe('Of these, untouched for three days'),
      resolved: z.int().describe('Within the last 24 hours'),
      month: z
        .object({ month, met: z.int(), measured: z.int() })
        .describe('Resolutions of this month so far, without exclusions'),
    }),
    begun: z
      .object({
        hasTickets: z.boolean(),
        hasActiveAgreement: z.boolean(),
        hasReview: z.boolean(),
        hasColleagues: z.boolean(),
      })
      .describe('Which first steps were taken'),
  }),
  ownTransaction: true,
})
export type Today = z.output<typeof getToday.reply>
