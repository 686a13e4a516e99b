import { type RawBuilder, sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { plannedOnce } from '#platform/preparing-client.ts'
import type { Condition } from './list-conditions.ts'

/** A part of a list in its order, and what its rows must have in their texts. */
export interface Wanted {
  readonly conditions: readonly Condition[]
  readonly words: Condition
  /** The moment that the list is ordered by, the way, and its comparison with a key before: what an index gives. */
  readonly key: RawBuilder<unknown>
  readonly way: RawBuilder<unknown>
  readonly beyond: RawBuilder<unknown>
  readonly limit: number
}

/** So many of the first are looked at to see how common the words are. */
const SAMPLE = 500
/** As often as in the sample, they are found that far at the latest; else it was chance. */
const FAR = 20_000
/** What it costs to walk past a row, of what it costs to look one up by its words and sort it. Measured: 1 µs of 2.5. */
const WALKED_OF_LOOKED_UP = 0.4

/**
 * Ids of the first that have the words, in the order of the list.
 *
 * The index of words knows no order: all that have them would be read to sort out the first fifty, the more the more there
 * are. The index of the order knows no words: for a rare one all would be read. How common words are together is what the
 * database guesses worst, so it is tried on the first five hundred. For a share of `s` among `n`, a page of `p` is walked to
 * past `p / s` rows, and looked up among `s · n`.
 */
export async function firstWithWords({ db }: Pick<Context, 'db'>, wanted: Wanted): Promise<readonly string[]> {
  const { limit } = wanted
  const { rows: found } = await walk(wanted, SAMPLE).execute(db)
  const last = found.at(-1)
  if (last === undefined || found.length >= limit) return last === undefined ? lookedUp(db, wanted) : idsOf(found)
  const share = found.length / SAMPLE
  if (share * share * last.all >= WALKED_OF_LOOKED_UP * limit) {
    const { rows: more } = await walk({ ...wanted, after: last, limit: limit - found.length }, FAR).execute(db)
    if (found.length + more.length >= limit) return idsOf([...found, ...more])
  }
  return lookedUp(db, wanted)
}

interface Found {
  readonly id: string
  /** The moment that the list is ordered by, with every digit. */
  readonly at: string
  /** How many incidents there are, as the database reckons. */
  readonly all: number
}

const ALL = sql.raw(`(select reltuples::float8 from pg_class where oid = 'incident'::regclass)`)

function idsOf(rows: readonly { readonly id: string }[]): readonly string[] {
  return rows.map(({ id }) => id)
}

/** Those with the words among the next `most` of the list without them. */
function walk({ after, ...wanted }: Wanted & { readonly after?: Found }, most: number) {
  const { conditions, words, key, beyond, limit } = wanted
  const where = [
    ...conditions,
    ...(after ? [sql`(${key}, incident.id) ${beyond} (${after.at}::timestamptz, ${after.id}::uuid)`] : []),
  ]
  // Without conditions it goes along the order, whatever the words are.
  const planned = conditions.length === 0 ? plannedOnce : sql``
  return sql<Found>`
    select incident.id, ${key}::text as at, ${ALL} as "all" from (${columns(wanted)} ${allOf(where)} ${inOrder(wanted)} limit ${sql.lit(most)}) as incident
    where ${words} ${inOrder(wanted)} limit ${limit} ${planned}`
}

/** All with the words, and then the first of them. */
async function lookedUp(db: Context['db'], wanted: Wanted): Promise<readonly string[]> {
  const { conditions, words, limit } = wanted
  // Without conditions it is the index of words that finds them, whatever they are.
  const planned = conditions.length === 0 ? plannedOnce : sql``
  const { rows } = await sql<{ id: string }>`
    with found as materialized (${columns(wanted)} ${allOf([...conditions, words])})
    select incident.id from found as incident ${inOrder(wanted)} limit ${limit} ${planned}`.execute(db)
  return idsOf(rows)
}

function allOf(conditions: readonly RawBuilder<unknown>[]) {
  return conditions.length === 0 ? sql`` : sql`where ${sql.join(conditions, sql` and `)}`
}

/** No more of them than whoever asks may read. */
function columns({ key }: Wanted) {
  return sql`select incident.id, ${key}, incident.search from incident`
}

function inOrder({ key, way }: Wanted) {
  return sql`order by ${key} ${way}, incident.id ${way}`
}
