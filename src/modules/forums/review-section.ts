import { sql } from 'kysely'
import { z } from 'zod'
import type { SectionContent } from '#core/review-content.ts'
import { reviewSection } from '#platform/review-section.ts'
import { sectionWords } from '#platform/review-words.ts'

const forumFacts = z.object({
  forums: z.array(
    z.object({
      name: z.string(),
      tier: z.int(),
      planned: z.int(),
      held: z.int(),
      full: z.int().describe('Held with quorum, and with minutes, an action or a decision'),
    }),
  ),
})

/** How we kept our own rhythm with this customer (R38): meetings that were planned in the month, held, and of use. */
export const forumSection = reviewSection({
  key: 'forums',
  number: 20,
  editions: ['internal'],
  facts: forumFacts,
  gather: async (db, { customerId, from, asOf }) => {
    const { rows } = await sql<z.output<typeof forumFacts>['forums'][number]>`
      select f.name, f.tier, count(*)::int as planned, count(*) filter (where r.state = 'held')::int as held,
        count(*) filter (where r.state = 'held' and (select count(*) from forum_attendance a where a.run_id = r.id) >= f.quorum
          and (r.minutes is not null or exists (select from action where origin_kind = 'forum-run' and origin_id = r.id)
            or exists (select from decision where origin_kind = 'forum-run' and origin_id = r.id)))::int as full
      from forum_run r join forum f on f.id = r.forum_id
      where f.customer_id = ${customerId} and r.planned_at >= ${from} and r.planned_at < ${asOf}
      group by f.id order by f.tier, f.name, f.id limit 60`.execute(db)
    return rows.length === 0 ? null : { forums: rows }
  },
  tell: ({ forums }, speech): SectionContent => {
    const t = sectionWords(speech)
    const sum = (of: 'planned' | 'full') => forums.reduce((total, forum) => total + forum[of], 0)
    return {
      title: t('forums.title', { full: sum('full'), planned: sum('planned') }),
      blocks: [
        {
          kind: 'table',
          caption: t('forums.caption'),
          columns: [
            { head: t('head.name'), weight: 4 },
            { head: t('head.tier'), weight: 0.8, align: 'right', kind: 'count' },
            { head: t('head.planned'), weight: 1, align: 'right', kind: 'count' },
            { head: t('head.held'), weight: 1, align: 'right', kind: 'count' },
            { head: t('head.full'), weight: 1.6, align: 'right', kind: 'count' },
          ],
          rows: forums.map(({ name, tier, planned, held, full }) => [
            { text: name },
            { text: speech.number(tier), value: tier },
            { text: speech.number(planned), value: planned },
            { text: speech.number(held), value: held, tone: held < planned ? ('soon' as const) : ('plain' as const) },
            { text: speech.number(full), value: full, tone: full < planned ? ('soon' as const) : ('plain' as const) },
          ]),
          more: null,
        },
      ],
      notes: [t('notes.forums')],
    }
  },
})
