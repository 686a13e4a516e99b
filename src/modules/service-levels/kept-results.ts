import { newId } from '#core/id.ts'
import type { Ask } from './ask.ts'
import { isSameResult, type Result, verdictOf } from './settlement.ts'
import type { ClockChange } from './settling.ts'

/** Why results were counted anew. */
export interface Keeping {
  readonly now: Date
  readonly cause: 'history' | 'recompute' | 'import' | 'correction'
  readonly correctionId?: string | undefined
  /** False: what stays as it was told in a locked month is not adjusted either, for whoever only wants to know. */
  readonly adjust?: boolean
}

/** A result that was replaced by another one. */
export interface KeptResult {
  readonly id: string
  readonly clockId: string
  readonly incidentId: string
  readonly customerId: string
  readonly metric: string
  readonly number: string
  readonly result: Result
  readonly cause: Keeping['cause']
  readonly correctionId: string | null
  readonly keptAt: Date
}

/**
 * Keeps the results that were replaced, and enters adjustments into the open period.
 *
 * @param insert Writes down what was replaced; for whoever has a quicker way for many.
 */
export async function keepResults(
  ask: Ask,
  changes: readonly ClockChange[],
  { now, cause, correctionId, adjust = true }: Keeping,
  insert: (kept: readonly KeptResult[]) => Promise<void> = (kept) => insertKept(ask, kept),
): Promise<void> {
  const kept = changes.flatMap(({ stored, was, is, before }): KeptResult[] => {
    if (!stored || before === null || verdictOf(was) === null || isSameResult(was, is)) return []
    const { id: clockId, incidentId, customerId, metric, number } = before
    const of = { clockId, incidentId, customerId, metric, number }
    return [{ id: newId(now.getTime()), ...of, result: was!, cause, correctionId: correctionId ?? null, keptAt: now }]
  })
  if (kept.length > 0) await insert(kept)
  const adjusted = changes.filter(({ adjustment, stored }) => adjustment !== null && (adjust || stored))
  if (adjusted.length === 0) return
  await ask(
    `insert into adjustment (id, customer_id, clock_id, incident_id, number, metric, priority, site_id, service_id, team_id,
       agreement_version_id, month, entered_month, met, failed, excluded, before, after, cause, correction_id, created_at)
     select a.id, a.customer_id, a.clock_id, a.incident_id, a.number, a.metric, a.priority, a.site_id, a.service_id, a.team_id,
       a.agreement_version_id, a.month, date_trunc('month', $2::timestamptz at time zone u.time_zone)::date,
       a.met, a.failed, a.excluded, nullif(a.before, 'null'), nullif(a.after, 'null'), a.cause, a.correction_id, $2
     from jsonb_populate_recordset(null::adjustment, $1::jsonb) a join customer u on u.id = a.customer_id`,
    [
      JSON.stringify(
        adjusted.map((change) => ({ cause, correction_id: correctionId ?? null, ...adjustmentOf(change, now) })),
      ),
      now,
    ],
  )
}

async function insertKept(ask: Ask, kept: readonly KeptResult[]): Promise<void> {
  await ask(
    `insert into clock_result (id, clock_id, incident_id, customer_id, metric, number, result, cause, correction_id, kept_at)
     select k.id, k."clockId", k."incidentId", k."customerId", k.metric, k.number, k.result, k.cause, k."correctionId", k."keptAt"
     from jsonb_to_recordset($1::jsonb) as k(id uuid, "clockId" uuid, "incidentId" uuid, "customerId" uuid, metric text, number text,
       result jsonb, cause text, "correctionId" uuid, "keptAt" timestamptz)`,
    [JSON.stringify(kept)],
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
