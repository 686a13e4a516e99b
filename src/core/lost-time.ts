import type { Ratio } from '#core/attainment.ts'

/** Nobody loses more than five working days of eight hours by one ticket: beyond it was a slip, or another matter. */
export const MOST_LOST_MINUTES = 5 * 8 * 60

export interface LostTime {
  /** Answers that named a time. */
  readonly answers: number
  /** Minutes, winsorised: what was more counts as the most. */
  readonly sum: number
  /** Answers that were cut to the most. */
  readonly cut: number
  /** Minutes over answers; null of nothing. */
  readonly mean: Ratio | null
  /** Minutes; null of nothing. */
  readonly median: number | null
}

/** So many people named so many minutes. */
export interface NamedTime {
  readonly minutes: number
  readonly people: number
}

/** Self-estimated lost work time, in whole minutes per answer. */
export function lostTimeOf(minutes: readonly number[], most = MOST_LOST_MINUTES): LostTime {
  return lostTimeNamed(
    minutes.map((each) => ({ minutes: each, people: 1 })),
    most,
  )
}

/** The same of answers that were counted by what they name, in any order; the same time may be there several times. */
export function lostTimeNamed(named: readonly NamedTime[], most = MOST_LOST_MINUTES): LostTime {
  const kept = named
    .map(({ minutes, people }) => ({ minutes: Math.min(minutes, most), people }))
    .toSorted((one, other) => one.minutes - other.minutes)
  const sum = kept.reduce((total, { minutes, people }) => total + minutes * people, 0)
  const answers = kept.reduce((total, { people }) => total + people, 0)
  return {
    answers,
    sum,
    cut: named.reduce((total, { minutes, people }) => total + (minutes > most ? people : 0), 0),
    mean: answers === 0 ? null : { numerator: sum, denominator: answers },
    median:
      answers === 0 ? null : (nth(kept, Math.floor((answers - 1) / 2)) + nth(kept, Math.ceil((answers - 1) / 2))) / 2,
  }
}

/** What the one at a place named, from zero, of people in order. */
function nth(inOrder: readonly NamedTime[], place: number): number {
  let before = 0
  for (const { minutes, people } of inOrder) {
    before += people
    if (place < before) return minutes
  }
  return Number.NaN
}

/** Up to so many minutes each step of a spread reaches; the last one ends where nobody loses more. */
const STEPS = [15, 30, 60, 120, 240, 480, MOST_LOST_MINUTES] as const

export interface SpreadStep {
  /** Minutes, exclusive; 0 for the first step, which begins with nothing lost. */
  readonly above: number
  /** Minutes, inclusive. */
  readonly upTo: number
  readonly answers: number
  /** Minutes that they add up to, winsorised. */
  readonly minutes: number
}

/**
 * How many lost how much: steps that add up to answers and sum of `lostTimeNamed`, the shortest time first.
 *
 * @param least Answers of a step: fewer are told with those of the next, or of the one before where there is no next.
 */
export function spreadOf(named: readonly NamedTime[], least = 1): readonly SpreadStep[] {
  const told: SpreadStep[] = []
  let begun: SpreadStep | undefined
  for (const [at, upTo] of STEPS.entries()) {
    const above = STEPS[at - 1] ?? 0
    const within = named
      .map(({ minutes, people }) => ({ minutes: Math.min(minutes, MOST_LOST_MINUTES), people }))
      .filter(({ minutes }) => minutes <= upTo && (at === 0 || minutes > above))
    const step = {
      above,
      upTo,
      answers: within.reduce((sum, { people }) => sum + people, 0),
      minutes: within.reduce((sum, { minutes, people }) => sum + minutes * people, 0),
    }
    if (step.answers === 0) continue
    begun = begun === undefined ? step : joined(begun, step)
    if (begun.answers >= least) {
      told.push(begun)
      begun = undefined
    }
  }
  if (begun !== undefined) told.push(joined(told.pop() ?? begun, begun))
  return told
}

function joined(one: SpreadStep, next: SpreadStep): SpreadStep {
  if (one === next) return one
  return {
    above: one.above,
    upTo: next.upTo,
    answers: one.answers + next.answers,
    minutes: one.minutes + next.minutes,
  }
}

/** The middle one, or halfway between the two in the middle; null of nothing. */
export function medianOf(values: readonly number[]): number | null {
  if (values.length === 0) return null
  const sorted = values.toSorted((one, other) => one - other)
  const half = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2
}

/** Minutes that would be lost over all tickets if all had lost the mean, and those known of who answered. */
export function projected(
  { mean, sum }: LostTime,
  volume: number,
): { readonly all: Ratio | null; readonly floor: number } {
  const all = mean === null ? null : { numerator: volume * mean.numerator, denominator: mean.denominator }
  return { all, floor: sum }
}

export interface ParetoStep {
  readonly key: string
  readonly value: number
  /** Of this and all before it. */
  readonly cumulative: Ratio
}

/** Where most of it is: the largest first, each with the share of all that is reached with it. What is nothing is left out. */
export function paretoOf(parts: Iterable<{ readonly key: string; readonly value: number }>): readonly ParetoStep[] {
  const sorted = [...parts].filter(({ value }) => value > 0).toSorted((one, other) => other.value - one.value)
  const denominator = sorted.reduce((sum, { value }) => sum + value, 0)
  let numerator = 0
  return sorted.map(({ key, value }) => {
    numerator += value
    return { key, value, cumulative: { numerator, denominator } }
  })
}

/** How many of the parts, the largest first, hold at least that share (percent) of all; 0 of nothing. */
export function holding(steps: readonly ParetoStep[], percent: number): number {
  return steps.findIndex(({ cumulative: { numerator, denominator } }) => numerator * 100 >= percent * denominator) + 1
}

/** Times between two moments; those whose end lies before their start are told apart, never averaged. */
export function plausible(cases: Iterable<{ readonly from: number | null; readonly to: number | null }>): {
  readonly durations: readonly number[]
  readonly impossible: number
  readonly unknown: number
} {
  const durations: number[] = []
  let [impossible, unknown] = [0, 0]
  for (const { from, to } of cases) {
    if (from === null || to === null) unknown += 1
    else if (to < from) impossible += 1
    else durations.push(to - from)
  }
  return { durations, impossible, unknown }
}
