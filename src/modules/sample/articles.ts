import { writeArticle } from '#modules/knowledge'
import type { Context } from '#platform/context.ts'
import { articlesOf } from '#sample/articles.ts'
import type { SampleCompany } from '#sample/company.ts'
import { sampleColleague } from './colleague.ts'

const DAY_MS = 86_400_000
/** Between two looks at an article. */
const REVIEWED_AFTER_MS = 365 * DAY_MS

/** Writes what helped before, for the people of each customer and for those who work for it. */
export async function writeSampleArticles(context: Context, company: SampleCompany): Promise<void> {
  const { now, db } = context
  const ownerId = await sampleColleague(db)
  for (const { id: customerId, key, language } of company.customers) {
    for (const { daysAgo, translated, de, en, ...article } of articlesOf(key, language)) {
      const updatedAt = new Date(now.getTime() - daysAgo * DAY_MS)
      const reviewDue = new Date(updatedAt.getTime() + REVIEWED_AFTER_MS).toISOString().slice(0, 10)
      const row = {
        ...article,
        customerId,
        reviewDue,
        updatedAt,
        createdAt: updatedAt,
        ownerId,
        incidentId: null,
      }
      const sourceId = await writeArticle(context, { ...row, ...{ de, en }[language] })
      if (!translated) continue
      const other = language === 'de' ? 'en' : 'de'
      const words = { de, en }[other]
      await writeArticle(context, {
        ...row,
        ...words,
        language: other,
        sourceId,
        sourceEdition: 1,
        used: 3,
        helpful: 1,
      })
    }
  }
}
