import { sql } from 'kysely'
import { z } from 'zod'
import type { SectionClaim, SectionContent } from '#core/review-content.ts'
import { isConfidential, toldOfAll } from '#platform/confidential.ts'
import { reviewSection } from '#platform/review-section.ts'
import { sectionWords } from '#platform/review-words.ts'

const moment = z.iso.datetime()

const majorFacts = z.object({
  majors: z.array(
    z.object({
      number: z.string(),
      title: z.string(),
      services: z.array(z.string()),
      sites: z.array(z.string()),
      users: z.int().nullable(),
      impact: z.string(),
      declaredAt: moment,
      restoredAt: moment.nullable(),
      downMs: z.int(),
      actions: z.object({ all: z.int(), done: z.int(), late: z.int() }),
    }),
  ),
})

/** Major incidents of the month: what they cost in places and people, how long they lasted, what was done against the next. */
export const majorIncidentSection = reviewSection({
  key: 'major-incidents',
  number: 8,
  editions: ['customer', 'internal', 'one-page'],
  facts: majorFacts,
  gather: async (db, { customerId, from, to, asOf }) => {
    const { rows } = await sql<
      Omit<z.output<typeof majorFacts>['majors'][number], 'declaredAt' | 'restoredAt'> & {
        readonly declaredAt: Date
        readonly restoredAt: Date | null
      }
    >`
      select ${toldOfAll(sql`i.number`)} as number, ${toldOfAll(sql`i.title`)} as title, m.affected_users as users,
        ${toldOfAll(sql`m.business_impact`)} as impact, m.declared_at as "declaredAt",
        case when m.restored_at < ${asOf} then m.restored_at end as "restoredAt",
        (extract(epoch from least(coalesce(m.restored_at, ${asOf}), ${asOf}) - coalesce(i.occurred_at, i.opened_at)) * 1000)::float8 as "downMs",
        array(select s.name from service s where s.id = any(m.service_ids) and not ${isConfidential} order by s.name) as services,
        array(select s.name from site s where s.id = any(m.site_ids) and not ${isConfidential} order by s.name) as sites,
        (select json_build_object('all', count(*), 'done', count(*) filter (where a.done_at < ${asOf}),
          'late', count(*) filter (where a.due < ${asOf} and coalesce(a.done_at, 'infinity') >= ${asOf}))
          from major_incident_action a where a.major_incident_id = m.id and a.created_at < ${asOf}) as actions
      from major_incident m join incident i on i.id = m.incident_id
      where m.customer_id = ${customerId} and m.state not in ('candidate', 'dismissed') and m.declared_at < ${to}
        and coalesce(m.restored_at, 'infinity') >= ${from}
      order by m.declared_at, i.number`.execute(db)
    if (rows.length === 0) return null
    return {
      majors: rows.map(({ declaredAt, restoredAt, downMs, ...row }) => ({
        ...row,
        downMs: Math.max(0, Math.round(downMs)),
        declaredAt: declaredAt.toISOString(),
        restoredAt: restoredAt?.toISOString() ?? null,
      })),
    }
  },
  tell: ({ majors }, speech): SectionContent => {
    const t = sectionWords(speech)
    const down = majors.reduce((sum, { downMs }) => sum + downMs, 0)
    const late = majors.reduce((sum, { actions }) => sum + actions.late, 0)
    return {
      title: t('majors.title', { n: majors.length, down: speech.duration(down), late }),
      blocks: [
        {
          kind: 'table',
          caption: t('majors.caption'),
          columns: [
            { head: t('head.incident'), weight: 1.2 },
            { head: t('head.title'), weight: 3 },
            { head: t('head.where'), weight: 2.4 },
            { head: t('head.users'), weight: 0.9, align: 'right', kind: 'count' },
            { head: t('head.lasted'), weight: 1.2, align: 'right', kind: 'duration' },
            { head: t('head.actions'), weight: 1.4, align: 'right' },
          ],
          rows: majors.map(({ number, title, services, sites, users, downMs, restoredAt, actions }) => [
            { text: number },
            { text: title },
            { text: [...services, ...sites].join(', ') || '–' },
            { text: users === null ? t('majors.unknown') : speech.number(users), value: users },
            {
              text: restoredAt === null ? t('majors.lasting') : speech.duration(downMs),
              value: downMs,
              tone: restoredAt === null ? 'miss' : 'plain',
            },
            { text: t('majors.actions', actions), tone: actions.late > 0 ? 'miss' : 'plain' },
          ]),
          more: null,
        },
        ...majors
          .filter(({ impact }) => impact.trim() !== '')
          .slice(0, 3)
          .map(({ number, impact }) => ({ kind: 'text' as const, text: `${number}: ${impact.trim()}` })),
      ],
      notes: [t('notes.majors')],
      claims: [
        {
          tone: 'miss',
          text: t('majors.claim', {
            n: majors.length,
            down: speech.duration(down),
            title: speech.brief(majors[0]!.title),
          }),
          evidence: late > 0 ? [t('majors.late', { late })] : [],
          felt: { kind: 'none', why: t('majors.not-asked') },
        } satisfies SectionClaim,
      ],
    }
  },
})
