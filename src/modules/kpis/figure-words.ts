import { speaker } from '#core/text.ts'
import type { SectionSpeech } from '#core/review-content.ts'
import { sectionWords } from '#platform/review-words.ts'
import de from '../../locales/de/kpis.json' with { type: 'json' }
import en from '../../locales/en/kpis.json' with { type: 'json' }
import { type KpiDefinition, library } from './library.ts'
import { MINOR, MINUTE_MS } from './value-text.ts'

const name = speaker<keyof typeof en>({ en, de })

/** A word about a figure of the library: its name, question or formula. */
export function figureWord(
  key: string,
  what: 'name' | 'formula',
  { language }: Pick<SectionSpeech, 'language'>,
): string {
  return name(language, `${key}.${what}` as keyof typeof en)
}

/**
 * A value of a figure as a review writes it; its unit is the figure's.
 *
 * @param currency Of an amount; where it is not known the amount is written without one.
 */
export function figureValue(
  { unit }: Pick<KpiDefinition, 'unit'>,
  value: number,
  speech: SectionSpeech,
  currency: string | null = null,
): string {
  if (unit === 'percent') return `${speech.tenth(value)}\u00a0%`
  // As screens write it: a mean is rounded, while what was late is cut off.
  if (unit === 'duration') return speech.duration(Math.round(value / MINUTE_MS) * MINUTE_MS)
  if (unit === 'days') return sectionWords(speech)('signals.days', { days: speech.tenth(value) })
  if (unit === 'money')
    return currency === null ? speech.tenth(value / MINOR) : speech.money(Math.round(value), currency)
  if (unit === 'per-thousand') return sectionWords(speech)('signals.per-thousand', { value: speech.tenth(value) })
  if (unit === 'count') return speech.tenth(value).replace(/[.,]0$/, '')
  return speech.tenth(value)
}

/** What the values of a figure are measured in, where many of them stand in a column: durations in hours. */
export function figureUnit(
  { unit }: Pick<KpiDefinition, 'unit'>,
  speech: SectionSpeech,
  currency: string | null = null,
): string {
  if (unit === 'percent') return '%'
  if (unit === 'duration' || unit === 'hours') return 'h'
  if (unit === 'money') return currency ?? ''
  if (unit === 'days' || unit === 'per-thousand' || unit === 'points')
    return sectionWords(speech)(`signals.unit.${unit}`)
  return ''
}

/** How a review calls a figure of the library and writes one of its values; nothing for a key that is none. */
export function figureIn(speech: SectionSpeech, key: string, value: number | null) {
  const definition = library.find((each) => each.key === key)
  if (definition === undefined) return undefined
  const said = value === null ? '–' : figureValue(definition, value, speech)
  return { name: figureWord(key, 'name', speech), said }
}
