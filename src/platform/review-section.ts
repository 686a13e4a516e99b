import type { z } from 'zod'
import type { ReviewEdition, SectionContent, SectionSpeech } from '#core/review-content.ts'
import type { Context, Db } from './context.ts'

/** Of which month of which customer facts are read. */
export interface SectionScope {
  readonly customerId: string
  /** `YYYY-MM`, a month of the customer's own zone. */
  readonly month: string
  /** Months of a trend as `YYYY-MM`, the reviewed one last. */
  readonly months: readonly string[]
  readonly from: Date
  /** Exclusive. */
  readonly to: Date
  /** The end of the month, or the moment of the lock while it lasts. */
  readonly asOf: Date
  readonly lockedAt: Date
  /**
   * Which figures of money it may tell, as `sees_money` of the database has it: none unless whoever ordered it sees them.
   * What is charged is for both sides, what it costs and leaves for the internal edition alone.
   */
  readonly money: '' | 'charges' | 'margin'
}

/**
 * A part of the service review that another module tells (DOMAIN §4.2). It reads its facts in the snapshot of the lock, in
 * the program's role, and gives them as plain data: what `facts` does not name is cut away, so nothing else gets in. Telling
 * reads nothing but those facts. `src/app.ts` gives all of them to `reviews`, which knows none of these modules.
 */
export interface ReviewSection<Facts = unknown> {
  /** Of its facts in the review, such as `experience`; stays the same for good. */
  readonly key: string
  /** Where it stands, 2 to 19; 20 is the part for the provider alone. */
  readonly number: number
  readonly editions: readonly ReviewEdition[]
  readonly facts: z.ZodType<Facts>
  /** Brings up to date what it reads, before the lock: else the same month told twice might differ by what was counted meanwhile. */
  readonly ready?: (context: Context, customerId: string) => Promise<void>
  /** Null where nothing is kept that it could tell of. */
  readonly gather: (db: Db, scope: SectionScope, edition: ReviewEdition) => Promise<Facts | null>
  /** Which figures of money its facts have; none unless it says so. */
  readonly money?: (facts: Facts) => SectionScope['money']
  /** Null where there is nothing to say. */
  readonly tell: (facts: Facts, speech: SectionSpeech, edition: ReviewEdition) => SectionContent | null
  /**
   * Sentences: which of its figures another version of the same edition tells otherwise, and why; where it does not say, its name is told alone.
   * Of what `after` does not tell, nothing may be said of `before` either: whoever made it may have been allowed to see more.
   */
  readonly restate?: (before: Facts, after: Facts, speech: SectionSpeech) => readonly string[]
}

/** A section whose facts nobody else has to know. */
export function reviewSection<Facts>(section: ReviewSection<Facts>): ReviewSection {
  return {
    ...section,
    gather: async (db, scope, edition) => {
      const found = await section.gather(db, scope, edition)
      return found === null ? null : section.facts.parse(found)
    },
    money: (facts) => {
      const known = section.facts.safeParse(facts)
      return known.success ? (section.money?.(known.data) ?? '') : ''
    },
    tell: (facts, speech, edition) => {
      // Facts of an older form are not told rather than told wrongly.
      const known = section.facts.safeParse(facts)
      return known.success ? section.tell(known.data, speech, edition) : null
    },
    restate: (before, after, speech) => {
      const [was, is] = [section.facts.safeParse(before), section.facts.safeParse(after)]
      return was.success && is.success ? (section.restate?.(was.data, is.data, speech) ?? []) : []
    },
  }
}
