import type { Judged } from '#core/credit-measure.ts'
import type { PeriodCredit } from '#core/credit.ts'
import type { Context, Db } from '#platform/context.ts'
import { monthsFrom, type Shift } from './measure.ts'
import { type KeptRegime, regimesOf } from './regimes.ts'
import { creditsIn } from './simulate.ts'

/** A level of a month that comes out otherwise. */
export interface ExposedLevel {
  readonly month: string
  readonly level: string
  readonly name: string
  readonly before: Judged
  readonly after: Judged
}

/** What the credits of a contract come to, as it is told and if results were shifted; amounts in its smallest unit. */
export interface Exposure {
  readonly contract: { readonly id: string; readonly number: string; readonly title: string }
  readonly currency: string
  readonly months: readonly {
    readonly month: string
    readonly basisMinor: number
    readonly beforeMinor: number
    readonly afterMinor: number
  }[]
  /** Those with another outcome or another figure. */
  readonly levels: readonly ExposedLevel[]
}

/** The contracts of a customer that say something of credits. */
export async function contractsWithRegimes(db: Db, customerId: string): Promise<readonly ExposedContract[]> {
  return db
    .selectFrom('contract')
    .select(['id', 'number', 'title', 'currency', 'customerId', 'startsOn'])
    .where('customerId', '=', customerId)
    .where((where) =>
      where.exists(where.selectFrom('creditRegime').select('id').whereRef('contractId', '=', 'contract.id')),
    )
    .orderBy('number')
    .execute()
}

type ExposedContract = Exposure['contract'] & {
  readonly currency: string
  readonly customerId: string
  readonly startsOn: string
}

/**
 * What the months from one to another of a contract come to, both included, by the regimes that hold in them: as results
 * are stored, and with the shifts. Months of before are reckoned with, since misses running and caps come from there.
 */
export async function exposureOf(
  context: Context,
  contract: ExposedContract,
  { from, to, shifts }: { readonly from: string; readonly to: string; readonly shifts: readonly Shift[] },
): Promise<Exposure> {
  const months: Exposure['months'][number][] = []
  const levels: ExposedLevel[] = []
  for (const regime of await regimesOf(context.db, contract.id)) {
    const begins = regime.validFrom.slice(0, 7)
    const within = ({ month }: PeriodCredit) =>
      month >= from && month <= to && (regime.validTo === null || `${month}-01` < regime.validTo)
    const span = monthsFrom(begins, to)
    if (span.length === 0) continue
    const before = (await creditsIn(context, contract, regime, span)).filter(within)
    const after = (await creditsIn(context, contract, regime, span, shifts)).filter(within)
    for (const [index, told] of before.entries()) {
      const tried = after[index]!
      const { month, basisMinor, amountMinor: beforeMinor } = told
      months.push({ month, basisMinor, beforeMinor, afterMinor: tried.amountMinor })
      levels.push(...exposedLevels(regime, told, tried))
    }
  }
  const { id, number, title, currency } = contract
  return { contract: { id, number, title }, currency, months, levels }
}

function exposedLevels({ terms }: KeptRegime, told: PeriodCredit, tried: PeriodCredit): ExposedLevel[] {
  return told.levels.flatMap(({ level, judged: before }, index) => {
    const after = tried.levels[index]!.judged
    const [one, other] = [before.ratio, after.ratio]
    const isSame =
      before.outcome === after.outcome && one?.numerator === other?.numerator && one?.denominator === other?.denominator
    const name = terms.levels.find(({ key }) => key === level)!.name
    return isSame ? [] : [{ month: told.month, level, name, before, after }]
  })
}
