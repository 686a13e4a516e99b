import type { Felt, Tone } from '#core/review-content.ts'
import { audienceClaims, audienceHeadline, forReader } from './story-audience.ts'
import { chapterName } from './chapter-names.ts'
import type { ToldSection } from './chapters.ts'
import type { ReviewFacts, TargetFacts } from './facts.ts'
import { signalOf } from './signal.ts'
import {
  allowanceClaim,
  alsoMissed,
  changedClaims,
  metClaim,
  missedClaim,
  openBreachedIncidents,
  openClaim,
  unmeasuredClaim,
} from './story-targets.ts'
import { unavailable, unavailableClaims } from './story-availability.ts'
import type { Wording } from './wording.ts'

/** A sentence that the facts carry, with the figure it stands on. */
export interface Claim {
  /** Of the fact that it stands on, the same for the same facts. */
  readonly ref: string
  readonly tone: Tone
  readonly text: string
  /** What shows it: numbers, and whether they are news. */
  readonly evidence: readonly string[]
  /** Where the figure is, in words. */
  readonly figure: string
  /** How it felt, or why that is not known. */
  readonly felt: Felt
}

/** A claim of a fact, to which what was felt is added. */
export type FactClaim = Omit<Claim, 'felt'>

/** A month on one page. */
export interface Story {
  readonly headline: string
  /** Three to five where there is that much to say; own misses first. */
  readonly claims: readonly Claim[]
  /** How the month as a whole was felt; where that is not measured, this says so. */
  readonly perception: { readonly text: string; readonly why: string }
  /** What is to be decided; null: for information. */
  readonly ask: string | null
}

const CLAIMS_AT_MOST = 5
/** Missed targets with a claim of their own; further ones share one. */
const MISSES_AT_MOST = 2

/** The story of a month by rules (DOMAIN §4.1): no adjective without a signal, no claim without its figure. */
export function storyOf(facts: ReviewFacts, wording: Wording, told: readonly ToldSection[] = []): Story {
  const { say } = wording
  return {
    headline: audienceHeadline(facts, wording, told) ?? headlineOf(facts, missedOf(facts), wording),
    claims: claimsOf(facts, wording, told).slice(0, CLAIMS_AT_MOST),
    perception: perceptionOf(told) ?? { text: say('perception.none'), why: say('perception.why') },
    ask: null,
  }
}

/** How the month as a whole was felt, of the section that knows. */
export function perceptionOf(told: readonly ToldSection[]): Story['perception'] | undefined {
  return told.find(({ perception }) => perception !== undefined)?.perception
}

/** Every claim that the facts carry, in the order in which they are told. */
export function claimsOf(facts: ReviewFacts, wording: Wording, told: readonly ToldSection[]): Claim[] {
  const missed = missedOf(facts)
  // People are asked about the service, not about a target: what they said of it stands below all claims, once.
  const asked = perceptionOf(told) !== undefined
  const felt: Felt = { kind: 'none', why: wording.say(asked ? 'felt.whole' : 'felt.nobody') }
  const theirs = told.flatMap((section) => sectionClaims(section, wording))
  const forAudience = audienceClaims(facts, wording)
  // Who runs a site or the money is told of hours, places and risk, and of no target.
  if (forAudience.length > 0) {
    const all = [
      ...forAudience,
      ...unavailableClaims(facts, wording),
      ...openClaim(facts, wording),
      backlogClaim(facts, wording),
    ]
    return forReader(
      facts,
      all.map((claim) => ({ ...claim, felt })),
      theirs,
    )
  }
  const ours: FactClaim[] = [
    ...missed.slice(0, MISSES_AT_MOST).map((target) => missedClaim(facts, target, wording)),
    ...alsoMissed(missed.slice(MISSES_AT_MOST), wording),
    ...unavailableClaims(facts, wording),
    ...allowanceClaim(facts, wording),
    ...openClaim(facts, wording),
    ...changedClaims(facts, wording),
    backlogClaim(facts, wording),
    ...metClaim(facts, wording),
    ...unmeasuredClaim(facts, wording),
    ...reportedClaim(facts, wording),
  ]
  return inOrder(
    ours.map((claim) => ({ ...claim, felt })),
    theirs,
  )
}

function missedOf({ targets }: ReviewFacts): TargetFacts[] {
  return targets.filter(({ verdict }) => verdict === 'missed')
}

