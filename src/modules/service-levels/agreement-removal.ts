import { notFound, refused } from '#core/failure.ts'
import { barredFromManaging, require } from '#core/may.ts'
import type { Context } from '#platform/context.ts'
import { audit } from '#platform/history.ts'
import { about, lockAgreement, moveOn } from './agreements.ts'

/**
 * Deletes a draft, which was promised to nobody; with its only version an agreement is gone as well. Refuses a version that
 * is or was in force.
 */
export async function removeAgreementVersion(
  context: Context,
  id: string,
  { versionId, version }: { readonly versionId: string; readonly version: number },
): Promise<{ readonly agreementRemoved: boolean }> {
  require(barredFromManaging(context.actor))
  const { db } = context
  const agreement = await lockAgreement(db, id, version)
  const draft = agreement.versions.find((each) => each.id === versionId)
  if (!draft) throw notFound('agreement.not-found', { agreement: versionId })
  if (draft.state !== 'draft') throw refused('agreement.not-a-draft')
  await db.deleteFrom('agreementVersion').where('id', '=', versionId).execute()
  const facts = { number: draft.number, validFrom: draft.validFrom, calendar: draft.calendarName }
  await audit(context, { action: 'agreement.version-removed', ...about(agreement), facts })
  const agreementRemoved = agreement.versions.length === 1
  if (agreementRemoved) {
    await db.deleteFrom('agreement').where('id', '=', id).execute()
    await audit(context, { action: 'agreement.removed', ...about(agreement), facts: { name: agreement.name } })
  } else await moveOn(db, id)
  return { agreementRemoved }
}
