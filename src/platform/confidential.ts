import { type RawBuilder, sql } from 'kysely'

/** What stands for words that few may read, in what is told to everybody. */
export const UNTOLD = '–'

/** Whether few may know of incident `i`. */
export const isConfidential = sql<boolean>`(i.concerns_privacy or i.concerns_security)`

/**
 * Words of incident `i` for what the program tells many people, such as a review: figures count a confidential incident, its
 * row says nothing of it (DOMAIN §5.3.12).
 */
export function toldOfAll(words: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`case when ${isConfidential} then ${sql.lit(UNTOLD)} else ${words} end`
}
