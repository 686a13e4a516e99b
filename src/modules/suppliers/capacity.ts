import { sql } from 'kysely'
import { invalid, notFound, refused } from '#core/failure.ts'
import { newId } from '#core/id.ts'
import { leasingSigns } from '#core/leasing.ts'
import { reachable } from '#core/lifecycle.ts'
import { barredFromContracting, require } from '#core/may.ts'
import { requireOpen } from '#modules/contracts'
import { addCost } from '#modules/margin'
import { explaining } from '#platform/constraint.ts'
import type { Context, Db } from '#platform/context.ts'
import { audit } from '#platform/history.ts'
import { workspaceOf } from '#platform/workspace.ts'
import type { CapacityOrder, NewOrder, NewPool, OrderStep, Supplier } from './api.ts'
import { orderLifecycle, type OrderState } from './lifecycle.ts'
import { mostOf } from './pool-use.ts'
import { lockOrder, orderOf, type OrderRow, readOrder, readSupplier, requireSupplierContract } from './queries.ts'

export async function addPool(context: Context, contractId: string, { rate, ...given }: NewPool): Promise<Supplier> {
  require(barredFromContracting(context.actor))
  const { db, now } = context
  requireNobody({ name: given.name, skill: given.skill, level: given.level, place: given.place })
  const { id: supplierContractId, supplierId, customerId } = await requireSupplierContract(db, contractId)
  const id = newId(now.getTime())
  const { name } = given
  await explaining({ pool_supplier_contract_id_name_key: 'pool.name-taken' }, { name }, () =>
    db
      .insertInto('pool')
      .values({ id, supplierContractId, supplierId, customerId, ...given, createdAt: now })
      .execute(),
  )
  await insertRate(db, { id, supplierId, customerId }, rate)
  await told(context, 'pool.added', { supplierId, customerId })
  return readSupplier(context, supplierId)
}

/** Refuses what means a person (DOMAIN §2.5.9). Other signs of employment in disguise are shown where they are typed. */
function requireNobody(fields: Readonly<Record<string, string | null>>): void {
  for (const [path, text] of Object.entries(fields)) {
    const named = leasingSigns(text ?? '').find(({ kind }) => kind === 'person')
    if (named !== undefined)
      throw invalid('pool.names-person', { word: named.word }, { errors: [{ path, message: '' }] })
  }
}

export async function addPoolRate(
  context: Context,
  poolId: string,
  rate: { readonly validFrom: string; readonly unitMinor: number },
): Promise<Supplier> {
  require(barredFromContracting(context.actor))
  const { db } = context
  const pool = await requirePool(db, poolId)
  await requireOpen(db, pool.customerId, rate.validFrom)
  await insertRate(db, pool, rate)
  await told(context, 'pool.rate', pool)
  return readSupplier(context, pool.supplierId)
}

async function insertRate(
  db: Db,
  of: { readonly id: string; readonly supplierId: string; readonly customerId: string },
  { validFrom, unitMinor }: { readonly validFrom: string; readonly unitMinor: number },
): Promise<void> {
  const { supplierId, customerId } = of
  await explaining({ pool_rate_pkey: 'pool.rate-there' }, { month: validFrom }, () =>
    db
      .insertInto('poolRate')
      .values({ poolId: of.id, supplierId, customerId, validFrom: `${validFrom}-01`, unitMinor })
      .execute(),
  )
}

