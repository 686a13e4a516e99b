import { sql } from 'kysely'
import { z } from 'zod'
import type { SectionClaim, SectionContent } from '#core/review-content.ts'
import { reviewSection } from '#platform/review-section.ts'
import { sectionWords } from '#platform/review-words.ts'

/** Items of the catalogue that are named one by one. */
const ITEMS = 12

const requestFacts = z.object({
  ordered: z.int(),
  delivered: z.int(),
  open: z.int(),
  overdue: z.int(),
  promised: z.int().describe('Delivered in the month, with a promise'),
  inTime: z.int(),
  waitMs: z.number().nullable().describe('Mean of what approvals took, on the wall clock'),
  items: z.array(
    z.object({
      name: z.object({ en: z.string(), de: z.string() }),
      ordered: z.int(),
      delivered: z.int(),
      promised: z.int(),
      inTime: z.int(),
    }),
  ),
  more: z.int(),
})

/** What was ordered, what was delivered by the day that was promised, and what still waits. */
export const requestSection = reviewSection({
  key: 'requests',
  number: 7,
  editions: ['customer', 'internal', 'one-page'],
  facts: requestFacts,
  gather: async (db, { customerId, from, to, asOf }) => {
    const open = sql`r.ordered_at < ${asOf} and coalesce(r.delivered_at, r.closed_at, 'infinity') >= ${asOf} and r.state <> 'draft'
      and not (r.state in ('rejected', 'cancelled') and r.updated_at < ${asOf})`
    const inMonth = (column: string) => sql`${sql.ref(column)} >= ${from} and ${sql.ref(column)} < ${to}`
    const promisedAndCounts = sql`r.promised_at is not null and r.exclusion is null`
    const kept = sql`${promisedAndCounts} and r.delivered_at <= r.promised_at`
    const { rows } = await sql<{
      readonly itemId: string | null
      readonly name: Partial<Record<'en' | 'de', string>> | null
      readonly ordered: number
      readonly delivered: number
      readonly open: number
      readonly overdue: number
      readonly promised: number
      readonly inTime: number
    }>`
      select r.item_id as "itemId", (array_agg(r.name order by r.ordered_at desc, r.id))[1] as name,
        count(*) filter (where ${inMonth('r.ordered_at')})::int as ordered,
        count(*) filter (where ${inMonth('r.delivered_at')})::int as delivered,
        count(*) filter (where ${open})::int as open,
        count(*) filter (where ${open} and r.promised_at < ${asOf})::int as overdue,
        count(*) filter (where ${inMonth('r.delivered_at')} and ${promisedAndCounts})::int as promised,
        count(*) filter (where ${inMonth('r.delivered_at')} and ${kept})::int as "inTime"
      from request r where r.customer_id = ${customerId} and r.state <> 'draft' and r.ordered_at < ${asOf}
      group by grouping sets ((), (r.item_id))
      having count(*) filter (where ${inMonth('r.ordered_at')} or ${inMonth('r.delivered_at')} or ${open}) > 0
      order by ordered desc, delivered desc, "itemId"`.execute(db)
    const total = rows.find(({ itemId }) => itemId === null)
    if (total === undefined) return null
    const { rows: waits } = await sql<{ readonly ms: number | null }>`
      select avg(extract(epoch from a.decided_at - a.asked_at) * 1000)::float8 as ms from request_approval a
      where a.customer_id = ${customerId} and a.decided_at >= ${from} and a.decided_at < ${to} and a.asked_at is not null`.execute(
      db,
    )
    const items = rows.filter(({ itemId }) => itemId !== null)
    const { ordered, delivered, open: stillOpen, overdue, promised, inTime } = total
    return {
      ordered,
      delivered,
      open: stillOpen,
      overdue,
      promised,
      inTime,
      waitMs: typeof waits[0]?.ms === 'number' ? Math.round(waits[0].ms) : null,
      items: items.slice(0, ITEMS).map((item) => ({
        name: { en: item.name?.en ?? item.name?.de ?? '', de: item.name?.de ?? item.name?.en ?? '' },
        ordered: item.ordered,
        delivered: item.delivered,
        promised: item.promised,
        inTime: item.inTime,
      })),
      more: Math.max(0, items.length - ITEMS),
    }
  },
  tell: (facts, speech): SectionContent => {
    const t = sectionWords(speech)
    const { ordered, delivered, open, overdue, promised, inTime, waitMs, items, more } = facts
    const late = promised - inTime
    return {
      title: t('requests.title', { ordered, delivered, promised, inTime }),
      blocks: [
        {
          kind: 'figures',
          figures: [
            { label: t('requests.ordered'), value: speech.number(ordered), about: t('requests.in-month') },
            { label: t('requests.delivered'), value: speech.number(delivered), about: t('requests.in-month') },
            {
              label: t('requests.in-time'),
              value: promised === 0 ? '–' : speech.percent(inTime, promised),
              about: promised === 0 ? t('requests.no-promise') : t('of', { n: inTime, of: promised }),
            },
            { label: t('requests.open'), value: speech.number(open), about: t('requests.overdue', { n: overdue }) },
            ...(waitMs === null
              ? []
              : [{ label: t('requests.wait'), value: speech.duration(waitMs), about: t('requests.wait-about') }]),
          ],
        },
        {
          kind: 'table',
          caption: t('requests.caption'),
          columns: [
            { head: t('head.item'), weight: 4 },
            { head: t('requests.ordered'), weight: 1.2, align: 'right', kind: 'count' },
            { head: t('requests.delivered'), weight: 1.2, align: 'right', kind: 'count' },
            { head: t('requests.in-time'), weight: 1.6, align: 'right', kind: 'share' },
          ],
          rows: items.map((item) => [
            { text: item.name[speech.language] },
            { text: speech.number(item.ordered), value: item.ordered },
            { text: speech.number(item.delivered), value: item.delivered },
            {
              text: item.promised === 0 ? '–' : t('of', { n: item.inTime, of: item.promised }),
              value: item.promised === 0 ? null : item.inTime / item.promised,
              tone: item.inTime < item.promised ? 'miss' : 'plain',
            },
          ]),
          more: more > 0 ? t('more', { n: more }) : null,
        },
      ],
      notes: [t('notes.requests')],
      claims:
        late > 0
          ? [
              {
                tone: 'miss',
                text: t('requests.claim', { late, promised }),
                evidence: [t('requests.overdue', { n: overdue })],
                felt: { kind: 'none', why: t('requests.not-asked') },
              } satisfies SectionClaim,
            ]
          : [],
    }
  },
})
