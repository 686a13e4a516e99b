import { z } from 'zod'
import { byId, endpoint, instant, localDate, month, named } from '#core/endpoint.ts'
import { courses, reasons, renewalStates } from './lifecycle.ts'

export { barredFromTerms } from '#core/may.ts'
export {
  courses,
  opportunityLifecycle,
  type OpportunityState,
  reasons,
  renewalLifecycle,
  type RenewalState,
} from './lifecycle.ts'
export {
  addEvidence,
  addOpportunity,
  changeOpportunity,
  getOpportunity,
  listOpportunities,
  listSignals,
  moveOpportunity,
  type NewEvidence,
  type NewOpportunity,
  type Opportunity,
  type OpportunityMove,
  type OpportunitySignal,
  type WrittenOpportunity,
} from './api-opportunities.ts'

const minor = z.int().describe('In the smallest unit of the contract’s currency')
const share = z.int().min(0).max(10_000)
const words = z.string().trim().min(1).max(2000).nullable()
const contract = z.object({ id: z.uuid(), number: z.string(), title: z.string(), currency: z.string() })

const terms = z.object({
  months: z.int().min(1).max(120).describe('How long it would hold'),
  priceBp: z.int().min(-9000).max(10_000).describe('By how much what is charged changes, in basis points'),
  costBp: z.int().min(-9000).max(10_000).describe('By how much what it costs changes'),
  levels: z
    .array(z.object({ level: z.string().min(1).max(60), targetPpm: z.int().min(0).max(1_000_000) }))
    .max(100)
    .describe('Service levels that would be promised otherwise; the others stay'),
})
export type ScenarioTerms = z.output<typeof terms>

const year = z.object({
  revenueMinor: minor.describe('Before credits, without what is passed through'),
  costMinor: minor,
  creditsMinor: minor.describe('What missed levels would have taken off'),
  marginMinor: minor,
})

const scenario = z.object({
  id: z.uuid(),
  name: z.string(),
  terms,
  of: z.object({ from: month, to: month, months: z.int() }).describe('The months that were reckoned with'),
  before: year.describe('Those months as they were posted'),
  after: year.describe('The same months by these terms'),
  termMinor: minor.describe('What the whole term would leave at that rate'),
  belowCommitted: z.boolean(),
  levels: z.array(
    z.object({
      level: z.string(),
      name: z.string(),
      targetPpm: z.int(),
      newTargetPpm: z.int(),
      missed: z.int().describe('Months in which it was missed'),
      newMissed: z.int().describe('Months in which it would have been'),
    }),
  ),
})
export type Scenario = z.output<typeof scenario>

const told = {
  id: z.uuid(),
  state: z.enum(renewalStates),
  course: z.enum(courses).nullable(),
  probabilityBp: share.nullable(),
  decideOn: localDate.nullable(),
  version: z.int(),
}

const renewal = z.object({
  ...told,
  contract,
  customer: named,
  endsOn: localDate.nullable(),
  noticeOn: localDate.nullable().describe('The last day on which notice can be given'),
  option: z.object({ name: z.string(), on: localDate }).nullable().describe('The next option and its last day'),
  priceStrategy: z.string().nullable(),
  winThemes: z.string().nullable(),
  blockers: z.string().nullable(),
  reason: z.enum(reasons).nullable(),
  reasonNote: z.string().nullable(),
  settledAt: instant.nullable(),
  committedBp: z.int().nullable(),
  scenarios: z.array(scenario),
})
export type Renewal = z.output<typeof renewal>

const renewalLine = z.object({
  contract,
  customer: named,
  startsOn: localDate,
  endsOn: localDate,
  noticeOn: localDate,
  noticeOver: z.boolean().describe('Its last day for a notice has gone by'),
  marginMinor: minor.describe('Of the last twelve months, without what is passed through'),
  revenueMinor: minor,
  warns: z.boolean().describe('It leaves less than was committed'),
  renewal: z.object(told).nullable().describe('Null: nobody works on it yet'),
})
export type RenewalLine = z.output<typeof renewalLine>

export const listRenewals = endpoint({
  method: 'GET',
  path: '/renewals',
  summary:
    'Contracts that end within two years, the one that has to be decided first first, with what is done about it',
  audience: 'provider',
  query: z.object({ customer: z.string().max(200).optional().describe('Id or name') }),
  reply: z.object({ items: z.array(renewalLine) }),
})

export const getRenewal = endpoint({
  method: 'GET',
  path: '/renewals/:id',
  summary: 'One renewal: its days, what we go for, and what terms would leave',
  audience: 'provider',
  params: byId,
  reply: renewal,
})

export const startRenewal = endpoint({
  method: 'POST',
  path: '/contracts/:id/renewals',
  summary: 'Begins to watch the renewal of a contract; one at a time',
  audience: 'provider',
  params: byId,
  reply: renewal,
  status: 201,
})

export const changeRenewal = endpoint({
  method: 'PUT',
  path: '/renewals/:id',
  summary: 'Says what we go for, how likely it is and with what, until it is settled',
  audience: 'provider',
  params: byId,
  body: z.object({
    course: z.enum(courses).nullable(),
    probabilityBp: share.nullable(),
    decideOn: localDate.nullable().describe('Not after the last day for a notice'),
    priceStrategy: words,
    winThemes: words,
    blockers: words,
  }),
  reply: renewal,
  match: true,
})
export type RenewalChange = z.output<typeof changeRenewal.body>

export const moveRenewal = endpoint({
  method: 'POST',
  path: '/renewals/:id/transitions',
  summary: 'Moves it on; to settle it needs the reason, to propose it what we go for',
  audience: 'provider',
  params: byId,
  body: z.object({
    to: z.enum(renewalStates),
    reason: z.enum(reasons).optional().describe('Needed for signed, lost and lapsed'),
    note: z.string().trim().min(1).max(2000).optional(),
  }),
  reply: renewal,
  match: true,
})
export type RenewalMove = z.output<typeof moveRenewal.body>

export const addScenario = endpoint({
  method: 'POST',
  path: '/renewals/:id/scenarios',
  summary: 'Keeps terms as they could be, with what the last twelve months would have left by them',
  audience: 'provider',
  params: byId,
  body: z.object({ name: z.string().trim().min(1).max(120), terms }),
  reply: renewal,
  status: 201,
})
export type NewScenario = z.output<typeof addScenario.body>

export const dropScenario = endpoint({
  method: 'DELETE',
  path: '/renewal-scenarios/:id',
  summary: 'Drops a scenario',
  audience: 'provider',
  params: byId,
  reply: renewal,
})
