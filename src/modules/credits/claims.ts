import { sql } from 'kysely'
import { invalid, refused } from '#core/failure.ts'
import { barredFromCharges, barredFromContracting, require } from '#core/may.ts'
import { requireContract, todayOf } from '#modules/contracts'
import type { Context } from '#platform/context.ts'
import { audit } from '#platform/history.ts'
import type { Given } from '#platform/http.ts'
import type { claimCredit, NewNote } from './api.ts'
import { claimDaysOf, lastDayToClaim } from './claim-days.ts'
import { calculateCredit, requireCredit } from './credits.ts'
import { requireRegime } from './regimes.ts'

/** What is known of a miss besides its figure. */
export async function noteMiss(context: Context, contractId: string, { month, level, cause, claimedOn }: NewNote) {
  require(barredFromContracting(context.actor))
  const { db } = context
  await requireContract(db, contractId)
  const { terms } = await requireRegime(db, contractId, month)
  if (!terms.levels.some(({ key }) => key === level))
    throw invalid('credit-note.no-level', { level }, { errors: [{ path: 'level', message: '' }] })
  await keepNote(context, contractId, { month, level, cause, claimedOn })
  return { level, cause, claimedOn }
}

type Known = Pick<NewNote, 'month' | 'level'> & Partial<Pick<NewNote, 'cause' | 'claimedOn'>>

/** What is not said stays as it was. */
async function keepNote(context: Context, contractId: string, { month, level, ...known }: Known): Promise<void> {
  const { db, now, actor } = context
  const { customerId } = await requireContract(db, contractId)
  const said = { ...known, notedBy: actor.personId, notedAt: now }
  await db
    .insertInto('creditNote')
    .values({ contractId, customerId, month: `${month}-01`, level, ...said })
    .onConflict((conflict) => conflict.columns(['contractId', 'month', 'level']).doUpdateSet(said))
    .execute()
  const about = { subjectType: 'contract', subjectId: contractId, customerId, facts: { month, level } }
  await audit(context, { action: 'credit.noted', ...about })
}

type Door = Pick<Given<typeof claimCredit>, 'inTransaction' | 'asProgram'>

/**
 * Claims what a level missed, where the contract says that only what is claimed costs something: the customer's contract side
 * does, or one of ours who writes it down for them. The month is reckoned again at once, and told again once we looked at it.
 */
export async function claimLevel({ inTransaction, asProgram }: Door, id: string, level: string): Promise<null> {
  const { contractId, month } = await inTransaction('read only', async (context) => {
    const { actor, db, now } = context
    require(actor.access === 'customer' ? barredFromCharges(actor) : barredFromContracting(actor))
    const credit = await requireCredit(context, id)
    const days = claimDaysOf(credit.lines, level)
    if (days === null) throw invalid('credit.no-claim', {}, { errors: [{ path: 'level', message: '' }] })
    if (!['calculated', 'internal-review', 'notified'].includes(credit.state))
      throw refused('credit.cannot', { state: credit.state, to: 'internal-review' })
    const last = lastDayToClaim(credit.month, days)
    if (todayOf((await requireContract(db, credit.contractId)).timeZone, now) > last)
      throw refused('credit.claim-over', { on: last })
    return credit
  })
  await asProgram(async (context) => {
    const { timeZone } = await requireContract(context.db, contractId)
    await context.db
      .updateTable('serviceCredit')
      .set({ state: 'internal-review', version: sql`version + 1` })
      .where('id', '=', id)
      .where('state', '=', 'notified')
      .execute()
    await keepNote(context, contractId, { month, level, claimedOn: todayOf(timeZone, context.now) })
    await calculateCredit(context, contractId, month)
    return null
  })
  return null
}
