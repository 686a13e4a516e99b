import type { Language } from '#core/text.ts'
import type { Letterhead } from '#platform/documents/letterhead.ts'
import type { ToldSection } from './chapters.ts'
import { checksumOf } from './checksum.ts'
import { contentOf } from './content.ts'
import type { ReviewFacts } from './facts.ts'
import type { IncidentRow } from './incident-row.ts'
import { drawn, type RenderedDocument } from './render.ts'
import { restatementSentences } from './restate.ts'
import type { Story } from './story.ts'
import { wordingOf } from './wording.ts'

/** Frozen facts with the story as somebody wrote it, to be drawn in one language. */
export interface ToDraw {
  readonly facts: ReviewFacts
  readonly language: Language
  readonly told: readonly ToldSection[]
  readonly edited: Story | undefined
  readonly letterhead: Letterhead
  readonly listed: readonly IncidentRow[]
}

/** Slides and pages of the same facts with other words; the workbook behind stays as it is. */
export async function drawAgain({
  facts,
  language,
  told,
  edited,
  letterhead,
  listed,
}: ToDraw): Promise<readonly RenderedDocument[]> {
  const wording = wordingOf(facts, language, letterhead.words[language])
  const restatement = restatementSentences(facts, wording)
  const content = contentOf(facts, wording, { checksum: checksumOf(facts), told, edited, restatement })
  return drawn(content, { wording, letterhead }, listed, facts.incidents.count)
}
