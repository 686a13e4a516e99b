import de from '../locales/de/review-sections.json' with { type: 'json' }
import en from '../locales/en/review-sections.json' with { type: 'json' }
import type { SectionSpeech } from '#core/review-content.ts'
import { speaker, type TextValues } from '#core/text.ts'

type SectionText = keyof typeof en

const say = speaker<SectionText>({ en, de })

/** The words of sections that have no catalogue of their own, in the language of the review. */
export function sectionWords({ language }: SectionSpeech): (key: SectionText, values?: TextValues) => string {
  return (key, values) => say(language, key, values)
}
