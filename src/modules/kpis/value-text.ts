import { durationText } from '#core/clock-text.ts'
import { type Language, speaker } from '#core/text.ts'
import de from '../../locales/de/kpi-boards.json' with { type: 'json' }
import en from '../../locales/en/kpi-boards.json' with { type: 'json' }
import type { KpiPoint } from './api.ts'
import type { KpiUnit } from './library.ts'

const say = speaker<keyof typeof en>({ en, de })
/** Minor units of most currencies. */
export const MINOR = 100
export const MINUTE_MS = 60_000

/** A value in the unit of its figure, as it is written on paper; a dash where nothing was measured. */
export function valueText(language: Language, unit: KpiUnit, value: number | null): string {
  if (value === null) return '–'
  const number = (digits: number) =>
    new Intl.NumberFormat(language, { minimumFractionDigits: 0, maximumFractionDigits: digits }).format(value)
  if (unit === 'percent') return `${number(1)}\u00a0%`
  if (unit === 'points') return `${value > 0 ? '+' : ''}${number(0)}`
  if (unit === 'duration') return durationText(language, Math.round(value / MINUTE_MS) * MINUTE_MS)
  if (unit === 'days') return say(language, 'days', { days: number(1) })
  if (unit === 'hours') return say(language, 'hours', { hours: number(1) })
  if (unit === 'per-thousand') return say(language, 'per-thousand', { value: number(1) })
  if (unit === 'money') return valueText(language, 'ratio', value / MINOR)
  return number(unit === 'count' ? 0 : unit === 'score' ? 1 : 2)
}

export function newsText(language: Language, { direction, pattern }: NonNullable<KpiPoint['signal']>): string {
  return `${say(language, `signal.${direction}`)}, ${say(language, `pattern.${pattern}`)}`
}

/** Without a signal a value is what it always is. */
export function limitsText(
  language: Language,
  unit: KpiUnit,
  limits: { readonly lower: number; readonly upper: number } | null,
): string {
  if (limits === null) return say(language, 'few-months')
  // What it is a part of stands beside the value already.
  const written = (value: number) => valueText(language, unit === 'per-thousand' ? 'ratio' : unit, value)
  return say(language, 'usual', { low: written(limits.lower), high: written(limits.upper) })
}
