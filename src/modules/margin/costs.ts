import { invalid, refused } from '#core/failure.ts'
import { newId } from '#core/id.ts'
import { costAccounts, type CostAccount, postedCost } from '#core/ledger.ts'
import { barredFromContracting, require } from '#core/may.ts'
import { monthsAfter } from '#core/recurrence.ts'
import { requireContract, requireLinesOpen, requireOpen } from '#modules/contracts'
import { requireService } from '#modules/services'
import { amountLines } from '#platform/amount-file.ts'
import type { Context, Db } from '#platform/context.ts'
import { audit } from '#platform/history.ts'
import type { NewCost, NewCostImport } from './api.ts'

/** Posts a cost. One that is only expected is accrued, and taken back by itself in the month after. */
export async function addCost(context: Context, contractId: string, given: NewCost): Promise<{ ids: string[] }> {
  require(barredFromContracting(context.actor))
  const { db, now, actor } = context
  const { customerId } = await requireContract(db, contractId)
  const { month, category, amountMinor, accrued, reference, description } = given
  const next = monthsAfter(`${month}-01`, 1).slice(0, 7)
  await requireOpen(db, customerId, month)
  if (accrued) await requireOpen(db, customerId, next)
  const serviceId = given.service === null ? null : (await requireService(db, customerId, given.service)).id
  const of = { contractId, customerId, serviceId, amountMinor, description, reference }
  const who = { source: 'by-hand', postedBy: actor.personId, postedAt: now } as const
  const cost = `cost:${category}`
  const id = newId(now.getTime())
  const first = { id, ...of, ...who, month: `${month}-01`, debit: cost, credit: accrued ? 'accrued' : 'payable' }
  const back = { ...first, id: newId(now.getTime()), month: `${next}-01`, debit: 'accrued', credit: cost, sourceId: id }
  const rows = accrued ? [{ ...first, sourceId: null }, back] : [{ ...first, sourceId: null }]
  const version = accrued ? 'accrual' : 'actual'
  await db
    .insertInto('posting')
    .values(rows.map((row) => ({ ...row, version })))
    .execute()
  await audit(context, {
    action: 'cost.posted',
    subjectType: 'contract',
    subjectId: contractId,
    customerId,
    facts: { month, category },
  })
  return { ids: rows.map((row) => row.id) }
}

interface Recovered {
  readonly month: string
  readonly category: CostAccount
  readonly amountMinor: number
  readonly serviceId: string | null
  readonly reference: string
  readonly description: string
}

/** Posts what comes back of a cost: the other way round than the cost was. */
export async function postRecovery(
  context: Context,
  contractId: string,
  { month, category, ...given }: Recovered,
): Promise<void> {
  require(barredFromContracting(context.actor))
  const { db, now, actor } = context
  const { customerId } = await requireContract(db, contractId)
  await requireOpen(db, customerId, month)
  const row = { id: newId(now.getTime()), contractId, customerId, month: `${month}-01`, ...given }
  const booked = { version: 'actual', debit: 'payable', credit: `cost:${category}`, source: 'by-hand' } as const
  await db
    .insertInto('posting')
    .values({ ...row, ...booked, postedBy: actor.personId, postedAt: now })
    .execute()
  const facts = { month, category }
  await audit(context, { action: 'cost.recovered', subjectType: 'contract', subjectId: contractId, customerId, facts })
}

/** Takes in costs, all or none. What was taken in before is known by its reference and stays as it was. */
export async function importCosts(
  context: Context,
  contractId: string,
  { text, decimal }: NewCostImport,
): Promise<{ posted: number; known: number }> {
  require(barredFromContracting(context.actor))
  const { currency } = await requireContract(context.db, contractId)
  return postCosts(context, contractId, linesOf(text, { decimal, currency }))
}

/** A cost that was invoiced to us, in the currency of the contract; below zero a credit note. */
export interface PostedCost {
  /** Where it stands in its file. */
  readonly line: number
  readonly month: string
  readonly category: CostAccount
  readonly amountMinor: number
  readonly reference: string
  readonly description: string | null
  readonly serviceId?: string | null
}

/** Posts costs, all or none; what is known stays, and what is known otherwise is refused. */
export async function postCosts(
  context: Context,
  contractId: string,
  read: readonly PostedCost[],
): Promise<{ posted: number; known: number }> {
  require(barredFromContracting(context.actor))
  const { db, now, actor } = context
  const { customerId } = await requireContract(db, contractId)
  const before = await knownOf(db, contractId, read)
  const fresh: PostedCost[] = []
  for (const each of read) {
    const known = before.get(each.reference)
    if (known === undefined) fresh.push(each)
    else if (known !== saidOf(each.month, postedCost(each.category, each.amountMinor)))
      throw refused('cost-import.changed', { line: each.line, reference: each.reference })
  }
  await requireLinesOpen(db, customerId, fresh)
  const who = { postedBy: actor.personId, postedAt: now }
  for (let from = 0; from < fresh.length; from += 2000) {
    const rows = fresh.slice(from, from + 2000).map(({ line: _line, category, month, amountMinor, ...each }) => ({
      id: newId(now.getTime()),
      contractId,
      customerId,
      month: `${month}-01`,
      version: 'actual',
      source: 'import',
      ...each,
      ...postedCost(category, amountMinor),
      ...who,
    }))
    await db.insertInto('posting').values(rows).execute()
  }
  const facts = { posted: fresh.length }
  await audit(context, { action: 'costs.imported', subjectType: 'contract', subjectId: contractId, customerId, facts })
  return { posted: fresh.length, known: read.length - fresh.length }
}

/** What stands in the file, or the first thing that is wrong with it. */
function linesOf(
  text: string,
  { decimal, currency }: { readonly decimal: NewCostImport['decimal']; readonly currency: string },
): PostedCost[] {
  return amountLines(text, { decimal, currency, columns: ['category'] }).map(
    ({ columns: { category = '' }, currency: _currency, ...each }) => {
      if (!(costAccounts as readonly string[]).includes(category))
        throw invalid('cost-import.category', { line: each.line, category })
      return { ...each, category: category as CostAccount }
    },
  )
}

async function knownOf(db: Db, contractId: string, read: readonly PostedCost[]): Promise<ReadonlyMap<string, string>> {
  if (read.length === 0) return new Map()
  const rows = await db
    .selectFrom('posting')
    .select(['reference', 'month', 'debit', 'credit', 'amountMinor'])
    .where('contractId', '=', contractId)
    .where('source', '=', 'import')
    .where(
      'reference',
      'in',
      read.map(({ reference }) => reference),
    )
    .execute()
  return new Map(rows.map((row) => [row.reference!, saidOf(row.month.slice(0, 7), row)]))
}

/** What a posting says, to see whether a file says the same. */
function saidOf(
  month: string,
  { debit, credit, amountMinor }: { readonly debit: string; readonly credit: string; readonly amountMinor: number },
): string {
  return `${month} ${debit} ${credit} ${amountMinor}`
}
