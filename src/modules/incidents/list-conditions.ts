import { type RawBuilder, sql } from 'kysely'
import { DAY_MS, dayOf } from '#core/calendar-rules.ts'
import { barredFromInside, require } from '#core/may.ts'
import { instantAt, localAt } from '#core/zone.ts'
import { requireCustomer } from '#modules/customers'
import { requireTeam } from '#modules/people'
import type { Priority } from '#modules/service-levels'
import type { Context } from '#platform/context.ts'
import { wordQuery } from '#platform/text-search.ts'
import type { IncidentCondition } from './api.ts'
import { type IncidentState, openStates } from './incident.ts'

export type Condition = RawBuilder<boolean>

/** What rows of `incident` must be to be in a list. Fails when it names a customer or team that is not in sight. */
export async function conditionsOf(
  context: Pick<Context, 'db' | 'actor' | 'now'>,
  filter: IncidentCondition,
): Promise<readonly Condition[]> {
  const { conditions, words } = await conditionsAndWords(context, filter)
  return words === null ? conditions : [...conditions, words]
}

/** The same, with the words that its texts must have apart: null where none are asked for, or a number is. */
export async function conditionsAndWords(
  { db, actor, now }: Pick<Context, 'db' | 'actor' | 'now'>,
  filter: IncidentCondition,
): Promise<{ readonly conditions: readonly Condition[]; readonly words: Condition | null }> {
  const { customer, state, priority, team, assignee, site, service, category, resolutionCode, source, due, zone, q } =
    filter
  // Who works on it is the provider's affair: not even a count may tell.
  if (team !== undefined || assignee !== undefined) require(barredFromInside(actor))
  const conditions: Condition[] = []
  const add = (condition: Condition) => void conditions.push(condition)

  if (customer !== undefined) add(sql`incident.customer_id = ${(await requireCustomer(db, customer)).id}`)
  if (state === 'open') add(sql`incident.state in (${sql.join(openStates.map(written))})`)
  else if (state !== undefined) add(sql`incident.state = ${written(state)}`)
  const priorities = [priority ?? []].flat()
  if (priorities.length > 0) add(sql`incident.priority in (${sql.join(priorities.map(written))})`)
  if (team === 'nobody') add(sql`incident.team_id is null`)
  else if (team !== undefined) add(sql`incident.team_id = ${(await requireTeam(db, team)).id}`)
  if (assignee === 'nobody') add(sql`incident.assignee_id is null`)
  else if (assignee !== undefined)
    add(sql`incident.assignee_id = ${assignee === 'me' ? actor.personId : assignee}::uuid`)
  if (filter.requester !== undefined) add(sql`incident.requester_id = ${actor.personId}::uuid`)
  if (site !== undefined) add(sql`incident.site_id = ${site}`)
  if (service === 'none') add(sql`incident.service_id is null`)
  else if (service !== undefined) add(sql`incident.service_id = ${service}`)
  if (category !== undefined) add(sql`incident.category = ${category}`)
  if (resolutionCode === 'none') add(sql`incident.resolution_code is null and incident.state in ('resolved', 'closed')`)
  else if (resolutionCode !== undefined) add(sql`incident.resolution_code = ${resolutionCode}`)
  if (source !== undefined) add(sql`incident.source = ${source}`)
  if (due === 'none') add(sql`incident.due_at is null`)
  else if (due !== undefined) add(sql`incident.due_at < ${dueBefore(due, zone, now)}`)
  if (filter.openedFrom !== undefined) add(sql`incident.opened_at >= ${dayBegins(filter.openedFrom, zone)}`)
  if (filter.openedTo !== undefined) add(sql`incident.opened_at < ${dayBegins(filter.openedTo, zone, 1)}`)
  if (filter.resolvedFrom !== undefined) add(sql`incident.resolved_at >= ${dayBegins(filter.resolvedFrom, zone)}`)
  if (filter.resolvedTo !== undefined) add(sql`incident.resolved_at < ${dayBegins(filter.resolvedTo, zone, 1)}`)
  if (filter.openOn !== undefined) {
    const over = dayBegins(filter.openOn, zone, 1)
    add(sql`incident.opened_at < ${over} and ${endedAt('incident')} >= ${over}`)
  }
  if (q === undefined) return { conditions, words: null }
  const number = await numbered(db, q)
  if (number !== null) return { conditions: [...conditions, number], words: null }
  return { conditions, words: sql`incident.search @@ to_tsquery('simple', ${wordQuery(q) ?? ''})` }
}

/** When work on an incident ended, however it did; never while it lasts. */
export function endedAt(incident: 'i' | 'incident'): RawBuilder<Date> {
  const of = (column: string) => sql.ref(`${incident}.${column}`)
  return sql`coalesce(${of('resolved_at')}, ${of('closed_at')},
    case when ${of('state')} in ('cancelled', 'closed') then ${of('updated_at')} end, 'infinity')`
}

/** One of a closed set of words, as it stands: a statement without values is prepared (`src/platform/preparing-client.ts`). */
function written(word: IncidentState | Priority) {
  return sql.lit(word)
}

/** `VIS-143462`, `INC0047631`. */
const NUMBER = /^[a-z][a-z0-9]*-?[0-9]+$/i

/**
 * A whole number, ours or that of its source, is looked up as such: among the words it would be a beginning of a great many.
 * Null when `q` is no number that is in sight; it may be a word then.
 */
async function numbered(db: Context['db'], q: string): Promise<Condition | null> {
  const number = q.trim()
  if (!NUMBER.test(number)) return null
  const condition: Condition = sql`(incident.number = ${number.toUpperCase()} or incident.source_key = ${number})`
  const { rows } = await sql`select from incident where ${condition} limit 1`.execute(db)
  return rows.length === 0 ? null : condition
}

/**
 * Until when something is due that is due `late` (has been already), `today` or within `7d`: the end of that day in the
 * zone. What is late is due today too: it was not forgotten because its moment has passed.
 */
export function dueBefore(due: string, zone: string, now: Date): Date {
  if (due === 'late') return now
  const days = due === 'today' ? 0 : Number.parseInt(due, 10)
  const today = Math.floor(localAt(zone, now.getTime()) / DAY_MS)
  return new Date(instantAt(zone, (today + days + 1) * DAY_MS))
}

/** When a local day begins, or one some days later. */
function dayBegins(date: string, zone: string, later = 0): Date {
  return new Date(instantAt(zone, (dayOf(date) + later) * DAY_MS))
}
