import type { Language } from '#core/text.ts'
import type { Db } from '#platform/context.ts'
import type { EditedStory } from './api-compose.ts'

export interface KeptText {
  readonly story: EditedStory
  readonly version: number
  readonly editedAt: Date
}

/** When a review was drawn again the last time. */
export async function drawnWhen(db: Db, reviewId: string): Promise<Date | null> {
  const row = await db.selectFrom('review').select('drawnAt').where('id', '=', reviewId).executeTakeFirst()
  return row?.drawnAt ?? null
}

/** What somebody wrote; null where the rules speak. */
export async function readText(db: Db, reviewId: string, language: Language): Promise<KeptText | null> {
  const row = await db
    .selectFrom('reviewText')
    .select(['story', 'version', 'editedAt'])
    .where('reviewId', '=', reviewId)
    .where('language', '=', language)
    .executeTakeFirst()
  return row === undefined
    ? null
    : { story: row.story as unknown as EditedStory, version: row.version, editedAt: row.editedAt }
}

interface NewText extends KeptText {
  readonly reviewId: string
  readonly customerId: string
  readonly language: Language
  readonly editedBy: string | null
}

/** @param text With the version that was read; 0 where there was none. @returns whether nobody else wrote meanwhile. */
export async function writeText(db: Db, { version, story, ...text }: NewText): Promise<boolean> {
  const values = { ...text, story: JSON.stringify(story), version: version + 1 }
  if (version === 0) {
    const { numInsertedOrUpdatedRows } = await db
      .insertInto('reviewText')
      .values(values)
      .onConflict((on) => on.columns(['reviewId', 'language']).doNothing())
      .executeTakeFirst()
    return (numInsertedOrUpdatedRows ?? 0n) > 0n
  }
  const { numUpdatedRows } = await db
    .updateTable('reviewText')
    .set(values)
    .where('reviewId', '=', text.reviewId)
    .where('language', '=', text.language)
    .where('version', '=', version)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

export async function deleteText(db: Db, reviewId: string, language: Language): Promise<void> {
  await db.deleteFrom('reviewText').where('reviewId', '=', reviewId).where('language', '=', language).execute()
}
