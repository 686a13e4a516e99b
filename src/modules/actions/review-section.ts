import { sql } from 'kysely'
import { z } from 'zod'
import type { SectionClaim, SectionContent } from '#core/review-content.ts'
import { reviewSection } from '#platform/review-section.ts'
import { dayCell, sectionWords } from '#platform/review-words.ts'
import { ownerSides } from './action.ts'

const LISTED = 200

const actionFacts = z.object({
  due: z.int().describe('Whose first day was in the month'),
  kept: z.int().describe('Of those: verified by that day'),
  actions: z.array(
    z.object({
      text: z.string(),
      side: z.enum(ownerSides),
      owner: z.string().nullable().describe('Of ours in the internal edition alone'),
      due: z.iso.date(),
      redated: z.int(),
      state: z.enum(['open', 'done-claimed', 'verified', 'cancelled']),
      late: z.boolean(),
    }),
  ),
  more: z.int(),
  decisions: z.array(
    z.object({ question: z.string(), chosen: z.string(), decidedBy: z.string(), decidedOn: z.iso.date() }),
  ),
})

/** What was to be done since the last review, what of it was, and what was decided. The customer sees what is shared. */
export const actionSection = reviewSection({
  key: 'actions',
  number: 2,
  editions: ['customer', 'internal'],
  facts: actionFacts,
  gather: async (db, { customerId, from, to, asOf }, edition) => {
    const inside = edition === 'internal'
    const seen = inside ? sql`true` : sql`a.shared`
    const { rows: actions } = await sql<z.output<typeof actionFacts>['actions'][number]>`
      select a.text, a.owner_side as side, a.due::text as due, a.redated,
        ${inside ? sql`coalesce(a.owner_name, p.name)` : sql`case when a.owner_side = 'customer' then p.name else a.owner_name end`} as owner,
        case when a.verified_at < ${asOf} then 'verified' when a.closed_at < ${asOf} then 'cancelled'
          when a.done_at < ${asOf} then 'done-claimed' else 'open' end as state,
        a.due < (${asOf}::timestamptz at time zone c.time_zone)::date and coalesce(a.done_at, 'infinity') >= ${asOf}
          and coalesce(a.closed_at, 'infinity') >= ${asOf} as late
      from action a join customer c on c.id = a.customer_id left join person p on p.id = a.owner_id
      where a.customer_id = ${customerId} and a.made_at < ${asOf} and coalesce(a.closed_at, 'infinity') >= ${from} and ${seen}
      order by late desc, a.due, a.id limit ${LISTED + 1}`.execute(db)
    const { rows: counts } = await sql<{ readonly due: number; readonly kept: number }>`
      select count(*)::int as due,
        count(*) filter (where a.verified_at < ${asOf} and (a.verified_at at time zone c.time_zone)::date <= a.first_due)::int as kept
      from action a join customer c on c.id = a.customer_id
      where a.customer_id = ${customerId} and a.state <> 'cancelled' and ${seen}
        and a.first_due >= (${from}::timestamptz at time zone c.time_zone)::date
        and a.first_due < (${to}::timestamptz at time zone c.time_zone)::date`.execute(db)
    const { rows: decisions } = await sql<z.output<typeof actionFacts>['decisions'][number]>`
      select a.question, a.chosen, a.decided_by as "decidedBy", a.decided_on::text as "decidedOn"
      from decision a join customer c on c.id = a.customer_id
      where a.customer_id = ${customerId} and a.state in ('decided', 'reviewed') and ${seen}
        and a.decided_on >= (${from}::timestamptz at time zone c.time_zone)::date
        and a.decided_on < (${to}::timestamptz at time zone c.time_zone)::date
      order by a.decided_on, a.id limit ${LISTED}`.execute(db)
    if (actions.length + decisions.length === 0) return null
    return { ...counts[0]!, actions: actions.slice(0, LISTED), more: Math.max(0, actions.length - LISTED), decisions }
  },
  tell: ({ due, kept, actions, more, decisions }, speech): SectionContent => {
    const t = sectionWords(speech)
    const late = actions.filter((each) => each.late)
    const ours = late.filter(({ side }) => side === 'provider')
    const open = actions.filter(({ state }) => state === 'open' || state === 'done-claimed')
    return {
      title: t('actions.title', { open: open.length, late: late.length, decided: decisions.length }),
      blocks: [
        {
          kind: 'figures',
          figures: [
            {
              label: t('actions.open'),
              value: speech.number(open.length),
              about: t('actions.late', { n: late.length }),
            },
            {
              label: t('actions.kept'),
              value: speech.percent(kept, due),
              about: t('actions.kept-of', { kept, due }),
            },
            {
              label: t('actions.verified'),
              value: speech.number(actions.filter(({ state }) => state === 'verified').length),
              about: t('actions.by-another'),
            },
          ],
        },
        ...(actions.length === 0
          ? []
          : [
              {
                kind: 'table' as const,
                caption: t('actions.caption'),
                columns: [
                  { head: t('head.action'), weight: 4.4 },
                  { head: t('head.owner'), weight: 1.6 },
                  { head: t('head.due'), weight: 1.2 },
                  { head: t('head.redated'), weight: 0.9, align: 'right' as const, kind: 'count' as const },
                  { head: t('head.state'), weight: 1.5 },
                ],
                rows: actions.map((each) => [
                  { text: each.text },
                  { text: each.owner ?? t(`side.${each.side}`) },
                  dayCell(each.due, speech),
                  { text: speech.number(each.redated), value: each.redated },
                  {
                    text: each.late ? t('action.late') : t(`action.${each.state}`),
                    tone: each.late
                      ? ('miss' as const)
                      : each.state === 'verified'
                        ? ('met' as const)
                        : ('plain' as const),
                  },
                ]),
                more: more === 0 ? null : t('more', { n: more }),
              },
            ]),
        ...(decisions.length === 0
          ? []
          : [
              {
                kind: 'table' as const,
                caption: t('decisions.caption'),
                columns: [
                  { head: t('head.question'), weight: 3.4 },
                  { head: t('head.chosen'), weight: 3.4 },
                  { head: t('head.decided-by'), weight: 1.8 },
                  { head: t('head.decided-on'), weight: 1.2 },
                ],
                rows: decisions.map(({ question, chosen, decidedBy, decidedOn }) => [
                  { text: question },
                  { text: chosen },
                  { text: decidedBy },
                  dayCell(decidedOn, speech),
                ]),
                more: null,
              },
            ]),
      ],
      notes: [t('notes.actions')],
      claims: ours.slice(0, 1).map(({ text }): SectionClaim => ({
        tone: 'soon',
        text: t('actions.claim', { n: ours.length, first: speech.brief(text) }),
        evidence: [t('actions.kept-of', { kept, due })],
        felt: { kind: 'none', why: t('actions.not-asked') },
      })),
    }
  },
})

