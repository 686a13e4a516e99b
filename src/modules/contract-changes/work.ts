import { sql } from 'kysely'
import { refused } from '#core/failure.ts'
import { newId } from '#core/id.ts'
import { barredFromContracting, barredFromTerms, require } from '#core/may.ts'
import { requireContract, todayOf } from '#modules/contracts'
import type { Context } from '#platform/context.ts'
import type { Change, ChangeWork } from './api.ts'
import { readChange, told } from './changes.ts'
import { requireChange } from './queries.ts'

/** The latest first. Before the signature is before its day; while nobody signed, all of it is. */
export async function listWork(context: Context, id: string): Promise<ChangeWork[]> {
  if (context.actor.access !== 'auditor') require(barredFromContracting(context.actor))
  await requireChange(context, id)
  return context.db
    .selectFrom('contractChangeWork as w')
    .innerJoin('contractChange', 'contractChange.id', 'w.changeId')
    .select(['w.id', 'w.day', 'w.minutes', 'w.note'])
    .select(sql<boolean>`contract_change.signed_on is null or w.day < contract_change.signed_on`.as('atRisk'))
    .where('w.changeId', '=', id)
    .orderBy('w.day', 'desc')
    .orderBy('w.id', 'desc')
    .limit(500)
    .execute()
}

/** Minutes of a team. What was worked before the signature is seen as leakage for ever. */
export async function workOn(
  context: Context,
  id: string,
  work: { readonly day: string; readonly minutes: number; readonly note: string },
): Promise<Change> {
  require(barredFromTerms(context.actor))
  const { db, now } = context
  const { customerId, contractId } = await requireChange(context, id)
  const { timeZone } = await requireContract(db, contractId)
  if (work.day > todayOf(timeZone, now)) throw refused('change.work-ahead', { on: work.day })
  await db
    .insertInto('contractChangeWork')
    .values({ id: newId(now.getTime()), changeId: id, customerId, ...work, createdAt: now })
    .execute()
  await told(context, 'contract-change.worked', { id, customerId })
  return readChange(context, id)
}
