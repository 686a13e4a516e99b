import { type RawBuilder, sql } from 'kysely'
import type { Db } from '#platform/context.ts'
import type { ExperienceGrouping } from './api.ts'
import type { NamedTime } from '#core/lost-time.ts'
import { askedPeople, inSlice, type Slice } from './reading.ts'
import type { Scale } from './survey.ts'

/** By what each grouping adds up a table `a` with customer, site, service and month. */
const placeOf: Readonly<Record<ExperienceGrouping, RawBuilder<unknown>>> = {
  customer: sql`a.customer_id`,
  site: sql`a.site_id`,
  service: sql`a.service_id`,
  month: sql`a.month`,
}

/** The key of a group, from a column of that: written out once for each sum and not for each row. */
function keyOf(by: ExperienceGrouping, column: 'g.place' | 'g.beside'): RawBuilder<string> {
  return by === 'month' ? sql`to_char(${sql.ref(column)}, 'YYYY-MM')` : sql`coalesce(${sql.ref(column)}::text, '')`
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
    select ${keyOf(by, 'g.place')} as key, scale, score, count from (
      select ${placeOf[by]} as place, a.scale, a.score, sum(a.people)::int as count from felt_sum a
      where a.part = 'score' and ${inSlice(slice)} group by 1, 2, 3 having sum(a.people) <> 0) g`.execute(db)
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
    select ${keyOf(by, 'g.place')} as key, ${keyOf(beside, 'g.beside')} as other, size from (
      select ${placeOf[by]} as place, ${placeOf[beside]} as beside, sum(a.people)::int as size from felt_sum a
      where a.part = 'score' and ${inSlice(slice)} group by 1, 2 having sum(a.people) <> 0) g`.execute(db)
  return rows
}

/** How many named so many lost minutes, by group. */
export async function readLostTimes(
  db: Db,
  slice: Slice,
  by: ExperienceGrouping,
): Promise<readonly { readonly key: string; readonly named: readonly NamedTime[] }[]> {
  const { rows } = await sql<{ readonly key: string; readonly named: readonly NamedTime[] }>`
    select ${keyOf(by, 'g.place')} as key, json_agg(json_build_object('minutes', lost_minutes, 'people', people)) as named from (
      select ${placeOf[by]} as place, a.lost_minutes, sum(a.people)::int as people from felt_sum a
      where a.part = 'lost' and ${inSlice(slice)} group by 1, 2 having sum(a.people) <> 0) g group by g.place`.execute(
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
    select ${keyOf(by, 'g.place')} as key, factor from (
      select ${placeOf[by]} as place, a.factor, sum(a.people) as people from felt_sum a
      where a.part = 'factor' and ${inSlice(slice)} group by 1, 2 having sum(a.people) <> 0) g order by people desc, factor`.execute(
    db,
  )
  return rows
}

export async function readAsked(db: Db, slice: Slice, by: ExperienceGrouping): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ readonly key: string; readonly asked: number }>`
    select ${keyOf(by, 'g.place')} as key, asked from (
      select ${placeOf[by]} as place, sum(a.people)::int as asked from ${askedPeople} a where ${inSlice(slice)}
      group by 1 having sum(a.people) <> 0) g`.execute(db)
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
    select ${keyOf(by, 'g.place')} as key, sum(met)::int as met, sum(failed)::int as failed, sum((met + failed) * bp)::float8 as promised,
      coalesce(sum(met + failed) filter (where bp is not null), 0)::int as measured
    from (
      select ${placeOf[by]} as place, a.agreement_version_id, a.priority, sum(a.met) as met, sum(a.failed) as failed
      from attainment_month a where a.metric = 'resolution' and ${inSlice(slice)} group by 1, 2, 3
    ) g left join (
      select agreement_version_id, priority, max(attainment_bp) as bp from target where metric = 'resolution' group by 1, 2
    ) promised on promised.agreement_version_id = g.agreement_version_id and promised.priority = g.priority::text
    group by g.place`.execute(db)
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
