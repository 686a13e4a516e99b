import type { PoolClient } from 'pg'
import { sql } from 'kysely'
import { refused } from '#core/failure.ts'
import { type BulkIncident, removeFacts, removeIncidents, writeIncidents } from '#modules/incidents'
import { recountAttainment } from '#modules/service-levels'
import type { Db } from '#platform/context.ts'
import { audit } from '#platform/history.ts'
import type { JobWorld } from '#platform/worker.ts'
import type { UndoForeseen } from './api.ts'
import { withConnections } from './connections.ts'
import { recordFailure } from './ending.ts'
import { readTickets } from './known.ts'
import { getImport, type ImportRecord, updateImport } from './queries.ts'
import { standing } from './standing.ts'
import { beforeOf, type KnownTicket } from './ticket.ts'

/** Tickets that are taken back together. */
const BATCH = 500

/** Counts what taking an import back would do; changes nothing. */
export async function foreseeUndo(db: Db, record: ImportRecord): Promise<UndoForeseen> {
  const { id, state, dryRun, createdAt } = record
  const { rows } = await sql<Omit<UndoForeseen, 'possible'>>`
    select
      (select count(*)::int from incident where import_id = ${id}) as tickets,
      (select count(distinct subject_id)::int from history
        where kind = 'incident.imported' and import_id = ${id} and occurred_at >= ${createdAt} and facts ? 'before') as restored,
      (select count(*)::int from incident where import_id = ${id}
        and exists (select from history where history.subject_id = incident.id and history.import_id is null)) as "workedOn",
      (select coalesce(max(import.file_name), '?') from history join import on import.id = history.import_id
        where history.kind = 'incident.imported' and history.import_id <> ${id} and history.occurred_at > ${createdAt}
          and history.customer_id = ${record.customerId}
          and exists (
            select from history mine where mine.subject_id = history.subject_id and mine.kind = 'incident.imported'
              and mine.import_id = ${id} and mine.occurred_at >= ${createdAt} and mine.occurred_at < history.occurred_at
          )
        having count(*) > 0) as "laterFile",
      (select to_char(min(p.month), 'YYYY-MM') from period p
        join customer u on u.id = p.customer_id
        join clock k on k.customer_id = p.customer_id and k.state in ('met', 'breached-stopped')
          and k.stopped_at >= p.month::timestamp at time zone u.time_zone
          and k.stopped_at < (p.month + interval '1 month')::timestamp at time zone u.time_zone
        join incident i on i.id = k.incident_id and i.import_id = ${id}
        where p.state = 'locked' and p.customer_id = ${record.customerId}) as "lockedMonth"`.execute(db)
  return { possible: !dryRun && ['done', 'failed', 'cancelled', 'running'].includes(state), ...rows[0]! }
}

/** Fails when an import has nothing that could be taken back, or when later work hangs on it. */
export async function requireUndoable(
  db: Db,
  record: ImportRecord,
  { alsoWorkedOn }: { readonly alsoWorkedOn: boolean },
): Promise<void> {
  const { possible, laterFile, lockedMonth, workedOn } = await foreseeUndo(db, record)
  if (!possible) throw refused('import.cannot-undo')
  if (laterFile !== null) throw refused('import.later-import', { file: laterFile })
  if (lockedMonth !== null) throw refused('import.locked-results', { month: lockedMonth })
  if (!alsoWorkedOn && workedOn > 0) throw refused('import.worked-on', { count: workedOn })
}

/**
 * Takes an import back: tickets that it brought go with their histories and clocks; tickets that were there before become
 * what they were, by what it wrote down of them. Starting it again after a stop does the rest.
 */
export async function takeBack(world: JobWorld, importId: string): Promise<void> {
  const { db, now } = world
  const record = await getImport(db, importId)
  const customerId = record.customerId!
  try {
    await withConnections(
      world,
      customerId,
      () => undefined,
      async ({ staging: client }) => {
        for (let ids = await updatedBy(db, record); ids.length > 0; ids = await updatedBy(db, record)) {
          await restore(db, client, { importId, ids, now: now() })
        }
        for (let ids = await broughtBy(db, importId); ids.length > 0; ids = await broughtBy(db, importId)) {
          await removeIncidents(client, ids)
        }
      },
    )
    await world.inTransaction(async (context) => {
      await recountAttainment(context.db, customerId)
      await audit(context, { action: 'import.undone', subjectType: 'import', subjectId: importId, customerId })
    })
    await updateImport(db, importId, { state: 'undone', phase: null, finishedAt: now() })
  } catch (error) {
    throw await recordFailure(world, importId, error)
  }
}

/** Tickets that were there before an import, and that it changed. Its marks on them lie in the time since it was announced. */
async function updatedBy(db: Db, { id, createdAt }: ImportRecord): Promise<string[]> {
  const rows = await db
    .selectFrom('history')
    .select('subjectId')
    .distinct()
    .where('kind', '=', 'incident.imported')
    .where('importId', '=', id)
    .where('occurredAt', '>=', createdAt)
    .where(sql<boolean>`facts ? 'before'`)
    .limit(BATCH)
    .execute()
  return rows.map(({ subjectId }) => subjectId)
}

async function broughtBy(db: Db, importId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('incident')
    .select('id')
    .where('importId', '=', importId)
    .orderBy('id')
    .limit(BATCH)
    .execute()
  return rows.map(({ id }) => id)
}

/** First what a ticket was, then without the facts: whoever is interrupted between the two does both again. */
async function restore(
  db: Db,
  client: PoolClient,
  { importId, ids, now }: { readonly importId: string; readonly ids: readonly string[]; readonly now: Date },
): Promise<void> {
  const tickets = await readTickets(db, ids)
  const theirs = await factIds(db, importId, ids)
  await writeIncidents(
    client,
    db,
    [...tickets.values()].map((ticket) => asBefore(ticket, theirs)),
    { now },
  )
  await removeFacts(client, importId, ids)
}

/** Keys of the facts that an import added to tickets, as `incident key`. */
async function factIds(db: Db, importId: string, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('history')
    .select(['subjectId', 'sourceKey'])
    .where(sql<boolean>`subject_id = any(${ids}::uuid[])`)
    .where('importId', '=', importId)
    .execute()
  return new Set(rows.map(({ subjectId, sourceKey }) => `${subjectId} ${sourceKey}`))
}

function asBefore(ticket: KnownTicket, theirs: ReadonlySet<string>): BulkIncident {
  const mine = ticket.history.filter(({ sourceKey }) => !theirs.has(`${ticket.id} ${sourceKey}`))
  const marks = ticket.history.filter(
    ({ kind, sourceKey }) => kind === 'incident.imported' && theirs.has(`${ticket.id} ${sourceKey}`),
  )
  const { state, reason, priority, teamId, assigneeId, respondedAt } = standing(mine)
  return {
    ...ticket,
    // Of several attempts of an import, the first found what was there before it.
    ...Object.assign({}, ...marks.toReversed().map(({ facts }) => beforeOf(facts))),
    state,
    pauseReason: reason,
    priority: priority ?? ticket.priority,
    teamId,
    assigneeId,
    respondedAt,
    history: mine,
  }
}
