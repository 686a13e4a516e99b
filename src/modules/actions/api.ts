import { z } from 'zod'
import { byId, endpoint, instant, localDate, named, page, pageOf } from '#core/endpoint.ts'
import { actionPriorities, actionStates, ownerSides } from './action.ts'
import { origin, originGiven, originRef } from './api-origin.ts'

export {
  actionLifecycle,
  actionPriorities,
  actionStates,
  type ActionState,
  decisionLifecycle,
  decisionStates,
  type DecisionState,
  openActionStates,
} from './action.ts'
export * from './api-decisions.ts'
export { origin, type Origin, originGiven, type OriginGiven, type OriginKind, originRef } from './api-origin.ts'
export { barredFromActing, barredFromVerifying } from './may.ts'

const customerName = z.string().max(200).describe('Id or name')
const words = (most: number) => z.string().trim().min(1).max(most)

export const action = z.object({
  id: z.uuid(),
  customer: named.nullable().describe('Null: the provider’s own'),
  text: z.string(),
  owner: named.nullable().describe('Null for somebody whom nobody here knows; of ours for the provider’s eyes alone'),
  ownerName: z.string().nullable().describe('Somebody whom nobody here knows'),
  ownerSide: z.enum(ownerSides),
  due: localDate,
  firstDue: localDate.describe('The day that was said first'),
  redated: z.int().describe('How often another day was said since'),
  overdue: z.boolean().describe('Its day has ended where the customer is, and nobody says that it is done'),
  forum: named.nullable().describe('Where it is followed; for the provider’s people'),
  priority: z.enum(actionPriorities),
  state: z.enum(actionStates),
  shared: z.boolean().describe('The customer reads it'),
  evidence: z.string().nullable().describe('By what it is seen that it is done; for the provider’s people'),
  cancelReason: z.string().nullable(),
  origin: origin.nullable().describe('For the provider’s people'),
  madeBy: named.nullable(),
  madeAt: instant,
  doneAt: instant.nullable(),
  verifiedBy: named.nullable(),
  verifiedAt: instant.nullable(),
  closedAt: instant.nullable(),
  version: z.int(),
})
export type Action = z.output<typeof action>

export const listActions = endpoint({
  method: 'GET',
  path: '/actions',
  summary: 'Actions of all forums and organisations: open ones by their day, others the latest first',
  audience: 'signed-in',
  query: z.object({
    ...page,
    customer: customerName.optional(),
    show: z
      .enum(['open', 'overdue', 'to-verify', 'redated', 'over', 'on-time', 'not-on-time'])
      .default('open')
      .describe(
        'Re-dated: open ones whose day was put off. On time, and not: those whose first day was within the last 90',
      ),
    whose: z.enum(['all', 'mine']).default('all').describe('Mine: those the caller owns'),
    origin: originRef.optional(),
    forum: z.uuid().optional().describe('Followed there'),
    until: localDate.optional().describe('Due by then'),
  }),
  reply: pageOf(action),
})
export type ActionsQuery = z.output<typeof listActions.query>

export const getAction = endpoint({
  method: 'GET',
  path: '/actions/:id',
  summary: 'One action, with what happened to it',
  audience: 'signed-in',
  params: byId,
  reply: action.extend({
    log: z
      .array(
        z.object({
          id: z.uuid(),
          at: instant,
          by: named.nullable(),
          kind: z.enum(['made', 'changed', 'redated', 'state']),
          facts: z.record(z.string(), z.unknown()),
        }),
      )
      .describe('The latest first; for the provider’s people'),
  }),
})
export type ActionInFull = z.output<typeof getAction.reply>

export const reportActions = endpoint({
  method: 'GET',
  path: '/reports/actions',
  lagging: true,
  summary: 'How many actions are open, late, unverified and put off, and how many were verified by their first day',
  audience: 'provider',
  query: z.object({ customer: customerName.optional() }),
  reply: z.object({
    open: z.int(),
    overdue: z.int(),
    toVerify: z.int(),
    redated: z.int().describe('Open ones whose day was put off'),
    onTime: z
      .object({ numerator: z.int(), denominator: z.int() })
      .nullable()
      .describe('Of those whose first day was within the last 90: verified by it; null when there were none'),
  }),
})

export const makeAction = endpoint({
  method: 'POST',
  path: '/actions',
  summary: 'Makes an action, also from a record, a figure or a review: both then show the other',
  audience: 'provider',
  body: z.object({
    customer: customerName.optional().describe('The origin’s unless given; the provider’s own without either'),
    text: words(2000),
    owner: z.uuid().optional().describe('Somebody of ours or of the customer; whoever makes it unless given'),
    ownerName: words(200).optional().describe('Somebody whom nobody here knows, as at a supplier'),
    due: localDate,
    priority: z.enum(actionPriorities).default('medium'),
    shared: z.boolean().default(false),
    forum: z.uuid().optional().describe('Where it is followed; that of the meeting it is made in unless given'),
    origin: originGiven.optional(),
  }),
  reply: action,
  status: 201,
})
export type NewAction = z.output<typeof makeAction.body>

export const changeAction = endpoint({
  method: 'PATCH',
  path: '/actions/:id',
  summary: 'Changes what is given; another day needs a reason, and is counted',
  audience: 'provider',
  params: byId,
  body: z
    .object({
      text: words(2000),
      owner: z.uuid(),
      ownerName: words(200),
      due: localDate,
      reason: words(1000).describe('Why another day'),
      priority: z.enum(actionPriorities),
      shared: z.boolean(),
      forum: z.uuid().nullable().describe('Where it is followed: that of the next tier lifts it'),
    })
    .partial(),
  reply: action,
  match: true,
})
export type ActionChange = z.output<typeof changeAction.body>

export const moveAction = endpoint({
  method: 'POST',
  path: '/actions/:id/transitions',
  summary: 'Moves an action on; done needs evidence, and another than its owner verifies it',
  audience: 'provider',
  params: byId,
  body: z.object({
    to: z.enum(actionStates),
    evidence: words(4000).optional().describe('Needed for done-claimed'),
    reason: words(2000).optional().describe('Needed for cancelled, and to say that it is not done'),
  }),
  reply: action,
})
export type ActionMove = z.output<typeof moveAction.body>
