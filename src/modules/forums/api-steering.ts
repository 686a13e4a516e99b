import { z } from 'zod'
import { byId, endpoint, instant, localDate, named } from '#core/endpoint.ts'
import { languages } from '#core/text.ts'

/** What a board looks at between two meetings, in this order. */
export const intervalFigures = ['major', 'escalated', 'late', 'due', 'unassigned', 'opened', 'resolved'] as const
export type IntervalFigure = (typeof intervalFigures)[number]

const interval = z.object({
  since: instant.describe('The last meeting that was planned; a day ago where there was none'),
  until: instant.describe('The next one; a day ahead where none is planned'),
  items: z.array(
    z.object({
      key: z.enum(intervalFigures).describe(
        `Open major incidents; open escalations; open incidents whose resolution is late; those due before the next meeting;
         those that nobody has; opened since; resolved since`,
      ),
      count: z.int(),
      records: z
        .array(z.object({ number: z.string(), title: z.string(), priority: z.string() }))
        .describe('Their incidents, the longest waiting first; twenty at most'),
    }),
  ),
})
export type Interval = z.output<typeof interval>

export const getInterval = endpoint({
  method: 'GET',
  path: '/forums/:id/interval',
  summary: 'What happened since a forum’s last meeting and what is due before its next, of its customer or of all',
  audience: 'provider',
  params: byId,
  reply: interval,
})

export const drawForumBoard = endpoint({
  method: 'GET',
  path: '/forums/:id/picture',
  summary: 'The board of a forum as a picture or on paper, as whoever asks may see it now',
  audience: 'provider',
  params: byId,
  query: z.object({ format: z.enum(['svg', 'pdf']).default('svg'), lang: z.enum(languages).optional() }),
  reply: z.any(),
  bytes: 'reply',
  ownTransaction: true,
})

const kept = {
  planned: z.int().describe('Meetings whose time is over'),
  held: z.int(),
  onTime: z.int().describe('Begun within five minutes of its time'),
  full: z.int().describe('Held with quorum and with minutes, an action or a decision'),
}

const adherence = z.object({
  from: localDate.describe('A Monday'),
  forums: z.array(
    z.object({
      forum: named,
      customer: named.nullable(),
      tier: z.int(),
      ...kept,
      unrecorded: z.int().describe('Nobody said whether they were held'),
    }),
  ),
  weeks: z.array(z.object({ week: localDate.describe('Its Monday'), tier: z.int(), ...kept })),
})
export type Adherence = z.output<typeof adherence>

export const getAdherence = endpoint({
  method: 'GET',
  path: '/forum-adherence',
  summary: 'How well forums keep to their rhythm: each of them, and each tier week by week',
  audience: 'provider',
  query: z.object({
    customer: z.string().max(200).optional().describe('Id or name'),
    weeks: z.coerce.number().int().min(1).max(52).default(12).describe('The one that is running is the last'),
  }),
  reply: adherence,
})
