import type { Context, Db } from '#platform/context.ts'
import { transitIncident } from './transit.ts'
import { updateIncident } from './queries.ts'

/** Resumed in one transaction. */
const BATCH = 100

/** The moment at which the next incident on hold goes on by itself; null when none does. A look at an index's end. */
export async function nextResumeAt(db: Db): Promise<Date | null> {
  const row = await db
    .selectFrom('incident')
    .select('resumeAt')
    .where('resumeAt', 'is not', null)
    .orderBy('resumeAt')
    .limit(1)
    .executeTakeFirst()
  return row?.resumeAt ?? null
}

/**
 * Takes up again what waited until a moment that has come (DOMAIN §3.1.5), as of that moment, however late this is done:
 * the clock runs from then on. What another process has in hand is left to it, so that each is taken up once.
 *
 * @returns How many incidents went on.
 */
export async function resumeDue(context: Context): Promise<number> {
  const due = await context.db
    .selectFrom('incident')
    .select(['id', 'state', 'resumeAt'])
    .where('resumeAt', '<=', context.now)
    .orderBy('resumeAt')
    .limit(BATCH)
    .forUpdate()
    .skipLocked()
    .execute()
  for (const { id, state, resumeAt } of due) {
    // A history that was imported anew may have moved it on.
    if (state !== 'on-hold') await updateIncident(context.db, id, { resumeAt: null })
    else await transitIncident(context, id, { to: 'in-progress', occurredAt: resumeAt! }, 'date-reached')
  }
  return due.length
}
