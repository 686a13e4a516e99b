import { sql } from 'kysely'
import { z } from 'zod'
import type { SectionContent } from '#core/review-content.ts'
import { moneyValue } from '#core/money-text.ts'
import { reviewSection } from '#platform/review-section.ts'
import { sectionWords } from '#platform/review-words.ts'
import { courses, opportunityStates, renewalStates } from './lifecycle.ts'

const renewalFacts = z.object({
  renewals: z.array(
    z.object({
      contract: z.string(),
      state: z.enum(renewalStates),
      course: z.enum(courses).nullable(),
      probabilityBp: z.int().nullable(),
      decideOn: z.iso.date().nullable(),
      blockers: z.string().nullable(),
    }),
  ),
  opportunities: z.array(
    z.object({
      title: z.string(),
      state: z.enum(opportunityStates),
      currency: z.string(),
      valueMinor: z.int().nullable(),
      probabilityBp: z.int().nullable(),
    }),
  ),
})

/** What we want when contracts end, and what more is needed: never the customer’s (DOMAIN §4.2, P). */
export const renewalSection = reviewSection({
  key: 'renewal',
  number: 20,
  editions: ['internal'],
  facts: renewalFacts,
  money: () => 'margin',
  gather: async (db, { customerId, money }) => {
    if (money !== 'margin') return null
    const renewals = await sql<z.output<typeof renewalFacts>['renewals'][number]>`
      select c.number as contract, r.state, r.course, r.probability_bp as "probabilityBp",
        to_char(r.decide_on, 'YYYY-MM-DD') as "decideOn", r.blockers
      from renewal r join contract c on c.id = r.contract_id
      where r.customer_id = ${customerId} and r.settled_at is null order by r.decide_on, c.number`.execute(db)
    const opportunities = await sql<z.output<typeof renewalFacts>['opportunities'][number]>`
      select title, state, currency, value_minor::float8 as "valueMinor", probability_bp as "probabilityBp"
      from opportunity where customer_id = ${customerId} and settled_at is null
      order by value_minor desc nulls last, number limit 20`.execute(db)
    if (renewals.rows.length + opportunities.rows.length === 0) return null
    return { renewals: renewals.rows, opportunities: opportunities.rows }
  },
  tell: ({ renewals, opportunities }, speech): SectionContent => {
    const t = sectionWords(speech)
    const share = (bp: number | null) =>
      bp === null
        ? { text: '–', value: null }
        : { text: `${speech.number(Math.round(bp / 100))}\u00a0%`, value: bp / 10_000 }
    return {
      title: t('renewal.title', { renewals: renewals.length, opportunities: opportunities.length }),
      blocks: [
        ...(renewals.length === 0
          ? []
          : [
              {
                kind: 'table' as const,
                caption: t('renewal.caption'),
                columns: [
                  { head: t('head.contract'), weight: 1.6 },
                  { head: t('head.state'), weight: 1.5 },
                  { head: t('head.course'), weight: 1.6 },
                  { head: t('head.likely'), weight: 1, align: 'right' as const, kind: 'share' as const },
                  { head: t('head.decide-on'), weight: 1.4 },
                  { head: t('head.blockers'), weight: 4 },
                ],
                rows: renewals.map(({ contract, state, course, probabilityBp, decideOn, blockers }) => [
                  { text: contract },
                  { text: t(`renewal-state.${state}`) },
                  { text: course === null ? t('course.none') : t(`course.${course}`) },
                  share(probabilityBp),
                  { text: decideOn === null ? '–' : speech.day(decideOn) },
                  { text: blockers ?? '–' },
                ]),
                more: null,
              },
            ]),
        ...(opportunities.length === 0
          ? []
          : [
              {
                kind: 'table' as const,
                caption: t('renewal.opportunities'),
                columns: [
                  { head: t('head.opportunity'), weight: 4 },
                  { head: t('head.state'), weight: 1.5 },
                  { head: t('head.worth'), weight: 1.7, align: 'right' as const },
                  { head: t('head.likely'), weight: 1, align: 'right' as const, kind: 'share' as const },
                ],
                rows: opportunities.map(({ title, state, currency, valueMinor, probabilityBp }) => [
                  { text: title },
                  { text: t(`opportunity-state.${state}`) },
                  valueMinor === null
                    ? { text: '–', value: null }
                    : { text: speech.money(valueMinor, currency), ...moneyValue(valueMinor, currency) },
                  share(probabilityBp),
                ]),
                more: null,
              },
            ]),
      ],
      notes: [t('notes.renewal')],
    }
  },
})
