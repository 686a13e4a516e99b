import { basisPointsOf } from '#core/money.ts'
import { atLeast } from '#core/credit-measure.ts'
import type { CreditRegime, TerminationTrigger } from '#core/credit-terms.ts'
import { type CreditPeriod, type CreditYear, type LevelCredit, type PeriodCredit, yearlyCap } from '#core/credit.ts'

/** How far a right to terminate is. For the provider’s managers: no other customer ever hears of it. */
export interface TriggerStanding {
  readonly trigger: TerminationTrigger
  /** The level that is nearest to it; null where it is of the whole contract. */
  readonly level: string | null
  readonly reached: boolean
  /** Misses, points (hundredths) or money so far, what it takes, and what is left until then; 0 when it is reached. */
  readonly have: number
  readonly need: number
  readonly left: number
}

/** Each trigger as it stands after the latest month. */
export function standingOf(
  regime: CreditRegime,
  {
    periods,
    credits,
    year,
  }: {
    readonly periods: readonly CreditPeriod[]
    readonly credits: readonly PeriodCredit[]
    readonly year: CreditYear
  },
): readonly TriggerStanding[] {
  const last = periods.at(-1)
  if (last === undefined) return []
  const historyOf = (key: string) => credits.map(({ levels }) => levels.find(({ level }) => level === key))
  const nearest = (
    trigger: TerminationTrigger,
    of: (history: History) => Pick<TriggerStanding, 'have' | 'need' | 'left'>,
  ) =>
    regime.levels
      .filter(({ critical }) => critical)
      .map(({ key }) => ({ trigger, level: key, ...of(historyOf(key)) }))
      .map((each) => ({ ...each, reached: each.left === 0 }))
      .toSorted((one, other) => one.left - other.left)
      .slice(0, 1)
  return regime.triggers.flatMap((trigger): readonly TriggerStanding[] => {
    if (trigger.kind === 'consecutive') return nearest(trigger, (history) => consecutive(history, trigger.count))
    if (trigger.kind === 'within') return nearest(trigger, (history) => within(history, trigger))
    if (trigger.kind === 'points') {
      const have = credits.slice(-trigger.months).reduce((sum, { points }) => sum + points, 0)
      return [standing(trigger, have, trigger.points * 100)]
    }
    if (trigger.kind === 'cap-share') {
      const cap = yearlyCap(regime, { period: last, earlier: periods.slice(0, -1), past: credits.slice(0, -1), year })
      if (cap === null) return []
      const need = basisPointsOf(cap.capMinor, trigger.shareBp)
      return [standing(trigger, cap.usedMinor + (credits.at(-1)?.amountMinor ?? 0), need)]
    }
    const below = regime.levels.find(({ key, floorPpm }) => {
      const share = credits.at(-1)?.levels.find(({ level }) => level === key)?.judged.share ?? null
      return floorPpm !== null && share !== null && !atLeast(share, floorPpm)
    })
    return [{ ...standing(trigger, below ? 1 : 0, 1), level: below?.key ?? null }]
  })
}

type History = readonly (LevelCredit | undefined)[]

function standing(trigger: TerminationTrigger, have: number, need: number): TriggerStanding {
  return { trigger, level: null, reached: have >= need, have, need, left: Math.max(0, need - have) }
}

function consecutive(history: History, need: number) {
  let have = 0
  for (const each of history.toReversed()) {
    if (each?.judged.outcome === 'met') break
    if (each?.judged.outcome === 'missed') have += 1
  }
  return { have, need, left: Math.max(0, need - have) }
}

/** Next month the oldest month falls out: what is left counts from those that will still be there. */
function within(history: History, { count, months, claimed = false }: Extract<TerminationTrigger, { kind: 'within' }>) {
  const isMiss = (each: LevelCredit | undefined) => each?.judged.outcome === 'missed' && (!claimed || each.claimed)
  const have = history.slice(-months).filter(isMiss).length
  const staying = months > 1 ? history.slice(-(months - 1)).filter(isMiss).length : 0
  return { have, need: count, left: have >= count ? 0 : Math.max(1, count - staying) }
}
