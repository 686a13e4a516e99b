import { z } from 'zod'
import { termDays } from '#core/contract-dates.ts'
import { daysAfter } from '#core/recurrence.ts'
import type { SectionContent } from '#core/review-content.ts'
import { reviewSection } from '#platform/review-section.ts'
import { dayCell, sectionWords } from '#platform/review-words.ts'
import { datesOf } from './queries.ts'
import {
  contractsIn,
  dayOf,
  LISTED,
  obligation,
  type ObligationFacts,
  obligationsOf,
  obligationTable,
} from './review-parts.ts'

/** Days ahead that a review looks for what has to be done at the latest. */
const AHEAD_DAYS = 120

const dayFacts = z.object({
  days: z.array(
    z.object({
      contract: z.string(),
      kind: z.enum(['notice', 'option', 'end']),
      on: z.iso.date(),
      name: z.string().nullable(),
    }),
  ),
  obligations: z.array(obligation),
})

/** The last day on which something can be done: notice, options, ends, and what is owed next. */
export const lastDaySection = reviewSection({
  key: 'last-days',
  number: 16,
  editions: ['customer', 'internal'],
  facts: dayFacts,
  gather: async (db, scope) => {
    const days: z.output<typeof dayFacts>['days'] = []
    const obligations: ObligationFacts[] = []
    for (const contract of await contractsIn(db, scope)) {
      const from = dayOf(contract, scope.asOf)
      const to = daysAfter(from, AHEAD_DAYS)
      for (const { kind, on, name } of termDays(datesOf(contract, from), from, to))
        days.push({ contract: contract.number, kind, on, name })
      obligations.push(...(await obligationsOf(db, contract, scope, { from, to })))
    }
    if (days.length + obligations.length === 0) return null
    const byDay = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0)
    return {
      days: days.toSorted((one, other) => byDay(one.on, other.on)),
      obligations: obligations.toSorted((one, other) => byDay(one.dueOn, other.dueOn)).slice(0, LISTED),
    }
  },
  tell: ({ days, obligations }, speech): SectionContent => {
    const t = sectionWords(speech)
    const first = days[0]
    return {
      title:
        first === undefined
          ? t('last-days.title-owed', { n: obligations.length })
          : t('last-days.title', {
              n: days.length,
              first: t(`last-days.${first.kind}`, { name: first.name ?? '' }),
              date: speech.day(first.on),
            }),
      blocks: [
        ...(days.length === 0
          ? []
          : [
              {
                kind: 'table' as const,
                caption: t('last-days.caption'),
                columns: [
                  { head: t('head.last-day'), weight: 1.4 },
                  { head: t('head.what'), weight: 4 },
                  { head: t('head.contract'), weight: 1.6 },
                ],
                rows: days.map(({ on, kind, name, contract }) => [
                  dayCell(on, speech),
                  { text: t(`last-days.${kind}`, { name: name ?? '' }) },
                  { text: contract },
                ]),
                more: null,
              },
            ]),
        ...(obligations.length === 0 ? [] : [obligationTable(t('last-days.obligations'), obligations, speech)]),
      ],
      notes: [t('notes.last-days', { days: AHEAD_DAYS })],
    }
  },
})
