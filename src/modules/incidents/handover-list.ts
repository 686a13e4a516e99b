import { type RawBuilder, sql } from 'kysely'
import { holdingOf } from '#core/handovers.ts'
import { barredFromInside, require } from '#core/may.ts'
import { requireCustomer } from '#modules/customers'
import type { Context, Db } from '#platform/context.ts'
import { cursorOf, keyOf } from '#platform/paging.ts'
import { holdingEventsOf, readHoldingFacts } from './handover-histories.ts'
import { endOf, type HandoverQuery } from './handovers.ts'
import { hasHeld, type Held, heldOf, type HeldPart, partsUntil } from './held.ts'

interface HandoverListQuery extends HandoverQuery {
  readonly group?: string | undefined
  readonly only: 'all' | 'handed-on' | 'handed-on-twice' | 'ping-pong'
  readonly waitsFor?: string | undefined
  readonly limit: number
  readonly cursor?: string | undefined
}

/** The incidents under such a figure, the latest opened first. */
export async function listHandoverIncidents(
  { db, actor, now }: Context,
  { customer, openUntil, limit, cursor, ...query }: HandoverListQuery,
) {
  require(barredFromInside(actor))
  const customerId = customer === undefined ? undefined : (await requireCustomer(db, customer)).id
  const until = endOf(openUntil, now)
  const asked = { ...query, customerId, team: query.groupBy === 'team' ? query.group : undefined }
  const found: HeldIncident[] = []
  for await (const incident of heldIncidents(db, asked, keyOf(cursor, ['moment', 'id']))) {
    if (matches(incident.held, partsUntil(incident.held, until), asked)) found.push(incident)
    if (found.length > limit) break
  }
  const items = found.slice(0, limit)
  const last = items.at(-1)
  const histories = await readHoldingFacts(
    db,
    items.map(({ id }) => id),
  )
  return {
    items: items.map(({ id, number, title, openedAt }) => {
      const { events, end } = holdingEventsOf(histories.get(id) ?? [], until)
      const { handovers, elapsedMs, workingMs, waitingMs, overMs } = holdingOf(events, end)
      const told = handovers.map((each) => ({ ...each, at: new Date(each.at) }))
      return { id, number, title, openedAt, handovers: told, elapsedMs, workingMs, waitingMs, overMs }
    }),
    nextCursor: found.length > limit && last !== undefined ? cursorOf([last.openedKey, last.id]) : null,
  }
}

interface Asked extends Pick<HandoverListQuery, 'site' | 'from' | 'to' | 'groupBy' | 'group' | 'only' | 'waitsFor'> {
  readonly customerId: string | undefined
  readonly team: string | undefined
}

/** An incident with who held it. */
interface HeldIncident {
  readonly id: string
  readonly number: string
  readonly title: string
  readonly openedAt: Date
  /** The same to the last digit, as PostgreSQL writes it. */
  readonly openedKey: string
  readonly held: Held
}

/** Looked at together. */
const BATCH = 500

/** Incidents that may match by their opening, the latest first; what is still to be counted from its history. */
async function* heldIncidents(
  db: Db,
  asked: Asked,
  after: readonly (string | number)[] | undefined,
): AsyncGenerator<HeldIncident> {
  for (let key = after; ;) {
    const { rows } = await sql<Omit<HeldIncident, 'held'> & { held: Held | null }>`
      select i.id, i.number, i.title, i.opened_at as "openedAt", i.opened_at::text as "openedKey",
        case when h.incident_id is not null then json_build_object('parts', h.parts, 'handovers', h.handovers,
          'pingPong', h.ping_pong, 'last', extract(epoch from h.last_at) * 1000, 'durationMs', h.duration_ms,
          'goesOn', h.goes_on) end as held
      from incident i join customer c on c.id = i.customer_id left join holding h on h.incident_id = i.id
      where true ${narrowing(asked)}
        ${key === undefined ? sql`` : sql`and (i.opened_at, i.id) < (${key[0]}::timestamptz, ${key[1]}::uuid)`}
      order by i.opened_at desc, i.id desc limit ${BATCH}`.execute(db)
    const due = rows.filter(({ held }) => held === null).map(({ id }) => id)
    const histories = await readHoldingFacts(db, due)
    for (const row of rows) yield { ...row, held: row.held ?? heldOf(histories.get(row.id) ?? []) }
    const last = rows.at(-1)
    if (rows.length < BATCH || last === undefined) return
    key = [last.openedKey, last.id]
  }
}

function narrowing({ customerId, site, from, to, groupBy, group, team, only }: Asked): RawBuilder<unknown> {
  const local = sql`i.opened_at at time zone c.time_zone`
  const counted = (condition: RawBuilder<unknown>) => sql`and (h.incident_id is null or ${condition})`
  return sql`
    ${customerId === undefined ? sql`` : sql`and i.customer_id = ${customerId}`}
    ${site === undefined ? sql`` : sql`and i.site_id = ${site}::uuid`}
    ${from === undefined ? sql`` : sql`and i.opened_at >= ${from}::date::timestamp at time zone c.time_zone`}
    ${to === undefined ? sql`` : sql`and i.opened_at < ${to}::date::timestamp at time zone c.time_zone`}
    ${groupBy === 'month' && group !== undefined ? sql`and to_char(${local}, 'YYYY-MM') = ${group}` : sql``}
    ${groupBy !== 'service' || group === undefined ? sql`` : group === '' ? sql`and i.service_id is null` : sql`and i.service_id::text = ${group}`}
    ${only === 'all' ? sql`` : counted(only === 'ping-pong' ? sql`h.ping_pong` : sql`h.handovers >= ${only === 'handed-on' ? 1 : 2}`)}
    ${team === undefined ? sql`` : counted(sql`(h.parts ? ${team} or h.goes_on ->> 'team' = ${team})`)}`
}

function matches(
  { handovers, pingPong }: Held,
  parts: Readonly<Record<string, HeldPart>>,
  { team, only, waitsFor }: Asked,
): boolean {
  const own = team === undefined ? undefined : parts[team]
  if (team !== undefined && (own === undefined || !hasHeld(own))) return false
  const held = own === undefined ? Object.values(parts) : [own]
  if (waitsFor !== undefined && !held.some(({ waits }) => (waits[waitsFor] ?? 0) > 0)) return false
  if (only === 'ping-pong') return own?.back ?? pingPong
  return (own?.away ?? handovers) >= (only === 'all' ? 0 : only === 'handed-on' ? 1 : 2)
}
