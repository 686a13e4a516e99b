import type { PoolClient } from 'pg'
import { Failure } from '#core/failure.ts'
import { newId } from '#core/id.ts'
import { nextDue, storeClocks } from '#modules/service-levels'
import { copyInto, copyRows, type CopyValue } from '#platform/copy.ts'
import type { Prepared } from './bulk-prepare.ts'

const incidentColumns = {
  id: 'uuid',
  customer_id: 'uuid',
  number: 'text',
  title: 'text',
  description: 'text',
  state: 'text',
  pause_reason: 'text',
  impact: 'text',
  urgency: 'text',
  priority: 'text',
  category: 'text',
  channel: 'text',
  site_id: 'uuid',
  service_id: 'uuid',
  team_id: 'uuid',
  assignee_id: 'uuid',
  requester_id: 'uuid',
  occurred_at: 'timestamptz',
  opened_at: 'timestamptz',
  responded_at: 'timestamptz',
  restored_at: 'timestamptz',
  resolved_at: 'timestamptz',
  closed_at: 'timestamptz',
  updated_at: 'timestamptz',
  due_at: 'timestamptz',
  resolution: 'text',
  resolution_code: 'text',
  reopen_count: 'integer',
  hop_count: 'integer',
  source: 'text',
  source_key: 'text',
  reported_met: 'boolean',
  import_id: 'uuid',
} as const

const historyColumns = {
  id: 'uuid',
  subject_type: 'text',
  subject_id: 'uuid',
  customer_id: 'uuid',
  kind: 'text',
  facts: 'jsonb',
  visibility: 'text',
  actor_id: 'uuid',
  sequence: 'integer',
  source_key: 'text',
  occurred_at: 'timestamptz',
  recorded_at: 'timestamptz',
  import_id: 'uuid',
} as const

/** Writes facts, incidents and clocks of a batch within the transaction of `client`; how many facts. */
export async function writeBatch(
  client: PoolClient,
  ready: readonly Prepared[],
  { now, importId }: { readonly now: Date; readonly importId: string | null },
): Promise<number> {
  const fresh = ready.filter(({ incident }) => incident.id === undefined)
  const known = ready.filter(({ incident }) => incident.id !== undefined)
  if (known.length > 0) await updateKnown(client, known, importId)
  await copyRows(
    client,
    'incident',
    incidentColumns,
    fresh.map((each) => incidentValues(each, importId)),
  )

  let facts = 0
  const history = copyInto(client, 'history', historyColumns)
  for (const { id, incident } of ready) {
    let sequence = 0
    for (const fact of incident.history) {
      sequence += 1
      if (fact.known) continue
      facts += 1
      const written = history.row([
        newId(fact.at),
        'incident',
        id,
        incident.customerId,
        fact.kind,
        JSON.stringify(fact.facts),
        fact.visibility,
        fact.actorId ?? null,
        fact.sequence ?? sequence,
        fact.sourceKey ?? null,
        new Date(fact.at),
        now,
        importId,
      ])
      if (written) await written
    }
  }
  await history.end()
  const there = new Set(known.map(({ id }) => id))
  await storeClocks(
    client,
    ready.map(({ id, clocks }) => ({ incidentId: id, clocks, hasPast: true })),
    { now, cause: 'import', isKnown: (id) => there.has(id) },
  )
  return facts
}

/**
 * Makes the partitions that the facts of a batch go to, each once. Before the batch's own transaction, for making one
 * keeps everybody else from the table until the end of the transaction; and only the months that occur, for one fact with
 * a date of long ago is no reason to make a table for each month since.
 */
export function monthMaker(table: string): (client: PoolClient, ready: readonly Prepared[]) => Promise<void> {
  const made = new Map<number, Promise<unknown>>()
  return async (client, ready) => {
    const months = new Set<number>()
    for (const { incident } of ready) {
      for (const { at, known } of incident.history) if (!known) months.add(monthOf(at))
    }
    for (const month of [...months].toSorted((one, other) => one - other)) {
      const making = made.get(month) ?? client.query('select ensure_months($1, $2, $2)', [table, new Date(month)])
      made.set(month, making)
      await making
    }
  }
}

function monthOf(at: number): number {
  const date = new Date(at)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth())
}

/** Brings incidents that are there up to date, in one statement. */
async function updateKnown(client: PoolClient, known: readonly Prepared[], importId: string | null): Promise<void> {
  await client.query(
    `create temp table if not exists incoming_incident on commit delete rows as select ${Object.keys(incidentColumns).join(', ')}, version from incident with no data`,
  )
  await copyRows(
    client,
    'incoming_incident',
    { ...incidentColumns, version: 'integer' },
    known.map((each) => [...incidentValues(each, importId), each.incident.version]),
  )
  const changed = Object.keys(incidentColumns).filter(
    (column) => !['id', 'customer_id', 'number', 'import_id'].includes(column),
  )
  const { rowCount } = await client.query(
    `update incident set ${changed.map((column) => `${column} = n.${column}`).join(', ')}, version = incident.version + 1
     from incoming_incident n where n.id = incident.id and (n.version is null or n.version = incident.version)`,
  )
  if (rowCount !== known.length) throw new Failure('conflict', 'request.moved-on')
}

function incidentValues({ id, number, incident, clocks }: Prepared, importId: string | null): readonly CopyValue[] {
  const { openedAt } = incident
  return [
    id,
    incident.customerId,
    number,
    incident.title,
    incident.description,
    incident.state,
    incident.pauseReason,
    incident.impact,
    incident.urgency,
    incident.priority,
    incident.category,
    incident.channel,
    incident.siteId,
    incident.serviceId,
    incident.teamId,
    incident.assigneeId,
    incident.requesterId,
    new Date(openedAt),
    new Date(openedAt),
    dateOf(incident.respondedAt),
    dateOf(incident.restoredAt ?? null),
    dateOf(incident.resolvedAt),
    dateOf(incident.closedAt),
    new Date(incident.updatedAt),
    nextDue(clocks),
    incident.resolution,
    incident.resolutionCode ?? null,
    incident.reopenCount,
    incident.hopCount,
    incident.source,
    incident.sourceKey,
    incident.reportedMet,
    importId,
  ]
}

function dateOf(at: number | null): Date | null {
  return at === null ? null : new Date(at)
}
