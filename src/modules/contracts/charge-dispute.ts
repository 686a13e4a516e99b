import { sql } from 'kysely'
import { notFound, refused } from '#core/failure.ts'
import { barredFromCharges, barredFromContracting, require } from '#core/may.ts'
import type { Context } from '#platform/context.ts'
import { audit } from '#platform/history.ts'
import type { Given } from '#platform/http.ts'
import type { Charge, Contradiction, disputeCharge } from './api.ts'
import { chargeOf, charges } from './charges.ts'
import { type Disputed, raiseDispute, requireDisputable } from './disputes.ts'

type Door = Pick<Given<typeof disputeCharge>, 'inTransaction' | 'asProgram'>

/** Contradicts a charge: the customer’s contract side does, or one of ours who writes down what they say. */
export async function dispute({ inTransaction, asProgram }: Door, id: string, said: Contradiction): Promise<Charge> {
  const { position } = said
  const read = (context: Context) => charges(context).where('charge.id', '=', id).executeTakeFirst()
  const { about, byCustomer } = await inTransaction('read only', async (context) => {
    require(
      context.actor.access === 'customer' ? barredFromCharges(context.actor) : barredFromContracting(context.actor),
    )
    const row = await read(context)
    if (row === undefined) throw notFound('charge.not-found')
    if (row.state !== 'reviewed') throw refused('charge.cannot', { state: row.state, to: 'disputed' })
    const { contractId, month, name, amountMinor } = row
    const disputed: Disputed = { contractId, month, subject: { chargeId: id, name }, amountMinor }
    await requireDisputable(context, disputed, said)
    return { about: disputed, byCustomer: context.actor.access === 'customer' }
  })
  await asProgram(async (context) => {
    const { db, now } = context
    const changed = await db
      .updateTable('charge')
      .set({ state: 'disputed', dispute: position, disputedAt: now, version: sql`version + 1` })
      .where('id', '=', id)
      .where('state', '=', 'reviewed')
      .returning(['customerId'])
      .executeTakeFirst()
    if (changed === undefined) throw refused('charge.cannot', { state: 'disputed', to: 'disputed' })
    await raiseDispute(context, about, { ...said, byCustomer })
    await audit(context, {
      action: 'charge.disputed',
      subjectType: 'charge',
      subjectId: id,
      customerId: changed.customerId,
    })
    return null
  })
  return inTransaction('read only', async (context) => chargeOf((await read(context))!))
}
