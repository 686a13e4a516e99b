import { sql } from 'kysely'
import type { ClockWords } from '#core/clock-text.ts'
import type { Language } from '#core/text.ts'
import type { Db } from '#platform/context.ts'

/** Of an installation that says nothing. */
export const noOwnWords: ClockWords = { states: {}, reasons: {} }

/** As they were set in the settings, in one language. */
export async function readOwnWords(db: Db, language: Language): Promise<ClockWords> {
  const row = await db
    .selectFrom('setting')
    .select(sql<ClockWords | null>`value #> array['words', ${language}]`.as('words'))
    .where('name', '=', 'installation')
    .executeTakeFirst()
  return row?.words ?? noOwnWords
}
