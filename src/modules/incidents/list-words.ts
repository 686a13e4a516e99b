import { type RawBuilder, sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { plannedOnce } from '#platform/preparing-client.ts'
import type { Condition } from './list-conditions.ts'

/** A part of a list in its order, and what its rows must have in their texts. */
export interface Wanted {
  readonly conditions: readonly Condition[]
  readonly words: Condition
  /** The moment that the list is ordered by, and the way: what an index gives. */
  readonly key: RawBuilder<unknown>
  readonly way: RawBuilder<unknown>
  readonly limit: number
}

/** So many of the first are looked at to see how common the words are. */
const SAMPLE = 1000
/** From so many among them on, going on in the list's order finds a page sooner than looking the words up does. */
const COMMON = 3
/** And so far, at most. */
const FAR = 20_000

/**
 * Ids of the first that have the words, in the order of the list.
 *
 * The index of words knows no order: all that have them would be read to sort out the first fifty, the more the more there
 * are. The index of the order knows no words: for a rare one all would be read. How common words are together is what the
 * database guesses worst, so it is tried on the first thousand.
 */
export async function firstWithWords({ db }: Pick<Context, 'db'>, wanted: Wanted): Promise<readonly string[]> {
  const { limit } = wanted
  const among = async (most: number) => idsOf(await walk(wanted, most).execute(db))
  const sample = await among(SAMPLE)
  if (sample.length >= limit) return sample
  if (sample.length >= COMMON) {
    const found = await among(FAR)
    if (found.length >= limit) return found
  }
  return idsOf(await lookUp(wanted).execute(db))
}

function idsOf({ rows }: { readonly rows: readonly { readonly id: string }[] }): readonly string[] {
  return rows.map(({ id }) => id)
}

/** Those with the words among the first `most` of the list without them. */
function walk(wanted: Wanted, most: number) {
  const { conditions, words, limit } = wanted
  // Without conditions it goes along the order, whatever the words are.
  const where = conditions.length === 0 ? plannedOnce : sql`where ${sql.join(conditions, sql` and `)}`
  return sql<{ id: string }>`
    select incident.id from (${columns(wanted)} ${where} ${inOrder(wanted)} limit ${sql.lit(most)}) as incident
    where ${words} ${inOrder(wanted)} limit ${sql.lit(limit)}`
}

/** All with the words, and then the first of them. */
function lookUp(wanted: Wanted) {
  const { conditions, words, limit } = wanted
  return sql<{ id: string }>`
    with found as materialized (${columns(wanted)} where ${sql.join([...conditions, words], sql` and `)})
    select incident.id from found as incident ${inOrder(wanted)} limit ${limit}`
}

/** No more of them than whoever asks may read. */
function columns({ key }: Wanted) {
  return sql`select incident.id, ${key}, incident.search from incident`
}

function inOrder({ key, way }: Wanted) {
  return sql`order by ${key} ${way}, incident.id ${way}`
}
