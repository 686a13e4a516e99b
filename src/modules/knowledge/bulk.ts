import type { Insertable } from 'kysely'
import type { DB } from '#db'
import { newId } from '#core/id.ts'
import type { Context } from '#platform/context.ts'

/** An article as it is by now, whoever wrote it and when. */
export type WrittenArticle = Omit<Insertable<DB['article']>, 'id' | 'search'>

/** Writes an article as it is by now, for histories that did not happen here. @returns its id. */
export async function writeArticle({ db }: Context, article: WrittenArticle): Promise<string> {
  const id = newId(new Date(article.createdAt).getTime())
  await db
    .insertInto('article')
    .values({ ...article, id })
    .execute()
  return id
}
