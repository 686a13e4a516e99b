import { setTimeout as sleep } from 'node:timers/promises'
import { newId } from '#core/id.ts'
import type { Database } from '#platform/database.ts'
import { dropEmptyMonths } from '#modules/privacy'
import { median, percentile, print, rounded } from './measure.ts'
import { withTickets } from './tickets.ts'

/**
 * What becomes of a database that is worked with: a month of a desk's changes in a few minutes, with the autovacuum that the
 * program sets, and then the oldest months let go of while somebody writes and reads (`PLUMBLINE_AGEING_TICKETS=2000` for a
 * quick look). The tickets are those of two years.
 */
const TICKETS = Number(process.env['PLUMBLINE_AGEING_TICKETS'] ?? 50_000)
const DAYS = 30
const DAY_SECONDS = Number(process.env['PLUMBLINE_AGEING_DAY_SECONDS'] ?? 6)
/** Changes of a ticket in its life, each of the ticket and of its clocks, and a fact. */
const CHANGES = 8
/** Changed by one statement. */
const TOGETHER = 20
/** As retention takes them away. */
const AT_ONCE = 200
const MONTHS_LET_GO = 6
const FROM = Date.UTC(2024, 0, 1)
const SPAN = 730 * 86_400_000

await withTickets(TICKETS, async ({ database }) => {
  await workForAMonth(database)
  await letGo(database)
})

async function workForAMonth(database: Database): Promise<void> {
  const changesADay = Math.ceil((TICKETS / 730) * CHANGES)
  const before = await sizesOf(database)
  const days: { readonly day: number; readonly deadOfIncident: number; readonly deadOfClock: number }[] = []
  for (let day = 1; day <= DAYS; day++) {
    const started = performance.now()
    for (let changed = 0; changed < changesADay; changed += TOGETHER) await change(database, TOGETHER)
    await sleep(Math.max(0, DAY_SECONDS * 1000 - (performance.now() - started)))
    const [deadOfIncident, deadOfClock] = [await deadOf(database, 'incident'), await deadOf(database, 'clock')]
    days.push({ day, deadOfIncident, deadOfClock })
  }
  const after = await sizesOf(database)
  const vacuumed = await scalar(
    database,
    "select coalesce(sum(autovacuum_count), 0)::int from pg_stat_user_tables where relname in ('incident', 'clock')",
  )
  print({
    name: 'ageing.dead',
    value: Math.max(...days.map(({ deadOfIncident, deadOfClock }) => Math.max(deadOfIncident, deadOfClock))),
    unit: 'share of rows',
    samples: DAYS,
    detail: { tickets: TICKETS, changesADay, secondsOfADay: DAY_SECONDS, vacuumed, before, after, days },
  })
}

/** Some tickets move on: each with its clocks and a fact. */
async function change({ pool }: Database, count: number): Promise<void> {
  await pool.query(
    `with moved as (
       update incident set updated_at = now(), version = version + 1,
         state = (case when state = 'closed' then 'restored' else 'closed' end)::incident_state
       where id in (select id from incident where id >= $1::uuid order by id limit $2) returning id, customer_id
     ), counted as (
       update clock set elapsed_ms = elapsed_ms + 1, running_since = now() from moved where incident_id = moved.id
     )
     insert into history (id, subject_type, subject_id, customer_id, kind, facts, occurred_at)
     select gen_random_uuid(), 'incident', id, customer_id, 'incident.state', '{"to": "in-progress"}', now() from moved`,
    [newId(FROM + Math.random() * SPAN), count],
  )
}

async function letGo(database: Database): Promise<void> {
  const { pool } = database
  const cut = new Date(Date.UTC(2024, MONTHS_LET_GO, 1))
  let over = false
  const quiet = await work(database, () => over, 10_000)
  const started = performance.now()
  const meanwhile = work(database, () => over)
  let gone = 0
  for (let taken = AT_ONCE; taken === AT_ONCE; gone += taken) {
    const { rows } = await pool.query<{ id: string }>(
      `select id from incident where opened_at < $1 order by opened_at limit ${AT_ONCE}`,
      [cut],
    )
    taken = rows.length
    const ids = rows.map(({ id }) => id)
    const client = await pool.connect()
    await client.query('begin')
    await client.query("delete from history where subject_type = 'incident' and subject_id = any($1::uuid[])", [ids])
    await client.query('delete from incident where id = any($1::uuid[])', [ids])
    await client.query('commit')
    client.release()
  }
  const deleted = performance.now()
  const months = await dropEmptyMonths(pool, cut)
  const dropped = performance.now()
  await sleep(1000)
  over = true
  const during = await meanwhile
  print({
    name: 'ageing.desk-while-months-go',
    value: rounded(percentile(during, 0.95), 1),
    unit: 'ms',
    samples: during.length,
    detail: {
      slowest: rounded(Math.max(...during), 1),
      median: rounded(median(during), 1),
      before: {
        p95: rounded(percentile(quiet, 0.95), 1),
        median: rounded(median(quiet), 1),
        slowest: rounded(Math.max(...quiet), 1),
      },
      ticketsGone: gone,
      seconds: rounded((deleted - started) / 1000, 1),
      months: months.length,
      monthsMs: rounded(dropped - deleted, 1),
    },
  })
}

/** Somebody who writes a fact of today and reads a ticket, again and again: how long each took. */
async function work({ pool }: Database, isOver: () => boolean, atMostMs = Infinity): Promise<readonly number[]> {
  const { rows } = await pool.query<{ id: string }>('select id from incident order by id desc limit 1')
  const took: number[] = []
  for (const until = performance.now() + atMostMs; !isOver() && performance.now() < until;) {
    const started = performance.now()
    await pool.query(
      `insert into history (id, subject_type, subject_id, customer_id, kind, occurred_at)
       select $1, 'incident', id, customer_id, 'incident.note', now() from incident where id = $2`,
      [newId(), rows[0]!.id],
    )
    await pool.query('select * from history where subject_id = $1 order by occurred_at desc limit 50', [rows[0]!.id])
    took.push(performance.now() - started)
    await sleep(10)
  }
  return took
}

async function deadOf(database: Database, table: string): Promise<number> {
  const dead = await scalar(
    database,
    `select (n_dead_tup::float8 / greatest(1, n_live_tup))::float8 from pg_stat_user_tables where relname = '${table}'`,
  )
  return rounded(dead)
}

async function sizesOf(database: Database): Promise<Readonly<Record<string, number>>> {
  const mb = (of: string) => scalar(database, `select (${of} / 1e6)::float8`)
  return {
    incidentMb: rounded(await mb("pg_table_size('incident')"), 1),
    incidentIndexesMb: rounded(await mb("pg_indexes_size('incident')"), 1),
    clockMb: rounded(await mb("pg_table_size('clock')"), 1),
    clockIndexesMb: rounded(await mb("pg_indexes_size('clock')"), 1),
  }
}

async function scalar({ pool }: Database, statement: string): Promise<number> {
  const { rows } = await pool.query<Record<string, number>>(statement)
  return Object.values(rows[0]!)[0]!
}
