import { Failure, refused } from '#core/failure.ts'
import { sql } from 'kysely'
import { barredFromInside, require } from '#core/may.ts'
import type { Language } from '#core/text.ts'
import type { Context, Db } from '#platform/context.ts'
import { audit } from '#platform/history.ts'
import type { ReviewSection } from '#platform/review-section.ts'
import { readingOf } from './reading.ts'
import type { Composition, EditedStory, StoryProblem } from './api-compose.ts'
import { chapterName } from './chapter-names.ts'
import { chapterStates, tellSections, type ToldSection } from './chapters.ts'
import { contentOf } from './content.ts'
import { moveAlong } from './cycle.ts'
import type { ReviewFacts } from './facts.ts'
import { drawReviewJob } from './jobs.ts'
import { barredFromMaking } from './may.ts'
import { getReviewWithFacts } from './queries.ts'
import { type Claim, claimsOf, perceptionOf, type Story, storyOf } from './story.ts'
import { problemsOf } from './story-check.ts'
import { deleteText, drawnWhen, readText, writeText } from './text-queries.ts'
import { type Wording, wordingOf } from './wording.ts'

interface Ground {
  readonly facts: ReviewFacts
  readonly wording: Wording
  readonly told: readonly ToldSection[]
  readonly claims: readonly Claim[]
  readonly felt: readonly { readonly ref: string; readonly text: string }[]
}

function groundOf(facts: ReviewFacts, language: Language, sections: readonly ReviewSection[]): Ground {
  const wording = wordingOf(facts, language)
  const told = tellSections(sections, facts, wording)
  const claims = claimsOf(facts, wording, told)
  const perception = perceptionOf(told)
  const quotes = told.flatMap(({ blocks }) => blocks.flatMap((block) => (block.kind === 'quotes' ? block.quotes : [])))
  const felt = [
    ...(perception === undefined ? [] : [{ ref: 'whole', text: perception.text }]),
    ...claims.flatMap((claim) => (claim.felt.kind === 'said' ? [{ ref: claim.ref, text: claim.felt.text }] : [])),
    ...quotes.map(({ text }, index) => ({ ref: `quote:${index + 1}`, text })),
  ]
  return { facts, wording, told, claims, felt }
}

/** `GET /reviews/:id/composition/:language`. */
export async function getComposition(
  context: Context,
  id: string,
  language: Language,
  sections: readonly ReviewSection[],
): Promise<Composition> {
  require(barredFromInside(context.actor))
  const review = await getReviewWithFacts(context.db, readingOf(context), id)
  if (review.facts === null) throw refused('review.not-done')
  const ground = groundOf(review.facts, language, sections)
  const kept = await readText(context.db, id, language)
  const proposed = proposedStory(ground)
  const story = kept?.story ?? proposed
  const problems = await checked(context.db, story, ground)
  const drawnAt = await drawnWhen(context.db, id)
  return {
    version: kept?.version ?? 0,
    drawnAt,
    drawing:
      kept !== null &&
      problems.length === 0 &&
      review.issuedAt === null &&
      (drawnAt === null || drawnAt < kept.editedAt),
    editable: review.issuedAt === null && barredFromMaking(context.actor) === null,
    story,
    proposed,
    facts: ground.claims.map(({ ref, tone, text, evidence, figure }) => ({
      ref,
      tone,
      text,
      evidence: [...evidence],
      figure,
    })),
    felt: [...ground.felt],
    problems,
    chapters: chapterStates(sections, review.facts, ground.told).map((chapter) => ({
      ...chapter,
      name: chapterName(chapter.number, ground.wording),
    })),
  }
}

/** The rules' story in the form that is edited. */
function proposedStory({ facts, wording, told }: Ground): EditedStory {
  const { headline, claims, ask } = storyOf(facts, wording, told)
  return {
    headline,
    claims: claims.map(({ ref, text, felt }) => ({
      text,
      fact: ref,
      felt: felt.kind === 'said' ? { kind: 'said', ref } : { kind: 'none', why: felt.why },
    })),
    ask,
  }
}

async function checked(db: Db, story: EditedStory, ground: Ground): Promise<StoryProblem[]> {
  const { facts, wording, told, claims, felt } = ground
  const content = contentOf(facts, wording, { checksum: '', told })
  return problemsOf(story, {
    language: wording.language,
    facts: new Set(claims.map(({ ref }) => ref)),
    felt: new Set(felt.map(({ ref }) => ref)),
    said: [...stringsIn(content), ...claims.flatMap(({ text, evidence }) => [text, ...evidence])],
    hidden: told.flatMap(({ hidden = [] }) => hidden),
    names: facts.edition === 'internal' ? [] : await privateNames(db, facts),
    own: await ownNames(db, facts),
    internal: facts.edition === 'internal',
  })
}

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (Array.isArray(value)) return value.flatMap(stringsIn)
  if (value === null || typeof value !== 'object' || value instanceof Date) return []
  return Object.values(value).flatMap(stringsIn)
}

