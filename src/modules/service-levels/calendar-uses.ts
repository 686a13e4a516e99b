import { type RawBuilder, sql } from 'kysely'
import { barredFromInside } from '#core/may.ts'
import type { Context, Db } from '#platform/context.ts'
import type { CalendarUses } from './api.ts'
import { getCalendar } from './calendars.ts'

/** The agreements that count in a calendar's hours, by customer and name, as far as the reader may see them. */
export async function listCalendarUses({ db, actor, now }: Context, calendarId: string): Promise<CalendarUses> {
  await getCalendar(db, calendarId)
  const { rows: agreements } = await sql<CalendarUses['agreements'][number]>`
    select a.id, a.name, a.type, a.customer_id as "customerId", c.name as "customerName",
      array_agg(v.number order by v.number desc) as versions,
      bool_or(v.state = 'active' and (v.valid_to is null or v.valid_to > ${now})) as "inForce"
    from agreement_version v join agreement a on a.id = v.agreement_id join customer c on c.id = a.customer_id
    where ${countsIn(calendarId, barredFromInside(actor) === null)}
    group by a.id, c.id order by lower(c.name), lower(a.name), a.id`.execute(db)
  const { rows: counted } = await sql<{ open: number }>`
    select count(*)::int as open from clock k join calendar_version o on o.id = k.calendar_version_id
    where o.calendar_id = ${calendarId} and k.state in ('not-started', 'running', 'paused', 'breached-running')`.execute(
    db,
  )
  return { agreements, openClocks: counted[0]!.open }
}

/** The customers of whose clocks some may run in a calendar's hours. */
export async function customersCountedIn(db: Db, calendarId: string): Promise<string[]> {
  const { rows } = await sql<{ customerId: string }>`
    select distinct v.customer_id from agreement_version v where v.state <> 'draft' and ${countsIn(calendarId, true)}
    order by v.customer_id`.execute(db)
  return rows.map(({ customerId }) => customerId)
}

/**
 * Whether a version `v` counts in a calendar's hours: its own, or those that a service, site or team may bring along.
 *
 * @param inside What the provider's teams promise each other is nothing that a customer may ask for.
 */
function countsIn(calendarId: string, inside: boolean): RawBuilder<boolean> {
  const promisedByTeam = sql`or exists (select from agreement p join team t on t.id = p.party_team_id
        where p.id = v.agreement_id and t.calendar_id = ${calendarId})`
  return sql<boolean>`(v.calendar_id = ${calendarId} or case v.terms->>'calendarSource'
    when 'site' then exists (select from site s where s.calendar_id = ${calendarId} and s.customer_id = v.customer_id)
    when 'service' then exists (select from service s
      where s.calendar_id = ${calendarId} and (s.customer_id is null or s.customer_id = v.customer_id))
    when 'team' then exists (select from clock k join calendar_version o on o.id = k.calendar_version_id
      where k.customer_id = v.customer_id and o.calendar_id = ${calendarId})
      ${inside ? promisedByTeam : sql``}
    else false end)`
}
