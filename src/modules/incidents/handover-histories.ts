import { type RawBuilder, sql } from 'kysely'
import { type Holding, type HoldingEvent, holdingOf } from '#core/handovers.ts'
import type { Db } from '#platform/context.ts'
import { correctedFacts, type IncidentFact } from './clock-events.ts'

/** Which incidents are looked at; days are the customer's own, `to` is the day after the last. */
export interface HandoverFilter {
  readonly customerId?: string | undefined
  readonly site?: string | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
  /** `YYYY-MM` of the opening. */
  readonly month?: string | undefined
  /** Empty: without a service. */
  readonly service?: string | undefined
}

/** An incident with who held it. */
export interface HeldIncident {
  readonly id: string
  readonly number: string
  readonly title: string
  readonly openedAt: Date
  /** The same to the last digit, as PostgreSQL writes it. */
  readonly openedKey: string
  readonly month: string
  readonly serviceId: string | null
  readonly holding: Holding
  /** From the opening to the last thing that happened, also where it is not over. */
  readonly durationMs: number
}

/** Read together. */
const BATCH = 2000

/**
 * Incidents by their opening, the latest first, each counted from its history until `openUntil`, or until the last thing
 * that happened where it is over. Through the reader's own row-level security; a batch at a time.
 */
export async function* heldIncidents(
  db: Db,
  filter: HandoverFilter,
  {
    openUntil,
    after,
    batch = BATCH,
  }: {
    /** Up to when what is not over is counted; null: up to the last thing that happened. */
    readonly openUntil: Date | null
    readonly after?: readonly (string | number)[] | undefined
    readonly batch?: number
  },
): AsyncGenerator<HeldIncident> {
  let key = after
  for (;;) {
    const { rows } = await sql<Omit<HeldIncident, 'holding' | 'durationMs'>>`
      select i.id, i.number, i.title, i.opened_at as "openedAt", i.opened_at::text as "openedKey", i.service_id as "serviceId",
        to_char(i.opened_at at time zone c.time_zone, 'YYYY-MM') as month
      from incident i join customer c on c.id = i.customer_id
      where true ${narrowing(filter)}
        ${key === undefined ? sql`` : sql`and (i.opened_at, i.id) < (${key[0]}::timestamptz, ${key[1]}::uuid)`}
      order by i.opened_at desc, i.id desc limit ${batch}`.execute(db)
    const histories = await readFacts(
      db,
      rows.map(({ id }) => id),
    )
    for (const row of rows) {
      const { events, last, end } = holdingEventsOf(histories.get(row.id) ?? [], openUntil?.getTime() ?? 0)
      yield { ...row, holding: holdingOf(events, end), durationMs: last - (events[0]?.at ?? last) }
    }
    const last = rows.at(-1)
    if (rows.length < batch || last === undefined) return
    key = [last.openedKey, last.id]
  }
}

function narrowing({ customerId, site, from, to, month, service }: HandoverFilter): RawBuilder<unknown> {
  const local = sql`i.opened_at at time zone c.time_zone`
  return sql`
    ${customerId === undefined ? sql`` : sql`and i.customer_id = ${customerId}`}
    ${site === undefined ? sql`` : sql`and i.site_id = ${site}::uuid`}
    ${from === undefined ? sql`` : sql`and i.opened_at >= ${from}::date::timestamp at time zone c.time_zone`}
    ${to === undefined ? sql`` : sql`and i.opened_at < ${to}::date::timestamp at time zone c.time_zone`}
    ${month === undefined ? sql`` : sql`and to_char(${local}, 'YYYY-MM') = ${month}`}
    ${service === undefined ? sql`` : service === '' ? sql`and i.service_id is null` : sql`and i.service_id::text = ${service}`}`
}

/** Of activities only the moment is wanted. */
async function readFacts(db: Db, ids: readonly string[]): Promise<Map<string, IncidentFact[]>> {
  const facts = new Map<string, IncidentFact[]>()
  if (ids.length === 0) return facts
  const { rows } = await sql<IncidentFact & { readonly subject: string }>`
    select subject_id as subject, id, kind, (extract(epoch from occurred_at) * 1000)::float8 as at,
      case when kind = 'incident.activity' then '{}' else facts end as facts
    from history where subject_id = any(${ids}::uuid[]) and subject_type = 'incident'
      and kind in ('incident.opened', 'incident.state', 'incident.assigned', 'incident.activity', 'incident.corrected')
    order by subject_id, occurred_at, sequence, id`.execute(db)
  for (const { subject, ...fact } of rows) {
    const known = facts.get(subject)
    if (known === undefined) facts.set(subject, [fact])
    else known.push(fact)
  }
  return facts
}

function holdingEventsOf(
  facts: readonly IncidentFact[],
  openUntil: number,
): { events: HoldingEvent[]; last: number; end: number } {
  const events: HoldingEvent[] = []
  let over = false
  let last = 0
  for (const { kind, at, facts: told } of correctedFacts(facts)) {
    last = Math.max(last, at)
    const state = (kind === 'incident.opened' ? told['state'] : kind === 'incident.state' ? told['to'] : undefined) as
      | string
      | undefined
    if (state !== undefined) over = state === 'resolved' || state === 'closed' || state === 'cancelled'
    const team = kind === 'incident.opened' ? told['team'] : (told['team'] as { readonly to?: unknown } | undefined)?.to
    if (state === undefined && team === undefined && kind !== 'incident.opened') continue
    events.push({
      at,
      ...(state !== undefined && { state, reason: (told['reason'] as string | undefined) ?? null }),
      ...(team !== undefined && { team: typeof team === 'string' && team !== '' ? team : null }),
    })
  }
  return { events, last, end: over ? last : Math.max(last, openUntil) }
}

/** An incident up to a moment. */
export interface HeldUntil {
  readonly incidentId: string
  readonly until: Date
}

/** Who held each of these, and what it waited for, up to its own moment; in their order. */
export async function holdingsUntil(db: Db, wanted: readonly HeldUntil[]): Promise<Holding[]> {
  const histories = await readFacts(db, [...new Set(wanted.map(({ incidentId }) => incidentId))])
  return wanted.map(({ incidentId, until }) => {
    const end = until.getTime()
    const before = (histories.get(incidentId) ?? []).filter(({ at }) => at < end)
    return holdingOf(holdingEventsOf(before, end).events, end)
  })
}
