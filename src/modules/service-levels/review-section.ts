import { sql } from 'kysely'
import { z } from 'zod'
import type { SectionContent } from '#core/review-content.ts'
import { reviewSection } from '#platform/review-section.ts'
import { sectionWords } from '#platform/review-words.ts'

const behindFacts = z.object({
  agreements: z.array(
    z.object({
      name: z.string(),
      type: z.enum(['ola', 'uc']),
      party: z.string().nullable(),
      met: z.int(),
      failed: z.int(),
    }),
  ),
})

/** How those behind us kept their word, teams and suppliers. What others owe us is our affair: it is told inside. */
export const behindSection = reviewSection({
  key: 'behind',
  number: 17,
  editions: ['internal'],
  facts: behindFacts,
  gather: async (db, { customerId, from, to, asOf }) => {
    const { rows } = await sql<z.output<typeof behindFacts>['agreements'][number]>`
      select a.name, a.type, coalesce(a.party_supplier, t.name) as party,
        count(*) filter (where b.state = 'met')::int as met, count(*) filter (where b.state <> 'met')::int as failed
      from clock_behind b join agreement a on a.id = b.agreement_id left join team t on t.id = a.party_team_id
      where b.customer_id = ${customerId} and b.state in ('met', 'breached-stopped') and a.type in ('ola', 'uc')
        and b.stopped_at >= ${from} and b.stopped_at < least(${to}::timestamptz, ${asOf}::timestamptz)
      group by a.id, t.id order by 5 desc, a.name, a.id`.execute(db)
    return rows.length === 0 ? null : { agreements: rows }
  },
  tell: ({ agreements }, speech): SectionContent => {
    const t = sectionWords(speech)
    const failed = agreements.reduce((sum, each) => sum + each.failed, 0)
    const cases = agreements.reduce((sum, each) => sum + each.met + each.failed, 0)
    return {
      title: t('behind.title', { failed, cases }),
      blocks: [
        {
          kind: 'table',
          caption: t('behind.caption'),
          columns: [
            { head: t('head.agreement'), weight: 3 },
            { head: t('head.party'), weight: 2.4 },
            { head: t('head.kind'), weight: 1.6 },
            { head: t('head.in-time'), weight: 1.3, align: 'right' },
            { head: t('head.share'), weight: 1, align: 'right', kind: 'share' },
          ],
          rows: agreements.map(({ name, type, party, met, failed: missed }) => [
            { text: name },
            { text: party ?? '–' },
            { text: t(`behind.${type}`) },
            { text: t('of', { n: met, of: met + missed }), tone: missed > 0 ? ('soon' as const) : ('plain' as const) },
            { text: speech.percent(met, met + missed), value: met / (met + missed) },
          ]),
          more: null,
        },
      ],
      notes: [t('notes.behind')],
    }
  },
})
