import { z } from 'zod'
import { metrics, priorities } from '#api/service-levels'
import { languages } from '#core/text.ts'
import { type ReviewEdition, reviewEditions } from '#core/review-content.ts'

/** Months shown in a trend, the reviewed one last. */
export const TREND_MONTHS = 13

/** Misses and near misses that are listed; the others are counted. */
export const LISTED_CASES = 200

/** Where a met promise counts as a near miss: from three quarters of its time on. */
export const NEAR_FROM_BP = 7500

/** The first age, in days, of each band of the backlog; the last has no end. */
export const AGE_BANDS = [0, 1, 7, 30, 90] as const

export const editions = reviewEditions
export type Edition = ReviewEdition

/** The service review, and the reports made of the same facts (DOMAIN §4.4). */
export const reportKinds = [
  'R01',
  'R03',
  'R04',
  'R05',
  'R07',
  'R08',
  'R14',
  'R15-gm',
  'R15-cfo',
  'R16',
  'R17',
  'R18',
  'R19',
  'R20',
  'R31',
  'R32',
  'R35',
  'R38',
  'R39',
] as const
export type ReportKind = (typeof reportKinds)[number]

/** Reports that are about ourselves: there is no edition of them for the customer. */
export const ownReports: ReadonlySet<ReportKind> = new Set(['R05', 'R07', 'R08', 'R16', 'R18', 'R20', 'R32', 'R38'])

export const verdicts = ['met', 'met-by-allowance', 'missed', 'not-measured'] as const
export type Verdict = (typeof verdicts)[number]

const count = z.int().min(0)
const moment = z.iso.datetime().describe('In UTC')
const monthName = z.string().describe('YYYY-MM, a month of the customer’s own zone')
const priority = z.enum(priorities)
const metric = z.enum(metrics)

const agreement = z.object({
  name: z.string(),
  version: z.int(),
  validFrom: moment,
  validTo: moment.nullable(),
  calendar: z.string(),
})

const timeShare = z
  .object({ numerator: z.number(), denominator: z.number() })
  .nullable()
  .describe('Milliseconds up of milliseconds agreed; null when nothing was promised')

/** What a reader has to know about the data before believing a figure. */
const note = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('month-unfinished') }),
  z.object({ kind: z.literal('no-agreement') }),
  z.object({ kind: z.literal('agreement-changed'), agreement: z.string() }),
  z.object({ kind: z.literal('without-promise'), incidents: count }),
  z.object({ kind: z.literal('closed-without-resolution'), incidents: count }),
  z.object({ kind: z.literal('verdicts-differ'), incidents: count, compared: count }),
  z.object({
    kind: z.literal('adjusted-results'),
    month: monthName.describe('The locked month that it is about'),
    results: count.describe('With another verdict than was told'),
    met: z.int().describe('By so many the figure told of that month would move'),
    failed: z.int(),
  }),
  z.object({
    kind: z.literal('adjusted-availability'),
    month: monthName,
    service: z.string(),
    told: timeShare,
    known: timeShare,
  }),
])
export type Note = z.output<typeof note>

const trendPoint = z.object({ month: monthName, met: count, failed: count })
export type TrendPoint = z.output<typeof trendPoint>

const target = z.object({
  agreement: z.string(),
  metric,
  priority,
  targetMs: z.int().describe('Service time'),
  attainmentBp: z.int().describe('Share promised, in basis points'),
  met: count,
  failed: count,
  excluded: count.describe('Taken out of both numbers'),
  allowedFailures: count.describe('Misses that the promise bears at this number of cases'),
  byAllowance: z.boolean().describe('Fewer cases than the promised share can be told from: one miss is borne'),
  verdict: z.enum(verdicts),
  nearMisses: count,
  openBreached: count.describe('Still open when the month ended, and past its time already'),
  trend: z.array(trendPoint),
})
export type TargetFacts = z.output<typeof target>

const reviewCase = z.object({
  number: z.string(),
  reference: z.string().nullable().describe('Its number in the system it came from'),
  title: z.string(),
  metric,
  priority,
  service: z.string().nullable(),
  site: z.string().nullable(),
  startedAt: moment.nullable(),
  dueAt: moment.nullable(),
  stoppedAt: moment,
  targetMs: z.int(),
  elapsedMs: z.int().describe('Service time that counted'),
  pausedMs: z.int().describe('Service time that did not count, because the agreement lets it pass'),
  why: z
    .object({
      waitedFor: z.string().nullable().describe('`queue`, or why it was on hold: what it waited for the longest'),
      waitedMs: z.int().describe('How long it waited for that, on the wall clock'),
      handovers: count.nullable().describe('From team to team; internal edition only'),
    })
    .optional()
    .describe('Of a miss, what took the time; not in reviews that were made before this was told'),
})
export type ReviewCase = z.output<typeof reviewCase>

const cases = z.object({ items: z.array(reviewCase), more: count.describe('Further ones, counted only') })

const flow = z.object({ opened: count, resolved: count, backlog: count })
export type Flow = z.output<typeof flow>

const namedFlow = flow.extend({ name: z.string().nullable().describe('Null: none was given') })
export type NamedFlow = z.output<typeof namedFlow>

