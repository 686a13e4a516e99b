import { sql } from 'kysely'
import { z } from 'zod'
import type { SectionContent } from '#core/review-content.ts'
import { reviewSection } from '#platform/review-section.ts'
import { sectionWords } from '#platform/review-words.ts'

const relationshipFacts = z.object({
  stakeholders: z.array(
    z.object({
      name: z.string(),
      role: z.string().nullable(),
      influence: z.int(),
      support: z.int(),
      lastOn: z.iso.date().nullable(),
      inCadence: z.boolean().nullable().describe('Null where no rhythm is planned'),
      pulse: z.int().nullable(),
      sentence: z.string().nullable(),
    }),
  ),
})

/**
 * How the relationship stands (also R32), from who manages it to who manages it: told only where whoever ordered the review
 * sees what the provider keeps to itself, and then nobody else reads it.
 */
export const relationshipSection = reviewSection({
  key: 'relationship',
  number: 20,
  editions: ['internal'],
  facts: relationshipFacts,
  money: () => 'margin',
  gather: async (db, { customerId, asOf, money }) => {
    if (money !== 'margin') return null
    const { rows } = await sql<z.output<typeof relationshipFacts>['stakeholders'][number]>`
      select s.name, s.role, s.influence, s.support, met.last::text as "lastOn", u.score as pulse, u.sentence,
        case when s.cadence_days is null then null
          else coalesce(met.last, (s.created_at at time zone c.time_zone)::date) + s.cadence_days >= day.today end as "inCadence"
      from stakeholder s join customer c on c.id = s.customer_id
        cross join lateral (select (${asOf}::timestamptz at time zone c.time_zone)::date as today) day
        left join lateral (select max(i.on_day) as last from stakeholder_interaction i
          where i.stakeholder_id = s.id and i.on_day < day.today) met on true
        left join lateral (select p.score, p.sentence from relationship_pulse p
          where p.stakeholder_id = s.id and p.created_at < ${asOf} order by p.quarter desc limit 1) u on true
      where s.customer_id = ${customerId} and s.created_at < ${asOf} and coalesce(s.ended_at, 'infinity') >= ${asOf}
      order by s.influence desc, lower(s.name), s.id limit 60`.execute(db)
    return rows.length === 0 ? null : { stakeholders: rows }
  },
  tell: ({ stakeholders }, speech): SectionContent => {
    const t = sectionWords(speech)
    const planned = stakeholders.filter(({ inCadence }) => inCadence !== null)
    const pulses = stakeholders.flatMap(({ pulse }) => pulse ?? [])
    const mean = pulses.length === 0 ? null : pulses.reduce((sum, score) => sum + score, 0) / pulses.length
    return {
      title: t('relationship.title', {
        kept: planned.filter(({ inCadence }) => inCadence === true).length,
        planned: planned.length,
        pulse: mean === null ? 'none' : speech.tenth(mean),
      }),
      blocks: [
        {
          kind: 'table',
          caption: t('relationship.caption'),
          columns: [
            { head: t('head.name'), weight: 2 },
            { head: t('head.role'), weight: 1.8 },
            { head: t('head.influence'), weight: 0.8, align: 'right', kind: 'count' },
            { head: t('head.support'), weight: 0.9, align: 'right', kind: 'number' },
            { head: t('head.last-spoken'), weight: 1.3 },
            { head: t('head.pulse'), weight: 0.7, align: 'right', kind: 'count' },
            { head: t('head.sentence'), weight: 3.4 },
          ],
          rows: stakeholders.map(({ name, role, influence, support, lastOn, inCadence, pulse, sentence }) => [
            { text: name },
            { text: role ?? '–' },
            { text: speech.number(influence), value: influence },
            { text: support > 0 ? `+${support}` : String(support).replace('-', '−'), value: support },
            {
              text: lastOn === null ? t('relationship.never') : speech.day(lastOn),
              tone: inCadence === false ? ('soon' as const) : ('plain' as const),
            },
            { text: pulse === null ? '–' : speech.number(pulse), value: pulse },
            { text: sentence ?? '–' },
          ]),
          more: null,
        },
      ],
      notes: [t('notes.relationship')],
    }
  },
})
