import { type RawBuilder, sql } from 'kysely'
import type { Db } from '#platform/context.ts'

/** What stands for words that few may read, in what is told to everybody. */
export const UNTOLD = '–'

/** Whether few may know of incident `i`. */
export const isConfidential = sql<boolean>`(i.concerns_privacy or i.concerns_security)`

/** Whether incident `i` is one that whoever asks must not know of. */
export const isUntold = sql<boolean>`i.id = any((select untold_incidents())::uuid[])`

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

/**
 * Words of incident `i` for what the program tells many people, such as a review: figures count a confidential incident, its
 * row says nothing of it (DOMAIN §5.3.12).
 */
export function toldOfAll(words: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`case when ${isConfidential} then ${sql.lit(UNTOLD)} else ${words} end`
}
