import { type RawBuilder, sql } from 'kysely'
import { barredFromInside, require } from '#core/may.ts'
import { requireCustomer } from '#modules/customers'
import { isUntold, untoldRows } from '#platform/confidential.ts'
import type { Context, Db } from '#platform/context.ts'
import { keyOf, pageFrom } from '#platform/paging.ts'
import type { PromisedMetric } from './agreement.ts'
import type { AttainmentCase, verdicts } from './api.ts'
import type { FigureFilter } from './attainment-query.ts'

/** From this share of the target on, what was met was met narrowly: basis points. */
const NEAR_FROM_BP = 7500

export interface CaseFilter extends FigureFilter {
  readonly metric: PromisedMetric
  readonly verdict: (typeof verdicts)[number]
  readonly limit: number
  readonly cursor?: string | undefined
}

/**
 * The measured incidents under a figure, the latest first. The last page ends with those that the figure counts and whoever
 * asks must not know of: few, all at once, and of each what was counted and no more.
 */
export async function listAttainmentCases(
  { db, actor }: Context,
  { limit, cursor, ...filter }: CaseFilter,
): Promise<{ items: AttainmentCase[]; nextCursor: string | null }> {
  if (filter.team !== undefined) require(barredFromInside(actor))
  const after = keyOf(cursor, ['moment', 'id'])
  const customerId = filter.customer === undefined ? undefined : (await requireCustomer(db, filter.customer)).id
  const within = { ...filter, customerId }
  const which =
    after === undefined ? sql`` : sql`and (c.stopped_at, c.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`
  const rows = await measuredCases(db, within, { which, most: limit + 1 })
  const { items, nextCursor } = pageFrom(rows, limit, ({ stoppedKey, clockId }) => [stoppedKey, clockId])
  const untold = await untoldRows(db, nextCursor, (most) =>
    measuredCases(db, within, { which: sql`and ${isUntold(sql`i.id`)}`, most }),
  )
  return {
    items: [
      ...items.map(({ stoppedKey: _key, exclusion, ...item }) => ({ ...item, exclusion: exclusionOf(exclusion) })),
      ...withoutOrder(untold.map(untoldCase)),
    ],
    nextCursor,
  }
}

/** What was counted of an incident that few may know of. */
function untoldCase({ metric, priority, state, targetSeconds, elapsedSeconds, exclusion }: CaseRow): AttainmentCase {
  const nothing = { incidentId: null, clockId: null, number: null, title: null, reportedMet: null }
  const never = { startedAt: null, dueAt: null, stoppedAt: null }
  const excluded = exclusion === null ? null : { reason: null, approvedBy: null }
  return { ...nothing, ...never, metric, priority, state, targetSeconds, elapsedSeconds, exclusion: excluded }
}

/** By what they say alone: in the order in which they ended they would say more. */
function withoutOrder(cases: readonly AttainmentCase[]): AttainmentCase[] {
  return cases.toSorted((one, other) => other.elapsedSeconds - one.elapsedSeconds)
}

type CaseRow = Omit<TellableCase, 'exclusion'> & CaseKey

/** One that whoever asks may know of. */
type TellableCase = { readonly [Key in keyof AttainmentCase]: NonNullable<AttainmentCase[Key]> } & Pick<
  AttainmentCase,
  'startedAt' | 'dueAt' | 'reportedMet' | 'exclusion'
>

async function measuredCases(
  db: Db,
  { metric, verdict, customerId, ...filter }: Omit<CaseFilter, 'limit'> & { readonly customerId: string | undefined },
  { which, most }: { readonly which: RawBuilder<unknown>; readonly most: number },
): Promise<CaseRow[]> {
  const verdictIs = {
    met: sql`and c.state = 'met' and c.exclusion is null`,
    failed: sql`and c.state = 'breached-stopped' and c.exclusion is null`,
    near: sql`and c.state = 'met' and c.exclusion is null and c.elapsed_ms * 10000 >= c.target_ms * ${sql.lit(NEAR_FROM_BP)}`,
    excluded: sql`and c.exclusion is not null`,
    all: sql``,
  }[verdict]
  // The latest of each customer are found by an index, and the latest of all are among them.
  const { rows } = await sql<CaseRow>`
    select each.*, each."stoppedAt"::text as "stoppedKey"
    from customer u cross join lateral (
      select i.id as "incidentId", c.id as "clockId", i.number, i.title, c.metric, c.priority, c.state, c.started_at as "startedAt",
        c.due_at as "dueAt", c.stopped_at as "stoppedAt", c.target_ms / 1000 as "targetSeconds",
        c.elapsed_ms / 1000.0::float8 as "elapsedSeconds", i.reported_met as "reportedMet", c.exclusion
      from clock c join incident i on i.id = c.incident_id
      where c.customer_id = u.id and c.stopped_at is not null and c.state in ('met', 'breached-stopped') and c.metric = ${metric} ${verdictIs}
        ${filter.priority === undefined ? sql`` : sql`and c.priority = ${filter.priority}::priority`}
        ${filter.site === undefined ? sql`` : sql`and c.site_id = ${filter.site}`}
        ${filter.service === undefined ? sql`` : sql`and c.service_id = ${filter.service}`}
        ${filter.team === undefined ? sql`` : sql`and c.team_id = ${filter.team}`}
        ${filter.from === undefined ? sql`` : sql`and c.stopped_at >= ${filter.from}::date::timestamp at time zone u.time_zone`}
        ${filter.to === undefined ? sql`` : sql`and c.stopped_at < ${filter.to}::date::timestamp at time zone u.time_zone`}
        ${which}
      order by c.stopped_at desc, c.id desc limit ${most}
    ) each
    ${customerId === undefined ? sql`` : sql`where u.id = ${customerId}`}
    order by each."stoppedAt" desc, each."clockId" desc limit ${most}`.execute(db)
  return rows
}

interface CaseKey {
  readonly stoppedKey: string
  readonly exclusion: unknown
}

/** As stored, `{ reason, approvedBy }`; what an older hand or another program left out is null. */
function exclusionOf(stored: unknown): AttainmentCase['exclusion'] {
  if (typeof stored !== 'object' || stored === null) return null
  const { reason, approvedBy } = stored as Readonly<Record<string, unknown>>
  return {
    reason: typeof reason === 'string' ? reason : null,
    approvedBy: typeof approvedBy === 'string' ? approvedBy : null,
  }
}
