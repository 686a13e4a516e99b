import { type RawBuilder, sql } from 'kysely'
import type { Db } from '#platform/context.ts'

/** What stands for words that few may read, in what is told to everybody. */
export const UNTOLD = '–'

/** Whether few may know of incident `i`. */
export const isConfidential = sql<boolean>`(i.concerns_privacy or i.concerns_security)`

/** Whether the incident of that id, a column, is one that whoever asks must not know of. */
export function isUntold(id: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql<boolean>`${id} = any((select untold_incidents())::uuid[])`
}

/**
 * Does `work` with what whoever asks must not know of in their sight: only to count it, for figures and the rows under them
 * have to add up (DOMAIN §5.3.12). Whatever is given out of it says of an untold incident what was counted and no more
 * ({@link isUntold}). Nothing else may be asked in the transaction meanwhile.
 */
export async function counting<Result>(db: Db, work: () => Promise<Result>): Promise<Result> {
  const set = (state: 'on' | '') => sql`select set_config('plumbline.counting', ${state}, true)`.execute(db)
  await set('on')
  try {
    return await work()
  } finally {
    // A statement that failed has ended the transaction, and the setting with it.
    await set('').catch(() => undefined)
  }
}

/** So many of them end a list; there are few at any time. */
const UNTOLD_AT_MOST = 1000

/**
 * Rows of what whoever asks must not know of, with which a list under a figure ends: on its last page, all at once.
 *
 * @param nextCursor Of the page that is told.
 * @param ask Reads so many at most of those that {@link isUntold}.
 */
export async function untoldRows<Row>(
  db: Db,
  nextCursor: string | null,
  ask: (most: number) => Promise<readonly Row[]>,
): Promise<readonly Row[]> {
  return nextCursor === null ? await counting(db, () => ask(UNTOLD_AT_MOST)) : []
}

/**
 * Words of incident `i` for what the program tells many people, such as a review: figures count a confidential incident, its
 * row says nothing of it (DOMAIN §5.3.12).
 */
export function toldOfAll(words: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`case when ${isConfidential} then ${sql.lit(UNTOLD)} else ${words} end`
}
