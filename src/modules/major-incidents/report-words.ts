import { durationText, momentText } from '#core/clock-text.ts'
import { moneyText } from '#core/money-text.ts'
import { type Language, speaker, type TextValues } from '#core/text.ts'
import de from '../../locales/de/major-report.json' with { type: 'json' }
import en from '../../locales/en/major-report.json' with { type: 'json' }

export type ReportText = keyof typeof en
const sayReport = speaker<ReportText>({ en, de })

/** How a report says things: in its language, and in the time of the place that it is about. */
export interface ReportVoice {
  readonly language: Language
  readonly say: (key: ReportText, values?: TextValues) => string
  readonly moment: (at: Date) => string
  readonly between: (from: Date, to: Date) => string
  /** Of a local date, `YYYY-MM-DD`. */
  readonly day: (date: string) => string
  readonly list: (items: readonly string[]) => string
  readonly number: (value: number) => string
  readonly money: (amountMinor: number, currency: string) => string
}

export function voiceIn(language: Language, zone: string, now: Date): ReportVoice {
  const locale = language === 'de' ? 'de-DE' : 'en-GB'
  return {
    language,
    say: (key, values) => sayReport(language, key, values),
    moment: (at) => momentText(language, zone, at.getTime(), now.getUTCFullYear()),
    between: (from, to) => durationText(language, Math.max(0, to.getTime() - from.getTime())),
    day: (date) => new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(date)),
    list: (items) => new Intl.ListFormat(locale).format(items),
    money: (amountMinor, currency) => moneyText(locale, amountMinor, currency),
    number: (value) => new Intl.NumberFormat(locale).format(value),
  }
}

/** What somebody wrote as a sentence, within another one. */
export function phrase(words: string): string {
  return words.replace(/\.$/, '')
}

/** A code as texts choose by it: their choices know no hyphen. */
export function chosen(code: unknown): string {
  return typeof code === 'string' ? code.replaceAll('-', '_') : 'other'
}
