import { sql } from 'kysely'
import { Failure, notFound } from '#core/failure.ts'
import { daysAfter, monthsAfter } from '#core/recurrence.ts'
import type { Context, Db } from '#platform/context.ts'
import type { CapacityOrder, PoolView, Supplier, SupplierContract, SupplierInvoice } from './api.ts'
import type { SupplierState } from './lifecycle.ts'
import { poolUse } from './pool-use.ts'

const monthOf = (column: string) => sql<string>`to_char(${sql.ref(column)}, 'YYYY-MM')`

/** The first day of the month eleven months before this one: twelve months with it. */
export function yearBefore(now: Date): string {
  return monthsAfter(`${now.toISOString().slice(0, 7)}-01`, -11)
}

export async function requireSupplier(db: Db, id: string) {
  const row = await db
    .selectFrom('supplier')
    .select(['id', 'name', 'tier', 'contact', 'certifications', 'exitPlan', 'exitPlanTriedOn', 'state', 'version'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (row === undefined) throw notFound('supplier.not-found')
  return row
}

/** Holds it until the transaction ends, at the version that was read. */
export async function lockSupplier(db: Db, id: string, version: number) {
  const row = await db.selectFrom('supplier').select('version').where('id', '=', id).forUpdate().executeTakeFirst()
  if (row === undefined) throw notFound('supplier.not-found')
  if (row.version !== version) throw new Failure('moved-on', 'request.moved-on')
  return requireSupplier(db, id)
}

/** With what it needs to be reckoned and posted with. */
export async function requireSupplierContract(db: Db, id: string) {
  const row = await db
    .selectFrom('supplierContract')
    .select(['id', 'supplierId', 'customerId', 'number', 'title', 'currency', 'contractId', 'serviceId'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (row === undefined) throw notFound('supplier-contract.not-found')
  return row
}

/** `GET /suppliers/:id`. */
export async function readSupplier(context: Context, id: string): Promise<Supplier> {
  const { db } = context
  const row = await requireSupplier(db, id)
  const people = await db
    .selectFrom('supplierPerson')
    .innerJoin('person', 'person.id', 'supplierPerson.personId')
    .select(['person.id', 'person.name'])
    .where('supplierPerson.supplierId', '=', id)
    .orderBy('person.name')
    .execute()
  return {
    ...row,
    state: row.state as SupplierState,
    tier: row.tier as Supplier['tier'],
    people,
    contracts: await contractsOf(context, id),
  }
}

async function contractsOf(context: Context, supplierId: string): Promise<SupplierContract[]> {
  const { db, now } = context
  const since = yearBefore(now)
  const rows = await db
    .selectFrom('supplierContract as sc')
    .innerJoin('customer', 'customer.id', 'sc.customerId')
    .leftJoin('agreement', 'agreement.id', 'sc.agreementId')
    .leftJoin('contract', 'contract.id', 'sc.contractId')
    .leftJoin('service', 'service.id', 'sc.serviceId')
    .select(['sc.id', 'sc.number', 'sc.title', 'sc.currency', 'sc.startsOn', 'sc.endsOn', 'sc.noticeDays'])
    .select(['sc.recoveryBp', 'sc.customerId', 'customer.name as customerName', 'sc.agreementId'])
    .select(['agreement.name as agreementName', 'sc.contractId', 'contract.title as contractTitle'])
    .select(['sc.serviceId', 'service.name as serviceName'])
    .where('sc.supplierId', '=', supplierId)
    .orderBy('sc.number')
    .execute()
  const costs = await db
    .selectFrom('supplierInvoice')
    .select(['supplierContractId', monthOf('month').as('month')])
    .select(sql<number>`sum(amount_minor)::bigint`.as('amountMinor'))
    .where('supplierId', '=', supplierId)
    .where('month', '>=', since)
    .groupBy(['supplierContractId', 'month'])
    .orderBy('month', 'desc')
    .execute()
  const pools = await poolsOf(context, supplierId)
  const contracts: SupplierContract[] = []
  for (const row of rows) {
    const { customerId, customerName, agreementId, agreementName, contractId, contractTitle, ...rest } = row
    const { serviceId, serviceName, ...plain } = rest
    const named = (at: string | null, name: string | null) => (at === null || name === null ? null : { id: at, name })
    contracts.push({
      ...plain,
      customer: { id: customerId, name: customerName },
      noticeOn: plain.endsOn === null ? null : daysAfter(plain.endsOn, -plain.noticeDays),
      agreement: named(agreementId, agreementName),
      contract: named(contractId, contractTitle),
      service: named(serviceId, serviceName),
      kept: agreementId === null ? [] : await keptOf(db, agreementId, since),
      missedWith: agreementId === null ? 0 : await missedWith(db, agreementId, since),
      costs: costs
        .filter(({ supplierContractId }) => supplierContractId === row.id)
        .map(({ month, amountMinor }) => ({ month, amountMinor })),
      pools: pools.filter(({ of }) => of === row.id).map(({ of: _of, ...pool }) => pool),
    })
  }
  return contracts
}

/** By month in which a promise was over: whether it was kept, by the same clocks as everywhere. */
async function keptOf(db: Db, agreementId: string, since: string) {
  const { rows } = await sql<{ month: string; met: number; missed: number }>`
    select to_char(month, 'YYYY-MM') as month, met, missed from kept_behind(${agreementId}, ${since})`.execute(db)
  return rows
}

/** Incidents with a missed target of ours in which the promise behind it was missed, too. */
async function missedWith(db: Db, agreementId: string, since: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select missed_with_behind(${agreementId}, ${since}) as count`.execute(db)
  return rows[0]?.count ?? 0
}

const orders = (db: Db) =>
  db
    .selectFrom('capacityOrder')
    .select(['id', 'poolId', 'supplierId', 'number', 'slots', 'quantity', 'state', 'delivered', 'accepted'])
    .select(['orderedOn', 'version', monthOf('month').as('month')])

export type OrderRow = Awaited<ReturnType<ReturnType<typeof orders>['execute']>>[number]

export function orderOf({ poolId: _pool, supplierId: _supplier, ...row }: OrderRow): CapacityOrder {
  return { ...row, state: row.state as CapacityOrder['state'] }
}

export async function readOrder(db: Db, id: string): Promise<OrderRow> {
  const row = await orders(db).where('id', '=', id).executeTakeFirst()
  if (row === undefined) throw notFound('capacity-order.not-found')
  return row
}

export async function lockOrder(db: Db, id: string, version: number): Promise<OrderRow> {
  const row = await db.selectFrom('capacityOrder').select('version').where('id', '=', id).forUpdate().executeTakeFirst()
  if (row === undefined) throw notFound('capacity-order.not-found')
  if (row.version !== version) throw new Failure('moved-on', 'request.moved-on')
  return readOrder(db, id)
}

/** Pools in sight of a supplier, with prices, call-offs and what became of them. Also read in the supplier's own role. */
export async function poolsOf(
  { db, now }: Context,
  supplierId: string,
): Promise<readonly (PoolView & { readonly of: string })[]> {
  const rows = await db
    .selectFrom('pool')
    .select(['id', 'supplierContractId', 'name', 'skill', 'level', 'language', 'place', 'unit', 'committed'])
    .select(['flexBp', 'leadDays'])
    .where('supplierId', '=', supplierId)
    .orderBy('name')
    .execute()
  const rates = await db
    .selectFrom('poolRate')
    .select(['poolId', 'unitMinor', monthOf('validFrom').as('validFrom')])
    .where('supplierId', '=', supplierId)
    .orderBy('validFrom', 'desc')
    .execute()
  const called = await orders(db)
    .where('supplierId', '=', supplierId)
    .where('month', '>=', yearBefore(now))
    .orderBy('capacityOrder.month', 'desc')
    .orderBy('number', 'desc')
    .execute()
  return rows.map(({ supplierContractId, ...pool }) => {
    const own = called.filter(({ poolId }) => poolId === pool.id)
    const months = [...Map.groupBy(own, ({ month }) => month)]
    return {
      ...pool,
      of: supplierContractId,
      unit: pool.unit as PoolView['unit'],
      rates: rates
        .filter(({ poolId }) => poolId === pool.id)
        .map(({ validFrom, unitMinor }) => ({ validFrom, unitMinor })),
      orders: own.map(orderOf),
      use: months.map(([month, of]) => ({ month, ...poolUse(pool.committed, of) })),
    }
  })
}

/** What was invoiced by a contract, the latest month first; 500 at most. Also read in the supplier's own role. */
export async function invoicesOf(
  db: Db,
  supplierContractId: string,
  month?: string,
): Promise<Omit<SupplierInvoice, 'category'>[]> {
  return db
    .selectFrom('supplierInvoice')
    .select(['id', 'reference', 'amountMinor', 'description', monthOf('month').as('month')])
    .where('supplierContractId', '=', supplierContractId)
    .$if(month !== undefined, (query) => query.where('supplierInvoice.month', '=', `${month}-01`))
    .orderBy('supplierInvoice.month', 'desc')
    .orderBy('reference')
    .limit(500)
    .execute()
}
