import { z } from 'zod'
import { byId, endpoint, instant, localDate, named } from '#core/endpoint.ts'
import { languages } from '#core/text.ts'

export { barredFromRelating } from './may.ts'

export const levels = ['c-level', 'general-manager', 'cfo', 'head', 'it-director', 'users'] as const
export const audiences = ['operations', 'finance', 'it', 'users'] as const
export const channels = ['meeting', 'visit', 'call', 'mail'] as const
export const agendaKinds = ['theme', 'ask', 'decision'] as const
export const agendaStates = ['open', 'done', 'dropped'] as const

const customerName = z.string().max(200).describe('Id or name')
const words = (most: number) => z.string().trim().min(1).max(most)

const content = {
  name: words(200),
  role: words(200).nullable(),
  level: z.enum(levels),
  segment: words(200).nullable(),
  influence: z.int().min(1).max(5),
  support: z.int().min(-2).max(2).describe('Against us to for us'),
  interests: words(2000).nullable(),
  channel: z.enum(channels).describe('How they like to be spoken with'),
  language: z.enum(languages),
  audience: z.enum(audiences).describe('For whom a report is written when it is for them'),
  cadenceDays: z.int().min(7).max(366).nullable().describe('Somebody speaks with them once in so many days'),
}

export const stakeholder = z.object({
  id: z.uuid(),
  customer: named,
  person: named.nullable(),
  ...content,
  owner: named.nullable(),
  lastOn: localDate.nullable().describe('When somebody spoke with them last'),
  lastFaceToFaceOn: localDate.nullable(),
  dueOn: localDate.nullable().describe('By when somebody should; null without a cadence'),
  overdue: z.boolean(),
  pulse: z.int().nullable().describe('The latest, 0 to 10'),
  openItems: z.int(),
  version: z.int(),
})
export type Stakeholder = z.output<typeof stakeholder>

export const listStakeholders = endpoint({
  method: 'GET',
  path: '/stakeholders',
  summary: 'Stakeholders by influence; for who manages the relationship alone',
  audience: 'provider',
  query: z.object({ customer: customerName.optional() }),
  reply: z.object({
    items: z.array(stakeholder),
    coverage: z
      .object({ numerator: z.int(), denominator: z.int() })
      .nullable()
      .describe('In their cadence, of those that have one; null when none has'),
    pulseMean: z.number().nullable().describe('Of the latest ones'),
  }),
})

const interaction = z.object({
  id: z.uuid(),
  kind: z.enum(channels),
  faceToFace: z.boolean(),
  onDay: localDate,
  by: named.nullable(),
  notes: z.string().nullable(),
  private: z.boolean().describe('Read by who wrote it alone'),
})

const pulse = z.object({
  id: z.uuid(),
  quarter: localDate.describe('Its first day'),
  score: z.int(),
  sentence: z.string(),
})

const agendaItem = z.object({
  id: z.uuid(),
  kind: z.enum(agendaKinds),
  text: z.string(),
  state: z.enum(agendaStates),
  outcome: z.string().nullable(),
  createdAt: instant,
  version: z.int(),
})
export type AgendaItem = z.output<typeof agendaItem>

const inFull = stakeholder.extend({
  interactions: z.array(interaction).describe('The latest first, 100 at most'),
  pulses: z.array(pulse).describe('The latest first'),
  agenda: z.array(agendaItem).describe('Open ones first'),
})
export type StakeholderInFull = z.output<typeof inFull>

export const getStakeholder = endpoint({
  method: 'GET',
  path: '/stakeholders/:id',
  summary: 'One stakeholder, with interactions, pulse and agenda',
  audience: 'provider',
  params: byId,
  reply: inFull,
})

export const addStakeholder = endpoint({
  method: 'POST',
  path: '/stakeholders',
  summary: 'Adds a stakeholder of a customer',
  audience: 'provider',
  body: z
    .object(content)
    .partial()
    .extend({
      customer: customerName,
      name: words(200),
      level: z.enum(levels),
      influence: content.influence.default(3),
      audience: content.audience.default('operations'),
      person: z.uuid().optional().describe('Who they are, where they are known'),
      owner: z.uuid().optional().describe('One of ours; whoever adds them unless given'),
    }),
  reply: inFull,
  status: 201,
})
export type NewStakeholder = z.output<typeof addStakeholder.body>

export const changeStakeholder = endpoint({
  method: 'PATCH',
  path: '/stakeholders/:id',
  summary: 'Changes what is given',
  audience: 'provider',
  params: byId,
  body: z.object({ ...content, owner: z.uuid(), ended: z.literal(true) }).partial(),
  reply: inFull,
  match: true,
})
export type StakeholderChange = z.output<typeof changeStakeholder.body>

export const addInteraction = endpoint({
  method: 'POST',
  path: '/stakeholders/:id/interactions',
  summary: 'Writes down that somebody spoke with them',
  audience: 'provider',
  params: byId,
  body: z.object({
    kind: z.enum(channels),
    faceToFace: z.boolean(),
    onDay: localDate,
    notes: words(10_000).optional(),
    private: z.boolean().default(false),
  }),
  reply: inFull,
  status: 201,
})
export type NewInteraction = z.output<typeof addInteraction.body>

export const addPulse = endpoint({
  method: 'POST',
  path: '/stakeholders/:id/pulses',
  summary: 'Says how the relationship is this quarter; said again it takes the place of what was said in it',
  audience: 'provider',
  params: byId,
  body: z.object({ score: z.int().min(0).max(10), sentence: words(1000) }),
  reply: inFull,
  status: 201,
})
export type NewPulse = z.output<typeof addPulse.body>

export const addAgendaItem = endpoint({
  method: 'POST',
  path: '/stakeholders/:id/agenda',
  summary: 'Adds what is to be talked about with them',
  audience: 'provider',
  params: byId,
  body: z.object({ kind: z.enum(agendaKinds), text: words(1000) }),
  reply: inFull,
  status: 201,
})
export type NewAgendaItem = z.output<typeof addAgendaItem.body>

export const settleAgendaItem = endpoint({
  method: 'POST',
  path: '/agenda-items/:id/transitions',
  summary: 'Says what became of it',
  audience: 'provider',
  params: byId,
  body: z.object({ to: z.enum(['done', 'dropped']), outcome: words(2000).optional() }),
  reply: inFull,
})
export type AgendaMove = z.output<typeof settleAgendaItem.body>
