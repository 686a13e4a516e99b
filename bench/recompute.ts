import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { addCustomer } from '#modules/customers'
import { type BulkFact, type BulkIncident, recomputeClocks, writeIncidents } from '#modules/incidents'
import { addAgreement, addCalendar } from '#modules/service-levels'
import { metrics } from '#api/service-levels'
import { system } from '#platform/context.ts'
import { connect, type Database, migrate, transaction } from '#platform/database.ts'
import { startEmbeddedPostgres } from '#platform/embedded-postgres.ts'
import { print, rounded } from './measure.ts'

/**
 * A late holiday for all tickets of a customer, each with twelve facts and a clock for each metric: how long counting them
 * anew takes with the differences kept, in a process of its own; again, when nothing differs; and whether a run that is
 * killed in the middle and begun again comes to the same (`PLUMBLINE_BENCH_TICKETS=20000` for a quick look).
 */
const TICKETS = Number(process.env['PLUMBLINE_BENCH_TICKETS'] ?? 200_000)
const HOUR = 3_600_000
const FROM = Date.UTC(2024, 0, 1)
const NOW = new Date('2026-06-01T00:00:00Z')

interface Result {
  readonly incidents: number
  readonly differences: number
  readonly seconds: number
  readonly residentMb: number
  readonly processorSeconds: number
}

const [, , mode, url, customer] = process.argv
if (mode === '--child') await recomputeAsChild(url!, customer!)
else await measure()

