import reviewDe from '../../locales/de/review.json' with { type: 'json' }
import reviewEn from '../../locales/en/review.json' with { type: 'json' }
import type { ClockWords } from '#core/clock-text.ts'
import { moneyText } from '#core/money-text.ts'
import { monthName } from '#core/month-text.ts'
import { type Language, speaker, type TextValues } from '#core/text.ts'
import { noOwnWords } from '#platform/own-words.ts'
import type { ReviewFacts, TargetFacts } from './facts.ts'

export type ReviewText = keyof typeof reviewEn

const speak = speaker<ReviewText>({ en: reviewEn, de: reviewDe })

/** A sentence about reviews, in a language. */
export function say(language: Language, key: ReviewText, values?: TextValues): string {
  return speak(language, key, values)
}

/** How one review speaks: its language, its customer's zone, its provider's own words. */
export interface Wording {
  readonly language: Language
  /** For metadata of documents: `en-GB`. */
  readonly locale: string
  readonly say: (key: ReviewText, values?: TextValues) => string
  /** `October 2026`, of `2026-10`. */
  readonly month: (month: string) => string
  /** `Oct 26`. */
  readonly shortMonth: (month: string) => string
  /** A local day, `YYYY-MM-DD`. */
  readonly day: (date: string) => string
  /** In the customer's zone. */
  readonly date: (moment: string) => string
  readonly dateTime: (moment: string) => string
  /** Without the year when it is this one. */
  readonly shortDateTime: (moment: string, year: string) => string
  readonly number: (value: number) => string
  /** Cut off after one decimal, so that what missed its target never looks as if it had met it. */
  readonly percent: (numerator: number, denominator: number) => string
  /** A share of time, cut off after three decimals. */
  readonly timeShare: (up: number, agreed: number) => string
  /** `+1`, `−1`, `0`. */
  readonly signed: (value: number) => string
  /** With one decimal. */
  readonly tenth: (value: number) => string
  /** A share given in basis points, without superfluous decimals. */
  readonly share: (bp: number) => string
  readonly duration: (ms: number) => string
  /** An amount in the smallest unit of its currency. */
  readonly money: (amountMinor: number, currency: string) => string
  readonly priority: (priority: TargetFacts['priority']) => string
  readonly metric: (metric: TargetFacts['metric']) => string
  readonly target: (target: Pick<TargetFacts, 'metric' | 'priority' | 'agreement'>) => string
  /** The time waited with what it was for; `queue` is the time until somebody began. */
  readonly waited: (time: string, reason: string) => string
  readonly list: (items: readonly string[]) => string
  readonly nameOr: (name: string | null) => string
  /** A name within a sentence, cut where it would push the rest out of sight. */
  readonly brief: (name: string | null, letters?: number) => string
}

const locales: Readonly<Record<Language, string>> = { en: 'en-GB', de: 'de-DE' }
const MINUTE_MS = 60_000

