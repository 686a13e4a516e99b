import type { PoolClient } from 'pg'
import { copyInto, type CopyValue } from '#platform/copy.ts'
import { type Ask, askClient } from './ask.ts'
import { type ClockRow, continuing, storedClock } from './clock-row.ts'
import { type IncidentClocks, rowsOf } from './clocks.ts'
import { lockClocks, readClocks } from './kept-clocks.ts'
import { keepResults, type Keeping } from './kept-results.ts'
import { type ClockChange, settleClocks } from './settling.ts'
import { unchangedIncidents } from './unchanged.ts'

const columns = [
  'id',
  'incident_id',
  'customer_id',
  'metric',
  'agreement_version_id',
  'target_id',
  'calendar_version_id',
  'state',
  'started_at',
  'due_at',
  'breached_at',
  'stopped_at',
  'target_ms',
  'elapsed_ms',
  'running_since',
  'exclusion',
  'priority',
  'site_id',
  'service_id',
  'team_id',
  'number',
  'round',
  'attached_at',
  'gaps_met',
  'gaps_failed',
  'told_bp',
  'alarms',
  'alarm_at',
] as const

/**
 * What counting changes: those clocks of many incidents that came out differently from what is stored. Nothing is locked
 * and nothing is written.
 */
export async function compareClocks(ask: Ask, counted: readonly IncidentClocks[], now: Date): Promise<ClockChange[]> {
  const same = await unchangedIncidents(ask, counted)
  const others = counted.filter(({ incidentId }) => !same.has(incidentId))
  const before = await readClocks(
    ask,
    others.map(({ incidentId }) => incidentId),
  )
  const rows = others.flatMap((each) => rowsOf(each, now))
  return settleClocks(ask, before, rows)
}

/**
 * Stores the clocks of many incidents as they are counted, in the place of those before. A clock keeps its id, whether it
 * was excluded and what was told of it; a result that was told in a locked period stays and is adjusted. Figures by month
 * are counted by the caller. Runs as the owner of the tables, in a transaction of the caller's with the incidents locked.
 *
 * @param isKnown Whether an incident may have clocks already.
 * @returns What came out differently from what was stored; of running clocks also by nothing but the time that went by.
 */
export async function storeClocks(
  client: PoolClient,
  counted: readonly IncidentClocks[],
  how: Keeping & { readonly isKnown?: (incidentId: string) => boolean },
): Promise<ClockChange[]> {
  const ask = askClient(client)
  const { isKnown = () => true, now } = how
  const same = await unchangedIncidents(
    ask,
    counted.filter(({ incidentId }) => isKnown(incidentId)),
  )
  const others = counted.filter(({ incidentId }) => !same.has(incidentId))
  const known = others.map(({ incidentId }) => incidentId).filter(isKnown)
  const rows = others.flatMap((each) => rowsOf(each, now))
  const changes = await settleClocks(ask, await lockClocks(ask, known), rows)
  const stored = changes.filter((each) => each.stored)
  const replaced = stored.flatMap(({ before }) => (before === null ? [] : [before.id]))
  if (replaced.length > 0) await client.query('delete from clock where id = any($1::uuid[])', [replaced])
  const target = copyInto(client, 'clock', columns)
  for (const { before, after } of stored) {
    if (after === null) continue
    const kept = before === null ? after : { ...continuing(after, before), id: before.id }
    const written = target.row(valuesOf(kept, before?.exclusion ?? null))
    if (written) await written
  }
  await target.end()
  await keepResults(ask, changes, how)
  return changes
}

function valuesOf(row: ClockRow, exclusion: string | null): readonly CopyValue[] {
  const { alarms, alarmAt } = storedClock(row)
  return [
    row.id,
    row.incidentId,
    row.customerId,
    row.metric,
    row.agreementVersionId,
    row.targetId,
    row.calendarVersionId,
    row.state,
    row.startedAt,
    row.dueAt,
    row.breachedAt,
    row.stoppedAt,
    row.targetMs,
    row.elapsedMs,
    row.runningSince,
    exclusion,
    row.priority,
    row.siteId,
    row.serviceId,
    row.teamId,
    row.number,
    row.round,
    row.attachedAt,
    row.gapsMet,
    row.gapsFailed,
    row.toldBp,
    alarms,
    alarmAt,
  ] as readonly CopyValue[]
}
