import { sql } from 'kysely'
import { Failure, refused } from '#core/failure.ts'
import { newId } from '#core/id.ts'
import { reachable } from '#core/lifecycle.ts'
import { barredFromCharges, barredFromTerms, require } from '#core/may.ts'
import { addLine, addPrice, listLines, requireContract, requireOpen, signVersion, todayOf } from '#modules/contracts'
import { requireCustomer } from '#modules/customers'
import { activateVersion, getAgreement } from '#modules/service-levels'
import type { Context } from '#platform/context.ts'
import { audit } from '#platform/history.ts'
import { workspaceOf } from '#platform/workspace.ts'
import type { Change, NewChange, PriceChange } from './api.ts'
import { changeLifecycle, type ChangeState } from './lifecycle.ts'
import { changeOf, type ChangeRow, changes, lockChange, requireChange } from './queries.ts'

export async function listChanges(
  context: Context,
  { contract, customer }: { readonly contract?: string | undefined; readonly customer?: string | undefined },
): Promise<Change[]> {
  require(barredFromCharges(context.actor))
  if (contract !== undefined) await requireContract(context.db, contract)
  const customerId = customer === undefined ? undefined : (await requireCustomer(context.db, customer)).id
  const rows = await changes(context)
    .$if(contract !== undefined, (query) => query.where('contractChange.contractId', '=', contract!))
    .$if(customerId !== undefined, (query) => query.where('contractChange.customerId', '=', customerId!))
    .limit(200)
    .execute()
  return rows.map(changeOf)
}

export async function readChange(context: Context, id: string): Promise<Change> {
  require(barredFromCharges(context.actor))
  return changeOf(await requireChange(context, id))
}

/** What of a change is stored, with the draft of an agreement checked to be this customer’s. */
async function columnsOf({ db }: Context, customerId: string, given: NewChange) {
  const { agreement, prices, revenueMinor: _revenue, costMinor: _cost, ...plain } = given
  if (agreement !== null) {
    const found = await getAgreement(db, agreement.id)
    if (found.customerId !== customerId || !found.versions.some(({ id }) => id === agreement.versionId))
      throw new Failure('not-found', 'agreement.not-found', { agreement: agreement.id })
  }
  const drafted = { agreementId: agreement?.id ?? null, agreementVersionId: agreement?.versionId ?? null }
  return { ...plain, ...drafted, prices: JSON.stringify(prices) }
}

export async function addChange(context: Context, contractId: string, given: NewChange): Promise<Change> {
  require(barredFromTerms(context.actor))
  const { db, now, actor } = context
  const { customerId } = await requireContract(db, contractId)
  const id = newId(now.getTime())
  const number = sql<number>`(select coalesce(max(number), 0) + 1 from contract_change where contract_id = ${contractId})`
  // Two at once would take the same number.
  await sql`select pg_advisory_xact_lock(hashtextextended(${workspaceOf(db).lock(`change ${contractId}`)}, 0))`.execute(
    db,
  )
  await db
    .insertInto('contractChange')
    .values({
      id,
      contractId,
      customerId,
      number,
      ...(await columnsOf(context, customerId, given)),
      createdBy: actor.personId,
      createdAt: now,
    })
    .execute()
  const { revenueMinor, costMinor } = given
  await db.insertInto('contractChangeMargin').values({ changeId: id, customerId, revenueMinor, costMinor }).execute()
  await told(context, 'contract-change.added', { id, customerId })
  return readChange(context, id)
}

const OPEN: readonly string[] = ['requested', 'impact-assessment', 'offered', 'negotiation']

export async function writeChange(context: Context, id: string, version: number, given: NewChange): Promise<Change> {
  require(barredFromTerms(context.actor))
  const { db } = context
  const { customerId, state } = await lockChange(context, id, version)
  if (!OPEN.includes(state)) throw refused('change.settled', { state })
  await db
    .updateTable('contractChange')
    .set({ ...(await columnsOf(context, customerId, given)), version: version + 1 })
    .where('id', '=', id)
    .execute()
  const { revenueMinor, costMinor } = given
  await db.updateTable('contractChangeMargin').set({ revenueMinor, costMinor }).where('changeId', '=', id).execute()
  await told(context, 'contract-change.written', { id, customerId })
  return readChange(context, id)
}