function sectionClaims({ key, number, claims = [] }: ToldSection, wording: Wording): Claim[] {
  const figure = chapterName(number, wording)
  return claims.map((claim, index) => ({ ...claim, figure, ref: `section:${key}:${index + 1}` }))
}

/** Own misses first, then what else is amiss; of the rest what others tell goes before what is as usual. */
function inOrder(ours: readonly Claim[], theirs: readonly Claim[]): Claim[] {
  const bad = (claim: Claim) => claim.tone === 'miss'
  const doubt = (claim: Claim) => claim.tone === 'soon'
  const rest = (claim: Claim) => !bad(claim) && !doubt(claim)
  return [
    ...ours.filter(bad),
    ...theirs.filter(bad),
    ...ours.filter(doubt),
    ...theirs.filter(doubt),
    ...theirs.filter(rest),
    ...ours.filter(rest),
  ]
}

function headlineOf(
  facts: ReviewFacts,
  missed: readonly TargetFacts[],
  { say, month, target, brief }: Wording,
): string {
  const { targets, volumes } = facts
  const when = month(facts.month)
  const measured = targets.filter(({ verdict }) => verdict !== 'not-measured').length
  const worst = missed[0]
  if (worst !== undefined) {
    const { met, failed } = worst
    const words = say('headline.worst', { target: target(worst), met, cases: met + failed })
    return say('headline.missed', { missed: missed.length, measured, month: when, worst: words })
  }
  if (measured > 0) {
    const open = openBreachedIncidents(facts)
    const borne = targets.filter(({ verdict }) => verdict === 'met-by-allowance').length
    const gone = unavailable(facts)
    if (gone.length > 0)
      return say('headline.met-but-gone', {
        measured,
        month: when,
        services: gone.length,
        service: brief(gone[0]!.service),
      })
    const key = open > 0 ? 'headline.met-but-open' : borne > 0 ? 'headline.met-by-allowance' : 'headline.met'
    return say(key, { measured, month: when, open, borne })
  }
  if (volumes.opened + volumes.resolved + volumes.backlog === 0) return say('headline.quiet', { month: when })
  if (targets.length === 0) return say('headline.no-promise', { month: when, resolved: volumes.resolved })
  return say('headline.no-case', { month: when })
}

/** Backlog at the end of the month against its beginning, and whether more came than usual. */
export function backlogClaim({ volumes, backlogAge }: ReviewFacts, { say, number }: Wording): FactClaim {
  const { opened, resolved, withdrawn, backlog: after, backlogBefore: before, trend } = volumes
  const direction = after > before ? 'up' : after < before ? 'down' : 'same'
  // Before the first record nothing came because nothing was recorded: that is no usual month.
  const begun = trend.findIndex((month) => month.opened + month.resolved + month.backlog > 0)
  const signal = signalOf(
    trend.slice(Math.max(0, begun)).map((month) => month.opened),
    { least: 0, most: Infinity },
  )
  const evidence: string[] = []
  if (signal.kind !== 'unknown' && signal.limits.upper > 0) {
    const limits = { lower: number(Math.round(signal.limits.lower)), upper: number(Math.round(signal.limits.upper)) }
    const outside = signal.kind !== 'none' && signal.pattern === 'outside' ? signal.kind : 'none'
    evidence.push(
      say(
        outside === 'higher' ? 'claim.opened-more' : outside === 'lower' ? 'claim.opened-fewer' : 'claim.opened-none',
        limits,
      ),
    )
  }
  if (backlogAge.oldestDays !== null) evidence.push(say('claim.oldest', { days: backlogAge.oldestDays }))
  return {
    ref: 'backlog',
    tone: 'plain',
    text: say('claim.backlog', { direction, before, after, opened, resolved, withdrawn }),
    evidence,
    figure: say('figure.volumes'),
  }
}

function reportedClaim({ reported }: ReviewFacts, { say, percent }: Wording): FactClaim[] {
  if (reported === null) return []
  const { met, failed, compared, onlyOurs, onlyTheirs } = reported
  const cases = met + failed
  const text = say('claim.reported', {
    met,
    cases,
    share: percent(met, cases),
    compared,
    agree: compared - onlyOurs - onlyTheirs,
  })
  return [{ ref: 'reported', tone: 'plain', text, evidence: [], figure: say('figure.reported') }]
}