const volumes = flow.extend({
  withdrawn: count.describe('Cancelled, or closed without a resolution'),
  backlogBefore: count,
  trend: z.array(flow.extend({ month: monthName })),
  byPriority: z.array(flow.extend({ priority })),
  byService: z.array(namedFlow),
  bySite: z.array(namedFlow),
})

const reported = z.object({
  met: count,
  failed: count,
  compared: count.describe('Those of them that we measured too'),
  bothMet: count,
  onlyOurs: count.describe('Met by our clock, missed by theirs'),
  onlyTheirs: count.describe('Missed by our clock, met by theirs'),
})

const team = z.object({ name: z.string().nullable(), resolved: count, missed: count })

const availability = z.object({
  service: z.string(),
  calendar: z.string().describe('Whose hours were agreed'),
  from: moment,
  to: moment.describe('Exclusive; what was promised in the month may have held for a part of it'),
  targetPpm: z.int().describe('Parts per million'),
  basis: z.enum(['service', 'users']).describe('Down is down, or by the share of users who were hit'),
  agreedMs: z.int().describe('Service time without the agreed maintenance in it'),
  downMs: z.int(),
  maintenanceMs: z.int(),
  excludedMs: z.int().describe('Down for reasons that the contract leaves out'),
  unwatchedMs: z.int(),
  verdict: z.enum(['met', 'missed', 'not-measured']),
})
export type AvailabilityFacts = z.output<typeof availability>

const tally = z.object({ met: count, failed: count }).nullable()

const difference = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('target'),
    metric,
    priority,
    agreement: z.string(),
    before: tally.describe('Null where the version knows no such promise'),
    after: tally,
  }),
  z.object({
    kind: z.enum(['opened', 'resolved', 'backlog', 'excluded', 'incidents']),
    before: z.number(),
    after: z.number(),
  }),
  z.object({
    kind: z.literal('availability'),
    service: z.string(),
    before: z.number().nullable().describe('Milliseconds down; null where the version knows no promise about it'),
    after: z.number().nullable(),
  }),
  z.object({ kind: z.literal('agreements'), before: z.array(z.string()), after: z.array(z.string()) }),
  z.object({ kind: z.literal('list') }).describe('The list behind the figures has other rows, though as many'),
  z.object({ kind: z.literal('section'), section: z.string() }),
])
/** A figure of the month that another version tells otherwise. */
export type FactDifference = z.output<typeof difference>

const restatement = z.object({
  of: z.int().describe('The version before'),
  changes: z.array(difference),
  reasons: z.array(
    z.object({
      kind: z.enum([
        'late-holiday',
        'corrected-timestamp',
        'wrong-agreement',
        'disputed-pause',
        'late-pause',
        'back-dated-contract',
        'exclusion',
        'availability',
        'order-timestamp',
        'order-pause',
        'order-agreement',
        'order-exclusion',
      ]),
      at: moment,
      reason: z.string().nullable().describe('In the internal edition'),
      day: z.iso.date().optional().describe('Of a late holiday'),
    }),
  ),
})
export type Restatement = z.output<typeof restatement>

/** Everything that a service review says, as it was when the review was made. Nothing in it is private to the provider. */
export const reviewFacts = z.object({
  form: z.literal(1),
  edition: z.enum(editions),
  report: z.enum(reportKinds).optional().describe('The service review unless said'),
  version: z.int(),
  lockedAt: moment,
  provider: z.string().describe('Whose review it is'),
  customer: z.object({ name: z.string(), timeZone: z.string(), language: z.enum(languages) }),
  month: monthName,
  from: moment,
  to: moment.describe('Exclusive'),
  basis: z.literal('RESOLVED_IN_PERIOD'),
  agreements: z.array(agreement),
  notes: z.array(note),
  excluded: count,
  targets: z.array(target),
  misses: cases,
  nearMisses: cases,
  volumes,
  backlogAge: z.object({ bands: z.array(count), oldestDays: count.nullable() }),
  reported: reported.nullable(),
  incidents: z.object({
    count,
    sha256: z.string().describe('Of the list behind the figures, which is in the workbook'),
  }),
  availability: z
    .array(availability)
    .optional()
    .describe('Where something was promised about services being there; older reviews do not have it'),
  teams: z.array(team).nullable().describe('Internal edition only'),
  sections: z
    .record(z.string(), z.unknown())
    .optional()
    .describe('Facts of other modules by the key of their section, as each of them says; older reviews have none'),
  restatement: restatement.optional().describe('What it tells otherwise than the version before, and why'),
})
export type ReviewFacts = z.output<typeof reviewFacts>

/**
 * JSON that is the same for the same value: keys sorted, no blanks. What is `undefined` is left out, as in JSON.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(',')}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (value instanceof Date) return JSON.stringify(value)
  const entries = Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(',')}}`
}

/** What the checksum is taken of: the facts without what tells one making from another. */
export function checkedPart({
  version: _version,
  lockedAt: _lockedAt,
  restatement: _restatement,
  ...facts
}: ReviewFacts): string {
  return canonicalJson(facts)
}
