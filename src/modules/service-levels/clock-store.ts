import type { PoolClient } from 'pg'
import { copyRows, type CopyValue } from '#platform/copy.ts'
import { type Ask, askClient } from './ask.ts'
import { type ClockRow, continuing, storedAlarms } from './clock-row.ts'
import { type IncidentClocks, rowsOf } from './clocks.ts'
import { lockClocks, readClocks } from './kept-clocks.ts'
import { adjustResults, keepStored, type Keeping } from './kept-results.ts'
import { type ClockChange, settleClocks } from './settling.ts'
import { unchangedIncidents } from './unchanged.ts'

/** What of a clock changes when it is counted anew. */
const changing = {
  agreement_version_id: 'uuid',
  target_id: 'uuid',
  calendar_version_id: 'uuid',
  state: 'text',
  started_at: 'timestamptz',
  due_at: 'timestamptz',
  breached_at: 'timestamptz',
  stopped_at: 'timestamptz',
  target_ms: 'bigint',
  elapsed_ms: 'bigint',
  running_since: 'timestamptz',
  priority: 'text',
  site_id: 'uuid',
  service_id: 'uuid',
  team_id: 'uuid',
  number: 'text',
  round: 'integer',
  attached_at: 'timestamptz',
  gaps_met: 'integer',
  gaps_failed: 'integer',
  told_bp: 'integer',
  alarms: 'jsonb',
  alarm_at: 'timestamptz',
} as const

const columns = { id: 'uuid', incident_id: 'uuid', customer_id: 'uuid', metric: 'text', ...changing } as const
/** The names of those that change. */
const changed = Object.keys(changing)

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
  await keepStored(ask, changes, how)
  const stored = changes.filter((each) => each.stored)
  const gone = stored.flatMap(({ before, after }) => (after === null ? [before!.id] : []))
  if (gone.length > 0) await client.query('delete from clock where id = any($1::uuid[])', [gone])
  const fresh = stored.flatMap(({ before, after }) => (before === null && after !== null ? [after] : []))
  await copyRows(
    client,
    'clock',
    columns,
    fresh.map((row) => changingOf(row, row, row.id, row.incidentId, row.customerId, row.metric)),
  )
  await replace(
    client,
    stored.flatMap(({ before, after }) =>
      before === null || after === null ? [] : [changingOf(after, continuing(after, before), before.id)],
    ),
  )
  await adjustResults(ask, changes, how)
  return changes
}

/** Changed where they are: what is deleted and written again is checked against each table that it refers to. */
async function replace(client: PoolClient, rows: readonly (readonly CopyValue[])[]): Promise<void> {
  if (rows.length === 0) return
  await client.query(
    `create temp table if not exists counted_clock on commit delete rows as select id, ${changed.join(', ')} from clock with no data`,
  )
  await copyRows(client, 'counted_clock', { id: 'uuid', ...changing }, rows)
  await client.query(
    `update clock set ${changed.map((column) => `${column} = n.${column}`).join(', ')} from counted_clock n where n.id = clock.id`,
  )
}

/** The values of the columns that change, after those of others. */
function changingOf(
  row: ClockRow,
  { toldBp, attachedAt }: ReturnType<typeof continuing>,
  ...others: readonly CopyValue[]
): readonly CopyValue[] {
  const { alarms, alarmAt } = storedAlarms(row.alarms, toldBp)
  return [
    ...others,
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
    row.priority,
    row.siteId,
    row.serviceId,
    row.teamId,
    row.number,
    row.round,
    attachedAt,
    row.gapsMet,
    row.gapsFailed,
    toldBp,
    alarms,
    alarmAt,
  ] as readonly CopyValue[]
}
