import type { Bars, Content } from './content-shape.ts'
import { AGE_BANDS, type NamedFlow, type ReviewFacts } from './facts.ts'
import { backlogClaim } from './story.ts'
import type { Wording } from './wording.ts'

/** Bars that a picture has room for. */
const BARS_AT_MOST = 8
/** Days from which an open incident counts as old. */
const OLD_DAYS = 30

export function volumesOf(facts: ReviewFacts, wording: Wording): Content['volumes'] {
  const { say, number, shortMonth, priority } = wording
  const { trend, byPriority } = facts.volumes
  const claim = backlogClaim(facts, wording)
  const points = trend.map(
    (each) => `${shortMonth(each.month)} ${[each.opened, each.resolved, each.backlog].map(number).join(', ')}`,
  )
  return {
    title: claim.text,
    evidence: claim.evidence,
    months: trend.map(({ month }) => shortMonth(month)),
    opened: trend.map(({ opened }) => opened),
    resolved: trend.map(({ resolved }) => resolved),
    backlog: trend.map(({ backlog }) => backlog),
    byPriority: byPriority.map((each) => ({
      name: priority(each.priority),
      opened: number(each.opened),
      resolved: number(each.resolved),
      backlog: number(each.backlog),
    })),
    alt: say('chart.alt-volumes', { points: points.join('; ') }),
  }
}

export function whereOf({ volumes }: ReviewFacts, wording: Wording): Content['where'] {
  const { say, nameOr, brief } = wording
  const busiest = [...volumes.byService, ...volumes.bySite]
    .filter(({ name, opened }) => name !== null && opened > 0)
    .toSorted((one, other) => other.opened - one.opened)[0]
  const bars = (caption: string, flows: readonly NamedFlow[]) =>
    barsOf(
      caption,
      flows.filter(({ opened }) => opened > 0).map(({ name, opened }) => ({ name: nameOr(name), value: opened })),
      wording,
    )
  return {
    title:
      volumes.opened === 0
        ? say('title.where-none')
        : busiest === undefined
          ? say('title.where-unknown')
          : say('title.where', { name: brief(busiest.name), n: busiest.opened, of: volumes.opened }),
    services: bars(say('chart.opened-by-service'), volumes.byService),
    sites: bars(say('chart.opened-by-site'), volumes.bySite),
  }
}

export function ageOf({ backlogAge, volumes }: ReviewFacts, wording: Wording): Content['age'] {
  const { say } = wording
  const counted = AGE_BANDS.map((from, index) => ({ from, value: backlogAge.bands[index] ?? 0 }))
  const old = counted.reduce((sum, { from, value }) => (from >= OLD_DAYS ? sum + value : sum), 0)
  return {
    title: say('title.age', { total: volumes.backlog, old }),
    evidence: backlogAge.oldestDays === null ? null : say('claim.oldest', { days: backlogAge.oldestDays }),
    bars: barsOf(
      say('chart.age-caption'),
      counted.map(({ from, value }) => ({ name: say(`band.${from}`), value })),
      wording,
    ),
  }
}

export function reportedOf({ reported }: ReviewFacts, { say, percent, number }: Wording): Content['reported'] {
  if (reported === null) return null
  const { met, failed, compared, bothMet, onlyOurs, onlyTheirs } = reported
  const cases = met + failed
  const bothMissed = compared - bothMet - onlyOurs - onlyTheirs
  return {
    title: say('claim.reported', { met, cases, share: percent(met, cases), compared, agree: bothMet + bothMissed }),
    why: say(compared === 0 ? 'reported.alone' : 'reported.why'),
    // Where only one of both has a verdict there is nothing to lay beside it.
    rows:
      compared === 0
        ? [
            { name: say('reported.their-met'), value: number(met) },
            { name: say('reported.their-missed'), value: number(failed) },
          ]
        : [
            { name: say('reported.both-met'), value: number(bothMet) },
            { name: say('reported.both-missed'), value: number(bothMissed) },
            { name: say('reported.only-ours'), value: number(onlyOurs) },
            { name: say('reported.only-theirs'), value: number(onlyTheirs) },
          ],
  }
}

function barsOf(
  caption: string,
  all: readonly { readonly name: string; readonly value: number }[],
  { say, number }: Wording,
): Bars {
  const shown = all.length > BARS_AT_MOST ? all.slice(0, BARS_AT_MOST - 1) : all
  const rest = all.slice(shown.length)
  return {
    caption,
    names: shown.map(({ name }) => name),
    values: shown.map(({ value }) => value),
    others: rest.length === 0 ? null : { names: rest.length, sum: rest.reduce((sum, { value }) => sum + value, 0) },
    alt: say('chart.alt-bars', {
      caption,
      points: shown.map(({ name, value }) => `${name} ${number(value)}`).join('; '),
    }),
  }
}