export async function moveChange(context: Context, id: string, version: number, to: ChangeState): Promise<Change> {
  require(barredFromTerms(context.actor))
  const row = await lockChange(context, id, version)
  if (to === 'signed') throw refused('change.sign')
  if (!reachable(changeLifecycle, row.state as ChangeState).includes(to))
    throw refused('change.cannot', { state: row.state, to })
  if (to === 'offered' && row.offerValidUntil === null) throw refused('change.no-validity')
  if (to === 'approved') await requireValid(context, row)
  await context.db
    .updateTable('contractChange')
    .set({ state: to, version: version + 1 })
    .where('id', '=', id)
    .execute()
  await told(context, 'contract-change.state', { ...row, facts: { from: row.state, to } })
  return readChange(context, id)
}

/** An offer holds to the end of its last day. */
async function requireValid(context: Context, { contractId, offerValidUntil }: ChangeRow, on?: string): Promise<void> {
  const { timeZone } = await requireContract(context.db, contractId)
  const day = on ?? todayOf(timeZone, context.now)
  if (offerValidUntil !== null && day > offerValidUntil) throw refused('change.lapsed', { on: offerValidUntil })
}

interface Signature {
  readonly signedOn: string
  readonly effectiveFrom: string
}

/** Signs it. Whatever of it cannot be done undoes all of it: nothing holds by half. */
export async function signChange(
  context: Context,
  id: string,
  version: number,
  { signedOn, effectiveFrom }: Signature,
): Promise<Change> {
  require(barredFromTerms(context.actor))
  const { db } = context
  const row = await lockChange(context, id, version)
  const { contractId, customerId, state, number, title } = row
  if (state !== 'approved') throw refused('change.cannot', { state, to: 'signed' })
  const contract = await requireContract(db, contractId)
  if (signedOn > todayOf(contract.timeZone, context.now)) throw refused('change.signed-ahead', { on: signedOn })
  await requireValid(context, row, signedOn)
  await requireOpen(db, customerId, effectiveFrom.slice(0, 7))
  const [last] = contract.versions
  const { validFrom: _from, validTo: _to, id: _id, number: _number, services, sites, ...terms } = last!
  const ids = (all: readonly { readonly id: string }[]) => all.map((each) => each.id)
  const produced = await signVersion(context, contractId, contract.version, {
    ...terms,
    services: ids(services),
    sites: ids(sites),
    validFrom: effectiveFrom,
    signedOn,
    note: `${number}: ${title}`,
  })
  await priceAs(context, contract, { prices: row.prices, reason: `${number}: ${title}` })
  if (row.agreementId !== null && row.agreementVersionId !== null)
    await activateVersion(context, row.agreementId, row.agreementVersionId)
  const holds = { state: 'signed', signedOn, effectiveFrom, producedNumber: produced.versions[0]!.number }
  await db
    .updateTable('contractChange')
    .set({ ...holds, version: version + 1 })
    .where('id', '=', id)
    .execute()
  await told(context, 'contract-change.signed', { id, customerId, facts: { signedOn, effectiveFrom } })
  return readChange(context, id)
}

async function priceAs(
  context: Context,
  { id: contractId, customerId }: { readonly id: string; readonly customerId: string },
  { prices, reason }: { readonly prices: readonly PriceChange[]; readonly reason: string },
): Promise<void> {
  const lines = await listLines(context, contractId)
  for (const { line, name, validFrom, terms } of prices) {
    const found = lines.find(({ id }) => id === line)
    if (line === null) {
      // Of a month that is locked it would never be charged.
      await requireOpen(context.db, customerId, validFrom)
      await addLine(context, contractId, { name, unit: null, service: null, validFrom, terms })
    } else if (found === undefined) throw refused('change.no-line', { name })
    else await addPrice(context, line, found.version, { validFrom, terms, reason })
  }
}

interface Told {
  readonly id: string
  readonly customerId: string
  readonly facts?: Readonly<Record<string, string>>
}

export async function told(context: Context, action: string, { id, customerId, facts }: Told): Promise<void> {
  await audit(context, { action, subjectType: 'contract-change', subjectId: id, customerId, ...(facts && { facts }) })
}
