import { type RawBuilder, sql } from 'kysely'
import type { Db } from '#platform/context.ts'
import type { ExperienceGrouping } from './api.ts'
import type { NamedTime } from '#core/lost-time.ts'
import { askedPeople, inSlice, type Slice } from './reading.ts'
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
    select ${keyOf[by]} as key, a.scale, a.score, sum(a.people)::int as count from felt_sum a
    where a.part = 'score' and ${inSlice(slice)} group by 1, 2, 3 having sum(a.people) <> 0`.execute(db)
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
    select ${keyOf[by]} as key, ${keyOf[beside]} as other, sum(a.people)::int as size from felt_sum a
    where a.part = 'score' and ${inSlice(slice)} group by 1, 2 having sum(a.people) <> 0`.execute(db)
  return rows
}

/** How many named so many lost minutes, by group. */
export async function readLostTimes(
  db: Db,
  slice: Slice,
  by: ExperienceGrouping,
): Promise<readonly { readonly key: string; readonly named: readonly NamedTime[] }[]> {
  const { rows } = await sql<{ readonly key: string; readonly named: readonly NamedTime[] }>`
    select key, json_agg(json_build_object('minutes', lost_minutes, 'people', people)) as named from (
      select ${keyOf[by]} as key, a.lost_minutes, sum(a.people)::int as people from felt_sum a
      where a.part = 'lost' and ${inSlice(slice)} group by 1, 2 having sum(a.people) <> 0) lost group by key`.execute(
    db,
  )
  return rows
}

/** What who was not content named, the most frequent first. */
export async function readFactors(
  db: Db,
  slice: Slice,
  by: ExperienceGrouping,
): Promise<readonly { readonly key: string; readonly factor: string }[]> {
  const { rows } = await sql<{ readonly key: string; readonly factor: string }>`
    select ${keyOf[by]} as key, a.factor from felt_sum a
    where a.part = 'factor' and ${inSlice(slice)} group by 1, 2 having sum(a.people) <> 0 order by sum(a.people) desc, 2`.execute(
    db,
  )
  return rows
}

export async function readAsked(db: Db, slice: Slice, by: ExperienceGrouping): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ readonly key: string; readonly asked: number }>`
    select ${keyOf[by]} as key, sum(a.people)::int as asked from ${askedPeople} a where ${inSlice(slice)}
    group by 1 having sum(a.people) <> 0`.execute(db)
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
      select ${keyOf[by]} as key, a.agreement_version_id, a.priority, sum(a.met) as met, sum(a.failed) as failed
      from attainment_month a where a.metric = 'resolution' and ${inSlice(slice)} group by 1, 2, 3
    ) kept left join (
      select agreement_version_id, priority, max(attainment_bp) as bp from target where metric = 'resolution' group by 1, 2
    ) promised on promised.agreement_version_id = kept.agreement_version_id and promised.priority = kept.priority::text
    group by key`.execute(db)
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
