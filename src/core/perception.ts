import { type Ratio, uncertainty } from '#core/attainment.ts'
import { compared, minus, over, plus, type Rational, rational, times } from '#core/rational.ts'

/** How often each score was given; scores are whole numbers. */
export type Scores = ReadonlyMap<number, number>

/** A figure and between which values it lies with 95 % confidence. */
export interface Estimate {
  readonly value: number
  readonly low: number
  readonly high: number
}

/** From this score of five on somebody is satisfied. */
const SATISFIED_FROM = 4
const PROMOTER_FROM = 9
const DETRACTOR_TO = 6
/** From this score of seven on it was easy. */
const EASY_FROM = 5
/** DOMAIN §3.5 reckons with two digits. */
const Z = 1.96

/** Each score with how often it stands in the list. */
export function scoresOf(given: Iterable<number>): Scores {
  const scores = new Map<number, number>()
  for (const score of given) scores.set(score, (scores.get(score) ?? 0) + 1)
  return scores
}

export function countOf(scores: Scores): number {
  return counted(scores, () => true)
}

/** The mean as whole numbers, sum over count; null of nothing. */
export function meanOfScores(scores: Scores): Ratio | null {
  const denominator = countOf(scores)
  if (denominator === 0) return null
  return { numerator: [...scores].reduce((sum, [score, count]) => sum + score * count, 0), denominator }
}

/** Customer satisfaction: those who gave 4 or 5 of 5, of all who answered; null of nothing. */
export function csatOf(scores: Scores): Ratio | null {
  return shareOf(scores, (score) => score >= SATISFIED_FROM)
}

/** Customer effort: those who gave 5 to 7 of 7, of all who answered; null of nothing. */
export function easyOf(scores: Scores): Ratio | null {
  return shareOf(scores, (score) => score >= EASY_FROM)
}

/** Net promoter score: promoters (9–10) less detractors (0–6), of all who answered: −1 to +1; null of nothing. */
export function npsOf(scores: Scores): Ratio | null {
  const denominator = countOf(scores)
  if (denominator === 0) return null
  const promoters = counted(scores, (score) => score >= PROMOTER_FROM)
  return { numerator: promoters - counted(scores, (score) => score <= DETRACTOR_TO), denominator }
}

/** A share in percent with its confidence interval (Wilson), narrower when most of a known population answered. */
export function shareEstimate(share: Ratio, population?: number): Estimate {
  const { low, high } = uncertainty(share)
  const value = (100 * share.numerator) / share.denominator
  const narrow = finite(share.denominator, population)
  return { value, low: value + (100 * low - value) * narrow, high: value + (100 * high - value) * narrow }
}

/**
 * The net promoter score in points, −100 to +100, with its confidence interval; narrower when most of a known population
 * answered. Null of nothing.
 */
export function npsEstimate(scores: Scores, population?: number): Estimate | null {
  const net = npsOf(scores)
  if (net === null) return null
  const { numerator, denominator: n } = net
  const promoters = counted(scores, (score) => score >= PROMOTER_FROM) / n
  const detractors = counted(scores, (score) => score <= DETRACTOR_TO) / n
  const error = 100 * Math.sqrt((promoters + detractors - (promoters - detractors) ** 2) / n)
  const reach = Z * error * finite(n, population)
  const value = (100 * numerator) / n
  return { value, low: Math.max(-100, value - reach), high: Math.min(100, value + reach) }
}

/** By how much an interval shrinks when n of a known population answered: none is left when all did. */
function finite(n: number, population: number | undefined): number {
  if (population === undefined || population <= 1) return 1
  return Math.sqrt(Math.max(0, population - n) / (population - 1))
}

function counted(scores: Scores, counts: (score: number) => boolean): number {
  let sum = 0
  for (const [score, count] of scores) if (counts(score)) sum += count
  return sum
}

function shareOf(scores: Scores, counts: (score: number) => boolean): Ratio | null {
  const denominator = countOf(scores)
  return denominator === 0 ? null : { numerator: counted(scores, counts), denominator }
}

/** So few answers, or so small a share of those asked (one in ten), say nothing of everybody. */
export const VALID_FROM = 10

/** Whether a figure may be shown: enough answers, and enough of those who were asked. */
export function isValid({ numerator: answers, denominator: asked }: Ratio): boolean {
  return answers >= VALID_FROM && answers * 10 >= asked
}

