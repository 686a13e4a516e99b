import { sql } from 'kysely'
import type { Context, Db } from '#platform/context.ts'
import { workspaceOf } from '#platform/workspace.ts'
import { readHoldingFacts } from './handover-histories.ts'
import { durationClass, heldOf, waitedMs } from './held.ts'

/** Counted in one transaction: whoever writes a fact of one of these waits for it. */
const BATCH = 200
/** Settled when so many of a month wait for it, or some for so long. */
const SETTLE_FROM = 200
const SETTLE_AFTER_MS = 86_400_000

/** Has the incidents of a customer counted anew from their histories. */
export async function countHoldingsAgain(db: Db, customerId: string): Promise<void> {
  await sql`select count_holdings_again(array(select id from incident where customer_id = ${customerId}))`.execute(db)
}

/**
 * Counts who held the latest incidents that are to be counted, from their histories. What another process has in hand, or is
 * just being changed, is left.
 *
 * @returns How many it was.
 */
export async function countHoldings({ db, now }: Pick<Context, 'db' | 'now'>): Promise<number> {
  const { rows: due } = await sql<{ id: string }>`
    delete from holding_due where incident_id = any(array(
      select incident_id from holding_due order by incident_id desc limit ${BATCH} for update skip locked))
    returning incident_id as id`.execute(db)
  if (due.length === 0) return 0
  const histories = await readHoldingFacts(
    db,
    due.map(({ id }) => id),
  )
  const counted = due.map(({ id }) => {
    const held = heldOf(histories.get(id) ?? [])
    const parts = Object.values(held.parts)
    return {
      id,
      last: held.last === null ? null : new Date(held.last),
      duration: Math.round(held.durationMs),
      class: durationClass(Math.round(held.durationMs)),
      handovers: held.handovers,
      back: held.pingPong,
      working: parts.reduce((sum, { working }) => sum + working, 0),
      waiting: parts.reduce((sum, part) => sum + waitedMs(part), 0),
      over: parts.reduce((sum, { over }) => sum + over, 0),
      parts: held.parts,
      goes: held.goesOn,
    }
  })
  await sql`
    insert into holding (incident_id, customer_id, site_id, service_id, opened_on, confided, last_at, duration_ms, duration_class,
      handovers, ping_pong, working_ms, waiting_ms, over_ms, parts, goes_on, counted_at)
    select i.id, i.customer_id, i.site_id, i.service_id, (i.opened_at at time zone c.time_zone)::date,
      i.concerns_privacy or i.concerns_security, n.last, n.duration, n.class, n.handovers, n.back, n.working, n.waiting, n.over,
      n.parts, n.goes, ${now}
    from jsonb_to_recordset(${JSON.stringify(counted)}::jsonb) as n(id uuid, last timestamptz, duration bigint, class smallint,
      handovers integer, back boolean, working bigint, waiting bigint, over bigint, parts jsonb, goes jsonb)
    join incident i on i.id = n.id join customer c on c.id = i.customer_id`.execute(db)
  return due.length
}

/**
 * Adds what is over to the sums of its month, a month at a time, where enough of it waits for that.
 *
 * @param all Whatever waits, however little.
 */
export async function settleHoldings({ db, now }: Pick<Context, 'db' | 'now'>, all = false): Promise<void> {
  const lock = workspaceOf(db).lock('settling holdings')
  const { rows: free } = await sql<{ mine: boolean }>`
    select pg_try_advisory_xact_lock(hashtextextended(${lock}, 0)) as mine`.execute(db)
  if (free[0]?.mine !== true) return
  const before = new Date(now.getTime() - SETTLE_AFTER_MS)
  await sql`select settle_holdings(customer_id, month) from holdings_to_settle(${all ? 1 : SETTLE_FROM}, ${before})`.execute(
    db,
  )
}
