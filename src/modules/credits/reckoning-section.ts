import { sql } from 'kysely'
import { z } from 'zod'
import { creditSteps } from '#core/credit-lines.ts'
import type { SectionContent, SectionSpeech } from '#core/review-content.ts'
import { reviewSection } from '#platform/review-section.ts'
import { sectionWords } from '#platform/review-words.ts'

const said = z.enum([
  'measured',
  'not-measured',
  'excluded',
  'rolled-over',
  'allowed',
  'rounded',
  'met',
  'reported-only',
  'no-default',
  'points',
  'amount-at-risk',
  'amount-of-gap',
  'amount-of-fee',
  'repeated',
  'not-claimed',
  'same-event',
  'points-total',
  'amounts-total',
  'period-cap',
  'year-cap',
  'result',
])

const line = z.object({
  step: z.enum(creditSteps),
  level: z.string().nullable(),
  says: said,
  values: z.record(z.string(), z.union([z.number(), z.string()])),
})

const reckoningFacts = z.object({
  credits: z.array(
    z.object({
      contract: z.string(),
      currency: z.string(),
      levels: z.array(z.object({ level: z.string(), name: z.string() })),
      lines: z.array(line),
    }),
  ),
})
type Facts = z.output<typeof reckoningFacts>['credits'][number]

/** How the month's credits were reckoned, line by line in the order of processing, so that a customer can do it by hand (R04). */
export const creditReckoningSection = reviewSection({
  key: 'credit-reckoning',
  number: 15,
  editions: ['customer', 'internal'],
  facts: reckoningFacts,
  money: () => 'charges',
  gather: async (db, { customerId, month, money }, edition) => {
    if (money === '') return null
    const told = edition === 'internal' ? sql`true` : sql`s.state not in ('calculated', 'internal-review')`
    const { rows } = await sql<Facts>`
      select c.number as contract, c.currency, s.levels, s.lines
      from service_credit s join contract c on c.id = s.contract_id
      where s.customer_id = ${customerId} and s.month = ${`${month}-01`}::date and ${told}
      order by c.number, s.id limit 20`.execute(db)
    return rows.length === 0 ? null : { credits: rows }
  },
  tell: ({ credits }, speech): SectionContent => {
    const t = sectionWords(speech)
    return {
      title: t('reckoning.title', { lines: credits.reduce((sum, { lines }) => sum + lines.length, 0) }),
      blocks: credits.map(({ contract, currency, levels, lines }) => {
        const nameOf = (key: string) => levels.find(({ level }) => level === key)?.name ?? key
        return {
          kind: 'table',
          caption: t('reckoning.caption', { contract }),
          columns: [
            { head: t('head.step'), weight: 0.5, align: 'right' },
            { head: t('head.credit-level'), weight: 3 },
            { head: t('head.reckoned'), weight: 7 },
          ],
          rows: lines.map((each, index) => [
            { text: String(index + 1), value: index + 1 },
            { text: each.level === null ? t('reckoning.whole') : nameOf(each.level) },
            { text: lineText(each, { currency, nameOf }, speech) },
          ]),
          more: null,
        }
      }),
      notes: [t('notes.reckoning')],
    }
  },
})

/** No month has so many cases: from here on it is time, in milliseconds. */
const TIME_FROM = 10_000_000

/** A line in words: amounts as money, shares as percentages, with as many decimals as they have. */
function lineText(
  { says, values }: z.output<typeof line>,
  { currency, nameOf }: { readonly currency: string; readonly nameOf: (level: string) => string },
  speech: SectionSpeech,
): string {
  const { numerator, denominator } = values
  const isTime = typeof denominator === 'number' && denominator >= TIME_FROM
  const worded = (name: string, value: number | string) => {
    if (typeof value === 'string') return name === 'kept' ? nameOf(value) : value
    if (name.endsWith('Minor')) return speech.money(value, currency)
    if (name.endsWith('Bp') || name === 'factor') return speech.number(value / 100)
    if (name.endsWith('Ppm')) return speech.number(value / 10_000)
    return isTime && (name === 'numerator' || name === 'denominator') ? speech.duration(value) : speech.number(value)
  }
  const shown = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, worded(name, value)]))
  const percent =
    typeof numerator === 'number' && typeof denominator === 'number' && denominator > 0
      ? { percent: speech.number(Math.round((numerator / denominator) * 100_000) / 1000) }
      : {}
  return sectionWords(speech)(`stated.${says}`, { ...shown, ...percent })
}
