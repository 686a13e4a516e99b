import { charged, isByQuantity } from '#core/charge.ts'
import { barredFromCharges, require } from '#core/may.ts'
import { listCharges, listLines, requireContract } from '#modules/contracts'
import type { Context } from '#platform/context.ts'
import type { ChangeDifference, PriceChange } from './api.ts'
import { requireChange } from './queries.ts'

/** What was agreed stays as it is: a price that reaches back changes nothing of it. */
const SETTLED: ReadonlySet<string> = new Set(['agreed', 'invoiced', 'paid'])

/**
 * Months that were agreed already, at what they were charged and at what they come to by the prices of a change, each for
 * the quantity it was charged for. The same before the signature and after it. A later price of the same line ends it.
 */
export async function readDifference(context: Context, id: string): Promise<ChangeDifference> {
  require(barredFromCharges(context.actor))
  const { prices, contractId } = await requireChange(context, id)
  const { currency } = await requireContract(context.db, contractId)
  if (prices.length === 0) return { currency, totalMinor: 0, items: [] }
  const lines = await listLines(context, contractId)
  const months = (await listCharges(context, contractId)).filter(({ state }) => SETTLED.has(state))
  const items = prices.flatMap(({ line, name, validFrom, terms }: PriceChange) => {
    const of = lines.find((each) => (line === null ? each.name === name : each.id === line))
    const next = of?.prices.map((each) => each.validFrom.slice(0, 7)).filter((from) => from > validFrom)
    const until = next?.toSorted()[0] ?? null
    return months.flatMap(({ month, items: charges }) => {
      if (month < validFrom || (until !== null && month >= until)) return []
      if (terms.kind === 'one-off' && month !== validFrom) return []
      const charge = charges.find((each) => each.name === (of?.name ?? name) && each.kind === terms.kind)
      if (charge === undefined && isByQuantity(terms.kind)) return []
      const changedMinor = charged(terms, charge?.quantity ?? 0).amountMinor
      const chargedMinor = charge?.amountMinor ?? 0
      return changedMinor === chargedMinor ? [] : [{ month, name, chargedMinor, changedMinor }]
    })
  })
  items.sort((one, other) => other.month.localeCompare(one.month) || one.name.localeCompare(other.name))
  const totalMinor = items.reduce((sum, { chargedMinor, changedMinor }) => sum + changedMinor - chargedMinor, 0)
  return { currency, totalMinor, items }
}
