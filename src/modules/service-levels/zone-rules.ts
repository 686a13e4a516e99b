import { isDeepStrictEqual } from 'node:util'
import { sql } from 'kysely'
import { offsetsOf } from '#core/zone.ts'
import type { Context } from '#platform/context.ts'
import { audit, record } from '#platform/history.ts'

/** Of what a zone did in these years something is counted. */
const FROM = Date.UTC(2000, 0, 1)
const TO = Date.UTC(2060, 0, 1)

/** The release of the time zone database that this program reads zones by, as `2026a`. */
export const zoneSource = (): string => process.versions['tz'] ?? ''

/**
 * Notes by which rules the zones of all calendars are read. Where a newer release reads one otherwise than it was noted, the
 * hours of its calendars are others, though nobody changed them: they are said to have changed, so that their clocks are
 * counted anew. What was told in locked months stays, as with every change of a calendar.
 *
 * @param source Of this program. What a newer one noted is left alone: it runs beside this one.
 * @returns The zones that are read otherwise.
 */
export async function noteZoneRules(context: Context, source = zoneSource()): Promise<readonly string[]> {
  const { db, now } = context
  const { rows: zones } = await sql<{ readonly zone: string }>`
    select distinct rules->>'timeZone' as zone from calendar_version order by 1`.execute(db)
  const changed: string[] = []
  for (const { zone } of zones) {
    const changes = offsetsOf(zone, FROM, TO)
    const noted = { source, changes: JSON.stringify(changes) }
    const isNew = await db
      .insertInto('zoneRules')
      .values({ zone, ...noted, notedAt: now })
      .onConflict((at) => at.doNothing())
      .returning('zone')
      .executeTakeFirst()
    if (isNew) continue
    const known = await db
      .selectFrom('zoneRules')
      .select(['source', 'changes'])
      .where('zone', '=', zone)
      .forUpdate()
      .executeTakeFirstOrThrow()
    if (known.source >= source) continue
    const isOther = !isDeepStrictEqual(known.changes, changes)
    await db
      .updateTable('zoneRules')
      .set({ ...noted, notedAt: now, ...(isOther && { changedAt: now }) })
      .where('zone', '=', zone)
      .execute()
    if (!isOther) continue
    changed.push(zone)
    await sayChanged(context, zone, { from: known.source, to: source })
  }
  return changed
}

async function sayChanged(context: Context, zone: string, facts: { readonly from: string; readonly to: string }) {
  const { rows: calendars } = await sql<{ readonly id: string; readonly customerId: string | null }>`
    select c.id, c.customer_id from calendar c
    where exists (select from calendar_version v where v.calendar_id = c.id and v.rules->>'timeZone' = ${zone})`.execute(
    context.db,
  )
  for (const { id, customerId } of calendars) {
    const about = { subjectType: 'calendar', subjectId: id, customerId }
    await audit(context, { action: 'calendar.zone-changed', ...about, facts: { zone, ...facts } })
    await record(context, { ...about, kind: 'calendar.changed', facts: { zone, ...facts } })
  }
}
