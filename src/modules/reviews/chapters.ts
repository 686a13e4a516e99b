import type { ReviewEdition, SectionContent, SectionSpeech } from '#core/review-content.ts'
import type { Language } from '#core/text.ts'
import { type ChapterKey, chapters } from './chapter-list.ts'
import type { ReviewSection, SectionScope } from '#platform/review-section.ts'
import { TREND_MONTHS } from './facts.ts'
import type { Period } from './fact-queries.ts'
import { trendMonths } from './period.ts'
import { wordingOf } from './wording.ts'
import type { ReviewFacts } from './facts.ts'

/** Chapters that the review tells by itself. */
const own: ReadonlySet<ChapterKey> = new Set(['cover', 'story', 'levels', 'availability', 'volumes'])

/** A section told in a language, where it belongs. */
export interface ToldSection extends SectionContent {
  readonly key: string
  readonly number: number
  /** Sentences: what it tells otherwise than the version before, where there is one and the section knows. */
  readonly restated?: readonly string[]
}

/** What other modules tell of a month, by language. */
export type Told = Readonly<Record<Language, readonly ToldSection[]>>

/**
 * What frozen facts say, in every language.
 *
 * @param before Facts of the version before of the same edition, of which is told what they said otherwise.
 */
export function tellInEach(
  sections: readonly ReviewSection[],
  facts: Pick<ReviewFacts, 'sections' | 'edition' | 'customer' | 'targets'>,
  before: Pick<ReviewFacts, 'sections'> | null = null,
): Told {
  const [en, de] = (['en', 'de'] as const).map((language) => {
    const wording = wordingOf(facts, language)
    return tellSections(sections, facts, wording).map((told): ToldSection => {
      const [was, is] = [before?.sections?.[told.key], facts.sections?.[told.key]]
      if (was === undefined || is === undefined) return told
      const restated = sections.find(({ key }) => key === told.key)?.restate?.(was, is, wording) ?? []
      return { ...told, restated }
    })
  })
  return { en: en!, de: de! }
}

/** Facts of all sections of an edition, by their key, read one after the other in the caller's snapshot. */
export async function gatherSections(
  db: Parameters<ReviewSection['gather']>[0],
  sections: readonly ReviewSection[],
  {
    period,
    month,
    lockedAt,
    edition,
    money,
  }: Pick<SectionScope, 'month' | 'lockedAt' | 'money'> & { readonly period: Period; readonly edition: ReviewEdition },
): Promise<Record<string, unknown>> {
  const { customerId, from, to, asOf } = period
  const scope: SectionScope = {
    customerId,
    month,
    months: trendMonths(month).slice(-TREND_MONTHS),
    from,
    to,
    asOf,
    lockedAt,
    money: edition !== 'internal' && money === 'margin' ? 'charges' : money,
  }
  const facts: Record<string, unknown> = {}
  for (const section of inEdition(sections, edition)) {
    const found = await section.gather(db, scope, edition)
    if (found !== null) facts[section.key] = found
  }
  return facts
}

/** What the frozen facts of the sections say, in the order in which they stand. */
export function tellSections(
  sections: readonly ReviewSection[],
  { sections: facts = {}, edition }: Pick<ReviewFacts, 'sections' | 'edition'>,
  speech: SectionSpeech,
): ToldSection[] {
  return inEdition(sections, edition)
    .toSorted((one, other) => one.number - other.number)
    .flatMap((section): ToldSection[] => {
      const found = facts[section.key]
      const content = found === undefined ? null : section.tell(found, speech, edition)
      return content === null ? [] : [{ key: section.key, number: section.number, ...content }]
    })
}

/** Which figures of money an edition tells: whoever may not see them does not read it. */
export function moneyIn(
  sections: readonly ReviewSection[],
  { sections: facts = {}, edition }: Pick<ReviewFacts, 'sections' | 'edition'>,
): SectionScope['money'] {
  const told = inEdition(sections, edition).flatMap(({ key, money }) =>
    facts[key] === undefined ? [] : [money?.(facts[key]) ?? ''],
  )
  return told.includes('margin') ? 'margin' : told.includes('charges') ? 'charges' : ''
}

function inEdition(sections: readonly ReviewSection[], edition: ReviewEdition): readonly ReviewSection[] {
  return sections.filter(({ editions }) => editions.includes(edition))
}

/** What is known of a chapter: told, nothing to tell, or nobody keeps records of it yet. */
export type ChapterState = 'told' | 'nothing' | 'no-source'

/** Every chapter with its state, for who composes a review. */
export function chapterStates(
  sections: readonly ReviewSection[],
  facts: Pick<ReviewFacts, 'sections' | 'edition'>,
  told: readonly ToldSection[],
): { readonly number: number; readonly key: ChapterKey; readonly state: ChapterState }[] {
  const here = inEdition(sections, facts.edition)
  return chapters
    .filter(({ number }) => number < 20 || facts.edition === 'internal')
    .map(({ number, key }) => {
      if (own.has(key) || told.some((each) => each.number === number)) return { number, key, state: 'told' }
      return { number, key, state: here.some((each) => each.number === number) ? 'nothing' : 'no-source' }
    })
}
