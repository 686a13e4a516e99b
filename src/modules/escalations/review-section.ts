import { sql } from 'kysely'
import { z } from 'zod'
import type { SectionContent } from '#core/review-content.ts'
import { toldOfAll } from '#platform/confidential.ts'
import { reviewSection } from '#platform/review-section.ts'
import { sectionWords } from '#platform/review-words.ts'

const moment = z.iso.datetime()

const escalationFacts = z.object({
  escalations: z.array(
    z.object({
      number: z.string(),
      title: z.string(),
      source: z.enum(['customer', 'user', 'internal', 'supplier', 'auto']),
      level: z.int(),
      raisedAt: moment,
      acknowledgedAt: moment.nullable(),
      closedAt: moment.nullable(),
      outcome: z.string().nullable(),
      satisfied: z.int().nullable(),
      reason: z.string().nullable().describe('In the internal edition'),
    }),
  ),
})
type EscalationFacts = z.output<typeof escalationFacts>['escalations'][number]

/** Who asked for more than the usual, what was agreed and whether they were content (R31). What we raise inside is ours. */
export const escalationSection = reviewSection({
  key: 'escalations',
  number: 8,
  editions: ['customer', 'internal'],
  facts: escalationFacts,
  gather: async (db, { customerId, from, to, asOf }, edition) => {
    const internal = edition === 'internal'
    const { rows } = await sql<
      Omit<EscalationFacts, 'raisedAt' | 'acknowledgedAt' | 'closedAt'> & {
        readonly raisedAt: Date
        readonly acknowledgedAt: Date | null
        readonly closedAt: Date | null
      }
    >`
      select ${toldOfAll(sql`i.number`)} as number, ${toldOfAll(sql`i.title`)} as title, e.source, e.level, e.raised_at as "raisedAt",
        case when e.acknowledged_at < ${asOf} then e.acknowledged_at end as "acknowledgedAt",
        case when e.closed_at < ${asOf} then e.closed_at end as "closedAt",
        ${toldOfAll(sql`e.agreed_outcome`)} as outcome, case when e.closed_at < ${asOf} then e.raiser_satisfied end as satisfied,
        ${internal ? toldOfAll(sql`e.reason`) : sql`null`} as reason
      from escalation e join incident i on i.id = e.incident_id
      where e.customer_id = ${customerId} and e.raised_at < ${to} and coalesce(e.closed_at, 'infinity') >= ${from}
        and e.state <> 'withdrawn' ${internal ? sql`` : sql`and e.source in ('customer', 'user')`}
      order by e.raised_at, e.id limit 200`.execute(db)
    if (rows.length === 0) return null
    return {
      escalations: rows.map((row) => ({
        ...row,
        raisedAt: row.raisedAt.toISOString(),
        acknowledgedAt: row.acknowledgedAt?.toISOString() ?? null,
        closedAt: row.closedAt?.toISOString() ?? null,
      })),
    }
  },
  tell: ({ escalations }, speech, edition): SectionContent => {
    const t = sectionWords(speech)
    const open = escalations.filter(({ closedAt }) => closedAt === null).length
    const asked = escalations.filter(({ satisfied }) => satisfied !== null)
    const content = asked.filter(({ satisfied }) => satisfied! >= 4).length
    const columns = [
      { head: t('head.incident'), weight: 1.2 },
      { head: t('head.title'), weight: 3 },
      { head: t('head.source'), weight: 1.2 },
      { head: t('head.level'), weight: 0.7, align: 'right' as const, kind: 'count' as const },
      { head: t('head.raised'), weight: 1.6, kind: 'moment' as const },
      { head: t('head.taken'), weight: 1.1, align: 'right' as const, kind: 'duration' as const },
      { head: t('head.ended'), weight: 1.3, kind: 'moment' as const },
      { head: t('head.outcome'), weight: 2.2 },
    ]
    return {
      title: t('escalations.title', { n: escalations.length, open, asked: asked.length, content }),
      blocks: [
        {
          kind: 'table',
          caption: t('escalations.caption'),
          columns,
          rows: escalations.map((each) => {
            const { number, title, source, level, raisedAt, acknowledgedAt, closedAt, outcome, reason } = each
            const taken = acknowledgedAt === null ? null : Date.parse(acknowledgedAt) - Date.parse(raisedAt)
            return [
              { text: number },
              { text: title },
              { text: t(`source.${source}`) },
              { text: speech.number(level), value: level },
              { text: speech.date(raisedAt), value: new Date(raisedAt) },
              { text: taken === null ? '–' : speech.duration(taken), value: taken },
              {
                text: closedAt === null ? t('escalations.open') : speech.date(closedAt),
                value: closedAt === null ? null : new Date(closedAt),
                tone: closedAt === null ? ('soon' as const) : ('plain' as const),
              },
              { text: [outcome, edition === 'internal' ? reason : null].filter(Boolean).join(' – ') || '–' },
            ]
          }),
          more: null,
        },
      ],
      notes: [t('notes.escalations')],
    }
  },
})
