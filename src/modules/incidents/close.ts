import type { Context, Db } from '#platform/context.ts'
import { transitIncident } from './transit.ts'
import { updateIncident } from './queries.ts'

/** Closed in one transaction. */
const BATCH = 100

/** The moment at which the next resolved incident is closed by itself; null when none is. A look at an index's end. */
export async function nextClosingAt(db: Db): Promise<Date | null> {
  const row = await db
    .selectFrom('incident')
    .select('closesAt')
    .where('closesAt', 'is not', null)
    .orderBy('closesAt')
    .limit(1)
    .executeTakeFirst()
  return row?.closesAt ?? null
}

/**
 * Closes what was resolved and nobody said a word about until the moment that was announced. What another process has in
 * hand is left to it, so that each is closed once.
 *
 * @returns How many incidents were looked at.
 */
export async function closeDue(context: Context): Promise<number> {
  const due = await context.db
    .selectFrom('incident')
    .select(['id', 'state'])
    .where('closesAt', '<=', context.now)
    .orderBy('closesAt')
    .limit(BATCH)
    .forUpdate()
    .skipLocked()
    .execute()
  for (const { id, state } of due) {
    // A history that was imported anew may have moved it on.
    if (state !== 'resolved') await updateIncident(context.db, id, { closesAt: null })
    else await transitIncident(context, id, { to: 'closed' }, 'unanswered')
  }
  return due.length
}