/** A group of those asked, and of those who answered. */
export interface Turnout {
  readonly group: string
  readonly asked: number
  readonly answered: number
}

export interface Bias extends Turnout {
  /** Share of the answers less share of those asked, in percentage points: positive where a group speaks louder. */
  readonly points: number
}

/** Who speaks louder than their number, the largest difference first. Empty when nobody was asked or nobody answered. */
export function biasOf(groups: readonly Turnout[]): readonly Bias[] {
  const asked = groups.reduce((sum, group) => sum + group.asked, 0)
  const answered = groups.reduce((sum, group) => sum + group.answered, 0)
  if (asked === 0 || answered === 0) return []
  return groups
    .map((group) => ({ ...group, points: (100 * group.answered) / answered - (100 * group.asked) / asked }))
    .toSorted((one, other) => Math.abs(other.points) - Math.abs(one.points))
}

/**
 * Between which shares the truth lies whatever those who kept silent think: none of them counts, or all of them. Percent.
 */
export function boundsOf({ numerator, denominator }: Ratio, asked: number): { low: number; high: number } {
  const silent = Math.max(0, asked - denominator)
  const all = denominator + silent
  return { low: (100 * numerator) / all, high: (100 * (numerator + silent)) / all }
}

/** One of the things that a score is made of. `bad` is 0 points and `good` 100, whichever is the larger. */
export interface Component {
  readonly name: string
  /** Whole numbers; all weights together need not be 100. */
  readonly weight: number
  /** In the unit of the scale; null when it was not measured. */
  readonly value: Ratio | null
  readonly bad: number
  readonly good: number
}

export interface Score {
  /** 0 to 100; null when nothing was measured. */
  readonly points: Rational | null
  /** Components that were measured, and all. */
  readonly available: number
  readonly of: number
}

const NOTHING = rational(0)
const EVERYTHING = rational(100)

/** A component on the scale from 0 to 100, beyond which it does not reach. */
export function pointsOf({ value, bad, good }: Component): Rational | null {
  if (value === null) return null
  const measured = minus(rational(value.numerator, value.denominator), rational(bad))
  const points = times(EVERYTHING, over(measured, rational(good - bad)))
  if (compared(points, NOTHING) < 0) return NOTHING
  return compared(points, EVERYTHING) > 0 ? EVERYTHING : points
}

/** The weighted mean of what was measured (DOMAIN §3.5): what is missing takes its weight with it. */
export function scoreOf(components: readonly Component[]): Score {
  let [sum, weight, available] = [NOTHING, 0, 0]
  for (const component of components) {
    const points = pointsOf(component)
    if (points === null || component.weight === 0) continue
    sum = plus(sum, times(points, rational(component.weight)))
    weight += component.weight
    available += 1
  }
  return { points: weight === 0 ? null : over(sum, rational(weight)), available, of: components.length }
}

/** A group with how many tickets it had and what it felt, in points. */
export interface Felt {
  readonly group: string
  readonly volume: number
  readonly points: number
}

/**
 * Where to act first (DOMAIN §3.5): volume × (score − baseline), the lowest first; only those below the baseline. In
 * ticket points: ten tickets five points below weigh as much as five tickets ten points below.
 */
export function hotspotsOf(groups: readonly Felt[], baseline: number): readonly (Felt & { readonly weight: number })[] {
  return groups
    .map((group) => ({ ...group, weight: Math.round(group.volume * (group.points - baseline)) }))
    .filter(({ weight }) => weight < 0)
    .toSorted((one, other) => one.weight - other.weight)
}

/** What facts and perception say together. */
export type Accord =
  /** Kept and felt. */
  | 'good'
  /** Kept, and felt to be bad: green outside, red inside. */
  | 'watermelon'
  /** Missed, and nobody minds. */
  | 'forgiven'
  /** Missed and felt. */
  | 'bad'
  | 'unknown'

/** Whether what was promised and what was felt agree; null where one of them is not known. */
export function accordOf(promise: 'met' | 'missed' | null, felt: 'met' | 'missed' | null): Accord {
  if (promise === null || felt === null) return 'unknown'
  if (promise === 'met') return felt === 'met' ? 'good' : 'watermelon'
  return felt === 'met' ? 'forgiven' : 'bad'
}
