import type { Language } from '#core/text.ts'
import type { Letterhead } from '#platform/documents/letterhead.ts'
import type { Told } from './chapters.ts'
import { checksumOf } from './checksum.ts'
import { contentOf } from './content.ts'
import type { ReviewFacts } from './facts.ts'
import type { IncidentRow } from './incident-row.ts'
import { drawn, type RenderedDocument } from './render.ts'
import { restatementSentences } from './restate.ts'
import type { Story } from './story.ts'
import { wordingOf } from './wording.ts'

/** Frozen facts of one edition, to be drawn in some languages. */
export interface ToDraw {
  readonly facts: ReviewFacts
  readonly spoken: readonly Language[]
  readonly told: Told
  /** The story as somebody wrote it, in the languages in which somebody did. */
  readonly edited?: Readonly<Partial<Record<Language, Story | undefined>>>
  readonly letterhead: Letterhead
  readonly listed: readonly IncidentRow[]
}

/** Slides and pages of frozen facts; the workbook behind is not of them. */
export async function draw({
  facts,
  spoken,
  told,
  edited = {},
  letterhead,
  listed,
}: ToDraw): Promise<readonly RenderedDocument[]> {
  const checksum = checksumOf(facts)
  const documents: RenderedDocument[] = []
  for (const language of spoken) {
    const wording = wordingOf(facts, language, letterhead.words[language])
    const content = contentOf(facts, wording, {
      checksum,
      told: told[language],
      edited: edited[language],
      restatement: restatementSentences(facts, wording, told[language]),
    })
    documents.push(...(await drawn(content, { wording, letterhead }, listed, facts.incidents.count)))
  }
  return documents
}
