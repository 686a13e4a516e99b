import { sql } from 'kysely'
import { asItWas, isSo, type PastFact } from '#core/rule.ts'
import { barredFromManaging, require } from '#core/may.ts'
import { requireCustomer } from '#modules/customers'
import type { Context, Db } from '#platform/context.ts'
import type { RuleTrial, RuleTried } from './api.ts'
import { hoursFor, withinHours } from './hours.ts'
import { type KnownRecord, readRecords } from './record.ts'
import { mayTriggerItself, triggerKinds } from './shape.ts'
import { isTrigger, momentsAfter, saidIn } from './trigger.ts'

const DAY_MS = 86_400_000
const DAYS = 30
/** So often it is asked at most whether it would have been so, and so many incidents are looked at. */
const LOOKED_AT_MOST = 5000
const SHOWN_AT_MOST = 200

/** What a rule may have answered. */
interface PastOccasion {
  readonly incidentId: string
  readonly at: Date
  readonly text: string
}

interface PastRow extends PastFact {
  readonly incidentId: string
  readonly at: Date
  readonly visibility: string
}

/**
 * What a rule would have done in the last thirty days, by the facts of that time and by the records as they were then. Reads
 * only, in the role of who asks.
 */
export async function tryRule(context: Context, asked: RuleTrial): Promise<RuleTried> {
  require(barredFromManaging(context.actor))
  const { db, now } = context
  const { customer, ...content } = asked
  const customerId = customer === undefined ? null : (await requireCustomer(db, customer)).id
  const from = new Date(now.getTime() - DAYS * DAY_MS)
  const span = { from, to: now, customerId }
  const occasions = content.when.on === 'time' ? await momentsIn(db, asked, span) : await factsIn(db, asked, span)
  const looked = occasions.slice(0, LOOKED_AT_MOST)
  const ids = [...new Set(looked.map(({ incidentId }) => incidentId))]
  const records = new Map((await readRecords(db, ids)).map((known) => [known.id, known]))
  const changes = await changesOf(db, ids, from)
  const hours = await hoursFor(db, content)
  const acted = looked.filter(({ incidentId, at, text }) => {
    const known = records.get(incidentId)
    if (known === undefined) return false
    const past = asItWas(known.record, after(changes.get(incidentId) ?? [], at))
    if (content.when.on === 'time' && !OPEN.includes(past.state)) return false
    return isSo(content.if, past, { text, isWithin: withinHours(hours, known.openedAt) })
  })
  return {
    from,
    to: now,
    looked: looked.length,
    whole: looked.length === occasions.length,
    acted: acted.length,
    incidents: new Set(acted.map(({ incidentId }) => incidentId)).size,
    acts: [...Map.groupBy(content.actions, (each) => each.do)].map(([kind, of]) => ({
      do: kind,
      count: of.length * acted.length,
    })),
    items: await shown(db, acted.slice(0, SHOWN_AT_MOST), records),
    mayTriggerItself: mayTriggerItself(content),
  }
}

const OPEN: readonly string[] = ['new', 'assigned', 'in-progress', 'on-hold', 'restored']

interface Span {
  readonly from: Date
  readonly to: Date
  readonly customerId: string | null
}

/** Facts that the rule waits for, the newest first; one more than are looked at where there are more. */
async function factsIn(db: Db, { when }: RuleTrial, { from, to, customerId }: Span): Promise<PastOccasion[]> {
  const { rows } = await sql<PastRow>`
    select subject_id as "incidentId", occurred_at as at, kind, facts, visibility from history
    where subject_type = 'incident' and kind = any(${[...triggerKinds[when.on]]}::text[])
      and occurred_at >= ${from} and occurred_at <= ${to}
      and (${customerId}::uuid is null or customer_id = ${customerId})
    order by occurred_at desc, id desc limit ${LOOKED_AT_MOST + 1}`.execute(db)
  return rows.filter((row) => isTrigger(when, row)).map((row) => ({ ...row, text: saidIn(row) }))
}

/** Moments that the rule waits for, the newest first. */
async function momentsIn(db: Db, content: RuleTrial, { from, to, customerId }: Span): Promise<PastOccasion[]> {
  const { when } = content
  if (when.on !== 'time') return []
  const { rows: incidents } = await sql<{ readonly id: string; readonly openedAt: Date }>`
    select id, opened_at as "openedAt" from incident
    where (opened_at >= ${from} or resolved_at >= ${from} or state in ('new', 'assigned', 'in-progress', 'on-hold', 'restored'))
      and (${customerId}::uuid is null or customer_id = ${customerId})
    order by opened_at desc limit ${LOOKED_AT_MOST}`.execute(db)
  const open = when.calendar === null ? undefined : (await hoursFor(db, content)).get(when.calendar)
  if (when.calendar !== null && open === undefined) return []
  const anchors =
    when.since === 'opened'
      ? incidents.map(({ id, openedAt }) => ({ id, anchor: openedAt, until: to }))
      : await stretches(db, incidents, to)
  return anchors
    .flatMap(({ id, anchor, until }) =>
      momentsAfter(when, {
        anchor: anchor.getTime(),
        from: from.getTime(),
        until: until.getTime() - 1,
        open,
      }).map((at) => ({ incidentId: id, at: new Date(at), text: '' })),
    )
    .toSorted((one, other) => other.at.getTime() - one.at.getTime())
}

/** From each thing that happened to an incident to the next. */
async function stretches(db: Db, incidents: readonly { readonly id: string }[], to: Date) {
  const ids = incidents.map(({ id }) => id)
  if (ids.length === 0) return []
  const { rows } = await sql<{ readonly id: string; readonly anchor: Date; readonly until: Date | null }>`
    select subject_id as id, occurred_at as anchor,
      lead(occurred_at) over (partition by subject_id order by occurred_at, sequence, id) as until
    from history where subject_id = any(${ids}::uuid[]) and subject_type = 'incident' and kind like 'incident.%'`.execute(
    db,
  )
  return rows.map(({ id, anchor, until }) => ({ id, anchor, until: until ?? to }))
}

/** What changed on incidents since, by incident, in order. */
async function changesOf(db: Db, ids: readonly string[], from: Date): Promise<ReadonlyMap<string, readonly PastRow[]>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<PastRow>`
    select subject_id as "incidentId", occurred_at as at, kind, facts, visibility from history
    where subject_id = any(${ids}::uuid[]) and subject_type = 'incident' and occurred_at >= ${from}
      and kind in ('incident.state', 'incident.priority', 'incident.assigned', 'incident.changed')
    order by occurred_at, sequence, id`.execute(db)
  return Map.groupBy(rows, ({ incidentId }) => incidentId)
}

/** What happened at the same moment was so already: a declaration says at once whose work it is. */
function after(changes: readonly PastRow[], at: Date): readonly PastRow[] {
  return changes.filter((change) => change.at > at)
}

async function shown(
  db: Db,
  acted: readonly PastOccasion[],
  records: ReadonlyMap<string, KnownRecord>,
): Promise<RuleTried['items']> {
  const ids = [...new Set(acted.map(({ incidentId }) => records.get(incidentId)!.customerId))]
  const customers =
    ids.length === 0 ? [] : await db.selectFrom('customer').select(['id', 'name']).where('id', 'in', ids).execute()
  const names = new Map(customers.map(({ id, name }) => [id, name]))
  return acted.map(({ incidentId, at }) => {
    const { number, customerId, record } = records.get(incidentId)!
    return {
      incident: { id: incidentId, number, title: record.title },
      customer: names.get(customerId) ?? '',
      at,
    }
  })
}
