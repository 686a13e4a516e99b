import { sql } from 'kysely'
import { refused } from '#core/failure.ts'
import { newId } from '#core/id.ts'
import { reachable } from '#core/lifecycle.ts'
import { barredFromContracting, barredFromTerms, require } from '#core/may.ts'
import { requireCustomer } from '#modules/customers'
import { requireService } from '#modules/services'
import { requireSite } from '#modules/sites'
import { explaining } from '#platform/constraint.ts'
import type { Context } from '#platform/context.ts'
import { audit } from '#platform/history.ts'
import type { Contract, ContractPrivate, NewContract, NewContractVersion } from './api.ts'
import { contractLifecycle, type ContractState } from './lifecycle.ts'
import { lockContract, readContract, requireContract } from './queries.ts'

const meanings = { contract_customer_id_number_key: 'contract.number-taken' } as const

export async function addContract(context: Context, given: NewContract): Promise<Contract> {
  require(barredFromTerms(context.actor))
  const { db, now } = context
  const { number, title, currency, startsOn, terms } = given
  const { id: customerId } = await requireCustomer(db, given.customer)
  const id = newId(now.getTime())
  await explaining(meanings, { number }, () =>
    db.insertInto('contract').values({ id, customerId, number, title, currency, startsOn, createdAt: now }).execute(),
  )
  await insertVersion(context, { contractId: id, customerId, number: 1 }, { ...terms, validFrom: startsOn })
  await audit(context, {
    action: 'contract.added',
    subjectType: 'contract',
    subjectId: id,
    customerId,
    facts: { number },
  })
  return readContract(context, id)
}

/** What holds from a day on. The version before ends there; nothing is written into what held before that. */
export async function signVersion(
  context: Context,
  id: string,
  version: number,
  terms: NewContractVersion,
): Promise<Contract> {
  require(barredFromTerms(context.actor))
  const { db } = context
  const { customerId, versions } = await lockContract(db, id, version)
  const last = versions[0]!
  if (terms.validFrom <= last.validFrom) throw refused('contract.version-before', { from: last.validFrom })
  await db.updateTable('contractVersion').set({ validTo: terms.validFrom }).where('id', '=', last.id).execute()
  await insertVersion(context, { contractId: id, customerId, number: last.number + 1 }, terms)
  await db
    .updateTable('contract')
    .set({ version: version + 1 })
    .where('id', '=', id)
    .execute()
  const facts = { number: last.number + 1, validFrom: terms.validFrom }
  await audit(context, { action: 'contract.version', subjectType: 'contract', subjectId: id, customerId, facts })
  return readContract(context, id)
}

interface Versioned {
  readonly contractId: string
  readonly customerId: string
  readonly number: number
}

async function insertVersion({ db, now }: Context, of: Versioned, terms: NewContractVersion): Promise<void> {
  const { services, sites, options, ...plain } = terms
  if (terms.endsOn !== null && terms.endsOn <= terms.validFrom)
    throw refused('contract.ends-before', { on: terms.endsOn })
  const serviceIds = []
  for (const service of services) serviceIds.push((await requireService(db, of.customerId, service)).id)
  const siteIds = []
  for (const site of sites) siteIds.push((await requireSite(db, of.customerId, site)).id)
  await db
    .insertInto('contractVersion')
    .values({
      id: newId(now.getTime()),
      ...of,
      ...plain,
      options: JSON.stringify(options),
      serviceIds,
      siteIds,
      createdAt: now,
    })
    .execute()
}

export async function moveContract(
  context: Context,
  id: string,
  version: number,
  to: ContractState,
): Promise<Contract> {
  require(barredFromTerms(context.actor))
  const { state, customerId } = await lockContract(context.db, id, version)
  if (!reachable(contractLifecycle, state as ContractState).includes(to))
    throw refused('contract.cannot', { state, to })
  await context.db
    .updateTable('contract')
    .set({ state: to, version: version + 1 })
    .where('id', '=', id)
    .execute()
  const about = { subjectType: 'contract', subjectId: id, customerId, facts: { from: state, to } }
  await audit(context, { action: 'contract.state', ...about })
  return readContract(context, id)
}

const nothingSaid: ContractPrivate = { marginTargetBp: null, valueMinor: null, note: null }

/** Read by those who answer for the margin alone; auditors read everything. */
export async function readPrivate({ db, actor }: Context, id: string): Promise<ContractPrivate> {
  if (actor.access !== 'auditor') require(barredFromContracting(actor))
  await requireContract(db, id)
  const row = await db
    .selectFrom('contractPrivate')
    .select(['marginTargetBp', 'valueMinor', 'note'])
    .where('contractId', '=', id)
    .executeTakeFirst()
  return row ?? nothingSaid
}

export async function writePrivate(context: Context, id: string, said: ContractPrivate): Promise<ContractPrivate> {
  require(barredFromContracting(context.actor))
  const { db } = context
  const { customerId } = await lockContract(db, id)
  await db
    .insertInto('contractPrivate')
    .values({ contractId: id, customerId, ...said })
    .onConflict((conflict) =>
      conflict.column('contractId').doUpdateSet({ ...said, version: sql`contract_private.version + 1` }),
    )
    .execute()
  // What it says is nobody's business in the audit: that it changed is.
  await audit(context, { action: 'contract.private', subjectType: 'contract', subjectId: id, customerId })
  return readPrivate(context, id)
}
