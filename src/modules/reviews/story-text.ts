import type { Language } from '#core/text.ts'
import type { ReviewStory } from './api.ts'
import type { ReviewFacts } from './facts.ts'
import { storyOf } from './story.ts'
import { wordingOf } from './wording.ts'

/** The story of frozen facts in a language, word for word as the documents tell it. */
export function storyText(facts: ReviewFacts, language: Language): ReviewStory {
  const { headline, claims, perception } = storyOf(facts, wordingOf(facts, language))
  return {
    language,
    headline,
    claims: claims.map(({ tone, text, evidence, figure }) => ({ tone, text, evidence: [...evidence], figure })),
    perception: { text: perception.text, why: perception.why },
  }
}
