import { refused } from '#core/failure.ts'
import { barredFromManaging, require } from '#core/may.ts'
import type { Context } from '#platform/context.ts'
import { audit } from '#platform/history.ts'
import { about, getAgreement, lockAgreement, moveOn } from './agreements.ts'
import type { Agreement, AgreementKind } from './api.ts'
import { partyOf } from './chains.ts'

/** States of what was promised to nobody yet. */
export const drafts: ReadonlySet<string> = new Set(['draft', 'negotiating', 'agreed'])

/**
 * Says anew with whom an agreement is. Refuses it once a version was in force: what was promised, was promised by somebody.
 * With the customer it stands behind no other any more.
 */
export async function changeKind(
  context: Context,
  id: string,
  { version, type, party }: AgreementKind & { readonly version: number },
): Promise<Agreement> {
  require(barredFromManaging(context.actor))
  const { db } = context
  const agreement = await lockAgreement(db, id, version)
  if (agreement.versions.some(({ state }) => !drafts.has(state))) throw refused('agreement.kind-held')
  const kind = await partyOf(db, { type, party })
  if (type === 'sla') await db.deleteFrom('agreementSupport').where('supportedBy', '=', id).execute()
  await db.updateTable('agreement').set(kind).where('id', '=', id).execute()
  await moveOn(db, id)
  await audit(context, {
    action: 'agreement.kind-changed',
    ...about(agreement),
    facts: { from: agreement.type, ...kind },
  })
  return getAgreement(db, id)
}
