import { over, plus, type Rational, rational, rounded, times } from '#core/rational.ts'

const HOUR_MS = 3_600_000
const WHOLE_BP = 10_000
/** A year without holidays and leave. */
const WORKING_WEEKS = 46

/** People who could not work as they should, for how long, and by how much: 6000 is 60 %. */
export interface Hindered {
  readonly users: number
  /** Within service hours. */
  readonly durationMs: number
  readonly lossBp: number
}

/** What stood still, such as lines or tills. */
export interface Stopped {
  readonly units: number
  readonly durationMs: number
  /** Of one unit for one hour, in minor units of the currency. */
  readonly costPerHour: number
}

export interface Impact {
  readonly lostHours: Rational
  /** Minor units of the currency, rounded once, at the end. */
  readonly people: number
  readonly standstill: number
  readonly total: number
}

/** What an interruption cost (DOMAIN §3.7). `ratePerHour` is what an hour of work is worth, in minor units. */
export function impactOf(hindered: readonly Hindered[], stopped: readonly Stopped[], ratePerHour: number): Impact {
  let [lostHours, standstill] = [rational(0), rational(0)]
  for (const { users, durationMs, lossBp } of hindered) {
    const lost = rational(BigInt(users) * BigInt(durationMs) * BigInt(lossBp), BigInt(HOUR_MS) * BigInt(WHOLE_BP))
    lostHours = plus(lostHours, lost)
  }
  for (const { units, durationMs, costPerHour } of stopped) {
    const cost = rational(BigInt(units) * BigInt(durationMs) * BigInt(costPerHour), HOUR_MS)
    standstill = plus(standstill, cost)
  }
  const people = times(lostHours, rational(ratePerHour))
  return {
    lostHours,
    people: rounded(people, 0),
    standstill: rounded(standstill, 0),
    total: rounded(plus(people, standstill), 0),
  }
}

/** What a friction point costs in a year, in minutes: so often a week, so long, for so many. */
export function frictionMinutes(perWeek: number, minutes: number, people: number): number {
  return perWeek * minutes * people * WORKING_WEEKS
}

/** Minutes as hours, exactly. */
export function inHours(minutes: number): Rational {
  return over(rational(minutes), rational(60))
}
