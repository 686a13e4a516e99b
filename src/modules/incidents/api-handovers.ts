import { z } from 'zod'
import { endpoint, instant, localDate, page, pageOf } from '#core/endpoint.ts'
import { handoverGroupings } from './handover-grouping.ts'

export { type HandoverGrouping, handoverGroupings } from './handover-grouping.ts'

const milliseconds = z.int().describe('Elapsed time on the wall clock, in milliseconds')

const times = {
  elapsedMs: milliseconds.describe('Working, waiting and over together'),
  workingMs: milliseconds,
  waitingMs: milliseconds,
  overMs: milliseconds.describe('After the resolution'),
}

const measured = {
  customer: z.string().max(200).optional().describe('Id or name'),
  site: z.uuid().optional(),
  from: localDate.optional().describe('First day on which they were opened, in the customer’s zone'),
  to: localDate.optional().describe('Day after the last'),
  groupBy: z.enum(handoverGroupings).default('team'),
  openUntil: z
    .enum(['now', 'last-fact'])
    .default('now')
    .describe('Up to when what is not over is counted: a log of another tool knows nothing behind its last fact'),
}

const handoverGroup = z.object({
  key: z.string().describe('Empty: none'),
  label: z.string(),
  incidents: z.int().describe('Of a team: that it held for some time'),
  handedOn: z.int().describe('Incidents that went from one team to another at least once; of a team: from it'),
  handedOnTwice: z.int(),
  pingPong: z.int().describe('Incidents that came back to a team that had given them away; of a team: to it'),
  handovers: z.int().describe('Of a team: away from it'),
  ...times,
  waits: z
    .array(
      z.object({
        for: z.string().describe('`queue`, or why it was on hold'),
        incidents: z.int(),
        waitingMs: milliseconds,
      }),
    )
    .describe('What the waiting time was made of, the longest first'),
  duration: z
    .object({ meanMs: z.number(), medianMs: z.number() })
    .nullable()
    .describe('Of an incident, from opening to the last thing that happened; not by team'),
})
export type HandoverGroup = z.output<typeof handoverGroup>

export const reportHandovers = endpoint({
  method: 'GET',
  path: '/reports/handovers',
  lagging: true,
  summary: 'How often incidents went from team to team, and how long they were worked on or waited; parts add up',
  audience: 'provider',
  query: z.object(measured),
  reply: z.object({
    basis: z.literal('opened-in-period'),
    from: localDate.nullable(),
    to: localDate.nullable(),
    timeZone: z.string(),
    groups: z.array(handoverGroup),
    total: handoverGroup,
  }),
})
export type HandoverReport = z.output<typeof reportHandovers.reply>

export const listHandoverIncidents = endpoint({
  method: 'GET',
  path: '/reports/handovers/incidents',
  lagging: true,
  summary: 'The incidents under a figure of handovers, the latest opened first',
  audience: 'provider',
  query: z.object({
    ...page,
    ...measured,
    group: z.string().max(200).optional().describe('Key of a group'),
    only: z.enum(['all', 'handed-on', 'handed-on-twice', 'ping-pong']).default('all'),
    waitsFor: z.string().max(60).optional().describe('That waited for this'),
  }),
  reply: pageOf(
    z.object({
      id: z.uuid(),
      number: z.string(),
      title: z.string(),
      openedAt: instant,
      handovers: z.array(z.object({ at: instant, from: z.uuid(), to: z.uuid(), back: z.boolean() })),
      ...times,
    }),
  ),
})
