import { daysAfter, monthsAfter } from '#core/recurrence.ts'
import { addChange, moveChange, workOn } from '#modules/contract-changes'
import type { Context } from '#platform/context.ts'
import type { SampleContract } from '#sample/contracts.ts'

/** One change that was offered while somebody already works for it, for the contract that has words for it. */
export async function writeChanges(context: Context, contractId: string, { change }: SampleContract): Promise<void> {
  if (change === null) return
  const today = context.now.toISOString().slice(0, 10)
  const { title, description, scopeImpact, revenueMinor, costMinor, minutes, note, newLine } = change
  const validFrom = monthsAfter(`${today.slice(0, 7)}-01`, 2).slice(0, 7)
  const prices = [
    { line: null, name: newLine.name, validFrom, terms: { kind: 'fixed', amountMinor: newLine.amountMinor } } as const,
  ]
  const asked = {
    title,
    origin: 'customer',
    description,
    scopeImpact,
    levelImpact: null,
    prices,
    agreement: null,
    offerValidUntil: daysAfter(today, 21),
    revenueMinor,
    costMinor,
  } as const
  let { id, version } = await addChange(context, contractId, { ...asked, prices: [...prices] })
  for (const to of ['impact-assessment', 'offered'] as const)
    ({ id, version } = await moveChange(context, id, version, to))
  // In the month before, which has a margin by now.
  await workOn(context, id, { day: daysAfter(`${today.slice(0, 7)}-01`, -6), minutes, note })
}
