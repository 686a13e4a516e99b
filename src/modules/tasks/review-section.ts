import { sql } from 'kysely'
import { z } from 'zod'
import type { SectionContent } from '#core/review-content.ts'
import { reviewSection } from '#platform/review-section.ts'
import { sectionWords } from '#platform/review-words.ts'

const AHEAD_MS = 60 * 86_400_000
const LISTED = 40

const presenceFacts = z.object({
  sites: z.array(
    z.object({
      site: z.string().nullable(),
      /** Visits made in the month, the incidents that they ended, and those of them that one visit was enough for. */
      made: z.int(),
      ended: z.int(),
      atOnce: z.int(),
      /** Agreed for the sixty days after the lock, and the first of them. */
      ahead: z.int(),
      next: z.iso.datetime().nullable(),
    }),
  ),
})
type PresenceFacts = z.output<typeof presenceFacts>['sites'][number]

/** Where we were and will be on site, by site and never by person: what there is of people and cover so far (§18). */
export const presenceSection = reviewSection({
  key: 'presence',
  number: 18,
  editions: ['customer', 'internal'],
  facts: presenceFacts,
  gather: async (db, { customerId, from, to, asOf }) => {
    const end = new Date(Math.min(to.getTime(), asOf.getTime()))
    const { rows } = await sql<Omit<PresenceFacts, 'next'> & { readonly next: Date | null }>`
      with visit as (
        select t.incident_id, i.site_id, case when t.state = 'done' and t.done_at < ${end} then t.done_at end as done_at,
          case when coalesce(t.done_at, t.failed_at) < ${end} then coalesce(t.done_at, t.failed_at) end as over_at,
          case when t.state in ('open', 'accepted', 'en-route', 'started') and t.appointment_from >= ${asOf}
            and t.appointment_from < ${new Date(asOf.getTime() + AHEAD_MS)} then t.appointment_from end as planned
        from incident_task t join incident i on i.id = t.incident_id
        where t.customer_id = ${customerId} and t.appointment_from is not null and t.state <> 'dropped' and t.created_at < ${asOf}),
      visited as (
        select site_id, count(over_at) filter (where over_at >= ${from}) as made, count(planned) as ahead, min(planned) as next,
          (count(*) = count(over_at) and max(done_at) >= ${from})::int as ended, count(*) as visits
        from visit group by incident_id, site_id)
      select s.name as site, sum(v.made)::int as made, sum(v.ended)::int as ended,
        (sum(v.ended) filter (where v.visits = 1))::int as "atOnce", sum(v.ahead)::int as ahead, min(v.next) as next
      from visited v left join site s on s.id = v.site_id
      group by s.id, s.name having sum(v.made) + sum(v.ahead) > 0
      order by s.name nulls last, s.id limit ${LISTED}`.execute(db)
    const sites = rows.map((row) => ({ ...row, atOnce: row.atOnce ?? 0, next: row.next?.toISOString() ?? null }))
    return sites.length === 0 ? null : { sites }
  },
  tell: ({ sites }, speech): SectionContent => {
    const t = sectionWords(speech)
    const sum = (of: (each: PresenceFacts) => number) => sites.reduce((all, each) => all + of(each), 0)
    const count = (value: number) => ({ text: speech.number(value), value })
    return {
      title: t('presence.title', { made: sum(({ made }) => made), ahead: sum(({ ahead }) => ahead) }),
      blocks: [
        {
          kind: 'table',
          caption: t('presence.caption'),
          columns: [
            { head: t('head.site'), weight: 3 },
            { head: t('presence.made'), weight: 1.2, align: 'right', kind: 'count' },
            { head: t('presence.ended'), weight: 1.5, align: 'right', kind: 'count' },
            { head: t('presence.at-once'), weight: 1.5, align: 'right', kind: 'count' },
            { head: t('presence.ahead'), weight: 1.5, align: 'right', kind: 'count' },
            { head: t('presence.next'), weight: 1.6, kind: 'moment' },
          ],
          rows: sites.map(({ site, made, ended, atOnce, ahead, next }) => [
            { text: site ?? t('presence.nowhere') },
            count(made),
            count(ended),
            count(atOnce),
            count(ahead),
            { text: next === null ? '–' : speech.dateTime(next), value: next === null ? null : new Date(next) },
          ]),
          more: null,
        },
      ],
      notes: [t('notes.presence')],
    }
  },
})
