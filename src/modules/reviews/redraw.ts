import type { Language } from '#core/text.ts'
import { system } from '#platform/context.ts'
import { transaction } from '#platform/database.ts'
import type { ReviewSection } from '#platform/review-section.ts'
import { brandedLetterhead } from './brand.ts'
import { tellInEach } from './chapters.ts'
import { writtenStory } from './compose.ts'
import type { ReportKind, ReviewFacts } from './facts.ts'
import { type IncidentRow, revivedRow } from './incident-row.ts'
import type { MakingWorld } from './make.ts'
import { replaceDocuments } from './records.ts'
import type { RenderedDocument } from './render.ts'
import { drawingApart } from './render-apart.ts'
import { readBefore } from './restate.ts'
import { readText } from './text-queries.ts'

/** Draws slides and pages of a review again with the words that hold now; never of one that was issued. */
export async function redraw(
  world: MakingWorld,
  { reviewId, language }: { readonly reviewId: string; readonly language: Language },
  sections: readonly ReviewSection[],
): Promise<void> {
  const again = await transaction(world.db, system, 'read only', async (tx) => {
    const row = await tx
      .selectFrom('review')
      .select(['facts', 'listed', 'customerId', 'issuedAt', 'state', 'report', 'lockedAt'])
      .where('id', '=', reviewId)
      .executeTakeFirst()
    if (row === undefined || row.issuedAt !== null || row.state !== 'done') return null
    const facts = row.facts as unknown as ReviewFacts
    const { customerId, report, lockedAt } = row
    const { month, edition, version } = facts
    const asked = { customerId, month, edition, report: report as ReportKind, version }
    const before = lockedAt === null ? null : await readBefore(tx, asked, lockedAt)
    const kept = await readText(tx, reviewId, language)
    const listed = (row.listed ?? []) as unknown as IncidentRow[]
    return {
      version: kept?.version ?? 0,
      draw: {
        facts,
        spoken: [language],
        told: tellInEach(sections, facts, before?.facts),
        edited: { [language]: kept === null ? undefined : writtenStory(kept.story, facts, language, sections) },
        letterhead: await brandedLetterhead(tx, row.customerId),
        listed: listed.map(revivedRow),
      },
    }
  })
  if (again === null) return
  const documents: RenderedDocument[] = []
  const drawing = drawingApart()
  try {
    await drawing.draw(again.draw, async (document) => void documents.push(document))
  } finally {
    drawing.end()
  }
  await world.inTransaction(async ({ db, now }) => {
    // Somebody may have written on meanwhile: then the next drawing is on its way.
    const kept = await readText(db, reviewId, language)
    if ((kept?.version ?? 0) !== again.version) return
    await replaceDocuments(db, reviewId, documents, now)
  })
}
