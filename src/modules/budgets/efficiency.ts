import { efficiency } from '#core/budget.ts'
import { newId } from '#core/id.ts'
import { barredFromContracting, require } from '#core/may.ts'
import { requireCustomer } from '#modules/customers'
import type { Context, Reading } from '#platform/context.ts'
import type { EfficiencyView, NewEfficiency } from './api.ts'
import { barredFromBudget, told } from './lines.ts'

/** How much less a year's work cost than the same work at last year's unit costs (EFF-01), by currency. */
export async function readEfficiency(
  { db, actor }: Reading,
  year: number,
  { customer }: { readonly customer?: string | undefined },
): Promise<EfficiencyView> {
  if (actor.access !== 'auditor') require(barredFromContracting(actor))
  const customerId = customer === undefined ? null : (await requireCustomer(db, customer)).id
  const rows = await db
    .selectFrom('efficiencyBase')
    .select(['name', 'currency', 'baseUnitMinor', 'volume', 'actualMinor', 'cashable'])
    .where('year', '=', year)
    .$if(customerId !== null, (query) => query.where('customerId', '=', customerId!))
    .orderBy('name')
    .execute()
  const items = [...Map.groupBy(rows, ({ currency }) => currency)].map(([currency, work]) => {
    const spent = (of: typeof work) => of.reduce((sum, { actualMinor }) => sum + actualMinor, 0)
    const cashable = work.filter((each) => each.cashable)
    return {
      currency,
      work: work.map(({ currency: _currency, ...each }) => each),
      ...efficiency(work, spent(work)),
      cashableMinor: efficiency(cashable, spent(cashable)).savedMinor,
    }
  })
  return { year, items }
}

export async function writeEfficiency(
  context: Context,
  year: number,
  { customer, currency, work }: NewEfficiency,
): Promise<EfficiencyView> {
  const { db, now, actor } = context
  const customerId = customer === null ? null : (await requireCustomer(db, customer)).id
  require(barredFromBudget(actor, customerId))
  // Work in another currency is written apart, and stays.
  const own = db.deleteFrom('efficiencyBase').where('year', '=', year).where('currency', '=', currency)
  await (customerId === null ? own.where('customerId', 'is', null) : own.where('customerId', '=', customerId)).execute()
  const once = new Map(work.map((each) => [each.name, each]))
  const rows = [...once.values()].map((each) => ({ id: newId(now.getTime()), customerId, year, currency, ...each }))
  if (rows.length > 0) await db.insertInto('efficiencyBase').values(rows).execute()
  const about = rows[0]?.id
  if (about !== undefined) await told(context, 'budget.efficiency', { id: about, customerId, facts: { year } })
  return readEfficiency(context, year, { customer: customerId ?? undefined })
}
