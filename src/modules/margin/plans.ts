import { invalid } from '#core/failure.ts'
import { barredFromContracting, require } from '#core/may.ts'
import { requireContract, requireOpen } from '#modules/contracts'
import type { Context } from '#platform/context.ts'
import { audit } from '#platform/history.ts'
import { type NewPlan, planCategories, type PlanVersion } from './api.ts'

const categories: ReadonlySet<string> = new Set(planCategories)

/** Writes months of a plan: what stood there for the same category is replaced, everything else stays. */
export async function writePlan(
  context: Context,
  contractId: string,
  version: PlanVersion,
  { lines }: NewPlan,
): Promise<{ written: number }> {
  require(barredFromContracting(context.actor))
  const { db, now, actor } = context
  const { customerId } = await requireContract(db, contractId)
  const unknown = lines.findIndex(({ category }) => !categories.has(category))
  if (unknown !== -1) {
    const category = lines[unknown]!.category
    throw invalid('plan.category', { category }, { errors: [{ path: `lines.${unknown}.category`, message: '' }] })
  }
  const once = new Map(lines.map((line) => [`${line.month} ${line.category}`, line]))
  const rows = [...once.values()].map(({ month, ...line }) => ({
    contractId,
    customerId,
    version,
    month: `${month}-01`,
    ...line,
    plannedBy: actor.personId,
    plannedAt: now,
  }))
  await db
    .insertInto('profitPlan')
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(['contractId', 'version', 'month', 'category']).doUpdateSet((of) => ({
        amountMinor: of.ref('excluded.amountMinor'),
        quantity: of.ref('excluded.quantity'),
        plannedBy: actor.personId,
        plannedAt: now,
      })),
    )
    .execute()
  const about = { subjectType: 'contract', subjectId: contractId, customerId, facts: { version } }
  await audit(context, { action: 'profit.planned', ...about })
  return { written: rows.length }
}

/** What an hour of own work costs from a month on. */
export async function sayRate(
  context: Context,
  contractId: string,
  { validFrom, hourMinor }: { readonly validFrom: string; readonly hourMinor: number },
): Promise<{ validFrom: string; hourMinor: number }> {
  require(barredFromContracting(context.actor))
  const { db, now, actor } = context
  const { customerId } = await requireContract(db, contractId)
  await requireOpen(db, customerId, validFrom)
  const from = `${validFrom}-01`
  const said = { hourMinor, saidBy: actor.personId, saidAt: now }
  await db
    .insertInto('labourRate')
    .values({ contractId, customerId, validFrom: from, ...said })
    .onConflict((conflict) => conflict.columns(['contractId', 'validFrom']).doUpdateSet(said))
    .execute()
  const about = { subjectType: 'contract', subjectId: contractId, customerId, facts: { from } }
  await audit(context, { action: 'labour-rate.said', ...about })
  return { validFrom: from, hourMinor }
}
