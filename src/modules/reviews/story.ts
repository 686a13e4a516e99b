import type { Felt, Tone } from '#core/review-content.ts'
import { audienceClaims, audienceHeadline } from './story-audience.ts'
import { chapterName } from './chapter-names.ts'
import type { ToldSection } from './chapters.ts'
import type { ReviewFacts, TargetFacts } from './facts.ts'
import { signalOf } from './signal.ts'
import { signalOfTarget, signalSentence } from './signal-sentence.ts'
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
type FactClaim = Omit<Claim, 'felt'>

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
/** Targets that one claim names. */
const NAMED_AT_MOST = 3
/** From this many misses on a common place is worth naming. */
const PLACE_FROM = 2

/** The story of a month by rules (DOMAIN §4.1): no adjective without a signal, no claim without its figure. */
export function storyOf(facts: ReviewFacts, wording: Wording, told: readonly ToldSection[] = []): Story {
  const { say } = wording
  return {
    headline: audienceHeadline(facts, wording) ?? headlineOf(facts, missedOf(facts), wording),
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
    const all = [...forAudience, ...openClaim(facts, wording), backlogClaim(facts, wording)]
    return [...all.map((claim) => ({ ...claim, felt })), ...theirs]
  }
  const ours: FactClaim[] = [
    ...missed.slice(0, MISSES_AT_MOST).map((target) => missedClaim(facts, target, wording)),
    ...alsoMissed(missed.slice(MISSES_AT_MOST), wording),
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

function keyOf({ agreement, metric, priority, targetMs }: TargetFacts): string {
  return `${metric}:${priority}:${targetMs}:${agreement}`.slice(0, 200)
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

function headlineOf(facts: ReviewFacts, missed: readonly TargetFacts[], { say, month, target }: Wording): string {
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
    const key = open > 0 ? 'headline.met-but-open' : borne > 0 ? 'headline.met-by-allowance' : 'headline.met'
    return say(key, { measured, month: when, open, borne })
  }
  if (volumes.opened + volumes.resolved + volumes.backlog === 0) return say('headline.quiet', { month: when })
  if (targets.length === 0) return say('headline.no-promise', { month: when, resolved: volumes.resolved })
  return say('headline.no-case', { month: when })
}

function missedClaim(facts: ReviewFacts, target: TargetFacts, wording: Wording): FactClaim {
  const place = placeOf(facts, target, wording)
  return {
    ref: `missed:${keyOf(target)}`,
    tone: 'miss',
    text: missedSentence(target, wording),
    evidence: [inTime(target, wording), ...(place === null ? [] : [place]), signalSentence(target, wording)],
    figure: wording.say('figure.target', { target: wording.target(target) }),
  }
}

/** What was missed, as a claim. */
export function missedSentence(target: TargetFacts, { say, priority, duration }: Wording): string {
  const { failed, met, metric, allowedFailures, targetMs } = target
  return say('claim.missed', {
    failed,
    cases: met + failed,
    priority: priority(target.priority),
    metric,
    time: duration(targetMs),
    allowed: allowedFailures,
  })
}

/** `41 of 46 in time (89.1 %), promised 95 %`. */
export function inTime({ met, failed, attainmentBp }: TargetFacts, { say, percent, share }: Wording): string {
  const cases = met + failed
  return say('cases.in-time', { met, cases, share: percent(met, cases), promised: share(attainmentBp) })
}

/** The service or site that at least half of a target's misses share; null when there is none, or not all are listed. */
export function placeOf(
  { misses }: ReviewFacts,
  { metric, priority, failed }: TargetFacts,
  { say, brief }: Wording,
): string | null {
  const mine = misses.items.filter((each) => each.metric === metric && each.priority === priority)
  if (mine.length !== failed) return null
  let found: { readonly kind: 'service' | 'site'; readonly name: string; readonly n: number } | null = null
  for (const kind of ['service', 'site'] as const) {
    for (const [name, shared] of Map.groupBy(mine, (each) => each[kind])) {
      const n = shared.length
      if (name !== null && n >= PLACE_FROM && n * 2 >= failed && n > (found?.n ?? 0)) found = { kind, name, n }
    }
  }
  return found === null ? null : say(`claim.place.${found.kind}`, { n: found.n, of: failed, name: brief(found.name) })
}

function alsoMissed(missed: readonly TargetFacts[], wording: Wording): FactClaim[] {
  if (missed.length === 0) return []
  const { say, list, target } = wording
  const more = missed.length - NAMED_AT_MOST
  const names = [...missed.slice(0, NAMED_AT_MOST).map(target), ...(more > 0 ? [say('list.others', { n: more })] : [])]
  const evidence = missed.map((each) => `${target(each)}: ${inTime(each, wording)}`)
  return [
    {
      ref: 'missed-too',
      tone: 'miss',
      text: say('claim.missed-too', { targets: list(names) }),
      evidence: evidence.slice(0, NAMED_AT_MOST),
      figure: say('figure.levels'),
    },
  ]
}

/** Promises that only the rule for few cases saved: the misses are there, and are told before what went well. */
function allowanceClaim({ targets }: ReviewFacts, wording: Wording): FactClaim[] {
  const { say, target } = wording
  const [first, ...others] = targets.filter(({ verdict }) => verdict === 'met-by-allowance')
  if (first === undefined) return []
  const sentence = (each: TargetFacts) =>
    say('claim.allowance', {
      target: target(each),
      met: each.met,
      cases: each.met + each.failed,
      allowed: each.allowedFailures,
    })
  return [
    {
      ref: 'allowance',
      tone: 'soon',
      text: sentence(first),
      evidence: [inTime(first, wording), ...others.slice(0, 2).map(sentence)],
      figure: say('figure.levels'),
    },
  ]
}

/** The same incident may be late for its response and its resolution: the larger of the two is what is certain. */
function openBreachedIncidents({ targets }: ReviewFacts): number {
  const sums = Map.groupBy(targets, ({ metric }) => metric)
  return Math.max(0, ...[...sums.values()].map((same) => same.reduce((sum, { openBreached }) => sum + openBreached, 0)))
}

function openClaim(facts: ReviewFacts, { say }: Wording): FactClaim[] {
  const n = openBreachedIncidents(facts)
  if (n === 0) return []
  return [
    {
      ref: 'open',
      tone: 'soon',
      text: say('claim.open', { n }),
      evidence: [say('claim.open-evidence')],
      figure: say('figure.levels'),
    },
  ]
}

/** Met targets that moved beyond chance. The missed ones say so in their own claim. */
function changedClaims({ targets }: ReviewFacts, wording: Wording): FactClaim[] {
  const { say, target: name } = wording
  return targets.flatMap((target): FactClaim[] => {
    const { kind } = signalOfTarget(target)
    if (target.verdict === 'missed' || (kind !== 'higher' && kind !== 'lower')) return []
    const { met, failed } = target
    return [
      {
        ref: `changed:${keyOf(target)}`,
        tone: kind === 'higher' ? 'met' : 'soon',
        text: say(kind === 'higher' ? 'claim.better' : 'claim.worse', {
          target: name(target),
          met,
          cases: met + failed,
        }),
        evidence: [inTime(target, wording), signalSentence(target, wording)],
        figure: say('figure.target', { target: name(target) }),
      },
    ]
  })
}

function metClaim({ targets }: ReviewFacts, wording: Wording): FactClaim[] {
  const met = targets.filter(({ verdict }) => verdict === 'met')
  const one = met[0]
  if (one === undefined) return []
  const { say, target } = wording
  const near = met.reduce((sum, { nearMisses }) => sum + nearMisses, 0)
  return [
    {
      ref: 'met',
      tone: 'met',
      text: say('claim.met', { n: met.length, target: target(one), near }),
      evidence: met.slice(0, 3).map((each) => `${target(each)}: ${inTime(each, wording)}`),
      figure: say('figure.levels'),
    },
  ]
}

/** Backlog at the end of the month against its beginning, and whether more came than usual. */
export function backlogClaim({ volumes, backlogAge }: ReviewFacts, { say, number }: Wording): FactClaim {
  const { opened, resolved, withdrawn, backlog: after, backlogBefore: before, trend } = volumes
  const direction = after > before ? 'up' : after < before ? 'down' : 'same'
  const signal = signalOf(
    trend.map((month) => month.opened),
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

function unmeasuredClaim(
  { targets, month: reviewed, notes }: ReviewFacts,
  { say, list, target, month }: Wording,
): FactClaim[] {
  if (notes.some(({ kind }) => kind === 'no-agreement') && targets.length === 0) {
    return [
      {
        ref: 'unmeasured',
        tone: 'plain',
        text: say('claim.no-promise', { month: month(reviewed) }),
        evidence: [],
        figure: say('figure.levels'),
      },
    ]
  }
  const unmeasured = targets.filter(({ verdict }) => verdict === 'not-measured').map(target)
  if (unmeasured.length === 0) return []
  const text = say('claim.not-measured', { n: unmeasured.length, targets: list(unmeasured) })
  return [
    {
      ref: 'unmeasured',
      tone: 'plain',
      text,
      evidence: unmeasured.length > 1 ? [list(unmeasured)] : [],
      figure: say('figure.levels'),
    },
  ]
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
