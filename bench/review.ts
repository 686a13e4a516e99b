import { readdir, readFile } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import type { Review } from '#api/reviews'
import { computeChanged } from '#modules/kpis'
import { type Context, system } from '#platform/context.ts'
import { transaction } from '#platform/database.ts'
import { ROOT } from '#platform/configuration.ts'
import { type Program, startProgram } from '../e2e/program.ts'
import { ensureWebBuilt } from '../src/commands/web-build.ts'
import { countHoldings, settleHoldings } from '../src/modules/incidents/handover-count.ts'
import { percentile, print, rounded } from './measure.ts'
import { withTickets } from './tickets.ts'

/**
 * The review of a month with so many tickets (`PLUMBLINE_BENCH_TICKETS`): all editions in both languages and all formats,
 * made in the background of a running program, with the memory of all its processes but the database's, and what the list of
 * incidents takes meanwhile beside what it takes at rest.
 */
const TICKETS = Number(process.env['PLUMBLINE_BENCH_TICKETS'] ?? 100_000)
/** The last are resolved within the month, too. */
const DAYS = 25
const MONTH = '2024-01'
const QUESTIONS = 150
const LOOK_MS = 100
/** What a program does when it begins is over by then. */
const REST_MS = 10_000

// The first start after a change makes the pages: that is measured elsewhere.
await ensureWebBuilt(ROOT, () => undefined)
await withTickets(
  TICKETS,
  async ({ url, database, customerId }) => {
    // What came in was counted within ten minutes, and who held it; a review counts what is left.
    const counting = <Result>(work: (context: Context) => Promise<Result>) =>
      transaction(database.db, system, 'read write', (db) =>
        work({ db, actor: system, now: new Date(), requestId: 'bench', listeners: {}, enqueue: async () => undefined }),
      )
    await counting((context) => computeChanged(context, customerId))
    while ((await counting(countHoldings)) > 0);
    await counting((context) => settleHoldings(context, true))
    const program = await startProgram({ env: { DATABASE_URL: url } })
    try {
      await wait(REST_MS)
      const before = await listTimes(program, QUESTIONS, () => false)
      const rest = sum(await memoryOf(program.pid))
      const began = performance.now()
      const order = { customer: 'Bench', month: MONTH, editions: ['customer', 'internal', 'one-page'] }
      await ask(program, 'POST', '/reviews', order)
      let isMade = false
      let peak: readonly number[] = []
      const made = (async () => {
        for (;;) {
          const now = await memoryOf(program.pid)
          if (sum(now) > sum(peak)) peak = now
          const { items } = (await ask(program, 'GET', '/reviews')) as { readonly items: readonly Review[] }
          if (items.some(({ state }) => state === 'failed')) throw new Error('A review was not made.')
          if (items.length === 3 && items.every(({ state }) => state === 'done')) {
            isMade = true
            return { seconds: (performance.now() - began) / 1000, items }
          }
          await wait(LOOK_MS)
        }
      })()
      const during = await listTimes(program, Number.POSITIVE_INFINITY, () => isMade)
      const { seconds, items } = await made
      const bytes = items.flatMap(({ documents }) => documents).reduce((all, document) => all + document.bytes, 0)
      const about = { tickets: TICKETS, documents: items.flatMap(({ documents }) => documents).length, bytes }
      print({ name: 'review.made', value: rounded(seconds, 1), unit: 's', samples: 1, detail: { ...about, limit: 15 } })
      const megabytes = (bytesOf: number) => rounded(bytesOf / 1024 / 1024, 0)
      const memory = { ...about, limit: 700, rest: megabytes(rest), processes: peak.map(megabytes) }
      print({ name: 'review.memory', value: megabytes(sum(peak)), unit: 'MB', samples: 1, detail: memory })
      const ratio = rounded(percentile(during, 0.95) / percentile(before, 0.95), 2)
      const detail = {
        rest: rounded(percentile(before, 0.95), 1),
        during: rounded(percentile(during, 0.95), 1),
        limit: 1.3,
      }
      print({ name: 'review.list', value: ratio, unit: 'times', samples: during.length, detail })
    } finally {
      await program.stop()
    }
  },
  { days: DAYS },
)

async function ask({ url, token }: Program, method: string, path: string, body?: object): Promise<unknown> {
  const reply = await fetch(`${url}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  })
  if (!reply.ok) throw new Error(`${path}: ${reply.status} ${await reply.text()}`)
  return reply.json()
}

/** Milliseconds of so many answers one after the other, or until it is enough. */
async function listTimes(program: Program, most: number, enough: () => boolean): Promise<number[]> {
  const times: number[] = []
  while (times.length < most && !enough()) {
    const began = performance.now()
    await ask(program, 'GET', '/incidents?limit=50&state=closed')
    times.push(performance.now() - began)
    await wait(20)
  }
  return times
}

/** Resident bytes of a process and of each that it began; what they share of the program's files counts once, with the first. */
async function memoryOf(pid: number): Promise<readonly number[]> {
  const parents = new Map<number, number>()
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '')
    const parent = /\) \S (\d+)/.exec(stat)?.[1]
    if (parent !== undefined) parents.set(Number(name), Number(parent))
  }
  const own = (id: number | undefined): boolean => id !== undefined && (id === pid || own(parents.get(id)))
  const bytes: number[] = []
  for (const id of parents.keys()) {
    if (!own(id)) continue
    const status = await readFile(`/proc/${id}/status`, 'utf8').catch(() => '')
    const of = (name: string) => 1024 * Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1] ?? 0)
    bytes.push(of('RssAnon') + (id === pid ? of('RssFile') : 0))
  }
  return bytes
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0)
}
