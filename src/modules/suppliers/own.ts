import { sql } from 'kysely'
import { refused } from '#core/failure.ts'
import type { Context } from '#platform/context.ts'
import type { Given } from '#platform/http.ts'
import type { CapacityOrder, moveOwnOrder, OwnSupplier } from './api.ts'
import { writeStep } from './capacity.ts'
import { type ClaimState, stepsOfSupplier, type SupplierState } from './lifecycle.ts'
import { ownPromises } from './promises.ts'
import { invoicesOf, lockOrder, orderOf, poolsOf, readOrder } from './queries.ts'

/** What whoever coordinates at a supplier sees: the database shows them rows of their own suppliers alone. */
export async function listOwnSuppliers(context: Context): Promise<OwnSupplier[]> {
  const { db, actor } = context
  // Whoever looks at all suppliers has a page of their own for it.
  if (actor.access !== 'customer') return []
  const suppliers = await db.selectFrom('supplier').select(['id', 'name', 'state']).orderBy('name').execute()
  const promises = await ownPromises(context)
  const all: OwnSupplier[] = []
  for (const supplier of suppliers) {
    const contracts = await db
      .selectFrom('supplierContract')
      .select(['id', 'number', 'title', 'currency', 'startsOn', 'endsOn', 'noticeDays'])
      .where('supplierId', '=', supplier.id)
      .orderBy('number')
      .execute()
    const pools = await poolsOf(context, supplier.id)
    const withParts: OwnSupplier['contracts'] = []
    for (const contract of contracts) {
      const invoices = await invoicesOf(db, contract.id)
      const own = pools.filter(({ of }) => of === contract.id).map(({ of: _of, use: _use, ...pool }) => pool)
      const claims = await ownClaims(context, contract.id)
      const theirs = promises.filter(({ of }) => of === contract.id).map(({ of: _of, ...each }) => each)
      withParts.push({ ...contract, pools: own, invoices, promises: theirs, claims })
    }
    all.push({ ...supplier, state: supplier.state as SupplierState, contracts: withParts })
  }
  return all
}

async function ownClaims({ db }: Context, contractId: string): Promise<OwnSupplier['contracts'][number]['claims']> {
  const rows = await db
    .selectFrom('supplierClaim')
    .select([sql<string>`to_char(month, 'YYYY-MM')`.as('month'), 'missedWith', 'amountMinor', 'state'])
    .select(['recoveredMinor', 'claimedOn'])
    .where('supplierContractId', '=', contractId)
    .orderBy('supplierClaim.month', 'desc')
    .execute()
  return rows.map((row) => ({ ...row, state: row.state as ClaimState }))
}

/** A coordinator confirms or delivers. Whether the call-off is theirs their own role says; the writing is the program's. */
export async function stepAsSupplier({
  params: { id },
  body,
  matches,
  inTransaction,
  asProgram,
}: Given<typeof moveOwnOrder>): Promise<CapacityOrder> {
  await inTransaction('read only', ({ db }) => readOrder(db, id))
  if (!stepsOfSupplier.includes(body.to)) throw refused('capacity-order.not-yours')
  return asProgram(async (context) => {
    await writeStep(context, await lockOrder(context.db, id, matches), body)
    return orderOf(await readOrder(context.db, id))
  })
}
