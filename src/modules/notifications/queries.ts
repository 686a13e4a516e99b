import { sql } from 'kysely'
import { barredFromInside } from '#core/may.ts'
import { getIncident } from '#modules/incidents'
import type { Context } from '#platform/context.ts'
import { keyOf, pageFrom } from '#platform/paging.ts'
import type { Notification, NotificationsQuery } from './api.ts'
import { newsIn, readNews } from './news.ts'
import { USUAL_ZONE } from './receivers.ts'

/** A page of what the caller was told, the newest first. */
export async function listNotifications(
  { db, actor }: Context,
  { state, kind, limit, cursor }: NotificationsQuery,
): Promise<{ items: Notification[]; nextCursor: string | null }> {
  const after = keyOf(cursor, ['moment', 'id'])
  const unread = state === 'unread' ? sql`and n.read_at is null` : sql``
  const ofKind = kind === undefined ? sql`` : sql`and n.kind = ${kind}`
  const further =
    after === undefined ? sql`` : sql`and (n.created_at, n.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`
  const rows = await readNews(db, actor, { where: sql`n.shown ${unread} ${ofKind} ${further}`, limit: limit + 1 })
  const { items, nextCursor } = pageFrom(rows, limit, ({ sortKey, id }) => [sortKey, id])
  const zone = await zoneOf({ db, actor })
  return { items: items.map((row) => newsIn(row, actor, zone)), nextCursor }
}

const COUNTED = 100

/** As many as nobody has to know more exactly. */
export async function countUnread({ db, actor }: Context): Promise<number> {
  const { rows } = await sql<{ readonly unread: number }>`
    select count(*)::int as unread from (
      select from notification where person_id = ${actor.personId} and shown and read_at is null limit ${COUNTED}
    ) unread_ones`.execute(db)
  return rows[0]?.unread ?? 0
}

/** In which zone the caller reads times. */
export async function zoneOf({ db, actor }: Pick<Context, 'db' | 'actor'>): Promise<string> {
  const person = await db.selectFrom('person').select('timeZone').where('id', '=', actor.personId).executeTakeFirst()
  return person?.timeZone ?? USUAL_ZONE
}

/** Who follows an incident that the caller sees. Customers' people learn of nobody but themselves. */
export async function listWatchers(context: Context, idOrNumber: string) {
  const { db, actor } = context
  const incident = await getIncident(context, idOrNumber)
  const rows = await db
    .selectFrom('incidentWatcher as watcher')
    .innerJoin('person', 'person.id', 'watcher.personId')
    .select(['person.id', 'person.name', 'watcher.since'])
    .where('watcher.incidentId', '=', incident.id)
    .$if(barredFromInside(actor) !== null, (query) => query.where('watcher.personId', '=', actor.personId))
    .orderBy('person.name')
    .orderBy('person.id')
    .limit(200)
    .execute()
  return { watching: rows.some(({ id }) => id === actor.personId), items: rows }
}