export function wordingOf(
  facts: Pick<ReviewFacts, 'customer' | 'targets'>,
  language: Language,
  words: ClockWords = noOwnWords,
): Wording {
  const locale = locales[language]
  const { timeZone } = facts.customer
  const agreements = [...new Set(facts.targets.map(({ agreement }) => agreement))]
  const several = agreements.length > 1
  const alike = several ? alikeWords(agreements) : 0
  const number = new Intl.NumberFormat(locale)
  const tenths = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 })
  const thousandths = new Intl.NumberFormat(locale, { maximumFractionDigits: 3 })
  const plusMinus = new Intl.NumberFormat(locale, { signDisplay: 'exceptZero' })
  const exact = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 })
  const dated = new Intl.DateTimeFormat(locale, { timeZone, day: 'numeric', month: 'short', year: 'numeric' })
  const days = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', day: 'numeric', month: 'short', year: 'numeric' })
  const timed = new Intl.DateTimeFormat(locale, {
    timeZone,
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  const timedInYear = new Intl.DateTimeFormat(locale, {
    timeZone,
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  const yearOf = new Intl.DateTimeFormat('en', { timeZone, year: 'numeric' })
  const shortMonth = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', month: 'short', year: '2-digit' })
  const listed = new Intl.ListFormat(locale, { type: 'conjunction' })
  const here = (key: ReviewText, values?: TextValues) => say(language, key, values)
  const metric = (name: TargetFacts['metric']) => here(`metric.${name}`)
  return {
    language,
    locale,
    say: here,
    month: (month) => monthName(language, month),
    shortMonth: (month) => shortMonth.format(new Date(`${month}-01T00:00:00Z`)),
    day: (date) => days.format(new Date(`${date}T00:00:00Z`)),
    date: (moment) => dated.format(new Date(moment)),
    dateTime: (moment) => timed.format(new Date(moment)),
    shortDateTime: (moment, year) => {
      const at = new Date(moment)
      return (yearOf.format(at) === year ? timedInYear : timed).format(at)
    },
    number: (value) => number.format(value),
    percent: (numerator, denominator) =>
      denominator === 0
        ? here('not-measured')
        : `${tenths.format(Math.floor((numerator * 1000) / denominator) / 10)}\u00a0%`,
    timeShare: (up, agreed) =>
      agreed === 0 ? here('not-measured') : `${thousandths.format(Math.floor((up * 100_000) / agreed) / 1000)}\u00a0%`,
    signed: (value) => plusMinus.format(value).replace('-', '−'),
    tenth: (value) => tenths.format(Math.round(value * 10) / 10),
    share: (bp) => `${exact.format(bp / 100)}\u00a0%`,
    duration: (ms) => durationIn(here, ms),
    money: (amountMinor, currency) => moneyText(locale, amountMinor, currency),
    priority: (priority) => priority.toUpperCase(),
    metric,
    target: ({ metric: name, priority, agreement }) =>
      here(several ? 'target.name-of' : 'target.name', {
        metric: metric(name),
        priority: priority.toUpperCase(),
        agreement: cut(agreement.split(' ').slice(alike).join(' '), 24),
      }),
    // The sentence says what it does not know as it is given.
    waited: (time, reason) =>
      here('reason.waited', {
        time,
        reason: words.reasons[reason] ?? (reason === 'other' ? 'unsaid' : reason.replaceAll('-', '_')),
      }),
    list: (items) => listed.format(items),
    nameOr: (name) => name ?? here('name.none'),
    brief: (name, letters = 48) => (name === null ? here('name.none') : cut(name, letters)),
  }
}

/** How many words all names begin with; each keeps one of its own, so that they stay apart where they are cut. */
function alikeWords(names: readonly string[]): number {
  const [first = [], ...others] = names.map((name) => name.split(' '))
  const most = Math.min(first.length, ...others.map((words) => words.length)) - 1
  const differs = first.findIndex((word, at) => others.some((words) => words[at] !== word))
  return Math.max(0, Math.min(most, differs === -1 ? first.length : differs))
}

function cut(name: string, letters: number): string {
  const all = [...graphemes.segment(name)]
  if (all.length <= letters) return name
  const kept = all.slice(0, letters - 1).map(({ segment }) => segment)
  return `${kept.join('').trimEnd()}…`
}

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' })

/** Hours and minutes, cut off; below a minute seconds, so that nothing is late by nothing. */
function durationIn(here: Wording['say'], ms: number): string {
  const minutes = Math.floor(Math.max(0, ms) / MINUTE_MS)
  const h = Math.floor(minutes / 60)
  const min = minutes % 60
  const text =
    h > 0 && min > 0
      ? here('unit.h-min', { h, min })
      : h > 0
        ? here('unit.h', { h })
        : min > 0
          ? here('unit.min', { min })
          : here('unit.s', { s: Math.ceil(Math.max(0, ms) / 1000) })
  return text.replaceAll(' ', '\u00a0')
}
