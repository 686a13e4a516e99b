import { z } from 'zod'
import { wordFields, ruleFields } from '#core/rule.ts'
import { incidentStates } from '#api/incidents'
import { clockMetrics, levels } from '#api/service-levels'

/** What a rule can wait for, and the kinds of facts that say that it happened; `time` is told by no fact. */
export const triggerKinds = {
  opened: ['incident.opened'],
  state: ['incident.state'],
  note: ['incident.note'],
  answer: ['incident.answer'],
  priority: ['incident.priority'],
  assigned: ['incident.assigned'],
  changed: ['incident.changed'],
  clock: ['clock.at-risk', 'clock.breached'],
  time: [],
} as const satisfies Readonly<Record<string, readonly string[]>>
export type TriggerKind = keyof typeof triggerKinds

export const triggerNames = Object.keys(triggerKinds) as readonly TriggerKind[] as readonly [
  TriggerKind,
  ...TriggerKind[],
]

/** From which moment time is counted. */
export const timeAnchors = ['opened', 'updated'] as const

const plain = <const On extends TriggerKind>(on: On) => z.object({ on: z.literal(on) })

const trigger = z.discriminatedUnion('on', [
  plain('opened'),
  z.object({ on: z.literal('state'), to: z.array(z.enum(incidentStates)).default([]).describe('None: any') }),
  z.object({ on: z.literal('note'), visibility: z.enum(['any', 'public', 'internal']).default('any') }),
  plain('answer'),
  plain('priority'),
  plain('assigned'),
  plain('changed'),
  z.object({
    on: z.literal('clock'),
    metric: z.enum(clockMetrics).nullable().default(null).describe('Null: any'),
    percent: z.int().min(1).max(100).describe('Of the target, as the agreement names it; 100: it is missed'),
  }),
  z.object({
    on: z.literal('time'),
    hours: z.number().min(0.25).max(2000).describe('Of opening time by the calendar'),
    since: z.enum(timeAnchors),
    calendar: z.uuid().nullable().default(null).describe('Null: the clock round'),
    repeat: z.boolean().default(false).describe('Every so many hours, as long as it is open'),
  }),
])
export type RuleTrigger = z.output<typeof trigger>

const condition = z.object({
  field: z.enum(ruleFields),
  not: z.boolean().default(false),
  values: z
    .array(z.string().trim().min(1).max(200))
    .min(1)
    .max(50)
    .describe(`Ids, words of the interface, or “none”; of ${wordFields.join(', ')}: words; of hours: ids of calendars`),
})

const text = z.string().trim().min(1).max(10_000)

export const waysToChoose = ['turn', 'load'] as const
export const noticeTargets = ['assignee', 'team', 'person'] as const

const action = z.discriminatedUnion('do', [
  z.object({ do: z.literal('team'), team: z.uuid() }),
  z.object({ do: z.literal('person'), person: z.uuid() }),
  z.object({
    do: z.literal('choose'),
    team: z.uuid().nullable().default(null).describe('Null: the team that has it'),
    by: z.enum(waysToChoose).describe('In turn, or who has least'),
    skill: z.string().trim().min(1).max(100).nullable().default(null).describe('Who knows this; null: anybody'),
    openOnly: z.boolean().default(false).describe('Only while the team’s calendar is open'),
  }),
  z.object({
    do: z.literal('rate'),
    impact: z.enum(levels).nullable().default(null).describe('Null leaves it'),
    urgency: z.enum(levels).nullable().default(null),
  }),
  z.object({ do: z.literal('categorise'), category: z.string().trim().min(1).max(200) }),
  z.object({ do: z.literal('note'), text: text.describe('Internal; with fields in braces') }),
  z.object({
    do: z.literal('mail'),
    to: z.enum(noticeTargets),
    person: z.uuid().nullable().default(null).describe('For to: person'),
    subject: z.string().trim().min(1).max(400),
    text,
  }),
  z.object({
    do: z.literal('escalate'),
    level: z.int().min(1).max(4),
    kind: z.enum(['functional', 'hierarchic']),
    owner: z.uuid(),
    reason: z.string().trim().min(1).max(4000),
  }),
  z.object({ do: z.literal('watch'), person: z.uuid().describe('Follows it from then on, without holding it') }),
  z.object({ do: z.literal('webhook'), webhook: z.uuid() }),
])
export type RuleAction = z.output<typeof action>
export type ActionKind = RuleAction['do']

export const actionKinds = [
  'team',
  'person',
  'choose',
  'rate',
  'categorise',
  'note',
  'mail',
  'escalate',
  'watch',
  'webhook',
] as const satisfies readonly ActionKind[]

/** What a rule says. */
export const ruleContent = z.object({
  when: trigger,
  if: z
    .array(z.array(condition).min(1).max(20))
    .max(10)
    .default([])
    .describe('All conditions of any group; none: always'),
  actions: z.array(action).min(1).max(10),
})
export type RuleContent = z.output<typeof ruleContent>

/** What an action makes happen that a rule can wait for. */
const follows: Readonly<Record<ActionKind, readonly TriggerKind[]>> = {
  team: ['assigned'],
  person: ['assigned'],
  choose: ['assigned'],
  rate: ['priority', 'changed'],
  categorise: ['changed'],
  note: ['note'],
  mail: [],
  escalate: [],
  watch: [],
  webhook: [],
}

/** Whether what a rule does may be what it waits for. */
export function mayTriggerItself({ when, actions }: RuleContent): boolean {
  return actions.some((each) => follows[each.do].includes(when.on))
}
