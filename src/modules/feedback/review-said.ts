import { z } from 'zod'
import type { SectionContent } from '#core/review-content.ts'
import { reviewSection } from '#platform/review-section.ts'
import { sectionWords } from '#platform/review-words.ts'

const LISTED = 12

const saidFacts = z.object({
  items: z.array(z.object({ said: z.string(), did: z.string(), site: z.string().nullable() })),
})

/** You said – we did: what was published in the month. */
export const saidSection = reviewSection({
  key: 'said-done',
  number: 4,
  editions: ['customer', 'internal'],
  facts: saidFacts,
  gather: async (db, { customerId, from, asOf }) => {
    const rows = await db
      .selectFrom('saidDone')
      .leftJoin('site', 'site.id', 'saidDone.siteId')
      .select(['said', 'did', 'site.name as site'])
      .where('saidDone.customerId', '=', customerId)
      .where('publishedAt', '>=', from)
      .where('publishedAt', '<', asOf)
      .orderBy('publishedAt')
      .orderBy('saidDone.id')
      .limit(LISTED)
      .execute()
    const items = rows.flatMap(({ did, ...row }) => (did === null ? [] : [{ ...row, did }]))
    return items.length === 0 ? null : { items }
  },
  tell: ({ items }, speech): SectionContent => {
    const t = sectionWords(speech)
    return {
      title: t('said.title', { n: items.length }),
      blocks: [
        {
          kind: 'table',
          caption: t('said.caption'),
          columns: [
            { head: t('head.you-said'), weight: 4 },
            { head: t('head.we-did'), weight: 4 },
            { head: t('head.site'), weight: 1.6 },
          ],
          rows: items.map(({ said, did, site }) => [{ text: said }, { text: did }, { text: site ?? '–' }]),
          more: null,
        },
      ],
      notes: [t('notes.said')],
    }
  },
})
