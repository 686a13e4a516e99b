import { type RawBuilder, sql } from 'kysely'
import type { Context, Db } from '#platform/context.ts'
import { plannedOnce } from '#platform/preparing-client.ts'
import type { Condition } from './list-conditions.ts'

/** The beginnings of statements over incidents. No more of them than whoever asks may read. */
export interface Selection {
  /** What a list shows of each. */
  readonly shown: RawBuilder<unknown>
  /** The columns that this is made of, and the words. */
  readonly read: RawBuilder<unknown>
}

/** A part of a list in its order, and what its rows must have in their texts. */
export interface Wanted extends Selection {
  readonly conditions: readonly RawBuilder<unknown>[]
  readonly words: Condition
  /** The moment that the list is ordered by, and how those after one compare with it: what an index gives. */
  readonly key: RawBuilder<unknown>
  readonly beyond: RawBuilder<unknown>
  readonly order: RawBuilder<unknown>
  readonly limit: number
  /**
   * What says of whose list this is and of which words: what was found out about it is remembered under that. Null of later
   * pages: of what is left near the end nothing follows for the whole.
   */
  readonly name: string | null
}

interface Row {
  readonly id: string
  /** The moment that the list is ordered by, with every digit. */
  readonly sortKey: string
}

/** So many of the first are looked at to see how common the words are. */
const SAMPLE = 500
/** As often as in the sample, they are found that far at the latest; else it was chance. */
const FAR = 20_000
/** What it costs to walk past a row, of what it costs to look one up by its words and sort it. Measured: 1 µs of 2.5. */
const WALKED_OF_LOOKED_UP = 0.4

/**
 * The first that have the words, in the order of the list.
 *
 * The index of words knows no order: all that have them would be read to sort out the first fifty, the more the more there
 * are. The index of the order knows no words: for a rare one all would be read. How common words are together is what the
 * database guesses worst, so it is tried on the first five hundred. For a share of `s` among `n`, a page of `p` is walked to
 * past `p / s` rows, and looked up among `s · n`. Which was cheaper is remembered for a while, so that what is searched again
 * is not tried again.
 */
export async function firstWithWords<Listed extends Row>(
  { db, now }: Pick<Context, 'db' | 'now'>,
  wanted: Wanted,
): Promise<readonly Listed[]> {
  const { conditions, key, beyond, limit, name } = wanted
  // With no other condition it goes along the index of the order or of the words, whatever these are.
  const planned = conditions.length === 0 ? plannedOnce : sql``
  const way = wayTo(name, now)
  if (way === 'look-up') return lookedUp(db, { ...wanted, planned })
  const most = way === 'walk-far' ? FAR : SAMPLE
  const found = await walked<Listed>(db, { ...wanted, planned }, most)
  if (found.length >= limit) return found
  if (most === FAR) {
    // They have become rarer.
    keepWay(name, 'look-up', now)
    return lookedUp(db, { ...wanted, planned })
  }
  const last = found.at(-1)
  const share = found.length / SAMPLE
  if (last !== undefined && share * share * last.all >= WALKED_OF_LOOKED_UP * limit) {
    const rest = sql`(${key}, incident.id) ${beyond} (${last.sortKey}::timestamptz, ${last.id}::uuid)`
    const after = { ...wanted, planned, conditions: [...conditions, rest], limit: limit - found.length }
    const more = await walked<Listed>(db, after, FAR)
    if (found.length + more.length >= limit) {
      keepWay(name, 'walk-far', now)
      return [...found, ...more]
    }
  }
  keepWay(name, 'look-up', now)
  return lookedUp(db, { ...wanted, planned })
}

type Way = 'walk-far' | 'look-up'

/** What is searched for changes slowly; a way that has become the dearer one costs some milliseconds until then. */
const REMEMBERED_MS = 10 * 60_000
const REMEMBERED_AT_MOST = 2000

/** The cheaper way to what was searched lately. Whichever is gone, the same is found. */
const ways = new Map<string, { readonly way: Way; readonly until: number }>()

function wayTo(name: string | null, now: Date): Way | undefined {
  const known = name === null ? undefined : ways.get(name)
  return known !== undefined && known.until > now.getTime() ? known.way : undefined
}

function keepWay(name: string | null, way: Way, now: Date): void {
  if (name === null) return
  ways.delete(name)
  ways.set(name, { way, until: now.getTime() + REMEMBERED_MS })
  const [oldest] = ways.keys()
  if (ways.size > REMEMBERED_AT_MOST) ways.delete(oldest!)
}

interface Planned extends Wanted {
  readonly planned: RawBuilder<unknown>
}

/** Those with the words among the next `most` of the list without them; `all` is how many the database reckons there are. */
async function walked<Listed extends Row>(db: Db, wanted: Planned, most: number) {
  const { shown, read, conditions, words, order, limit, planned } = wanted
  const { rows } = await sql<Listed & { readonly all: number }>`
    ${shown}, (select reltuples::float8 from pg_class where oid = 'incident'::regclass) as "all"
    from (${read} from "incident" ${whereAll(conditions)} ${order} limit ${sql.lit(most)}) as incident
    where ${words} ${order} limit ${limit} ${planned}`.execute(db)
  return rows
}

/** All with the words, and then the first of them. */
async function lookedUp<Listed extends Row>(db: Db, wanted: Planned): Promise<readonly Listed[]> {
  const { shown, conditions, words, key, order, limit, planned } = wanted
  const { rows } = await sql<Listed>`
    with found as materialized (select incident.id, ${key} from "incident" ${whereAll([...conditions, words])})
    ${shown} from "incident" where incident.id = any(array(select incident.id from found as incident ${order} limit ${limit}))
    ${order} ${planned}`.execute(db)
  return rows
}

function whereAll(conditions: readonly RawBuilder<unknown>[]) {
  return conditions.length === 0 ? sql`` : sql`where ${sql.join(conditions, sql` and `)}`
}
