import { sql } from 'kysely'
import { z } from 'zod'
import type { SectionContent } from '#core/review-content.ts'
import { reviewSection } from '#platform/review-section.ts'
import { sectionWords } from '#platform/review-words.ts'

const knowledgeFacts = z.object({
  searches: z.int(),
  without: z.int(),
  missing: z.array(z.object({ words: z.string(), times: z.int() })),
  written: z.array(
    z.object({ title: z.string(), language: z.string().optional().describe('Where it is not the customer’s own') }),
  ),
})

/** What people looked for and did not find, and what was written for them in the month. */
export const knowledgeSection = reviewSection({
  key: 'knowledge',
  number: 9,
  editions: ['customer', 'internal'],
  facts: knowledgeFacts,
  gather: async (db, { customerId, month, from, to }) => {
    const first = `${month}-01`
    const inMonth = sql`day >= ${first}::date and day < ${first}::date + interval '1 month'`
    const { rows } = await sql<{ readonly searches: number; readonly without: number }>`
      select coalesce(sum(searches), 0)::int as searches, coalesce(sum(without_result), 0)::int as without
      from portal_search where customer_id = ${customerId} and ${inMonth}`.execute(db)
    const { rows: missing } = await sql<{ readonly words: string; readonly times: number }>`
      select words, sum(times)::int as times from portal_search_miss where customer_id = ${customerId} and ${inMonth}
      group by words having sum(times) > 1 order by 2 desc, 1 limit 8`.execute(db)
    const { rows: written } = await sql<{ readonly title: string; readonly language: string; readonly own: boolean }>`
      select title, language, language = (select c.language from customer c where c.id = ${customerId}) as own from article where state = 'published' and audience <> 'agent' and created_at >= ${from} and created_at < ${to}
        and (customer_id is null or customer_id = ${customerId}) order by own desc, created_at, id limit 12`.execute(db)
    const { searches, without } = rows[0]!
    return searches + written.length === 0
      ? null
      : {
          searches,
          without,
          missing,
          written: written.map(({ title, language, own }) => (own ? { title } : { title, language })),
        }
  },
  tell: ({ searches, without, missing, written }, speech): SectionContent => {
    const t = sectionWords(speech)
    const table = (caption: string, head: string, rows: readonly (readonly [string, number | null])[]) => ({
      kind: 'table' as const,
      caption,
      columns: [
        { head, weight: 5 },
        ...(rows.some(([, times]) => times !== null)
          ? [{ head: t('head.times'), weight: 1, align: 'right' as const, kind: 'count' as const }]
          : []),
      ],
      rows: rows.map(([text, times]) => [
        { text },
        ...(times === null ? [] : [{ text: speech.number(times), value: times }]),
      ]),
      more: null,
    })
    return {
      title: t('knowledge.title', {
        searches,
        share: searches === 0 ? 'none' : speech.percent(searches - without, searches),
        written: written.length,
      }),
      blocks: [
        ...(missing.length === 0
          ? []
          : [
              table(
                t('knowledge.missing'),
                t('head.words'),
                missing.map(({ words, times }) => [words, times] as const),
              ),
            ]),
        ...(written.length === 0
          ? []
          : [
              table(
                t('knowledge.written'),
                t('head.title'),
                written.map(
                  ({ title, language }) =>
                    [language === undefined ? title : t('knowledge.in-language', { title, language }), null] as const,
                ),
              ),
            ]),
      ],
      notes: [t('notes.knowledge')],
    }
  },
})
