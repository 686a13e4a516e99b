import { barredFromManaging, require } from '#core/may.ts'
import type { Context } from '#platform/context.ts'
import { audit, record } from '#platform/history.ts'
import { about, getAgreement, lockAgreement, moveOn } from './agreements.ts'
import type { Agreement, NewAgreement } from './api.ts'
import { standBehind } from './chains.ts'

/**
 * Says anew which agreements rely on one of a team or a supplier. Refuses it of an agreement with the customer, which stands
 * behind none, and a chain that would come back to where it began.
 */
export async function changeBehind(
  context: Context,
  id: string,
  { version, behind }: { readonly version: number; readonly behind: NonNullable<NewAgreement['behind']> },
): Promise<Agreement> {
  require(barredFromManaging(context.actor))
  const { db } = context
  const agreement = await lockAgreement(db, id, version)
  await db.deleteFrom('agreementSupport').where('supportedBy', '=', id).execute()
  await standBehind(db, agreement, behind)
  await moveOn(db, id)
  await audit(context, { action: 'agreement.behind-changed', ...about(agreement), facts: { behind } })
  await record(context, { kind: 'agreement.behind-changed', ...about(agreement), facts: { behind } })
  return getAgreement(db, id)
}
