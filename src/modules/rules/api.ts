import { z } from 'zod'
import { byId, endpoint, instant, localDate, named, page, pageOf } from '#core/endpoint.ts'
import { actionKinds, ruleContent } from './shape.ts'

export { barredFromManaging } from '#core/may.ts'
export {
  type ActionKind,
  actionKinds,
  noticeTargets,
  type RuleAction,
  type RuleContent,
  type RuleTrigger,
  timeAnchors,
  type TriggerKind,
  triggerNames,
  waysToChoose,
} from './shape.ts'

const rule = ruleContent.extend({
  id: z.uuid(),
  name: z.string(),
  customer: named.nullable().describe('Null: all customers that its owner manages'),
  position: z.int(),
  enabledSince: instant.nullable().describe('Null while it is off'),
  owner: named.describe('Wrote what it says now; it acts only where they may manage'),
  number: z.int().describe('Of the version that holds'),
  mayTriggerItself: z.boolean(),
  stopped: z
    .object({
      at: instant,
      why: z.enum(['itself', 'depth', 'rate']),
      incident: z.object({ id: z.uuid(), number: z.string() }).nullable(),
      sentence: z.string(),
    })
    .nullable()
    .describe('When it was last kept from acting, and why'),
  acted: z.int().describe('How often, within thirty days'),
  names: z.record(z.string(), z.string()).describe('What the ids in it are called'),
  version: z.int(),
})
export type Rule = z.output<typeof rule>

export const listRules = endpoint({
  method: 'GET',
  path: '/rules',
  summary: 'Rules, in the order in which they speak',
  audience: 'provider',
  reply: z.object({ items: z.array(rule) }),
})

export const getRule = endpoint({
  method: 'GET',
  path: '/rules/:id',
  summary: 'One rule as it holds now',
  audience: 'provider',
  params: byId,
  reply: rule,
})

const name = z.string().trim().min(1).max(120)

export const addRule = endpoint({
  method: 'POST',
  path: '/rules',
  summary: 'A new rule, behind the others; it looks at what happens from now on',
  audience: 'provider',
  body: ruleContent.extend({
    name,
    customer: z.string().max(200).optional().describe('Id or name; all that you manage unless given'),
    enabled: z.boolean().default(true),
  }),
  reply: rule,
  status: 201,
})
export type NewRule = z.output<typeof addRule.body>

export const changeRule = endpoint({
  method: 'PATCH',
  path: '/rules/:id',
  summary: 'Changes what is given; another content is another version, which holds from now on and is yours',
  audience: 'provider',
  params: byId,
  body: ruleContent
    .omit({ if: true })
    .extend({ if: ruleContent.shape.if.unwrap(), name, enabled: z.boolean() })
    .partial(),
  reply: rule,
  match: true,
})
export type RuleChange = z.output<typeof changeRule.body>

export const endRule = endpoint({
  method: 'DELETE',
  path: '/rules/:id',
  summary: 'Ends a rule; what it did stays, and says by which rule it was done',
  audience: 'provider',
  params: byId,
  reply: z.null(),
  status: 204,
})

export const orderRules = endpoint({
  method: 'PUT',
  path: '/rules/order',
  summary: 'In which order they speak; those not named follow as they were',
  audience: 'provider',
  body: z.object({ ids: z.array(z.uuid()).max(1000) }),
  reply: z.object({ items: z.array(rule) }),
})

const ruleVersion = ruleContent.extend({
  number: z.int(),
  name: z.string(),
  madeBy: z.string(),
  madeAt: instant,
  changed: z.array(z.enum(['name', 'when', 'if', 'actions'])).describe('Against the one before'),
})
export type RuleVersion = z.output<typeof ruleVersion>

export const listRuleVersions = endpoint({
  method: 'GET',
  path: '/rules/:id/versions',
  summary: 'What a rule said, the newest first; none is ever changed',
  audience: 'provider',
  params: byId,
  reply: z.object({ items: z.array(ruleVersion) }),
})

const act = z.object({
  do: z.enum(actionKinds),
  /** What is named by it, as it was called then. */
  what: z.string(),
  skipped: z
    .enum(['over', 'nobody', 'closed', 'no-team', 'no-address', 'no-mailbox', 'paused', 'not-there', 'already'])
    .optional()
    .describe('Why it was not done'),
})
export type RuleAct = z.output<typeof act>

const run = z.object({
  id: z.uuid(),
  incident: z.object({ id: z.uuid(), number: z.string(), title: z.string() }),
  at: instant,
  number: z.int().describe('Of the version that acted'),
  outcome: z.enum(['acted', 'stopped', 'failed']),
  why: z.string().nullable().describe('A sentence'),
  done: z.array(act),
})
export type RuleRun = z.output<typeof run>

export const listRuleRuns = endpoint({
  method: 'GET',
  path: '/rules/:id/runs',
  summary: 'What a rule did, the newest first',
  audience: 'provider',
  params: byId,
  query: z.object({ ...page, outcome: z.enum(['acted', 'stopped', 'failed']).optional() }),
  reply: pageOf(run),
})

export const tryRule = endpoint({
  method: 'POST',
  path: '/rules/trials',
  summary: 'What a rule would have done in the last thirty days; writes nothing',
  audience: 'provider',
  body: ruleContent.extend({ customer: z.string().max(200).optional() }),
  reply: z.object({
    from: instant,
    to: instant,
    looked: z.int().describe('So many times it was asked whether it is so'),
    whole: z.boolean().describe('False: there was more to look at; these are the newest'),
    acted: z.int().describe('So many times it would have acted'),
    incidents: z.int().describe('On so many incidents'),
    acts: z.array(z.object({ do: z.enum(actionKinds), count: z.int() })),
    items: z
      .array(
        z.object({
          incident: z.object({ id: z.uuid(), number: z.string(), title: z.string() }),
          customer: z.string(),
          at: instant,
        }),
      )
      .describe('The newest first, two hundred at most'),
    mayTriggerItself: z.boolean(),
  }),
  ownTransaction: true,
})
export type RuleTrial = z.output<typeof tryRule.body>
export type RuleTried = z.output<typeof tryRule.reply>

const profile = z.object({
  person: named,
  teams: z.array(z.string()),
  skills: z.array(z.string()),
  absentFrom: z.string().nullable().describe('First day; no reason is kept'),
  absentTo: z.string().nullable().describe('Last day'),
  version: z.int().describe('0 where nothing was said yet'),
})
export type AssignmentProfile = z.output<typeof profile>

export const listAssignmentProfiles = endpoint({
  method: 'GET',
  path: '/assignment-profiles',
  summary: 'Who is in a team, what they know and when they are not there',
  audience: 'provider',
  reply: z.object({ items: z.array(profile) }),
})

export const setAssignmentProfile = endpoint({
  method: 'PUT',
  path: '/assignment-profiles/:id',
  summary: 'Says what somebody knows and when they are not there; by those who keep teams, and by themselves',
  audience: 'provider',
  params: byId,
  body: z.object({
    skills: z.array(z.string().trim().min(1).max(100)).max(50),
    absentFrom: localDate.nullable(),
    absentTo: localDate.nullable(),
  }),
  reply: profile,
  match: true,
})
export type ProfileChange = z.output<typeof setAssignmentProfile.body>
