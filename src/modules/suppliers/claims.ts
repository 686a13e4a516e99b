import { sql } from 'kysely'
import type { LevelSource, StatedLevel } from '#api/credits'
import { Failure, invalid, notFound, refused } from '#core/failure.ts'
import { newId } from '#core/id.ts'
import { barredFromContracting, require } from '#core/may.ts'
import { partOf } from '#core/money.ts'
import { firstOpenFrom } from '#modules/contracts'
import { postRecovery } from '#modules/margin'
import { explaining } from '#platform/constraint.ts'
import type { Context, Db } from '#platform/context.ts'
import { audit } from '#platform/history.ts'
import type { ClaimStep, SupplierClaim } from './api.ts'
import type { ClaimState } from './lifecycle.ts'
import { yearBefore } from './queries.ts'

type Agreed = Awaited<ReturnType<typeof requireAgreed>>

async function requireAgreed(db: Db, id: string) {
  const row = await db
    .selectFrom('supplierContract')
    .select(['id', 'supplierId', 'customerId', 'number', 'contractId', 'serviceId', 'agreementId', 'recoveryBp'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (row === undefined) throw notFound('supplier-contract.not-found')
  return row
}

/** Of the last year, the latest month first: what was claimed as it was claimed, the rest as the clocks say it today. */
export async function listClaims(context: Context, contractId: string): Promise<SupplierClaim[]> {
  if (context.actor.access !== 'auditor') require(barredFromContracting(context.actor))
  const agreed = await requireAgreed(context.db, contractId)
  const claimed = await claimsOf(context.db, agreed.id)
  const open = await openClaims(context, agreed)
  const isClaimed = ({ credit, level }: SupplierClaim) =>
    claimed.some((each) => each.credit === credit && each.level === level)
  return [...claimed, ...open.filter((each) => !isClaimed(each))].toSorted((one, other) =>
    one.month === other.month ? one.name.localeCompare(other.name) : one.month < other.month ? 1 : -1,
  )
}

async function claimsOf(db: Db, contractId: string): Promise<SupplierClaim[]> {
  const rows = await db
    .selectFrom('supplierClaim as c')
    .innerJoin('serviceCredit', 'serviceCredit.id', 'c.creditId')
    .select(['c.id', 'c.creditId as credit', 'c.level', 'c.creditMinor', 'c.missed', 'c.missedWith', 'c.amountMinor'])
    .select(['c.state', 'c.recoveredMinor', 'c.claimedOn', 'c.settledOn', 'c.note', 'c.version'])
    .select([
      sql<string>`to_char(c.month, 'YYYY-MM')`.as('month'),
      sql<StatedLevel[]>`service_credit.levels`.as('levels'),
    ])
    .where('c.supplierContractId', '=', contractId)
    .execute()
  return rows.map(({ levels, ...row }) => ({
    ...row,
    state: row.state as ClaimState,
    name: levels.find(({ level }) => level === row.level)?.name ?? row.level,
  }))
}

/** What the levels of our credits cost for which it is to answer; nothing where clocks do not prove it. */
async function openClaims({ db, now }: Context, agreed: Agreed): Promise<SupplierClaim[]> {
  const { contractId, recoveryBp } = agreed
  if (contractId === null || agreed.agreementId === null || recoveryBp === 0) return []
  const credits = await db
    .selectFrom('serviceCredit')
    .select(['id', sql<string>`to_char(month, 'YYYY-MM')`.as('month'), sql<StatedLevel[]>`levels`.as('levels')])
    .where('contractId', '=', contractId)
    .where('state', 'not in', ['calculated', 'internal-review', 'waived', 'earned-back'])
    .where('amountMinor', '>', 0)
    .where('month', '>=', yearBefore(now))
    .execute()
  const claims: SupplierClaim[] = []
  for (const { id: credit, month, levels } of credits) {
    for (const { level, name, shareMinor, source } of levels) {
      if (shareMinor === 0 || source === null) continue
      const { missed, missedWith } = await missedOf(db, agreed, month, source)
      const amountMinor = missed === 0 ? 0 : partOf(shareMinor, missedWith * recoveryBp, missed * 10_000)
      if (amountMinor === 0) continue
      const figures = { creditMinor: shareMinor, missed, missedWith, amountMinor }
      const open = { id: null, state: 'open', recoveredMinor: null, claimedOn: null, settledOn: null } as const
      claims.push({ ...open, ...figures, credit, level, name, month, note: null, version: 0 })
    }
  }
  return claims
}

async function missedOf(db: Db, { agreementId, customerId }: Agreed, month: string, source: LevelSource) {
  if (source.of !== 'attainment') return { missed: 0, missedWith: 0 }
  const { rows } = await sql<{ missed: string; missedWith: string }>`
    select missed, missed_with as "missedWith" from missed_of_level(${agreementId}, ${customerId}, ${`${month}-01`},
      ${source.metric}, ${source.priority}, ${source.service})`.execute(db)
  return { missed: Number(rows[0]?.missed ?? 0), missedWith: Number(rows[0]?.missedWith ?? 0) }
}

/** Claims it back, once; it stays as it was reckoned. */
export async function claim(
  context: Context,
  contractId: string,
  given: { readonly credit: string; readonly level: string },
): Promise<SupplierClaim> {
  require(barredFromContracting(context.actor))
  const { db, now } = context
  const agreed = await requireAgreed(db, contractId)
  const found = (await openClaims(context, agreed)).find(
    ({ credit, level }) => credit === given.credit && level === given.level,
  )
  if (found === undefined) throw invalid('supplier-claim.nothing', {}, { errors: [{ path: 'level', message: '' }] })
  const { creditMinor, missed, missedWith, amountMinor, month } = found
  const { supplierId, customerId } = agreed
  const id = newId(now.getTime())
  await explaining({ supplier_claim_supplier_contract_id_credit_id_level_key: 'supplier-claim.claimed' }, {}, () =>
    db
      .insertInto('supplierClaim')
      .values({
        id,
        supplierContractId: agreed.id,
        supplierId,
        customerId,
        creditId: given.credit,
        level: given.level,
        month: `${month}-01`,
        creditMinor,
        missed,
        missedWith,
        amountMinor,
        claimedOn: now.toISOString().slice(0, 10),
      })
      .execute(),
  )
  const facts = { number: agreed.number, month }
  await audit(context, {
    action: 'supplier-claim.claimed',
    subjectType: 'supplier',
    subjectId: supplierId,
    customerId,
    facts,
  })
  return requireClaim(db, agreed.id, id)
}

async function requireClaim(db: Db, contractId: string, id: string): Promise<SupplierClaim> {
  const found = (await claimsOf(db, contractId)).find((each) => each.id === id)
  if (found === undefined) throw notFound('supplier-claim.not-found')
  return found
}

/** What comes back lowers what our contract costs, in the first month that is open. */
export async function settleClaim(
  context: Context,
  id: string,
  version: number,
  { to, amountMinor, note }: ClaimStep,
): Promise<SupplierClaim> {
  require(barredFromContracting(context.actor))
  const { db, now } = context
  const row = await db
    .selectFrom('supplierClaim')
    .select([
      'supplierContractId',
      'state',
      'amountMinor',
      'version',
      sql<string>`to_char(month, 'YYYY-MM')`.as('month'),
    ])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (row === undefined) throw notFound('supplier-claim.not-found')
  if (row.version !== version) throw new Failure('moved-on', 'request.moved-on')
  if (row.state !== 'claimed') throw refused('supplier-claim.settled')
  const agreed = await requireAgreed(db, row.supplierContractId)
  const recoveredMinor = to === 'refused' ? null : (amountMinor ?? row.amountMinor)
  if (recoveredMinor !== null && recoveredMinor > row.amountMinor)
    throw invalid('supplier-claim.more', {}, { errors: [{ path: 'amountMinor', message: '' }] })
  const today = now.toISOString().slice(0, 10)
  await db
    .updateTable('supplierClaim')
    .set({ state: to, recoveredMinor, note, settledOn: today, version: version + 1 })
    .where('id', '=', id)
    .execute()
  const { customerId, contractId, supplierId, serviceId, number } = agreed
  if (recoveredMinor !== null && contractId !== null) {
    const month = await firstOpenFrom(db, customerId, today.slice(0, 7))
    const about = { reference: number, description: `${number} ${row.month}`, serviceId }
    await postRecovery(context, contractId, { ...about, month, category: 'supplier', amountMinor: recoveredMinor })
  }
  const facts = { number, month: row.month, to }
  await audit(context, {
    action: 'supplier-claim.settled',
    subjectType: 'supplier',
    subjectId: supplierId,
    customerId,
    facts,
  })
  return requireClaim(db, agreed.id, id)
}
