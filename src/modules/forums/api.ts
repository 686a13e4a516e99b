import { z } from 'zod'
import { byId, endpoint, instant, localDate, named, page, pageOf } from '#core/endpoint.ts'

export * from './api-steering.ts'
export { barredFromConvening, barredFromRecording } from './may.ts'

const customerName = z.string().max(200).describe('Id or name')
const words = (most: number) => z.string().trim().min(1).max(most)

/** What meetings are counted as, of those whose time has come. */
export const meetingKinds = ['planned', 'held', 'on-time', 'full', 'unrecorded'] as const
export type MeetingKind = (typeof meetingKinds)[number]

export const runStates = ['planned', 'held', 'not-held'] as const

const rhythm = {
  weekdays: z.array(z.int().min(1).max(7)).min(1).max(7).describe('1 is Monday'),
  weeks: z.int().min(1).max(12).describe('In each so many weeks'),
  nth: z.literal([-1, 1, 2, 3, 4]).nullable().describe('Instead: on the so-manieth such day of the month, -1 the last'),
  months: z.int().min(1).max(12).describe('Then in each so many months'),
  startsOn: localDate,
  atMinute: z.int().min(0).max(1439).describe('Minutes after local midnight'),
  minutes: z.int().min(5).max(480).describe('How long it takes at most'),
  timeZone: z.string().min(1).max(64).describe('IANA name'),
}

const content = {
  name: words(200),
  purpose: words(2000).nullable(),
  tier: z.int().min(1).max(4).describe('1 is where the work is done'),
  ...rhythm,
  quorum: z.int().min(1).max(50).describe('So many have to be there'),
  agenda: z.array(words(400)).max(30),
  inputs: z.array(words(400)).max(30),
  kpis: z
    .array(z.string().regex(/^K\d{2}$/))
    .max(12)
    .describe('Key figures on its board'),
}

const adherence = z.object({
  planned: z.int().describe('Meetings whose time is over'),
  held: z.int(),
  onTime: z.int().describe('Begun within five minutes of its time'),
  full: z.int().describe('Held with quorum and with minutes, an action or a decision'),
})

export const forum = z.object({
  id: z.uuid(),
  customer: named.nullable().describe('Null: over all customers'),
  supplier: named
    .nullable()
    .describe('With whom it governs what is agreed; null also where the reader may not see suppliers'),
  ...content,
  chair: named.nullable(),
  members: z.array(named),
  nextAt: instant.nullable(),
  adherence: adherence.describe('Of the last 90 days'),
  openActions: z.int(),
  overdueActions: z.int(),
  endedAt: instant.nullable(),
  version: z.int(),
})
export type Forum = z.output<typeof forum>

export const listForums = endpoint({
  method: 'GET',
  path: '/forums',
  summary: 'Forums by tier and name, with their next meeting and how well they keep to their rhythm',
  audience: 'provider',
  query: z.object({ customer: customerName.optional(), supplier: z.uuid().optional() }),
  reply: z.object({ items: z.array(forum) }),
})

export const getForum = endpoint({
  method: 'GET',
  path: '/forums/:id',
  summary: 'One forum',
  audience: 'provider',
  params: byId,
  reply: forum,
})

export const addForum = endpoint({
  method: 'POST',
  path: '/forums',
  summary: 'Sets up a forum; its meetings of the next five weeks are planned at once',
  audience: 'provider',
  body: z.object({
    customer: customerName.optional().describe('Over all customers without it'),
    supplier: z.uuid().optional().describe('Of the supplier that it governs'),
    ...content,
    purpose: words(2000).optional(),
    weeks: content.weeks.default(1),
    nth: content.nth.default(null),
    months: content.months.default(1),
    quorum: content.quorum.default(2),
    agenda: content.agenda.default([]),
    inputs: content.inputs.default([]),
    kpis: content.kpis.default([]),
    chair: z.uuid().optional().describe('Whoever sets it up unless given'),
    members: z.array(z.uuid()).max(60).default([]),
  }),
  reply: forum,
  status: 201,
})
export type NewForum = z.output<typeof addForum.body>

export const changeForum = endpoint({
  method: 'PATCH',
  path: '/forums/:id',
  summary: 'Changes what is given; a new rhythm plans what is to come anew and leaves what was planned before',
  audience: 'provider',
  params: byId,
  body: z
    .object({
      ...content,
      supplier: z.uuid().nullable(),
      chair: z.uuid(),
      members: z.array(z.uuid()).max(60),
      ended: z.literal(true),
    })
    .partial(),
  reply: forum,
  match: true,
})
export type ForumChange = z.output<typeof changeForum.body>

export const run = z.object({
  id: z.uuid(),
  forum: named,
  customer: named.nullable(),
  tier: z.int(),
  plannedAt: instant,
  minutesPlanned: z.int(),
  timeZone: z.string(),
  state: z.enum(runStates),
  unrecorded: z.boolean().describe('Its time is over, and nobody has said whether it was held'),
  beganAt: instant.nullable(),
  endedAt: instant.nullable(),
  present: z.int(),
  invited: z.int(),
  outputs: z.int().describe('Actions and decisions made in it'),
  version: z.int(),
})
export type Run = z.output<typeof run>

export const listRuns = endpoint({
  method: 'GET',
  path: '/forum-runs',
  summary: 'Meetings within a time, in order',
  audience: 'provider',
  query: z.object({
    ...page,
    from: instant,
    to: instant,
    customer: customerName.optional(),
    fromDay: localDate.optional().describe('Of them those on or after this day where the forum meets'),
    untilDay: localDate.optional().describe('And before this one'),
    forum: z.uuid().optional(),
    tier: z.coerce.number().int().min(1).max(4).optional(),
    kind: z
      .enum(meetingKinds)
      .optional()
      .describe(
        `Whose time has come; held; begun within five minutes of their time; held with quorum and with minutes, an action or
         a decision; over, and nobody said whether they were held`,
      ),
  }),
  reply: pageOf(run),
})
export type RunsQuery = z.output<typeof listRuns.query>

const inFull = run.extend({
  agenda: z.array(z.string()),
  inputs: z.array(z.string()),
  kpis: z.array(z.string()),
  quorum: z.int(),
  members: z.array(named.extend({ present: z.boolean() })),
  minutes: z.string().nullable(),
  reason: z.string().nullable().describe('Why it was not held'),
})
export type RunInFull = z.output<typeof inFull>

export const getRun = endpoint({
  method: 'GET',
  path: '/forum-runs/:id',
  summary: 'One meeting: what it is about, who was there, what was written down',
  audience: 'provider',
  params: byId,
  reply: inFull,
})

export const recordRun = endpoint({
  method: 'PATCH',
  path: '/forum-runs/:id',
  summary: 'Writes down whether a meeting was held, from when to when, who was there and what was said',
  audience: 'provider',
  params: byId,
  body: z.object({
    state: z.enum(['held', 'not-held']),
    beganAt: instant.optional().describe('Its planned time unless given'),
    endedAt: instant.optional(),
    present: z.array(z.uuid()).max(60).optional(),
    minutes: z.string().trim().max(20_000).optional(),
    reason: words(1000).optional().describe('Needed where it was not held'),
  }),
  reply: inFull,
  match: true,
})
export type RunRecord = z.output<typeof recordRun.body>
