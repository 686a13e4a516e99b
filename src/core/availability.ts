import { openIntervals, type OpenTime } from '#core/calendar.ts'
import type { Ratio } from '#core/attainment.ts'

/** A stretch `[from, to)`, as instants. */
export interface Stretch {
  readonly from: number
  readonly to: number
}

/** Full loss of the service, in basis points of weight. */
const WHOLE_WEIGHT = 10_000

/** A stretch in which a service was down, or so slow that the contract counts it as partly down. */
export interface Downtime extends Stretch {
  /**
   * How much of the service was lost, in basis points: by severity as the contract maps it (0, 5000, 10000), or the share of
   * users who were hit. All of it without one.
   */
  readonly weight?: number
  /** Why it does not count (caused by the customer, force majeure, an excluded third party); its evidence lies with the record. */
  readonly excluded?: string
}

export interface AvailabilityTerms {
  /** When the service was promised. */
  readonly open: OpenTime
  /** Announced with the contract's notice and inside of its window; what overruns it is a downtime like any other. */
  readonly maintenance: readonly Stretch[]
}

/** What was measured, in milliseconds; a ratio only where there was service time at all. */
export interface Availability {
  /** Agreed service time without the agreed maintenance in it. */
  readonly agreedMs: number
  /** Union of the downtimes within that, each moment with the weight of the worst that lay on it. */
  readonly downMs: number
  /** Of the agreed time, what was down for a reason that the contract excludes, and for no other. It counts as up. */
  readonly excludedMs: number
  /** Of the agreed time, what nobody watched: not known to be up. Whether it counts is for the contract to say. */
  readonly blindMs: number
  /** Stretches of the agreed time in which something was down that counts: what touches is one outage. */
  readonly outages: readonly Stretch[]
}

/**
 * The availability of a service over `[from, to)` (DOMAIN §3.2): downtimes are united before they are added, and only what
 * lies in the agreed service time counts.
 *
 * @param blind Stretches without monitoring.
 */
export function availabilityOf(
  { open, maintenance }: AvailabilityTerms,
  { from, to }: Stretch,
  downtimes: readonly Downtime[],
  blind: readonly Stretch[] = [],
): Availability {
  const agreed = without(
    openIntervals(open, from, to).map(({ opens, closes }) => ({
      from: Math.max(opens, from),
      to: Math.min(closes, to),
    })),
    union(maintenance),
  )
  const counted = downtimes.filter(({ excluded, weight }) => excluded === undefined && weight !== 0)
  const excluded = downtimes.filter((downtime) => downtime.excluded !== undefined)
  const outages = union(counted.flatMap((downtime) => within(agreed, downtime)))
  return {
    agreedMs: lengthOf(agreed),
    downMs: weighed(agreed, counted),
    excludedMs: lengthOf(without(union(excluded.flatMap((downtime) => within(agreed, downtime))), outages)),
    blindMs: lengthOf(union(blind.flatMap((stretch) => within(agreed, stretch)))),
    outages,
  }
}

/** Time up of agreed time, in whole milliseconds; null when none was agreed, which is not 100 %. */
export function availabilityRatio({ agreedMs, downMs }: Pick<Availability, 'agreedMs' | 'downMs'>): Ratio | null {
  return agreedMs === 0 ? null : { numerator: agreedMs - Math.round(downMs), denominator: agreedMs }
}

/** Of the agreed time, what was watched. */
export function coverageRatio({ agreedMs, blindMs }: Pick<Availability, 'agreedMs' | 'blindMs'>): Ratio | null {
  return agreedMs === 0 ? null : { numerator: agreedMs - blindMs, denominator: agreedMs }
}

/**
 * The downtime that a target leaves of the agreed time, in milliseconds, and what is left of it: negative when it is spent.
 *
 * @param targetBp In basis points: 9990 is 99.9 %.
 */
export function errorBudget(
  { agreedMs, downMs }: Pick<Availability, 'agreedMs' | 'downMs'>,
  targetBp: number,
): { readonly budgetMs: number; readonly leftMs: number } {
  const budgetMs = (agreedMs * (WHOLE_WEIGHT - targetBp)) / WHOLE_WEIGHT
  return { budgetMs, leftMs: budgetMs - downMs }
}

/** Mean times of a period with outages, in milliseconds; null without one. */
export interface MeanTimes {
  /** To restore service. */
  readonly toRestoreMs: number
  /** Between the beginnings of two outages. */
  readonly betweenOutagesMs: number
  /** In operation between two outages. */
  readonly betweenFailuresMs: number
}

