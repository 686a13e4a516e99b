import type { Db } from '#platform/context.ts'
import type { Ask } from './ask.ts'
import { dateOf } from './clock-row.ts'
import type { IncidentClocks } from './clocks.ts'
import { countTouched, rowOf } from './clocks-behind.ts'
import { momentOf } from './kept-clocks.ts'
import { isSameResult, type Result } from './settlement.ts'
import { resultOf } from './settling.ts'

/** What a team or a supplier promised behind an incident's agreement, before and after it was counted anew. */
export interface BehindChange {
  readonly incidentId: string
  readonly customerId: string
  readonly number: string
  readonly metric: string
  /** The name of the agreement. */
  readonly behind: string
  readonly was: Result | null
  readonly is: Result | null
}

type Moment = 'startedAt' | 'dueAt' | 'stoppedAt'

interface Stored extends Record<Moment, number | null> {
  readonly incidentId: string
  readonly customerId: string
  readonly number: string
  readonly agreementId: string
  readonly behind: string
  readonly metric: string
  readonly state: string
  readonly targetMs: number
  readonly elapsedMs: number
}

/** What counting changes of the clocks behind those of many incidents. Nothing is locked and nothing is written. */
export async function compareBehind(
  db: Db,
  ask: Ask,
  counted: readonly IncidentClocks[],
  now: Date,
): Promise<readonly BehindChange[]> {
  const { touched, clocks } = await countTouched(db, ask, counted, { now })
  if (touched.length === 0) return []
  const stored = await ask<Stored>(
    `select b.incident_id as "incidentId", b.customer_id as "customerId", b.number, b.agreement_id as "agreementId",
       a.name as behind, b.metric, b.state, b.target_ms as "targetMs", b.elapsed_ms as "elapsedMs",
       ${momentOf('b.started_at')} as "startedAt", ${momentOf('b.due_at')} as "dueAt", ${momentOf('b.stopped_at')} as "stoppedAt"
     from clock_behind b join agreement a on a.id = b.agreement_id
     where b.incident_id = any($1::uuid[]) order by b.number, a.name, b.metric`,
    [touched.map(({ incidentId }) => incidentId)],
  )
  const changes = new Map<string, BehindChange>()
  for (const { startedAt, dueAt, stoppedAt, agreementId, ...row } of stored) {
    const { incidentId, customerId, number, behind, metric } = row
    const moments = { startedAt: dateOf(startedAt), dueAt: dateOf(dueAt), stoppedAt: dateOf(stoppedAt) }
    const was = resultOf({ ...row, ...moments }, false)
    changes.set(keyOf(incidentId, agreementId, metric), {
      incidentId,
      customerId,
      number,
      metric,
      behind,
      was,
      is: null,
    })
  }
  for (const clock of clocks) {
    const row = rowOf(clock, now)
    const { incidentId, customerId, number, metric } = row
    const key = keyOf(incidentId, row.agreementId, metric)
    const was = changes.get(key)?.was ?? null
    const behind = clock.behind.name
    changes.set(key, { incidentId, customerId, number, metric, behind, was, is: resultOf(row, false) })
  }
  return [...changes.values()].filter(({ was, is }) => !isSameResult(was, is))
}

function keyOf(incidentId: string, agreementId: string, metric: string): string {
  return `${incidentId} ${agreementId} ${metric}`
}