async function measure(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-bench-'))
  const postgres = await startEmbeddedPostgres({ folder, log: () => undefined })
  const database = connect(postgres.url)
  try {
    await migrate(database.db)
    const customerId = await agree(database)
    await fill(database, customerId)
    const clocks = await count(database, 'clock')
    const about = { tickets: TICKETS, clocks, events: await count(database, 'history') }

    await closeDays(database, ['2024-05-09', '2025-05-29'])
    const first = await inChild(postgres.url, customerId).result
    const sum = await checksum(database)
    print({
      name: 'recompute.differences',
      value: first.seconds,
      unit: 's',
      samples: 1,
      detail: { ...about, ...first, kept: await count(database, 'clock_result'), limit: 60 },
    })
    print({
      name: 'recompute.resident',
      value: first.residentMb,
      unit: 'MB',
      samples: 1,
      detail: { ...about, limit: 600 },
    })
    const again = await inChild(postgres.url, customerId).result
    print({
      name: 'recompute.again',
      value: again.seconds,
      unit: 's',
      samples: 1,
      detail: { ...again, sameResult: sum === (await checksum(database)) },
    })

    await closeDays(database, ['2024-10-31', '2025-10-31'])
    const killed = inChild(postgres.url, customerId)
    setTimeout(() => killed.child.kill('SIGKILL'), Math.max(1500, (first.seconds * 1000) / 2))
    const whole = await killed.result.then(
      () => true,
      () => false,
    )
    const rest = await inChild(postgres.url, customerId).result
    const after = await checksum(database)
    const last = await inChild(postgres.url, customerId).result
    print({
      name: 'recompute.after-kill',
      value: rest.seconds,
      unit: 's',
      samples: 1,
      detail: {
        ...rest,
        killedInTheMiddle: !whole,
        leftByThen: last.differences,
        sameResult: after === (await checksum(database)),
      },
    })
  } finally {
    await database.close()
    await postgres.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

function inChild(to: string, customerId: string): { child: ChildProcess; result: Promise<Result> } {
  const child = spawn(process.execPath, [fileURLToPath(import.meta.url), '--child', to, customerId], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const pieces: Buffer[] = []
  child.stdout.on('data', (piece: Buffer) => pieces.push(piece))
  const result = new Promise<Result>((resolve, reject) => {
    child.once('close', (code) => {
      if (code === 0) resolve(JSON.parse(Buffer.concat(pieces).toString()) as Result)
      else reject(new Error(`The recomputation ended with ${code}`))
    })
  })
  return { child, result }
}

async function recomputeAsChild(to: string, customerId: string): Promise<void> {
  const { db, pool, close } = connect(to)
  const began = performance.now()
  let differences = 0
  const incidents = await recomputeClocks(pool, db, {
    customerId,
    now: NOW,
    adjust: false,
    onDifference: () => (differences += 1),
  })
  const seconds = rounded((performance.now() - began) / 1000)
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage()
  const result: Result = {
    incidents,
    differences,
    seconds,
    residentMb: rounded((maxRSS * 1024) / 1e6, 1),
    processorSeconds: rounded((userCPUTime + systemCPUTime) / 1e6),
  }
  process.stdout.write(JSON.stringify(result))
  await close()
}

async function count({ pool }: Database, table: 'clock' | 'history' | 'clock_result'): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(`select count(*)::int as count from ${table}`)
  return rows[0]!.count
}

async function checksum({ pool }: Database): Promise<string> {
  const { rows } = await pool.query<{ sum: string }>(
    `select sum(hashtextextended(concat_ws(' ', incident_id, metric, state, elapsed_ms, due_at, stopped_at, target_ms), 0))::text as sum from clock`,
  )
  return rows[0]!.sum
}

/** As if somebody had found out now that nobody was there on these days. */
async function closeDays({ pool }: Database, days: readonly string[]): Promise<void> {
  const closed = days.map((date) => ({ date, windows: [], label: 'Late' }))
  await pool.query(
    `update calendar_version set rules = jsonb_set(rules, '{exceptions}', (rules->'exceptions') || $1::jsonb)`,
    [JSON.stringify(closed)],
  )
}

async function agree(database: Database): Promise<string> {
  const morning = { opens: 8 * 60, closes: 12 * 60 }
  const afternoon = { opens: 13 * 60, closes: 18 * 60 }
  const day = [morning, afternoon]
  return transaction(database.db, system, 'read write', async (tx) => {
    const context = {
      db: tx,
      actor: system,
      now: new Date('2024-01-01T00:00:00Z'),
      requestId: 'bench',
      listeners: {},
      enqueue: async () => undefined,
    }
    const { id } = await addCustomer(context, {
      name: 'Bench',
      kind: 'external',
      timeZone: 'Europe/Berlin',
      language: 'en',
    })
    const exceptions = ['2024-12-25', '2025-12-25'].map((date) => ({ date, windows: [], label: 'Christmas' }))
    const rules = { timeZone: 'Europe/Berlin', week: [day, day, day, day, [morning], [], []], exceptions }
    await addCalendar(context, { name: 'Hours', customer: id, rules })
    const targets = (['p1', 'p2', 'p3', 'p4', 'p5'] as const).flatMap((priority, index) =>
      metrics.map((metric) => ({
        metric,
        priority,
        targetSeconds: (metric === 'response' ? 1800 : 4 * 3600) * (index + 1),
        attainmentBp: 9000,
      })),
    )
    await addAgreement(context, {
      name: 'Agreement',
      customer: id,
      activate: true,
      calendar: 'Hours',
      validFrom: new Date('2020-01-01'),
      services: [],
      terms: {},
      targets,
    })
    return id
  })
}

async function fill(database: Database, customerId: string): Promise<void> {
  const team = { network: '', desk: '' }
  for (const name of ['network', 'desk'] as const) {
    const { rows } = await database.pool.query<{ id: string }>(
      'insert into team (id, name) values (gen_random_uuid(), $1) returning id',
      [name],
    )
    team[name] = rows[0]!.id
  }
  const clients = [await database.pool.connect(), await database.pool.connect()]
  try {
    await writeIncidents(clients, database.db, tickets(customerId, team), { now: NOW })
  } finally {
    for (const client of clients) client.release()
  }
  await database.pool.query('analyze')
}

/** The same in every run; over two years, most ended, each hundredth still open. */
function* tickets(customerId: string, team: { network: string; desk: string }): Generator<BulkIncident> {
  const step = (2 * 365 * 24 * HOUR) / TICKETS
  for (let index = 0; index < TICKETS; index++) {
    const opened = Math.floor(FROM + index * step)
    const open = index % 100 === 0
    const priority = (['p1', 'p2', 'p3', 'p4', 'p5'] as const)[index % 5]!
    const gap = (1 + (index % 17)) * HOUR
    const at = (steps: number) => opened + steps * gap
    const state = (steps: number, to: string, reason?: string): BulkFact =>
      fact('incident.state', at(steps), { to, ...(reason && { reason }) })
    const assigned = (steps: number, to: string): BulkFact => fact('incident.assigned', at(steps), { team: { to } })
    const history = [
      fact('incident.opened', opened, { priority, impact: 'low', urgency: 'low', state: 'new' }),
      assigned(0.1, team.desk),
      state(0.5, 'in-progress'),
      state(1, 'on-hold', 'awaiting-requester'),
      state(3, 'in-progress'),
      assigned(3.2, team.network),
      state(4, 'on-hold', 'awaiting-supplier'),
      state(6, 'in-progress'),
      state(6.5, 'on-hold', 'awaiting-requester'),
      state(7, 'in-progress'),
      ...(open ? [assigned(7.5, team.desk), state(8, 'restored')] : [state(8, 'resolved'), state(12, 'closed')]),
    ]
    yield {
      customerId,
      title: `Trouble ${index}`,
      description: '',
      state: open ? 'restored' : 'closed',
      pauseReason: null,
      impact: 'low',
      urgency: 'low',
      priority,
      category: null,
      channel: null,
      siteId: null,
      serviceId: null,
      teamId: team.network,
      assigneeId: null,
      requesterId: null,
      openedAt: opened,
      respondedAt: at(0.5),
      resolvedAt: open ? null : at(8),
      closedAt: open ? null : at(12),
      updatedAt: at(12),
      resolution: null,
      reopenCount: 0,
      hopCount: 1,
      source: 'bench',
      sourceKey: `B${index}`,
      reportedMet: null,
      history,
    }
  }
}

function fact(kind: BulkFact['kind'], at: number, facts: BulkFact['facts']): BulkFact {
  return { kind, at: Math.floor(at), facts, visibility: 'public' }
}
