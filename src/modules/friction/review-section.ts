import { sql } from 'kysely'
import { z } from 'zod'
import type { SectionClaim, SectionContent } from '#core/review-content.ts'
import { reviewSection } from '#platform/review-section.ts'
import { sectionWords } from '#platform/review-words.ts'
import { frictionStates } from './friction-point.ts'

const LISTED = 60
const CHARTED = 8

const frictionFacts = z.object({
  points: z.array(
    z.object({
      title: z.string(),
      place: z.string(),
      site: z.string().nullable(),
      minutesYear: z.int(),
      state: z.enum(frictionStates),
      gone: z.boolean().describe('Verified in the month'),
      cost: z.object({ amountMinor: z.int(), currency: z.string() }).nullable().describe('In the internal edition'),
    }),
  ),
  more: z.int(),
})

/**
 * What keeps people from their work again and again, and what no longer does (also R35). The customer is told of what was
 * looked at and found true, with the hours that it takes; who reported it, how it was described and what it costs is not told.
 */
export const frictionSection = reviewSection({
  key: 'friction',
  number: 9,
  editions: ['customer', 'internal'],
  facts: frictionFacts,
  gather: async (db, { customerId, from, asOf }, edition) => {
    const inside = edition === 'internal'
    const { rows } = await sql<
      Omit<z.output<typeof frictionFacts>['points'][number], 'cost'> & {
        readonly rate: number | null
        readonly currency: string | null
      }
    >`
      select f.title, f.place, s.name as site, f.minutes_year::float8 as "minutesYear",
        case when f.verified_at >= ${asOf} then 'fix-deployed' else f.state end as state,
        coalesce(f.verified_at >= ${from} and f.verified_at < ${asOf}, false) as gone,
        ${inside ? sql`f.rate_minor` : sql`null::int`} as rate, ${inside ? sql`f.currency` : sql`null::text`} as currency
      from friction_point f left join site s on s.id = f.site_id
      where f.customer_id = ${customerId} and f.observed_at < ${asOf} and coalesce(f.verified_at, 'infinity') >= ${from}
        and f.state <> 'accepted' and ${inside ? sql`true` : sql`f.state <> 'observed'`}
      order by f.minutes_year desc, f.id limit ${LISTED + 1}`.execute(db)
    if (rows.length === 0) return null
    const points = rows.slice(0, LISTED).map(({ rate, currency, ...row }) => ({
      ...row,
      cost:
        rate === null || currency === null
          ? null
          : { amountMinor: Math.round((row.minutesYear * rate) / 60), currency },
    }))
    return { points, more: Math.max(0, rows.length - LISTED) }
  },
  tell: ({ points, more }, speech): SectionContent => {
    const t = sectionWords(speech)
    const hours = (minutes: number) => speech.number(Math.round(minutes / 60))
    const open = points.filter(({ gone }) => !gone)
    const gone = points.filter((each) => each.gone)
    const total = open.reduce((sum, { minutesYear }) => sum + minutesYear, 0)
    const inside = points.some(({ cost }) => cost !== null)
    const where = ({ site, place }: (typeof points)[number]) => [site, place].filter(Boolean).join(' · ') || '–'
    return {
      title: t('friction.title', { n: open.length, hours: hours(total), gone: gone.length }),
      blocks: [
        ...(open.length < 2
          ? []
          : [
              {
                kind: 'bars' as const,
                caption: t('friction.bars'),
                bars: open.slice(0, CHARTED).map(({ title, minutesYear }) => ({
                  name: title,
                  value: Math.round(minutesYear / 6) / 10,
                  said: t('friction.hours', { hours: hours(minutesYear) }),
                })),
                alt: `${t('friction.bars')}: ${open
                  .slice(0, CHARTED)
                  .map(({ title, minutesYear }) => `${title} ${hours(minutesYear)}`)
                  .join('; ')}`,
              },
            ]),
        {
          kind: 'table',
          caption: t('friction.caption'),
          columns: [
            { head: t('head.friction'), weight: 3.6 },
            { head: t('head.where'), weight: 2.4 },
            { head: t('head.hours-year'), weight: 1.2, align: 'right', kind: 'number' },
            { head: t('head.state'), weight: 1.8 },
            ...(inside ? [{ head: t('head.cost-year'), weight: 1.4, align: 'right' as const }] : []),
          ],
          rows: points.map((point) => [
            { text: point.title },
            { text: where(point) },
            { text: hours(point.minutesYear), value: Math.round(point.minutesYear / 6) / 10 },
            {
              text: t(`friction.${point.gone ? 'verified' : point.state}`),
              tone: point.gone ? ('met' as const) : ('plain' as const),
            },
            ...(inside
              ? [{ text: point.cost === null ? '–' : speech.money(point.cost.amountMinor, point.cost.currency) }]
              : []),
          ]),
          more: more === 0 ? null : t('more', { n: more }),
        },
      ],
      notes: [t('notes.friction')],
      claims: gone.slice(0, 1).map(({ title, minutesYear }): SectionClaim => ({
        tone: 'met',
        text: t('friction.claim', { title: speech.brief(title), hours: hours(minutesYear) }),
        evidence: [],
        felt: { kind: 'said', text: t('friction.felt'), from: 'friction' },
      })),
    }
  },
})
