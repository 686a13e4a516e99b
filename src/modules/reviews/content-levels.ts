import type { CaseLine, Level, MissedTarget, TrendPicture } from './content-shape.ts'
import type { ReviewCase, ReviewFacts, TargetFacts } from './facts.ts'
import { shares } from './signal.ts'
import { signalOfTarget, signalSentence } from './signal-sentence.ts'
import { missedSentence, placeOf } from './story-targets.ts'
import type { Wording } from './wording.ts'

const MINUTE_MS = 60_000

/** A target with its figures in words. */
export function levelOf(target: TargetFacts, wording: Wording): Level {
  const { say, number, percent, share, duration } = wording
  const { met, failed, allowedFailures, attainmentBp, targetMs, verdict } = target
  const cases = met + failed
  const some = (value: number) => (value === 0 ? '–' : number(value))
  return {
    name: wording.target(target),
    promise: say('target.promise', { share: share(attainmentBp), time: duration(targetMs) }),
    verdict,
    verdictText: say(`verdict.${verdict}`, { failed, allowed: allowedFailures }),
    inTime: cases === 0 ? say('not-measured') : say('cases.of', { met, cases }),
    share: cases === 0 ? '' : percent(met, cases),
    excluded: some(target.excluded),
    near: some(target.nearMisses),
    openBreached: some(target.openBreached),
    change: cases === 0 ? '' : signalSentence(target, wording),
  }
}

/** A target's months as a picture, with what it shows in words. */
export function trendOf(target: TargetFacts, wording: Wording): TrendPicture {
  const { say, shortMonth, share } = wording
  const signal = signalOfTarget(target)
  const points = target.trend.map(({ month, met, failed }) =>
    say('chart.alt-point', {
      month: shortMonth(month),
      value: met + failed === 0 ? say('not-measured') : say('cases.of', { met, cases: met + failed }),
    }),
  )
  return {
    ...levelOf(target, wording),
    change: signalSentence(target, wording),
    moved: signal.kind === 'higher' || signal.kind === 'lower' ? signal.kind : null,
    months: target.trend.map(({ month }) => shortMonth(month)),
    // As in words: cut off, never rounded up to the target.
    values: shares(target.trend).map((value) => (value === null ? null : Math.floor(value * 10 + 1e-6) / 10)),
    target: target.attainmentBp / 100,
    targetLabel: say('target.line', { share: share(target.attainmentBp) }).replaceAll(' ', '\u00a0'),
    limits: signal.kind === 'unknown' ? null : { lower: tenth(signal.limits.lower), upper: tenth(signal.limits.upper) },
    alt: say('chart.alt-trend', {
      target: wording.target(target),
      points: points.join('; '),
      promised: share(target.attainmentBp),
    }),
  }
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10
}

export function missedOf(facts: ReviewFacts, target: TargetFacts, wording: Wording): MissedTarget {
  const { metric, priority, targetMs, failed } = target
  const mine = facts.misses.items.filter(
    (each) => each.metric === metric && each.priority === priority && each.targetMs === targetMs,
  )
  return {
    title: missedSentence(target, wording),
    place: placeOf(facts, target, wording),
    trend: trendOf(target, wording),
    cases: mine.map((each) => caseLine(each, facts.month, wording)),
    more: Math.max(0, failed - mine.length),
  }
}

/** @param month The reviewed one: moments of its year are written without it. */
export function caseLine(each: ReviewCase, month: string, wording: Wording): CaseLine {
  const { say, duration } = wording
  const over = each.elapsedMs - each.targetMs
  const moment = (at: string | null) => (at === null ? '' : wording.shortDateTime(at, month.slice(0, 4)))
  return {
    number: each.number,
    title: each.title,
    promise: say('target.name', { metric: wording.metric(each.metric), priority: wording.priority(each.priority) }),
    service: each.service ?? '',
    site: each.site ?? '',
    due: moment(each.dueAt),
    ended: moment(each.stoppedAt),
    used: say('used.of', { used: duration(each.elapsedMs), target: duration(each.targetMs) }),
    why: whyOf(each, wording),
    by: over > 0 ? say('reason.late', { late: duration(over) }) : say('reason.left', { left: duration(-over) }),
    over: duration(Math.abs(over)),
  }
}

/** What took the time, in a few words: the longest wait, handovers, what did not count. */
export function whyOf({ why, pausedMs }: ReviewCase, { say, duration, waited: waitedFor }: Wording): string {
  const waited = why !== undefined && why.waitedFor !== null && why.waitedMs >= MINUTE_MS
  return [
    waited ? waitedFor(duration(why.waitedMs), why.waitedFor!) : '',
    (why?.handovers ?? 0) > 0 ? say('reason.handovers', { n: why!.handovers! }) : '',
    pausedMs >= MINUTE_MS ? say('reason.paused', { paused: duration(pausedMs) }) : '',
  ]
    .filter((each) => each !== '')
    .join(', ')
}

export function levelsTitle({ targets }: ReviewFacts, { say }: Wording): string {
  if (targets.length === 0) return say('title.levels-none')
  const unmeasured = targets.filter(({ verdict }) => verdict === 'not-measured').length
  const missed = targets.filter(({ verdict }) => verdict === 'missed').length
  const measured = targets.length - unmeasured
  return say('title.levels', { measured, met: measured - missed, unmeasured })
}

export function trendsTitle({ targets }: ReviewFacts, { say }: Wording): string {
  const known = targets.map((target) => signalOfTarget(target).kind).filter((kind) => kind !== 'unknown')
  if (known.length === 0) return say('title.trends-unknown')
  return say('title.trends', { changed: known.filter((kind) => kind !== 'none').length })
}

export function missesTitle({ misses }: ReviewFacts, { say, duration }: Wording): string {
  if (misses.items.length === 0) return say('title.misses-none')
  const late = Math.max(...misses.items.map(({ elapsedMs, targetMs }) => elapsedMs - targetMs))
  return say('title.misses', { n: totalOf(misses), late: duration(late) })
}

export function totalOf({ items, more }: ReviewFacts['misses']): number {
  return items.length + more
}