async function requirePool(db: Db, id: string) {
  const row = await db
    .selectFrom('pool')
    .select(['id', 'supplierId', 'supplierContractId', 'customerId', 'name', 'committed', 'flexBp', 'endedOn'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (row === undefined) throw notFound('pool.not-found')
  return row
}

/** Calls off units for a month, up to what was committed and the flexible share of it. */
export async function callOff(context: Context, poolId: string, given: NewOrder): Promise<CapacityOrder> {
  require(barredFromContracting(context.actor))
  const { db, now } = context
  const { id: _id, endedOn, ...pool } = await requirePool(db, poolId)
  const { month, quantity, slots } = given
  requireNobody({ slots })
  if (endedOn !== null && endedOn <= `${month}-01`) throw refused('pool.ended', { on: endedOn })
  // Two at once would take the same number, and the same units.
  await sql`select pg_advisory_xact_lock(hashtextextended(${workspaceOf(db).lock(`pool ${poolId}`)}, 0))`.execute(db)
  const { number, ordered } = await db
    .selectFrom('capacityOrder')
    .select([
      sql<number>`coalesce(max(number), 0) + 1`.as('number'),
      sql<number>`coalesce(sum(quantity) filter (where month = ${`${month}-01`}), 0)::int`.as('ordered'),
    ])
    .where('poolId', '=', poolId)
    .executeTakeFirstOrThrow()
  const most = mostOf(pool)
  if (ordered + quantity > most) throw refused('capacity-order.too-many', { left: Math.max(0, most - ordered), most })
  const { supplierId, customerId } = pool
  const id = newId(now.getTime())
  const of = { id, poolId, supplierId, customerId, number, month: `${month}-01`, slots, quantity }
  await db
    .insertInto('capacityOrder')
    .values({ ...of, orderedOn: now.toISOString().slice(0, 10) })
    .execute()
  await told(context, 'capacity-order.ordered', pool)
  return orderOf(await readOrder(db, id))
}

/** A call-off goes on, in the role of those who answer for it: also what the supplier says may be written for them. */
export async function moveOrder(
  context: Context,
  id: string,
  version: number,
  step: OrderStep,
): Promise<CapacityOrder> {
  require(barredFromContracting(context.actor))
  await writeStep(context, await lockOrder(context.db, id, version), step)
  return orderOf(await readOrder(context.db, id))
}

/**
 * Writes the next step of a call-off that is held. What is accepted is expected as a cost of its month, in the contract that
 * pays for the pool; the invoice takes the place of it in the month after.
 */
export async function writeStep(context: Context, row: OrderRow, { to, quantity }: OrderStep): Promise<void> {
  const { db } = context
  const { id, state, version } = row
  if (!reachable(orderLifecycle, state as OrderState).includes(to))
    throw refused('capacity-order.cannot', { state, to })
  const said = saidOf(row, to, quantity)
  await db
    .updateTable('capacityOrder')
    .set({ ...said, version: version + 1 })
    .where('id', '=', id)
    .execute()
  const pool = await requirePool(db, row.poolId)
  if (said.accepted !== undefined && said.accepted > 0) await expectCost(context, { pool, row, units: said.accepted })
  await told(context, 'capacity-order.state', pool)
}

/** What a step says of quantities. Accepting less than was called off is a shortfall, whichever was pressed. */
function saidOf(
  { quantity: ordered, delivered }: OrderRow,
  to: OrderState,
  quantity: number | null,
): { state: OrderState; delivered?: number; accepted?: number } {
  const counted = (most: number) => {
    const said = quantity ?? most
    if (said > most) throw invalid('capacity-order.more', { most }, { errors: [{ path: 'quantity', message: '' }] })
    return said
  }
  if (to === 'delivered') return { state: to, delivered: counted(ordered) }
  if (to !== 'accepted' && to !== 'shortfall') return { state: to }
  const accepted = counted(delivered ?? 0)
  return { state: accepted < ordered ? 'shortfall' : 'accepted', accepted }
}

async function expectCost(
  context: Context,
  {
    pool,
    row: { month, number },
    units,
  }: { readonly pool: Awaited<ReturnType<typeof requirePool>>; readonly row: OrderRow; readonly units: number },
): Promise<void> {
  const { db } = context
  const { contractId } = await requireSupplierContract(db, pool.supplierContractId)
  const rate = await db
    .selectFrom('poolRate')
    .select('unitMinor')
    .where('poolId', '=', pool.id)
    .where('validFrom', '<=', `${month}-01`)
    .orderBy('validFrom', 'desc')
    .executeTakeFirst()
  if (rate === undefined) throw refused('pool.no-rate', { month })
  if (contractId === null || rate.unitMinor === 0) return
  await addCost(context, contractId, {
    month,
    category: 'pool',
    amountMinor: rate.unitMinor * units,
    service: null,
    accrued: true,
    reference: null,
    description: `${pool.name} ${number}`,
  })
}

async function told(
  context: Context,
  action: string,
  { supplierId, customerId }: { readonly supplierId: string; readonly customerId: string },
): Promise<void> {
  await audit(context, { action, subjectType: 'supplier', subjectId: supplierId, customerId })
}