const askFacts = z.object({
  asks: z.array(z.object({ question: z.string(), options: z.array(z.string()), neededBy: z.iso.date().nullable() })),
  nextMeeting: z.iso.datetime().nullable(),
})

/** What is asked to be decided, and when the next review is. */
export const askSection = reviewSection({
  key: 'asks',
  number: 19,
  editions: ['customer', 'internal'],
  facts: askFacts,
  gather: async (db, { customerId, asOf }, edition) => {
    const { rows: asks } = await sql<z.output<typeof askFacts>['asks'][number]>`
      select d.question, d.options, d.needed_by::text as "neededBy" from decision d join customer c on c.id = d.customer_id
      where d.customer_id = ${customerId} and d.made_at < ${asOf} and d.state <> 'dropped'
        and (d.decided_on is null or d.decided_on >= (${asOf}::timestamptz at time zone c.time_zone)::date)
        and ${edition === 'internal' ? sql`true` : sql`d.shared`}
      order by d.needed_by nulls last, d.id limit 40`.execute(db)
    const { rows: meetings } = await sql<{ readonly at: Date | null }>`
      select min(meeting_at) as at from review_cycle where customer_id = ${customerId} and meeting_at >= ${asOf}`.execute(
      db,
    )
    const next = meetings[0]?.at ?? null
    return asks.length === 0 && next === null ? null : { asks, nextMeeting: next?.toISOString() ?? null }
  },
  tell: ({ asks, nextMeeting }, speech): SectionContent => {
    const t = sectionWords(speech)
    return {
      title: t('asks.title', { n: asks.length, date: nextMeeting === null ? 'none' : speech.date(nextMeeting) }),
      blocks:
        asks.length === 0
          ? []
          : [
              {
                kind: 'table',
                caption: t('asks.caption'),
                columns: [
                  { head: t('head.question'), weight: 4 },
                  { head: t('head.options'), weight: 4 },
                  { head: t('head.needed-by'), weight: 1.4 },
                ],
                rows: asks.map(({ question, options, neededBy }) => [
                  { text: question },
                  { text: options.length === 0 ? '–' : options.join(' · ') },
                  dayCell(neededBy, speech),
                ]),
                more: null,
              },
            ],
      notes: [t('notes.asks')],
    }
  },
})
