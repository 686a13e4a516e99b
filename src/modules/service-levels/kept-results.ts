import { newId } from '#core/id.ts'
import type { Ask } from './ask.ts'
import { isSameResult, type Result } from './settlement.ts'
import type { ClockChange } from './settling.ts'

/** Why results were counted anew. */
export interface Keeping {
  readonly now: Date
  readonly cause: 'history' | 'recompute' | 'import' | 'correction'
  readonly correctionId?: string | undefined
  /** False: what stays as it was told in a locked month is not adjusted either, for whoever only wants to know. */
  readonly adjust?: boolean
}

/** A result that was replaced by another one, of an incident's clock or of an order. */
interface KeptResult {
  readonly id: string
  readonly clockId: string | null
  readonly incidentId: string | null
  readonly requestId: string | null
  readonly customerId: string
  readonly metric: string
  readonly number: string
  readonly result: Result
  readonly cause: Keeping['cause']
  readonly correctionId: string | null
  readonly keptAt: Date
}

/** Keeps the results that were replaced, and enters adjustments into the open period. */
export async function keepResults(ask: Ask, changes: readonly ClockChange[], keeping: Keeping): Promise<void> {
  const { now, cause, correctionId } = keeping
  const kept = changes.filter(isReplaced).map((change): KeptResult => {
    const { id: clockId, incidentId, customerId, metric, number } = change.before!
    const of = { clockId, incidentId, requestId: null, customerId, metric, number }
    const result = change.was!
    return { id: newId(now.getTime()), ...of, result, cause, correctionId: correctionId ?? null, keptAt: now }
  })
  await insertKept(ask, kept)
  await adjustResults(ask, changes, keeping)
}

/**
 * Keeps the results of many clocks that are about to be replaced, as they are still stored: nothing of them is sent there
 * and back. To be called before they are changed, with the clocks locked.
 */
export async function keepStored(
  ask: Ask,
  changes: readonly ClockChange[],
  { now, cause, correctionId }: Keeping,
): Promise<void> {
  const replaced = changes.filter(isReplaced)
  if (replaced.length === 0) return
  await ask(
    `insert into clock_result (id, clock_id, incident_id, customer_id, metric, number, result, cause, correction_id, kept_at)
     select n.id, c.id, c.incident_id, c.customer_id, c.metric, c.number, jsonb_build_object('state', c.state,
       'startedAt', ${textOf('c.started_at')}, 'dueAt', ${textOf('c.due_at')}, 'stoppedAt', ${textOf('c.stopped_at')},
       'targetMs', c.target_ms, 'elapsedMs', c.elapsed_ms, 'excluded', c.exclusion is not null), $3, $4, $5
     from unnest($1::uuid[], $2::uuid[]) n(id, clock_id) join clock c on c.id = n.clock_id`,
    [
      replaced.map(() => newId(now.getTime())),
      replaced.map(({ before }) => before!.id),
      cause,
      correctionId ?? null,
      now,
    ],
  )
}

/** SQL: a moment as results hold it. */
function textOf(column: string): string {
  return `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
}

/** Whether a result that counted is replaced by another one. */
function isReplaced(change: ClockChange): boolean {
  const { stored, before, after } = change
  if (!stored || before === null || before.stoppedAt === null) return false
  if (before.state !== 'met' && before.state !== 'breached-stopped') return false
  // Seen at once of most of many.
  if (after !== null && (after.state !== before.state || after.elapsedMs !== before.elapsedMs)) return true
  return !isSameResult(change.was, change.is)
}

/** Enters what differs in locked periods into the open one. */
export async function adjustResults(ask: Ask, changes: readonly ClockChange[], keeping: Keeping): Promise<void> {
  const { now, adjust = true } = keeping
  const adjusted = changes.filter(({ adjustment, stored }) => adjustment !== null && (adjust || stored))
  await enterAdjustments(
    ask,
    adjusted.map((change) => adjustmentOf(change, now)),
    keeping,
  )
}

/** An adjustment as it is written, but for why and when. */
export interface AdjustmentEntry {
  readonly id: string
  readonly customer_id: string
  readonly number: string
  readonly metric: string
  readonly clock_id?: string
  readonly incident_id?: string
  /** Of an order, in the place of a clock and its incident. */
  readonly request_id?: string
  readonly priority?: string
  readonly site_id: string | null
  readonly service_id: string | null
  readonly team_id?: string | null
  readonly agreement_version_id: string | null
  /** First day. */
  readonly month: string
  readonly met: number
  readonly failed: number
  readonly excluded: number
  readonly before: Result | null
  readonly after: Result | null
}

/** Writes adjustments into the month that is open now. */
export async function enterAdjustments(
  ask: Ask,
  entries: readonly AdjustmentEntry[],
  { now, cause, correctionId }: Keeping,
): Promise<void> {
  if (entries.length === 0) return
  await ask(
    `insert into adjustment (id, customer_id, clock_id, incident_id, request_id, number, metric, priority, site_id, service_id,
       team_id, agreement_version_id, month, entered_month, met, failed, excluded, before, after, cause, correction_id, created_at)
     select a.id, a.customer_id, a.clock_id, a.incident_id, a.request_id, a.number, a.metric, a.priority, a.site_id, a.service_id, a.team_id,
       a.agreement_version_id, a.month, date_trunc('month', $2::timestamptz at time zone u.time_zone)::date,
       a.met, a.failed, a.excluded, nullif(a.before, 'null'), nullif(a.after, 'null'), a.cause, a.correction_id, $2
     from jsonb_populate_recordset(null::adjustment, $1::jsonb) a join customer u on u.id = a.customer_id`,
    [JSON.stringify(entries.map((entry) => ({ cause, correction_id: correctionId ?? null, ...entry }))), now],
  )
}

/** Writes down results that were replaced. */
export async function insertKept(ask: Ask, kept: readonly KeptResult[]): Promise<void> {
  if (kept.length === 0) return
  await ask(
    `insert into clock_result (id, clock_id, incident_id, request_id, customer_id, metric, number, result, cause, correction_id, kept_at)
     select k.id, k."clockId", k."incidentId", k."requestId", k."customerId", k.metric, k.number, k.result, k.cause, k."correctionId", k."keptAt"
     from jsonb_to_recordset($1::jsonb) as k(id uuid, "clockId" uuid, "incidentId" uuid, "requestId" uuid, "customerId" uuid, metric text, number text,
       result jsonb, cause text, "correctionId" uuid, "keptAt" timestamptz)`,
    [JSON.stringify(kept)],
  )
}

function adjustmentOf({ before, after, lockedMonth, adjustment }: ClockChange, now: Date): AdjustmentEntry {
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
    site_id: clock.siteId ?? null,
    service_id: clock.serviceId ?? null,
    team_id: clock.teamId ?? null,
    agreement_version_id: clock.agreementVersionId,
    month: `${lockedMonth}-01`,
    ...adjustment!.by,
    before: adjustment!.from,
    after: adjustment!.to,
  }
}
