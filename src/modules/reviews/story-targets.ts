import type { ReviewFacts, TargetFacts } from './facts.ts'
import { signalOfTarget, signalSentence } from './signal-sentence.ts'
import type { FactClaim } from './story.ts'
import type { Wording } from './wording.ts'

/* What the story says of promises: missed, saved, open, moved, met or not measured. */

/** Targets that one claim names. */
const NAMED_AT_MOST = 3
/** From this many misses on a common place is worth naming. */
const PLACE_FROM = 2

function keyOf({ agreement, metric, priority, targetMs }: TargetFacts): string {
  return `${metric}:${priority}:${targetMs}:${agreement}`.slice(0, 200)
}

export function missedClaim(facts: ReviewFacts, target: TargetFacts, wording: Wording): FactClaim {
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

export function alsoMissed(missed: readonly TargetFacts[], wording: Wording): FactClaim[] {
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
export function allowanceClaim({ targets }: ReviewFacts, wording: Wording): FactClaim[] {
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
export function openBreachedIncidents({ targets }: ReviewFacts): number {
  const sums = Map.groupBy(targets, ({ metric }) => metric)
  return Math.max(0, ...[...sums.values()].map((same) => same.reduce((sum, { openBreached }) => sum + openBreached, 0)))
}

export function openClaim(facts: ReviewFacts, { say }: Wording): FactClaim[] {
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
export function changedClaims({ targets }: ReviewFacts, wording: Wording): FactClaim[] {
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

export function metClaim({ targets }: ReviewFacts, wording: Wording): FactClaim[] {
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

export function unmeasuredClaim(
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
