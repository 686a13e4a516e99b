import { sql } from 'kysely'
import { yearOf } from '#core/credit.ts'
import { lastClaimDay } from '#core/earn-back.ts'
import { invalid, notFound, refused } from '#core/failure.ts'
import { newId } from '#core/id.ts'
import { barredFromContracting, require } from '#core/may.ts'
import { monthsAfter } from '#core/recurrence.ts'
import { addCreditCharge, requireContract, todayOf } from '#modules/contracts'
import type { Context } from '#platform/context.ts'
import { audit } from '#platform/history.ts'
import type { Credit, StatedLevel } from './api.ts'
import { readCredit } from './credits.ts'
import { ledgerUpTo } from './simulate.ts'

/**
 * Gives back what one level of a credit cost, once the ledger says that it was earned back. What the other levels cost stays
 * taken off; when nothing is left that could come back, the credit is earned back as a whole.
 */
export async function returnLevel(context: Context, id: string, level: string): Promise<Credit> {
  require(barredFromContracting(context.actor))
  const { db, now, actor } = context
  const credit = await db
    .selectFrom('serviceCredit')
    .select(['contractId', 'customerId', 'state', sql<string>`to_char(month, 'YYYY-MM')`.as('month')])
    .select(sql<StatedLevel[]>`levels`.as('levels'))
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (credit === undefined) throw notFound('credit.not-found')
  const { contractId, customerId, month, levels } = credit
  const costly = levels.filter(({ shareMinor }) => shareMinor > 0)
  const told = costly.find((each) => each.level === level)
  if (told === undefined) throw invalid('credit.no-level', { level }, { errors: [{ path: 'level', message: '' }] })
  if (credit.state !== 'applied') throw refused('credit.cannot', { state: credit.state, to: 'earned-back' })
  const { isEarned, claimUntil } = await earningOf(context, contractId, { month, level })
  if (!isEarned) throw refused('credit.not-earned', { level: told.name })
  if (claimUntil !== null && claimUntil < todayOf((await requireContract(db, contractId)).timeZone, now))
    throw refused('credit.claimed-late', { level: told.name, on: claimUntil })

  const amountMinor = told.shareMinor
  const returnId = newId(now.getTime())
  const written = await db
    .insertInto('creditReturn')
    .values({ id: returnId, creditId: id, customerId, level, amountMinor, returnedBy: actor.personId, returnedAt: now })
    .onConflict((conflict) => conflict.columns(['creditId', 'level']).doNothing())
    .returning('id')
    .executeTakeFirst()
  if (written === undefined) throw refused('credit.returned', { level: told.name })
  const charge = await addCreditCharge(context, contractId, {
    month,
    amountMinor: -amountMinor,
    name: month,
    about: told.name,
  })
  await db.updateTable('creditReturn').set({ chargeId: charge.id }).where('id', '=', returnId).execute()
  const { returned } = await db
    .selectFrom('creditReturn')
    .select((of) => of.fn.countAll<number>().as('returned'))
    .where('creditId', '=', id)
    .executeTakeFirstOrThrow()
  await db
    .updateTable('serviceCredit')
    .set({ version: sql`version + 1`, ...(returned === costly.length && { state: 'earned-back' }) })
    .where('id', '=', id)
    .execute()
  const facts = { level, amountMinor, month: charge.month }
  await audit(context, { action: 'credit.returned', subjectType: 'service-credit', subjectId: id, customerId, facts })
  return readCredit(context, id)
}

interface Earning {
  /** Of the credit. */
  readonly month: string
  readonly level: string
}

/**
 * Whether it was earned, by the ledger up to the last month that is over (of averages the credits of a contract’s year stand
 * together), and the last day on which it can be claimed back, if it has to be.
 */
async function earningOf(context: Context, contractId: string, { month, level }: Earning) {
  const { timeZone, startsOn } = await requireContract(context.db, contractId)
  const last = monthsAfter(`${todayOf(timeZone, context.now).slice(0, 7)}-01`, -1).slice(0, 7)
  const startMonth = Number(startsOn.slice(5, 7))
  const { ledger, earnBack } = await ledgerUpTo(context, contractId, { month, last })
  const at = earnBack?.kind === 'average' ? yearOf(month, startMonth) : month
  const entry = ledger.find((each) => each.level === level && each.month === at)
  return {
    isEarned: entry?.outcome === 'earned-back',
    claimUntil: earnBack === null ? null : lastClaimDay(earnBack, month, startMonth),
  }
}
