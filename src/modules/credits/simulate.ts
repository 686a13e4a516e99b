import { creditsOf, type CreditPeriod, type PeriodCredit } from '#core/credit.ts'
import type { CreditRegime, EarnBack } from '#core/credit-terms.ts'
import { earnBackLedger, type EarnBackEntry } from '#core/earn-back.ts'
import { barredFromCharges, barredFromContracting, require } from '#core/may.ts'
import { standingOf, type TriggerStanding } from '#core/termination.ts'
import { type ContractRow, requireContract, todayOf } from '#modules/contracts'
import type { Context } from '#platform/context.ts'
import type { NewSimulation, Outlook, Simulation } from './api.ts'
import { type Measuring, monthsFrom, periodsOf, runningOf, type Shift } from './measure.ts'
import { type KeptRegime, monthOf, requireFaultless, requireRegime } from './regimes.ts'
import { withReturned } from './returned.ts'

interface Reckoning extends Measuring {
  /** The month in which the contract’s year begins. */
  readonly startMonth: number
}

function reckon({ terms, startMonth }: Pick<Reckoning, 'terms' | 'startMonth'>, periods: readonly CreditPeriod[]) {
  const year = { startMonth, yearBasisMinor: null }
  const credits = creditsOf(terms, periods, year)
  return {
    credits,
    ledger: [...earnBackLedger(terms, { periods, credits, startMonth })],
    triggers: standingOf(terms, { periods, credits, year }).map(triggerOf),
  }
}

function triggerOf({ trigger, ...standing }: TriggerStanding) {
  return { kind: trigger.kind, ...standing }
}

interface Simulated extends Omit<NewSimulation, 'terms'> {
  readonly terms?: CreditRegime | undefined
}

/** What a contract’s months come to, by what it says or by what is tried. */
export async function simulate(context: Context, contractId: string, given: Simulated): Promise<Simulation> {
  require(barredFromContracting(context.actor))
  const { currency, customerId, startsOn } = await requireContract(context.db, contractId)
  const regime = await regimeFor(context, contractId, given)
  requireFaultless(regime.terms, context)
  const measuring = { contractId, customerId, ...regime, startMonth: monthIn(startsOn) }
  const { credits, ledger, triggers } = reckon(
    measuring,
    await periodsOf(context, measuring, monthsFrom(given.from, given.to)),
  )
  return {
    currency,
    months: credits.map((credit) => monthOf(credit, regime)),
    totalMinor: credits.reduce((sum, { amountMinor }) => sum + amountMinor, 0),
    ledger,
    triggers,
  }
}

async function regimeFor(
  { db }: Context,
  contractId: string,
  { to, terms, sources }: Simulated,
): Promise<Pick<KeptRegime, 'terms' | 'sources'>> {
  if (terms !== undefined && sources !== undefined) return { terms, sources }
  const kept = await requireRegime(db, contractId, to)
  return { terms: terms ?? kept.terms, sources: sources ?? kept.sources }
}

function monthIn(day: string): number {
  return Number(day.slice(5, 7))
}

/** What months come to by a regime, each with those before it in the list; with shifts, if results came out otherwise. */
export async function creditsIn(
  context: Context,
  { id: contractId, customerId, startsOn }: Pick<ContractRow, 'id' | 'customerId' | 'startsOn'>,
  regime: KeptRegime,
  months: readonly string[],
  shifts: readonly Shift[] = [],
): Promise<readonly PeriodCredit[]> {
  const measuring = { contractId, customerId, ...regime, startMonth: monthIn(startsOn) }
  return reckon(measuring, await periodsOf(context, measuring, months, shifts)).credits
}

/** The months that a regime reckons up to one of them, that one last: it takes running misses and caps from those before. */
export async function creditsUpTo(
  context: Context,
  contract: Pick<ContractRow, 'id' | 'customerId' | 'startsOn'>,
  month: string,
): Promise<{ readonly regime: KeptRegime; readonly credits: readonly PeriodCredit[] }> {
  const regime = await requireRegime(context.db, contract.id, month)
  const months = monthsFrom(regime.validFrom.slice(0, 7), month)
  return { regime, credits: await creditsIn(context, contract, regime, months) }
}

/**
 * What may be earned back by the regime that held in a month, reckoned with all months up to the last one; empty where it
 * says nothing of it.
 */
export async function ledgerUpTo(
  context: Context,
  contractId: string,
  { month, last }: { readonly month: string; readonly last: string },
): Promise<{ readonly ledger: readonly EarnBackEntry[]; readonly earnBack: EarnBack | null }> {
  const { customerId, startsOn } = await requireContract(context.db, contractId)
  const regime = await requireRegime(context.db, contractId, month)
  const measuring = { contractId, customerId, ...regime, startMonth: monthIn(startsOn) }
  const months = monthsFrom(regime.validFrom.slice(0, 7), last)
  const { ledger } = reckon(measuring, await periodsOf(context, measuring, months))
  return { ledger, earnBack: regime.terms.earnBack }
}

/** What the running month may come to: by now, and if all that is due within a day is missed. */
export async function readOutlook(context: Context, contractId: string): Promise<Outlook> {
  require(barredFromCharges(context.actor))
  const { currency, customerId, timeZone, startsOn } = await requireContract(context.db, contractId)
  const month = todayOf(timeZone, context.now).slice(0, 7)
  const regime = await requireRegime(context.db, contractId, month)
  const measuring = { contractId, customerId, ...regime, startMonth: monthIn(startsOn) }
  const periods = await periodsOf(context, measuring, monthsFrom(regime.validFrom.slice(0, 7), month))
  const running = new Map<string, Awaited<ReturnType<typeof runningOf>>>()
  for (const { key } of regime.terms.levels) running.set(key, await runningOf(context, customerId, regime.sources[key]))
  const last = periods.at(-1)!
  const withMisses = (missesOf: (level: string) => number): readonly CreditPeriod[] => [
    ...periods.slice(0, -1),
    {
      ...last,
      measured: last.measured.map(({ tally, ...each }) => ({
        ...each,
        tally: { ...tally, failed: tally.failed + missesOf(each.level) },
        // Nobody can have claimed yet: a claim is expected.
        claimed: true,
      })),
    },
  ]
  const openMissed = (level: string) => running.get(level)?.openMissed ?? 0
  const soFar = reckon(measuring, withMisses(openMissed))
  const worst = reckon(
    measuring,
    withMisses((level) => openMissed(level) + (running.get(level)?.dueSoon ?? 0)),
  )
  const [now, then] = [soFar.credits.at(-1)!, worst.credits.at(-1)!]
  return {
    currency,
    month,
    basisMinor: last.basisMinor,
    soFarMinor: now.amountMinor,
    worstMinor: then.amountMinor,
    levels: regime.terms.levels.map(({ key, name }, index) => ({
      level: key,
      name,
      met: last.measured[index]!.tally.met,
      failed: last.measured[index]!.tally.failed,
      openMissed: openMissed(key),
      dueSoon: running.get(key)?.dueSoon ?? 0,
      outcome: now.levels[index]!.judged.outcome,
      worst: then.levels[index]!.judged.outcome,
      source: regime.sources[key] ?? null,
    })),
    ledger: await withReturned(context.db, contractId, soFar.ledger),
    triggers: soFar.triggers,
  }
}
