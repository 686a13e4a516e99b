import { localAt } from '#core/zone.ts'
import type { Priority } from './company.ts'
import type { Random } from './random.ts'

/** How often a promise is missed, by customer and priority, before anything special happens. */
const shares: Readonly<Record<string, Readonly<Record<Priority, number>>>> = {
  NHL: { p1: 0.05, p2: 0.055, p3: 0.04, p4: 0.028, p5: 0.03 },
  ALF: { p1: 0.08, p2: 0.085, p3: 0.06, p4: 0.045, p5: 0.03 },
  VIS: { p1: 0.03, p2: 0.03, p3: 0.022, p4: 0.016, p5: 0.015 },
  BWR: { p1: 0.1, p2: 0.105, p3: 0.085, p4: 0.065, p5: 0.06 },
  SHQ: { p1: 0.07, p2: 0.06, p3: 0.065, p4: 0.085, p5: 0.05 },
}

export interface MissedPromise {
  readonly metric: 'response' | 'resolution'
  readonly customer: string
  readonly priority: Priority
  readonly at: number
  /** How much worse than usual. */
  readonly factor: number
}

/** Decides which tickets miss what was promised. */
export interface Misses {
  readonly next: (promise: MissedPromise) => boolean
}

interface Series {
  sum: number
  next: number
}

/**
 * One miss falls somewhere into each stretch of tickets that adds up to one, so that figures of small numbers stay near
 * what was meant, and nobody can tell which ticket is next. Some months are better than others.
 */
export function missesOf(random: Random): Misses {
  const series = new Map<string, Series>()
  const luckOf = new Map<string, Map<number, number>>()

  function luckIn(customer: string, month: number): number {
    let months = luckOf.get(customer)
    if (months === undefined) {
      months = new Map()
      luckOf.set(customer, months)
    }
    let luck = months.get(month)
    if (luck === undefined) {
      luck = Math.exp(0.3 * random.fork(`${customer} ${month}`).normal())
      months.set(month, luck)
    }
    return luck
  }

  function seriesOf(name: string): Series {
    let one = series.get(name)
    if (one === undefined) {
      one = { sum: 0, next: random.next() }
      series.set(name, one)
    }
    return one
  }

  return {
    next: ({ metric, customer, priority, at, factor }) => {
      const local = new Date(localAt('Europe/Berlin', at))
      const luck = luckIn(customer, local.getUTCFullYear() * 12 + local.getUTCMonth())
      const share = Math.min(0.6, (metric === 'response' ? 0.9 : 1) * shares[customer]![priority] * luck * factor)
      const state = seriesOf(customer + priority + metric)
      state.sum += share
      if (state.sum < state.next) return false
      state.next = Math.floor(state.next) + 1 + random.next()
      return true
    },
  }
}
