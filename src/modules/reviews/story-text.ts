import type { Language } from '#core/text.ts'
import type { ReviewStory } from './api.ts'
import type { ReviewFacts } from './facts.ts'
import type { ToldSection } from './chapters.ts'
import { type Story, storyOf } from './story.ts'
import { wordingOf } from './wording.ts'

/** The story of frozen facts in a language, word for word as the documents tell it. */
export function storyText(
  facts: ReviewFacts,
  language: Language,
  { told, edited }: { readonly told?: readonly ToldSection[]; readonly edited?: Story | undefined } = {},
): ReviewStory {
  const { headline, claims, perception, ask } = edited ?? storyOf(facts, wordingOf(facts, language), told)
  return {
    language,
    headline,
    claims: claims.map(({ tone, text, evidence, figure, felt }) => ({
      tone,
      text,
      evidence: [...evidence],
      figure,
      felt,
    })),
    ask,
    perception: { text: perception.text, why: perception.why },
  }
}
