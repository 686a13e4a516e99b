import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { recomputeClocks } from '#modules/incidents'
import { connect, type Database } from '#platform/database.ts'
import { print, rounded } from './measure.ts'
import { NOW, withTickets } from './tickets.ts'

/**
 * A late holiday for all tickets of a customer, each with twelve facts and five clocks: how long counting them anew takes
 * with the differences kept, in a process of its own; again, when nothing differs; in hours in which most results differ;
 * and whether a run that is killed in the middle and begun again comes to the same (`PLUMBLINE_BENCH_TICKETS=20000` for a
 * quick look).
 */
const TICKETS = Number(process.env['PLUMBLINE_BENCH_TICKETS'] ?? 200_000)

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
  await withTickets(TICKETS, async ({ database, url: to, customerId }) => {
    const about = { tickets: TICKETS, clocks: await countClocks(database), events: await count(database, 'history') }

    await closeDays(database, ['2024-05-09', '2025-05-29'])
    const first = await inChild(to, customerId).result
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
    const again = await inChild(to, customerId).result
    print({
      name: 'recompute.again',
      value: again.seconds,
      unit: 's',
      samples: 1,
      detail: { ...again, sameResult: sum === (await checksum(database)) },
    })

    await openLater(database)
    const most = await inChild(to, customerId).result
    print({
      name: 'recompute.other-hours',
      value: most.seconds,
      unit: 's',
      samples: 1,
      detail: { ...about, ...most, kept: await count(database, 'clock_result'), limit: 60 },
    })

    await closeDays(database, ['2024-10-31', '2025-10-31'])
    const killed = inChild(to, customerId)
    setTimeout(() => killed.child.kill('SIGKILL'), Math.max(1500, (first.seconds * 1000) / 2))
    const whole = await killed.result.then(
      () => true,
      () => false,
    )
    const rest = await inChild(to, customerId).result
    const after = await checksum(database)
    const last = await inChild(to, customerId).result
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
  })
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

async function count({ pool }: Database, table: 'history' | 'clock_result'): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(`select count(*)::int as count from ${table}`)
  return rows[0]!.count
}

/** A clock that begins again and again is one each time. */
async function countClocks({ pool }: Database): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(
    'select sum(greatest(1, coalesce(gaps_met + gaps_failed, 1)))::int as count from clock',
  )
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

/** As if the day had begun half an hour later all along. */
async function openLater({ pool }: Database): Promise<void> {
  await pool.query(`update calendar_version set rules = replace(rules::text, '"opens": 480', '"opens": 510')::jsonb`)
}
