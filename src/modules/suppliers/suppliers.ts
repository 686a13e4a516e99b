import { notFound, refused } from '#core/failure.ts'
import { newId } from '#core/id.ts'
import { reachable } from '#core/lifecycle.ts'
import { barredFromContracting, barredFromEverybodysMoney, require } from '#core/may.ts'
import { requireContract } from '#modules/contracts'
import { requireCustomer } from '#modules/customers'
import { requirePerson } from '#modules/people'
import { getAgreement } from '#modules/service-levels'
import { requireService } from '#modules/services'
import { explaining } from '#platform/constraint.ts'
import type { Context } from '#platform/context.ts'
import { audit } from '#platform/history.ts'
import type { NewSupplier, NewSupplierContract, Supplier } from './api.ts'
import { supplierLifecycle, type SupplierState } from './lifecycle.ts'
import { lockSupplier, readSupplier, requireSupplier } from './queries.ts'

export async function viewSupplier(context: Context, id: string): Promise<Supplier> {
  if (context.actor.access !== 'auditor') require(barredFromContracting(context.actor))
  return readSupplier(context, id)
}

/** @param sample It goes with the sample company. */
export async function addSupplier(
  context: Context,
  given: NewSupplier,
  { sample = false }: { readonly sample?: boolean } = {},
): Promise<Supplier> {
  // A supplier may work for everybody.
  require(barredFromEverybodysMoney(context.actor))
  const { db, now } = context
  const id = newId(now.getTime())
  const { name } = given
  await explaining({ supplier_name_key: 'supplier.name-taken' }, { name }, () =>
    db
      .insertInto('supplier')
      .values({ id, ...given, sample, createdAt: now })
      .execute(),
  )
  await told(context, 'supplier.added', { id })
  return readSupplier(context, id)
}

export async function writeSupplier(
  context: Context,
  id: string,
  version: number,
  given: NewSupplier,
): Promise<Supplier> {
  // A supplier may work for everybody.
  require(barredFromEverybodysMoney(context.actor))
  const { db } = context
  await lockSupplier(db, id, version)
  const { name } = given
  await explaining({ supplier_name_key: 'supplier.name-taken' }, { name }, () =>
    db
      .updateTable('supplier')
      .set({ ...given, version: version + 1 })
      .where('id', '=', id)
      .execute(),
  )
  await told(context, 'supplier.written', { id })
  return readSupplier(context, id)
}

export async function moveSupplier(
  context: Context,
  id: string,
  version: number,
  to: SupplierState,
): Promise<Supplier> {
  // A supplier may work for everybody.
  require(barredFromEverybodysMoney(context.actor))
  const { db } = context
  const { state } = await lockSupplier(db, id, version)
  if (!reachable(supplierLifecycle, state as SupplierState).includes(to))
    throw refused('supplier.cannot', { state, to })
  await db
    .updateTable('supplier')
    .set({ state: to, version: version + 1 })
    .where('id', '=', id)
    .execute()
  await told(context, 'supplier.state', { id, facts: { from: state, to } })
  return readSupplier(context, id)
}

/** Somebody signs in for it. Without the role of a supplier they see nothing; the role is given apart. */
export async function addSupplierPerson(context: Context, id: string, personId: string): Promise<Supplier> {
  // A supplier may work for everybody.
  require(barredFromEverybodysMoney(context.actor))
  const { db } = context
  await requireSupplier(db, id)
  await requirePerson(db, personId)
  await db
    .insertInto('supplierPerson')
    .values({ supplierId: id, personId })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  await told(context, 'supplier.person', { id, facts: { personId } })
  return readSupplier(context, id)
}

export async function addSupplierContract(
  context: Context,
  supplierId: string,
  { customer, agreement, contract, service, ...plain }: NewSupplierContract,
): Promise<Supplier> {
  require(barredFromContracting(context.actor))
  const { db, now } = context
  await requireSupplier(db, supplierId)
  const customerId = (await requireCustomer(db, customer)).id
  if (plain.endsOn !== null && plain.endsOn <= plain.startsOn)
    throw refused('contract.ends-before', { on: plain.endsOn })
  if (agreement !== null) {
    const behind = await getAgreement(db, agreement)
    if (behind.customerId !== customerId || behind.type !== 'uc') throw refused('supplier-contract.not-behind')
  }
  if (contract !== null) {
    const ours = await requireContract(db, contract)
    if (ours.customerId !== customerId) throw notFound('contract.not-found')
    // Its costs are posted there, and nothing is converted at a guess.
    if (ours.currency !== plain.currency) throw refused('supplier-contract.currency', { currency: ours.currency })
  }
  const serviceId = service === null ? null : (await requireService(db, customerId, service)).id
  const id = newId(now.getTime())
  const of = { id, supplierId, customerId, agreementId: agreement, contractId: contract, serviceId, createdAt: now }
  const { number } = plain
  await explaining({ supplier_contract_supplier_id_number_key: 'supplier-contract.number-taken' }, { number }, () =>
    db
      .insertInto('supplierContract')
      .values({ ...of, ...plain })
      .execute(),
  )
  await told(context, 'supplier-contract.added', { id: supplierId, customerId, facts: { number } })
  return readSupplier(context, supplierId)
}

interface Told {
  readonly id: string
  readonly customerId?: string
  readonly facts?: Readonly<Record<string, string>>
}

async function told(context: Context, action: string, { id, customerId, facts }: Told): Promise<void> {
  const about = { subjectType: 'supplier', subjectId: id, customerId: customerId ?? null, ...(facts && { facts }) }
  await audit(context, { action, ...about })
}
