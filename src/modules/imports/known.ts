import { sql } from 'kysely'
import type { Level } from '#api/service-levels'
import type { Db } from '#platform/context.ts'
import type { StoredFact } from './history.ts'
import type { KnownTicket } from './ticket.ts'

/** Whether a customer has any ticket from that system. */
export async function hasTickets(db: Db, customerId: string, source: string): Promise<boolean> {
  const row = await db
    .selectFrom('incident')
    .select('id')
    .where('customerId', '=', customerId)
    .where('source', '=', source)
    .where('sourceKey', 'is not', null)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Of these keys, the tickets that are there, with their whole histories. */
export async function findTickets(
  db: Db,
  { customerId, source }: { readonly customerId: string; readonly source: string },
  keys: readonly string[],
): Promise<Map<string, KnownTicket>> {
  const rows = await selectTickets(db)
    .where('customerId', '=', customerId)
    .where('source', '=', source)
    .where(sql<boolean>`source_key = any(${keys}::text[])`)
    .execute()
  return ticketsOf(db, rows)
}

/** These incidents, with their whole histories. */
export async function readTickets(db: Db, ids: readonly string[]): Promise<Map<string, KnownTicket>> {
  const rows = await selectTickets(db)
    .where(sql<boolean>`id = any(${ids}::uuid[])`)
    .execute()
  return ticketsOf(db, rows)
}

function selectTickets(db: Db) {
  return db
    .selectFrom('incident')
    .select([
      'id',
      'version',
      'number',
      'customerId',
      'title',
      'description',
      'state',
      'pauseReason',
      'impact',
      'urgency',
      'priority',
      'category',
      'channel',
      'siteId',
      'serviceId',
      'teamId',
      'assigneeId',
      'requesterId',
      'openedAt',
      'respondedAt',
      'resolvedAt',
      'closedAt',
      'updatedAt',
      'resolution',
      'resolutionCode',
      'reopenCount',
      'hopCount',
      'source',
      'sourceKey',
      'reportedMet',
    ])
}

type TicketRecord = Awaited<ReturnType<ReturnType<typeof selectTickets>['execute']>>[number]

/** By the key of their source. */
async function ticketsOf(db: Db, rows: readonly TicketRecord[]): Promise<Map<string, KnownTicket>> {
  const histories = await readHistories(
    db,
    rows.map(({ id }) => id),
  )
  return new Map(
    rows.map((row) => [
      row.sourceKey!,
      {
        ...row,
        impact: row.impact as Level,
        urgency: row.urgency as Level,
        openedAt: row.openedAt.getTime(),
        respondedAt: row.respondedAt?.getTime() ?? null,
        resolvedAt: row.resolvedAt?.getTime() ?? null,
        closedAt: row.closedAt?.getTime() ?? null,
        updatedAt: row.updatedAt.getTime(),
        history: histories.get(row.id) ?? [],
      },
    ]),
  )
}

async function readHistories(db: Db, ids: readonly string[]): Promise<Map<string, StoredFact[]>> {
  const histories = new Map<string, StoredFact[]>()
  if (ids.length === 0) return histories
  const rows = await db
    .selectFrom('history')
    .select(['id', 'subjectId', 'kind', 'occurredAt', 'facts', 'visibility', 'sequence', 'sourceKey'])
    .where(sql<boolean>`subject_id = any(${ids}::uuid[])`)
    // What was told of clocks follows from the rest.
    .where('kind', 'not like', 'clock.%')
    .where('subjectType', '=', 'incident')
    .orderBy('subjectId')
    .orderBy('occurredAt')
    .orderBy('sequence')
    .orderBy('id')
    .execute()
  for (const { id, subjectId, kind, occurredAt, facts, visibility, sequence, sourceKey } of rows) {
    const fact: StoredFact = {
      id,
      kind: kind as StoredFact['kind'],
      at: occurredAt.getTime(),
      facts: facts as Record<string, unknown>,
      visibility: visibility as StoredFact['visibility'],
      sequence,
      known: true,
      ...(sourceKey !== null && { sourceKey }),
    }
    const history = histories.get(subjectId)
    if (history === undefined) histories.set(subjectId, [fact])
    else history.push(fact)
  }
  return histories
}