/** Names that a customer must not read, as far as whoever writes may know them: no question here tells of anybody else. */
async function privateNames(db: Db, { customer, provider }: ReviewFacts): Promise<string[]> {
  const customers = await db.selectFrom('customer').select('name').where('name', '<>', customer.name).execute()
  const people = await db.selectFrom('person').select('name').where('customerId', 'is', null).execute()
  const teams = await db.selectFrom('team').select('name').execute()
  return [...customers, ...people, ...teams].map(({ name }) => name).filter((name) => name !== provider)
}

/** Names of the customer's own records; the longest first, for one may stand in another. */
async function ownNames(db: Db, { customer }: ReviewFacts): Promise<string[]> {
  const { rows } = await sql<{ readonly name: string }>`
    with whose as (select id from customer where name = ${customer.name})
    select name from agreement where customer_id in (select id from whose)
    union select name from service where customer_id in (select id from whose)
    union select name from site where customer_id in (select id from whose)`.execute(db)
  return rows.map(({ name }) => name).toSorted((one, other) => other.length - one.length)
}

/** The edited story as documents tell it: what shows a claim, and its figure, are those of its fact. */
export function writtenStory(
  story: EditedStory,
  facts: ReviewFacts,
  language: Language,
  sections: readonly ReviewSection[],
): Story {
  const { wording, told, claims, felt } = groundOf(facts, language, sections)
  const byRule = storyOf(facts, wording, told)
  return {
    headline: story.headline,
    claims: story.claims.flatMap(({ text, fact, felt: chosen }): Claim[] => {
      const of = claims.find(({ ref }) => ref === fact)
      if (of === undefined) return []
      const said = chosen.kind === 'said' ? felt.find(({ ref }) => ref === chosen.ref) : undefined
      const why = chosen.kind === 'none' ? chosen.why : wording.say('felt.nobody')
      return [
        {
          ...of,
          text,
          felt: said === undefined ? { kind: 'none', why } : { kind: 'said', text: said.text, from: said.ref },
        },
      ]
    }),
    perception: byRule.perception,
    ask: story.ask,
  }
}

/** `PUT /reviews/:id/composition/:language`: keeps what was written, also where something is wrong with it still. */
export async function writeStory(
  context: Context,
  {
    id,
    language,
    version,
    story,
  }: { readonly id: string; readonly language: Language; readonly version: number; readonly story: EditedStory },
  sections: readonly ReviewSection[],
): Promise<Composition> {
  require(barredFromMaking(context.actor))
  const { db, now, actor } = context
  const review = await getReviewWithFacts(db, readingOf(context), id)
  if (review.facts === null) throw refused('review.not-done')
  if (review.issuedAt !== null) throw refused('review.issued')
  const written = await writeText(db, {
    reviewId: id,
    customerId: review.customerId,
    language,
    story,
    version,
    editedBy: actor.personId,
    editedAt: now,
  })
  if (!written) throw new Failure('conflict', 'review.text-moved-on')
  await moveAlong(context, review, 'draft')
  await audit(context, {
    action: 'review.written',
    subjectType: 'review',
    subjectId: id,
    customerId: review.customerId,
    facts: { language },
  })
  const composition = await getComposition(context, id, language, sections)
  if (composition.problems.length === 0) await context.enqueue(drawReviewJob, { reviewId: id, language })
  return composition
}

/** `DELETE /reviews/:id/composition/:language`. */
export async function resetStory(
  context: Context,
  id: string,
  language: Language,
  sections: readonly ReviewSection[],
): Promise<Composition> {
  require(barredFromMaking(context.actor))
  const review = await getReviewWithFacts(context.db, readingOf(context), id)
  if (review.issuedAt !== null) throw refused('review.issued')
  await deleteText(context.db, id, language)
  await context.enqueue(drawReviewJob, { reviewId: id, language })
  return getComposition(context, id, language, sections)
}

/** Throws where a language of the review says what it must not. */
export async function requireSound(context: Context, id: string, sections: readonly ReviewSection[]): Promise<void> {
  for (const language of ['de', 'en'] as const) {
    if ((await readText(context.db, id, language)) === null) continue
    const { problems } = await getComposition(context, id, language, sections)
    if (problems.length > 0) throw refused('review.unsound', { n: problems.length, what: problems[0]!.what })
  }
}
