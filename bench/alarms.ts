import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loops } from '#app'
import { connect, type Database } from '#platform/database.ts'
import { migrate } from '#platform/migrations.ts'
import { startEmbeddedPostgres } from '#platform/embedded-postgres.ts'
import { silent } from '#platform/log.ts'
import { queue } from '#platform/worker.ts'
import { print, rounded } from './measure.ts'

/**
 * 135,000 running clocks of which 1,000 become due in one second: how long after that second begins the last one is
 * recorded, by a program that runs as it does in earnest. And what a minute costs in which nothing is due.
 */
const CLOCKS = 135_000
const DUE = 1_000
const IDLE_MS = 60_000

const folder = await mkdtemp(join(tmpdir(), 'plumbline-bench-'))
const postgres = await startEmbeddedPostgres({ folder, log: () => undefined })
const database = connect(postgres.url)
try {
  await migrate(database.db)
  await fill(database)
  const { db, pool } = database
  const background = queue({
    url: postgres.url,
    db,
    pool,
    jobs: [],
    loops,
    listeners: {},
    now: () => new Date(),
    log: silent,
  })
  await background.start()
  const used = process.cpuUsage()
  const before = await transactions()
  await new Promise((resolve) => setTimeout(resolve, IDLE_MS))
  const { user, system } = process.cpuUsage(used)
  const processor = (user + system) / 1e6
  print({
    name: 'alarms.idle-minute',
    value: rounded((processor / (IDLE_MS / 1000)) * 100, 2),
    unit: '% of a core',
    samples: 1,
    detail: { clocks: CLOCKS, processorSeconds: rounded(processor), transactions: (await transactions()) - before },
  })

  // Far enough ahead for the loop, which looks every fifteen seconds, to have seen it coming.
  const second = Math.ceil(Date.now() / 1000) * 1000 + 20_000
  await pool.query(
    `update clock set due_at = n.due, alarm_at = n.due,
       alarms = jsonb_build_array(jsonb_build_object('shareBp', 10000, 'at', (extract(epoch from n.due) * 1000)::bigint))
     from (select id, to_timestamp($1 / 1000.0 + row_number() over () / 1000.0) as due from clock limit ${DUE}) n where clock.id = n.id`,
    [second],
  )
  await new Promise((resolve) => setTimeout(resolve, second - Date.now()))
  let recorded = 0
  let lastAt = 0
  while (recorded < DUE && Date.now() < second + 60_000) {
    const { rows } = await pool.query<{ count: number }>(
      "select count(*)::int as count from history where kind = 'clock.breached'",
    )
    recorded = rows[0]!.count
    lastAt = Date.now()
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  print({
    name: 'alarms.thousand-in-a-second',
    value: rounded((lastAt - second) / 1000),
    unit: 's',
    samples: recorded,
    detail: { clocks: CLOCKS, recorded, target: 5 },
  })
  await background.stop()
} finally {
  await database.close()
  await postgres.stop()
  await rm(folder, { recursive: true, force: true })
}

/** Transactions so far in the bench's database, the queue's own among them. */
async function transactions(): Promise<number> {
  const { rows } = await database.pool.query<{ count: number }>(
    'select xact_commit::int as count from pg_stat_database where datname = current_database()',
  )
  return rows[0]!.count
}

/** Running clocks whose alarms lie days ahead. */
async function fill({ pool }: Database): Promise<void> {
  const id = 'gen_random_uuid()'
  await pool.query(`
    create temp table made as select ${id} as customer, ${id} as calendar, ${id} as hours, ${id} as agreement, ${id} as promise, ${id} as target;
    insert into customer (id, key, name, time_zone) select customer, 'BENCH', 'Bench', 'UTC' from made;
    insert into calendar (id, name) select calendar, 'Always' from made;
    insert into calendar_version (id, calendar_id, valid_from, rules) select hours, calendar, '1970-01-01', '{}' from made;
    insert into agreement (id, customer_id, name) select agreement, customer, 'SLA' from made;
    insert into agreement_version (id, agreement_id, customer_id, type, number, state, valid_from, terms, calendar_id)
      select promise, agreement, customer, 'sla', 1, 'active', '2020-01-01', '{}', calendar from made;
    insert into target (id, agreement_version_id, customer_id, metric, priority, target_seconds, attainment_bp)
      select target, promise, customer, 'resolution', 'p3', 999999, 9500 from made;
    insert into incident (id, customer_id, number, title, impact, urgency, priority, occurred_at, opened_at, updated_at)
      select ${id}, customer, 'B-' || n, 'Trouble', 'low', 'low', 'p3', now(), now(), now() from made, generate_series(1, ${CLOCKS}) n;
    insert into clock (id, incident_id, customer_id, metric, agreement_version_id, target_id, calendar_version_id, state, started_at,
        due_at, target_ms, elapsed_ms, running_since, priority, number, alarm_at, alarms)
      select ${id}, i.id, customer, 'resolution', promise, target, hours, 'running', now(), now() + interval '9 days', 999999000, 0, now(),
        'p3', i.number, now() + interval '2 days' + random() * interval '1 day',
        '[{"shareBp": 5000, "at": 1}, {"shareBp": 10000, "at": 2}]' from made, incident i;
    analyze`)
}
