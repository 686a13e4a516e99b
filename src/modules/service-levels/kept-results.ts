import { newId } from '#core/id.ts'
import type { Ask } from './ask.ts'
import { isSameResult, verdictOf } from './settlement.ts'
import type { ClockChange } from './settling.ts'

/** Why results were counted anew. */
export interface Keeping {
  readonly now: Date
  readonly cause: 'history' | 'recompute' | 'import' | 'correction'
  readonly correctionId?: string | undefined
  /** False: what stays as it was told in a locked month is not adjusted either, for whoever only wants to know. */
  readonly adjust?: boolean
}

/** Keeps the results that were replaced, and enters adjustments into the open period. */
export async function keepResults(
  ask: Ask,
  changes: readonly ClockChange[],
  { now, cause, correctionId, adjust = true }: Keeping,
): Promise<void> {
  const common = { cause, correction_id: correctionId ?? null }
  const replaced = changes.filter(
    ({ stored, was, is, before }) => stored && before !== null && verdictOf(was) !== null && !isSameResult(was, is),
  )
  if (replaced.length > 0) {
    await ask(
      `insert into clock_result (id, clock_id, incident_id, customer_id, metric, number, result, cause, correction_id, kept_at)
       select id, clock_id, incident_id, customer_id, metric, number, result, cause, correction_id, $2
       from jsonb_populate_recordset(null::clock_result, $1::jsonb)`,
      [
        JSON.stringify(
          replaced.map(({ before, was }) => ({
            ...common,
            id: newId(now.getTime()),
            clock_id: before!.id,
            incident_id: before!.incidentId,
            customer_id: before!.customerId,
            metric: before!.metric,
            number: before!.number,
            result: was,
          })),
        ),
        now,
      ],
    )
  }
  const adjusted = changes.filter(({ adjustment, stored }) => adjustment !== null && (adjust || stored))
  if (adjusted.length === 0) return
  await ask(
    `insert into adjustment (id, customer_id, clock_id, incident_id, number, metric, priority, site_id, service_id, team_id,
       agreement_version_id, month, entered_month, met, failed, excluded, before, after, cause, correction_id, created_at)
     select a.id, a.customer_id, a.clock_id, a.incident_id, a.number, a.metric, a.priority, a.site_id, a.service_id, a.team_id,
       a.agreement_version_id, a.month, date_trunc('month', $2::timestamptz at time zone u.time_zone)::date,
       a.met, a.failed, a.excluded, nullif(a.before, 'null'), nullif(a.after, 'null'), a.cause, a.correction_id, $2
     from jsonb_populate_recordset(null::adjustment, $1::jsonb) a join customer u on u.id = a.customer_id`,
    [JSON.stringify(adjusted.map((change) => ({ ...common, ...adjustmentOf(change, now) }))), now],
  )
}

function adjustmentOf({ before, after, lockedMonth, adjustment }: ClockChange, now: Date) {
  // As it was grouped where it was told; what is new, as it is.
  const clock = (before ?? after)!
  return {
    id: newId(now.getTime()),
    customer_id: clock.customerId,
    clock_id: before?.id ?? after!.id,
    incident_id: clock.incidentId,
    number: clock.number,
    metric: clock.metric,
    priority: clock.priority,
    site_id: clock.siteId,
    service_id: clock.serviceId,
    team_id: clock.teamId,
    agreement_version_id: clock.agreementVersionId,
    month: `${lockedMonth}-01`,
    ...adjustment!.by,
    before: adjustment!.from,
    after: adjustment!.to,
  }
}