export function meanTimes(
  { agreedMs, downMs, outages }: Availability,
  reported: number = outages.length,
): MeanTimes | null {
  if (reported === 0) return null
  return {
    toRestoreMs: downMs / reported,
    betweenOutagesMs: agreedMs / reported,
    betweenFailuresMs: (agreedMs - downMs) / reported,
  }
}

/** Parts of which each is needed: down whenever one of them is. */
export function serialDowntime(parts: readonly (readonly Stretch[])[]): Stretch[] {
  return union(parts.flat())
}

/** `needed` of several equal parts must be up: down whenever fewer are. */
export function redundantDowntime(parts: readonly (readonly Stretch[])[], needed: number): Stretch[] {
  const edges = parts
    .flatMap((downtimes) => union(downtimes).flatMap(({ from, to }) => [[from, 1] as const, [to, -1] as const]))
    .toSorted(([one, begins], [other, ends]) => one - other || begins - ends)
  const down: Stretch[] = []
  let out = 0
  let since: number | null = null
  for (const [at, change] of edges) {
    out += change
    const fails = parts.length - out < needed
    if (fails && since === null) since = at
    if (!fails && since !== null) {
      down.push({ from: since, to: at })
      since = null
    }
  }
  return union(down)
}

/** What is to be expected of parts that fail independently of each other, each with the share of time it is up; never a measurement. */
export function designedSerial(shares: readonly number[]): number {
  return shares.reduce((product, share) => product * share, 1)
}

/** The same where one of them is enough. */
export function designedParallel(shares: readonly number[]): number {
  return 1 - shares.reduce((product, share) => product * (1 - share), 1)
}

/** The same where `needed` of `count` equal parts are enough: Σ C(n,i) Aⁱ (1−A)ⁿ⁻ⁱ from `needed` up. */
export function designedRedundant(share: number, needed: number, count: number): number {
  let sum = 0
  for (let up = needed; up <= count; up++) sum += choices(count, up) * share ** up * (1 - share) ** (count - up)
  return sum
}

function choices(of: number, picked: number): number {
  let ways = 1
  for (let index = 1; index <= picked; index++) ways = (ways * (of - picked + index)) / index
  return ways
}

/** Sorted and apart; one that ends before it begins is none, and what touches is one. */
function union(stretches: readonly Stretch[]): Stretch[] {
  const joined: { from: number; to: number }[] = []
  for (const { from, to } of stretches
    .filter((each) => each.to > each.from)
    .toSorted((one, other) => one.from - other.from)) {
    const last = joined.at(-1)
    if (last === undefined || from > last.to) joined.push({ from, to })
    else if (to > last.to) last.to = to
  }
  return joined
}

/** The parts of `stretch` that lie in `agreed`. */
function within(agreed: readonly Stretch[], { from, to }: Stretch): Stretch[] {
  return agreed
    .map((each) => ({ from: Math.max(each.from, from), to: Math.min(each.to, to) }))
    .filter((each) => each.to > each.from)
}

/** What is left of sorted stretches without the others, which are sorted and apart. */
function without(stretches: readonly Stretch[], taken: readonly Stretch[]): Stretch[] {
  return stretches.flatMap(({ from, to }) => {
    const left: Stretch[] = []
    let start = from
    for (const gap of taken) {
      if (gap.to <= start || gap.from >= to) continue
      if (gap.from > start) left.push({ from: start, to: gap.from })
      start = Math.max(start, gap.to)
    }
    if (start < to) left.push({ from: start, to })
    return left
  })
}

function lengthOf(stretches: readonly Stretch[]): number {
  return stretches.reduce((sum, { from, to }) => sum + (to - from), 0)
}

/** Milliseconds of downtime in `agreed`, each moment with the greatest weight that lay on it. */
function weighed(agreed: readonly Stretch[], downtimes: readonly Downtime[]): number {
  const weights = [...new Set(downtimes.map(({ weight = WHOLE_WEIGHT }) => weight))].toSorted(
    (one, other) => other - one,
  )
  let sum = 0
  let heavier: Stretch[] = []
  for (const weight of weights) {
    const these = downtimes.filter((downtime) => (downtime.weight ?? WHOLE_WEIGHT) === weight)
    const covered = union([...heavier, ...these.flatMap((downtime) => within(agreed, downtime))])
    sum += ((lengthOf(covered) - lengthOf(heavier)) * weight) / WHOLE_WEIGHT
    heavier = covered
  }
  return sum
}
