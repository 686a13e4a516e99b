import { sql } from 'kysely'
import { notFound, refused } from '#core/failure.ts'
import { barredFromManaging, require } from '#core/may.ts'
import type { Context, Db } from '#platform/context.ts'
import { audit, record } from '#platform/history.ts'
import { about, getAgreement, lockAgreement, moveOn } from './agreements.ts'
import type { Agreement, AgreementVersion, ForeseenActivation } from './api.ts'

/**
 * Ends what was promised at a moment: incidents that are opened from then on have no clocks. At a moment to come the
 * version stays in force until then; at one that has passed the clocks of incidents opened since are taken away, in the
 * background.
 */
export async function endAgreementVersion(
  context: Context,
  id: string,
  { versionId, version, at }: { readonly versionId: string; readonly version: number; readonly at: Date },
): Promise<Agreement> {
  require(barredFromManaging(context.actor))
  const { db, now } = context
  const agreement = await lockAgreement(db, id, version)
  const chosen = versionOf(agreement, versionId)
  if (chosen.state !== 'active') throw refused('agreement.not-in-force')
  if (at <= chosen.validFrom) throw refused('agreement.ends-before-it-begins')
  await db
    .updateTable('agreementVersion')
    .set({ validTo: at, state: at <= now ? 'terminated' : 'active' })
    .where('id', '=', versionId)
    .execute()
  await moveOn(db, id)
  const facts = { number: chosen.number, at }
  await audit(context, { action: 'agreement.ended', ...about(agreement), facts })
  const kind = agreement.type === 'sla' ? 'agreement.ended' : 'agreement.behind-changed'
  await record(context, { kind, ...about(agreement), facts })
  return getAgreement(db, id)
}

/** What putting a version in force would do. Counts only; nothing is changed. */
export async function foreseeActivation(
  { db, now }: Context,
  id: string,
  versionId: string,
): Promise<ForeseenActivation> {
  const agreement = await getAgreement(db, id)
  const chosen = versionOf(agreement, versionId)
  const counts =
    agreement.type === 'sla'
      ? await incidentsSince(db, agreement.customerId, chosen)
      : { openIncidents: 0, endedIncidents: 0 }
  const before = agreement.versions.find(({ state, id: other }) => state === 'active' && other !== versionId)
  return {
    ...counts,
    replaces: before === undefined ? null : { number: before.number, until: chosen.validFrom },
    beforeNow: chosen.validFrom < now,
  }
}

async function incidentsSince(
  db: Db,
  customerId: string,
  { validFrom, serviceIds }: Pick<AgreementVersion, 'validFrom' | 'serviceIds'>,
): Promise<{ openIncidents: number; endedIncidents: number }> {
  const { rows } = await sql<{ openIncidents: number; endedIncidents: number }>`
    select count(*) filter (where i.state not in ('resolved', 'closed', 'cancelled'))::int as "openIncidents",
      count(*) filter (where i.state in ('resolved', 'closed', 'cancelled'))::int as "endedIncidents"
    from incident i where i.customer_id = ${customerId} and i.opened_at >= ${validFrom}
      ${serviceIds.length === 0 ? sql`` : sql`and i.service_id = any(${serviceIds}::uuid[])`}`.execute(db)
  return rows[0]!
}

function versionOf(agreement: Agreement, versionId: string): AgreementVersion {
  const version = agreement.versions.find((each) => each.id === versionId)
  if (!version) throw notFound('agreement.not-found', { agreement: versionId })
  return version
}
