import { z } from 'zod'
import { byId, endpoint, instant, named, page, pageOf } from '#core/endpoint.ts'
import { priorities } from '#api/service-levels'
import { directions, escalationStates, kinds, sources, triggers } from './escalation.ts'

export { type EscalationReport, reportEscalations } from './api-report.ts'
export { barredFromWorking } from '#core/may.ts'
export { barredFromRuling } from './may.ts'
export {
  directions,
  escalationLifecycle,
  escalationStates,
  type EscalationState,
  kinds,
  openEscalationStates,
  sources,
  triggers,
} from './escalation.ts'

const level = z.int().min(1).max(4)
const incidentRef = z.string().trim().min(1).max(200).describe('Id or number of an incident')

export const escalation = z.object({
  id: z.uuid(),
  incident: z.object({ id: z.uuid(), number: z.string(), title: z.string() }),
  customer: named,
  source: z.enum(sources).describe('Who asks for more than the usual'),
  direction: z.enum(directions),
  kind: z.enum(kinds).describe('Functional: more knowledge; hierarchic: more authority'),
  level,
  reason: z.string(),
  state: z.enum(escalationStates),
  owner: named.nullable().describe('Null for a customer’s eyes'),
  raisedBy: named.nullable().describe('Null for the program, and for a customer’s eyes'),
  rule: z.string().nullable().describe('Name of the rule that raised it by itself'),
  raisedAt: instant,
  acknowledgedAt: instant.nullable(),
  nextUpdateDue: instant.nullable(),
  agreedOutcome: z.string().nullable(),
  closedAt: instant.nullable(),
  raiserSatisfied: z.int().nullable().describe('1 to 5, by who raised it'),
  version: z.int(),
})
export type Escalation = z.output<typeof escalation>

export const listEscalations = endpoint({
  method: 'GET',
  path: '/escalations',
  summary: 'Escalations, the newest first',
  audience: 'signed-in',
  query: z.object({
    ...page,
    customer: z.string().max(200).optional().describe('Id or name'),
    incident: incidentRef.optional(),
    rule: z.uuid().optional().describe('Raised by this rule'),
    state: z
      .enum(['open', 'over', 'counted', ...escalationStates])
      .optional()
      .describe('Counted: not withdrawn'),
    source: z.enum(sources).optional(),
    since: instant.optional().describe('Raised at this moment or later'),
    late: z.stringbool().optional().describe('Open ones whose next update was promised before now'),
    taken: z.stringbool().optional().describe('True: only those that somebody took on, by now or before'),
    said: z.stringbool().optional().describe('True: only those of which somebody said how content they are'),
  }),
  reply: pageOf(escalation),
})
export type EscalationsQuery = z.output<typeof listEscalations.query>

export const getEscalation = endpoint({
  method: 'GET',
  path: '/escalations/:id',
  summary: 'One escalation',
  audience: 'signed-in',
  params: byId,
  reply: escalation,
})

export const raiseEscalation = endpoint({
  method: 'POST',
  path: '/escalations',
  summary: 'Raises an escalation about an incident',
  audience: 'provider',
  body: z.object({
    incident: incidentRef,
    source: z.enum(sources).exclude(['auto']),
    direction: z.enum(directions),
    kind: z.enum(kinds),
    level,
    reason: z.string().trim().min(1).max(4000),
    owner: z.uuid().optional().describe('Who takes care of it; whoever raises it unless given'),
    nextUpdateDue: instant.optional(),
  }),
  reply: escalation,
  status: 201,
})
export type NewEscalation = z.output<typeof raiseEscalation.body>

export const changeEscalation = endpoint({
  method: 'PATCH',
  path: '/escalations/:id',
  summary: 'Changes what is given, leaves the rest',
  audience: 'provider',
  params: byId,
  body: z
    .object({
      level,
      owner: z.uuid(),
      nextUpdateDue: instant.nullable(),
      agreedOutcome: z.string().trim().max(4000).nullable(),
    })
    .partial(),
  reply: escalation,
  match: true,
})
export type EscalationChange = z.output<typeof changeEscalation.body>

export const moveEscalation = endpoint({
  method: 'POST',
  path: '/escalations/:id/transitions',
  summary: 'Moves an escalation on; a plan needs the outcome that was agreed',
  audience: 'provider',
  params: byId,
  body: z.object({
    to: z.enum(escalationStates),
    agreedOutcome: z.string().trim().min(1).max(4000).optional().describe('Needed for plan-agreed'),
    nextUpdateDue: instant.optional(),
    note: z.string().trim().max(4000).optional(),
    raiserSatisfied: z.int().min(1).max(5).optional().describe('For confirmed: what who raised it says'),
  }),
  reply: escalation,
})
export type EscalationMove = z.output<typeof moveEscalation.body>

export const escalationRule = z.object({
  id: z.uuid(),
  name: z.string(),
  customer: named.nullable().describe('Null means all customers'),
  trigger: z.enum(triggers).describe('A share of a target used up, reopened, handed over, age'),
  threshold: z.int().describe('Percent, times, times, days'),
  priorities: z.array(z.enum(priorities)).describe('None means any'),
  level,
  kind: z.enum(kinds),
  owner: named,
  raised: z.int().describe('How often it spoke'),
  version: z.int(),
})
export type EscalationRule = z.output<typeof escalationRule>

export const listEscalationRules = endpoint({
  method: 'GET',
  path: '/escalation-rules',
  summary: 'By which rules escalations are raised by themselves',
  audience: 'provider',
  reply: z.object({ items: z.array(escalationRule) }),
})

export const addEscalationRule = endpoint({
  method: 'POST',
  path: '/escalation-rules',
  summary: 'Adds a rule; it speaks once about an incident, from its next change on',
  audience: 'provider',
  body: z.object({
    name: z.string().trim().min(1).max(120),
    customer: z.string().max(200).optional(),
    trigger: z.enum(triggers),
    threshold: z.int().min(1).max(1000),
    priorities: z.array(z.enum(priorities)).default([]),
    level,
    kind: z.enum(kinds),
    owner: z.uuid(),
  }),
  reply: escalationRule,
  status: 201,
})
export type NewEscalationRule = z.output<typeof addEscalationRule.body>

export const removeEscalationRule = endpoint({
  method: 'DELETE',
  path: '/escalation-rules/:id',
  summary: 'Ends a rule; what it raised stays',
  audience: 'provider',
  params: byId,
  reply: z.null(),
  status: 204,
})
