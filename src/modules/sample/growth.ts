import { daysAfter } from '#core/recurrence.ts'
import {
  addOpportunity,
  addScenario,
  moveOpportunity,
  moveRenewal,
  startRenewal,
  writeRenewal,
} from '#modules/renewals'
import type { Context } from '#platform/context.ts'
import { growth, type SampleGrowth } from '#sample/growth.ts'

interface Grown {
  readonly customer: { readonly id: string; readonly key: string }
  readonly contractId: string
  readonly currency: string
}

/** The renewal of a contract and what its customer needs besides. To be called when its months are posted. */
export async function writeGrowth(context: Context, of: Grown): Promise<void> {
  const sample = growth.find(({ customer }) => customer === of.customer.key)
  if (sample === undefined) return
  if (sample.renewal !== null) await writeRenewals(context, of, sample.renewal)
  for (const opportunity of sample.opportunities) await writeOpportunity(context, of, opportunity)
}

async function writeRenewals(
  context: Context,
  { contractId }: Grown,
  { scenarios, decideBefore, ...said }: NonNullable<SampleGrowth['renewal']>,
): Promise<void> {
  const { id, version, noticeOn } = await startRenewal(context, contractId)
  const decideOn = noticeOn === null ? null : daysAfter(noticeOn, -decideBefore)
  const written = await writeRenewal(context, id, version, { ...said, decideOn })
  await moveRenewal(context, id, written.version, { to: 'prepare' })
  for (const { name, targets, ...terms } of scenarios) {
    const levels = Object.entries(targets).map(([level, targetPpm]) => ({ level, targetPpm }))
    await addScenario(context, id, { name, terms: { ...terms, levels } })
  }
}

async function writeOpportunity(
  context: Context,
  { customer, contractId, currency }: Grown,
  { steps, lost, ...given }: SampleGrowth['opportunities'][number],
): Promise<void> {
  const of = { customer: customer.id, contract: contractId, currency }
  let { id, version } = await addOpportunity(context, {
    ...given,
    ...of,
    evidence: { kind: 'contract', id: contractId },
  })
  for (const to of steps) ({ id, version } = await moveOpportunity(context, id, version, { to }))
  if (lost !== null) await moveOpportunity(context, id, version, { to: 'lost', ...lost })
}
