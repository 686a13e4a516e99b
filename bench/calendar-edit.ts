import { recomputeClocks } from '#modules/incidents'
import type { Database } from '#platform/database.ts'
import { type Program, startProgram } from '../e2e/program.ts'
import { median, percentile, print, rounded } from './measure.ts'
import { withTickets } from './tickets.ts'

/**
 * A calendar gets other hours from tomorrow on while the clocks of 100,000 open tickets run in it and people work at
 * the desk: how long the desk takes to answer before and meanwhile, how long all is counted anew, and whether what is left
 * is what counting everything once more says (`PLUMBLINE_BENCH_TICKETS=5000` for a quick look).
 */
const TICKETS = Number(process.env['PLUMBLINE_BENCH_TICKETS'] ?? 100_000)
/** Far enough ahead that each clock is due in the hours that change: at the earliest in 2027. */
const PROMISED_TIMES = 2000
const QUIET_MS = 15_000
const DAY_MS = 86_400_000

await withTickets(TICKETS, measure, { days: 20, openEach: 1, promisedTimes: PROMISED_TIMES })

async function measure({ database, url, customerId }: Parameters<Parameters<typeof withTickets>[1]>[0]): Promise<void> {
  const program = await startProgram({ env: { DATABASE_URL: url } })
  try {
    const before = await workFor(program, async () => new Promise((resolve) => setTimeout(resolve, QUIET_MS)))
    const running = await scalar<number>(database, 'select count(*)::int from clock where running_since is not null')
    // Of another version of the calendar, or due later than before: counted anew.
    const dues = 'select id, due_at from clock where running_since is not null'
    await database.pool.query(`create table bench_due as ${dues}`)
    const moved = () =>
      scalar<number>(
        database,
        'select count(*)::int from clock k join bench_due d on d.id = k.id where k.due_at > d.due_at',
      )
    const started = performance.now()
    let left = running
    const meanwhile = await workFor(program, async () => {
      await otherHours(program)
      do {
        await new Promise((resolve) => setTimeout(resolve, 250))
        left = running - (await moved())
      } while (left > 0 && performance.now() - started < 600_000)
    })
    const seconds = (performance.now() - started) / 1000
    const sum = await checksum(database)
    await countAll(database, customerId)
    const detail = { clocks: running, left, mixture: sum !== (await checksum(database)) }
    print({ name: 'calendar-edit.counted', value: rounded(seconds, 1), unit: 's', samples: running, detail })
    for (const [name, ms] of Object.entries({ before, meanwhile })) {
      const spread = { median: rounded(median(ms), 1), slowest: rounded(Math.max(...ms), 1) }
      print({
        name: `calendar-edit.desk-${name}`,
        value: rounded(percentile(ms, 0.95), 1),
        unit: 'ms',
        samples: ms.length,
        detail: spread,
      })
    }
  } finally {
    await program.stop()
  }
}

/** One after the other: a list, a ticket, a note, until `work` is done; how long each answer took. */
async function workFor({ url, token }: Program, work: () => Promise<unknown>): Promise<number[]> {
  const took: number[] = []
  const over = new AbortController()
  const ask = async <Reply>(method: string, path: string, body?: object): Promise<Reply> => {
    const at = performance.now()
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    const reply = await fetch(`${url}/api/v1${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) })
    if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status} ${await reply.text()}`)
    const read = (await reply.json()) as Reply
    took.push(performance.now() - at)
    return read
  }
  const desk = (async () => {
    for (let round = 0; !over.signal.aborted; round++) {
      const { items } = await ask<{ items: { id: string }[] }>('GET', '/incidents?limit=50')
      const { id } = items[round % items.length]!
      await ask('GET', `/incidents/${id}`)
      await ask('POST', `/incidents/${id}/notes`, { text: 'Looked at it.', visibility: 'internal' })
    }
  })()
  await Promise.race([work(), desk])
  over.abort()
  await desk
  return took
}

/** From tomorrow on fewer hours, so that every clock is due later. */
async function otherHours({ url, token }: Program): Promise<void> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const { items } = (await (await fetch(`${url}/api/v1/calendars`, { headers })).json()) as {
    items: { id: string; version: number }[]
  }
  const [calendar] = items
  const day = [{ opens: 10 * 60, closes: 16 * 60 }]
  const reply = await fetch(`${url}/api/v1/calendars/${calendar!.id}/versions`, {
    method: 'POST',
    headers: { ...headers, 'if-match': `"${calendar!.version}"` },
    body: JSON.stringify({
      validFrom: new Date(Math.ceil(Date.now() / DAY_MS) * DAY_MS).toISOString(),
      rules: { timeZone: 'Europe/Berlin', week: [day, day, day, day, day, [], []], exceptions: [] },
    }),
  })
  if (!reply.ok) throw new Error(await reply.text())
}

async function countAll({ pool, db }: Database, customerId: string): Promise<void> {
  await recomputeClocks(pool, db, { customerId, now: new Date() })
}

/** Of what clocks are counted to, but for what goes by with time. */
async function checksum(database: Database): Promise<string> {
  return scalar(
    database,
    "select md5(string_agg(concat_ws(' ', id, state, due_at, stopped_at, target_ms), ',' order by id)) from clock",
  )
}

async function scalar<Value>({ pool }: Database, query: string): Promise<Value> {
  const { rows } = await pool.query({ text: query, rowMode: 'array' })
  return (rows as unknown as [[Value]])[0][0]
}
