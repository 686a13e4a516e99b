import type { CreditRegime } from '#core/credit-terms.ts'
import { monthsAfter } from '#core/recurrence.ts'
import { todayOf } from '#modules/contracts'
import { regimeIn, simulateCredits } from '#modules/credits'
import { readProfit } from '#modules/margin'
import type { Context } from '#platform/context.ts'
import type { Scenario, ScenarioTerms } from './api.ts'
import type { RenewalRow } from './queries.ts'
import { scenarioOf } from './scenario.ts'

function monthOf({ timeZone }: Pick<RenewalRow, 'timeZone'>, now: Date): string {
  return todayOf(timeZone, now).slice(0, 7)
}

/** The scenarios of a renewal, each reckoned with the last twelve months that are over; fewer where the contract is younger. */
export async function scenariosOf(context: Context, row: RenewalRow): Promise<Scenario[]> {
  const { db, now } = context
  const { contractId, startsOn } = row
  const kept = await db
    .selectFrom('renewalScenario')
    .select(['id', 'name', 'terms'])
    .where('renewalId', '=', row.id)
    .orderBy('createdAt')
    .orderBy('id')
    .execute()
  const to = monthsAfter(`${monthOf(row, now)}-01`, -1).slice(0, 7)
  const year = monthsAfter(`${to}-01`, -11).slice(0, 7)
  const from = year > startsOn.slice(0, 7) ? year : startsOn.slice(0, 7)
  if (kept.length === 0 || from > to) return []
  const { total, months, committedBp } = await readProfit(context, contractId, { from, to })
  const span = { from, to }
  const regime = await regimeIn(db, contractId, to)
  const was =
    regime === undefined ? undefined : await simulateCredits(context, contractId, { ...span, terms: regime.terms })
  const scenarios: Scenario[] = []
  for (const { id, name, terms: stored } of kept) {
    const terms = stored as unknown as ScenarioTerms
    const wanted = regime === undefined ? undefined : withLevels(regime.terms, terms)
    const would =
      wanted === undefined ? undefined : await simulateCredits(context, contractId, { ...span, terms: wanted })
    const creditsMinor = total.revenue.credits ?? 0
    const basis = {
      revenueMinor: total.without.revenueMinor + creditsMinor,
      costMinor: total.without.costMinor,
      creditsMinor,
      months: Math.max(1, months.length),
      newCreditsMinor: would?.totalMinor ?? creditsMinor,
      committedBp,
    }
    const missed = (result: typeof was, level: string) =>
      result?.months.filter((each) => each.levels.some((one) => one.level === level && one.outcome === 'missed'))
        .length ?? 0
    const levels = (regime?.terms.levels ?? []).map(({ key, name: called, targetPpm }, index) => ({
      level: key,
      name: called,
      targetPpm,
      newTargetPpm: wanted?.levels[index]?.targetPpm ?? targetPpm,
      missed: missed(was, key),
      newMissed: missed(would, key),
    }))
    scenarios.push({ id, name, terms, of: { ...span, months: months.length }, ...scenarioOf(basis, terms), levels })
  }
  return scenarios
}

/** The regime with other targets. What lies below a target, as its minimum, goes down with it, and bands end at it. */
function withLevels(regime: CreditRegime, { levels }: ScenarioTerms): CreditRegime {
  const targets = new Map(levels.map(({ level, targetPpm }) => [level, targetPpm]))
  return {
    ...regime,
    levels: regime.levels.map((level) => {
      const targetPpm = targets.get(level.key) ?? level.targetPpm
      const below = (ppm: number | null) => (ppm === null ? null : Math.min(ppm, targetPpm))
      const bands = level.bands
        .filter(({ fromPpm }) => fromPpm < targetPpm)
        .map((band) => ({
          ...band,
          belowPpm: band.belowPpm === level.targetPpm ? targetPpm : below(band.belowPpm),
        }))
      return { ...level, targetPpm, minimumPpm: below(level.minimumPpm), floorPpm: below(level.floorPpm), bands }
    }),
  }
}
