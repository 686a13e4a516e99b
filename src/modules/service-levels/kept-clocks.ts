import type { Ask } from './ask.ts'
import { dateOf } from './clock-row.ts'

/** A clock as it is stored, as far as what replaces it must know. */
export interface KeptClock {
  readonly id: string
  readonly incidentId: string
  readonly customerId: string
  readonly number: string
  readonly metric: string
  readonly priority: string
  readonly siteId: string | null
  readonly serviceId: string | null
  readonly teamId: string | null
  readonly agreementVersionId: string
  readonly state: string
  readonly targetId: string
  readonly elapsedMs: number
  readonly startedAt: Date | null
  readonly dueAt: Date | null
  readonly stoppedAt: Date | null
  readonly targetMs: number
  readonly round: number
  readonly toldBp: number
  readonly attachedAt: Date | null
  readonly gapsMet: number | null
  readonly gapsFailed: number | null
  /** JSON. */
  readonly exclusion: string | null
}

/** The clocks of these incidents, locked, since what is told of a clock is written down by somebody else. */
export function lockClocks(ask: Ask, incidentIds: readonly string[]): Promise<readonly KeptClock[]> {
  return readClocks(ask, incidentIds, 'for update')
}

export async function readClocks(
  ask: Ask,
  incidentIds: readonly string[],
  locking: 'for update' | '' = '',
): Promise<readonly KeptClock[]> {
  if (incidentIds.length === 0) return []
  const rows = await ask<StoredClock>(
    `select id, incident_id as "incidentId", customer_id as "customerId", number, metric, priority, site_id as "siteId",
       service_id as "serviceId", team_id as "teamId", agreement_version_id as "agreementVersionId", state,
       target_id as "targetId", elapsed_ms as "elapsedMs", ${momentOf('started_at')} as "startedAt", ${momentOf('due_at')} as "dueAt",
       ${momentOf('stopped_at')} as "stoppedAt", target_ms as "targetMs", round, told_bp as "toldBp",
       ${momentOf('attached_at')} as "attachedAt", gaps_met as "gapsMet", gaps_failed as "gapsFailed", exclusion::text
     from clock where incident_id = any($1::uuid[]) order by id ${locking}`,
    [incidentIds],
  )
  return rows.map(withDates)
}

type Moment = 'startedAt' | 'dueAt' | 'stoppedAt' | 'attachedAt'
type StoredClock = Omit<KeptClock, Moment> & Readonly<Record<Moment, number | null>>

/** In the place of what was read: a copy of each row costs more than reading it. */
function withDates(row: StoredClock): KeptClock {
  const { startedAt, dueAt, stoppedAt, attachedAt } = row
  const dates: Record<Moment, Date | null> = {
    startedAt: dateOf(startedAt),
    dueAt: dateOf(dueAt),
    stoppedAt: dateOf(stoppedAt),
    attachedAt: dateOf(attachedAt),
  }
  return Object.assign(row, dates)
}

/** SQL: a moment in epoch milliseconds, which is quicker to write and to read than a date. */
export function momentOf(column: string): string {
  return `round(date_part('epoch', ${column}) * 1000)`
}
