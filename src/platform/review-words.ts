import de from '../locales/de/review-sections.json' with { type: 'json' }
import en from '../locales/en/review-sections.json' with { type: 'json' }
import type { BlockCell, SectionSpeech } from '#core/review-content.ts'
import { speaker, type TextValues } from '#core/text.ts'

type SectionText = keyof typeof en

const say = speaker<SectionText>({ en, de })

/** The words of sections that have no catalogue of their own, in the language of the review. */
export function sectionWords({ language }: SectionSpeech): (key: SectionText, values?: TextValues) => string {
  return (key, values) => say(language, key, values)
}

/** A cell with a local day, `YYYY-MM-DD`; a dash where there is none. It has no time of day, and none in the workbook. */
export function dayCell(day: string | null, speech: SectionSpeech): BlockCell {
  return { text: day === null ? '–' : speech.day(day) }
}
