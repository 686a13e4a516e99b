import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import type { CalendarUses } from './api.ts'
import { getCalendar } from './calendars.ts'

/** The agreements that count in a calendar's hours, by customer and name, as far as the reader may see them. */
export async function listCalendarUses({ db, now }: Context, calendarId: string): Promise<CalendarUses> {
  await getCalendar(db, calendarId)
  const { rows: agreements } = await sql<CalendarUses['agreements'][number]>`
    select a.id, a.name, a.customer_id as "customerId", c.name as "customerName",
      array_agg(v.number order by v.number desc) as versions,
      bool_or(v.state = 'active' and (v.valid_to is null or v.valid_to > ${now})) as "inForce"
    from agreement_version v join agreement a on a.id = v.agreement_id join customer c on c.id = a.customer_id
    where v.calendar_id = ${calendarId}
    group by a.id, c.id order by lower(c.name), lower(a.name), a.id`.execute(db)
  const { rows: counted } = await sql<{ open: number }>`
    select count(*)::int as open from clock k join agreement_version v on v.id = k.agreement_version_id
    where v.calendar_id = ${calendarId} and k.state in ('not-started', 'running', 'paused', 'breached-running')`.execute(
    db,
  )
  return { agreements, openClocks: counted[0]!.open }
}
