import { type RawBuilder, sql } from 'kysely'
import type { Db } from '#platform/context.ts'
import type { ExperienceGrouping } from './api.ts'
import { inSlice, type Slice } from './reading.ts'
import type { Scale } from './survey.ts'

/** How each grouping is read from a table `a` with customer, site, service and month. */
const keyOf: Readonly<Record<ExperienceGrouping, RawBuilder<string>>> = {
  customer: sql`a.customer_id::text`,
  site: sql`coalesce(a.site_id::text, '')`,
  service: sql`coalesce(a.service_id::text, '')`,
  month: sql`to_char(a.month, 'YYYY-MM')`,
}

/** How often a score was given. */
export interface ScoreRow {
  readonly key: string
  readonly scale: Scale
  readonly score: number
  readonly count: number
}

export async function readScores(db: Db, slice: Slice, by: ExperienceGrouping): Promise<readonly ScoreRow[]> {
  const { rows } = await sql<ScoreRow>`
    select ${keyOf[by]} as key, a.scale, a.score, count(*)::int as count from answer a where ${inSlice(slice)} group by 1, 2, 3`.execute(
    db,
  )
  return rows
}

/** How many answered, by two groupings at once. */
export async function readCells(
  db: Db,
  slice: Slice,
  by: ExperienceGrouping,
  beside: ExperienceGrouping,
): Promise<readonly { readonly key: string; readonly other: string; readonly size: number }[]> {
  const { rows } = await sql<{ readonly key: string; readonly other: string; readonly size: number }>`
    select ${keyOf[by]} as key, ${keyOf[beside]} as other, count(*)::int as size from answer a
    where ${inSlice(slice)} group by 1, 2`.execute(db)
  return rows
}

/** Lost minutes of who named them, by group. */
export async function readLostTimes(
  db: Db,
  slice: Slice,
  by: ExperienceGrouping,
): Promise<readonly { readonly key: string; readonly minutes: readonly number[] }[]> {
  const { rows } = await sql<{ readonly key: string; readonly minutes: number[] }>`
    select ${keyOf[by]} as key, array_agg(a.lost_minutes) as minutes from answer a
    where ${inSlice(slice)} and a.lost_minutes is not null group by 1`.execute(db)
  return rows
}

/** What who was not content named, the most frequent first. */
export async function readFactors(
  db: Db,
  slice: Slice,
  by: ExperienceGrouping,
): Promise<readonly { readonly key: string; readonly factor: string }[]> {
  const { rows } = await sql<{ readonly key: string; readonly factor: string }>`
    select ${keyOf[by]} as key, factor from answer a, unnest(a.factors) factor
    where ${inSlice(slice)} and a.score <= case a.scale when 'csat' then 3 when 'ces' then 4 else 6 end
    group by 1, 2 order by count(*) desc, 2`.execute(db)
  return rows
}

export async function readAsked(db: Db, slice: Slice, by: ExperienceGrouping): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ readonly key: string; readonly asked: number }>`
    select ${keyOf[by]} as key, count(*)::int as asked from survey_invitation a where ${inSlice(slice)} group by 1`.execute(
    db,
  )
  return new Map(rows.map(({ key, asked }) => [key, asked]))
}

/** What was kept: resolutions in time, and how many of them were promised to be, in basis points of one. */
export interface KeptRow {
  readonly key: string
  readonly met: number
  readonly failed: number
  readonly promised: number
  /** Measured results that a share was promised of. */
  readonly measured: number
}

export async function readKept(db: Db, slice: Slice, by: ExperienceGrouping): Promise<readonly KeptRow[]> {
  const { rows } = await sql<KeptRow>`
    select key, sum(met)::int as met, sum(failed)::int as failed, sum((met + failed) * bp)::float8 as promised,
      coalesce(sum(met + failed) filter (where bp is not null), 0)::int as measured
    from (
      select ${keyOf[by]} as key, a.met, a.failed, (select max(t.attainment_bp) from target t
        where t.agreement_version_id = a.agreement_version_id and t.metric = a.metric and t.priority = a.priority::text) as bp
      from attainment_month a where a.metric = 'resolution' and ${inSlice(slice)}
    ) kept group by key`.execute(db)
  return rows
}

/** The names of groups, as far as the reader may see them. */
export async function readLabels(
  db: Db,
  keys: readonly string[],
  by: ExperienceGrouping,
): Promise<ReadonlyMap<string, string>> {
  if (by === 'month') return new Map(keys.map((key) => [key, key]))
  const ids = keys.filter((key) => key !== '')
  if (ids.length === 0) return new Map()
  const rows = await db.selectFrom(by).select(['id', 'name']).where('id', 'in', ids).execute()
  return new Map(rows.map(({ id, name }) => [id, name]))
}
