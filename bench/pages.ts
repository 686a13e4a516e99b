import { request } from 'node:http'
import { join } from 'node:path'
import { median, percentile, print, rounded } from './measure.ts'
import { routes } from '#app'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '#platform/embedded-postgres.ts'
import { freePort, type Program, runVerb, startProgram } from '../e2e/program.ts'

/**
 * Every endpoint that reads, over databases of several sizes at once: at ten times the tickets each is to take at most half as
 * long again. `PLUMBLINE_PAGES_FOLDERS=/a,/b` names the data folders, from small to large, each filled by `./plumbline sample`;
 * they stay. Paths are made from the endpoints: what has ids in its path is asked with those that its list gives.
 */
const FOLDERS = (process.env['PLUMBLINE_PAGES_FOLDERS'] ?? '').split(',').filter((each) => each !== '')
const ROUNDS = Number(process.env['PLUMBLINE_PAGES_ROUNDS'] ?? 5)
/** Of their paths, where not all are wanted. */
const ONLY = new RegExp(process.env['PLUMBLINE_PAGES_ONLY'] ?? '')
const IDS = 4
/** At most so much longer at the largest than at the smallest. */
const WANTED = 1.5
/** Below this the network of one machine says more than the program does. */
const LEAST_MS = 3

/** Never answered to their end, and files whose size is what was asked for. */
const LEFT_OUT = /stream|export|\.csv|download|\/files?\b|documents?\b|pdf|workbook|openapi/

interface Sized {
  readonly tickets: number
  readonly program: Program
  readonly postgres: EmbeddedPostgres
  /** Of somebody with each kind of role: who is refused one is asked as the next. */
  readonly tokens: readonly string[]
}

interface Answer {
  readonly status: number
  readonly ms: number
  readonly body: string
}

function ask({ program }: Sized, token: string, path: string): Promise<Answer> {
  const started = performance.now()
  return new Promise((resolve, reject) => {
    const sent = request(`${program.url}/api/v1${path}`, { headers: { authorization: `Bearer ${token}` } }, (reply) => {
      let body = ''
      reply.setEncoding('utf8')
      reply.on('data', (piece: string) => (body += piece))
      reply.on('end', () => resolve({ status: reply.statusCode ?? 0, ms: performance.now() - started, body }))
    })
    sent.on('error', reject)
    sent.end()
  })
}

/** Longer than this nobody waits: it is told, and not asked for again in other ways. */
const PATIENCE_MS = 5000
const slow = new Set<string>()

/** As the first who is let. */
async function askAny(sized: Sized, path: string): Promise<Answer & { readonly token: string }> {
  for (const token of sized.tokens) {
    const answer = await ask(sized, token, path)
    if (answer.ms > PATIENCE_MS) slow.add(path.replace(/\?.*/, ''))
    if (answer.status === 200) return { ...answer, token }
  }
  return { status: 0, ms: 0, body: '', token: '' }
}

function idsIn(body: string): readonly string[] {
  const read = JSON.parse(body) as { readonly items?: unknown } | readonly unknown[]
  const items = Array.isArray(read) ? read : ((read as { items?: readonly unknown[] }).items ?? [])
  return (items as readonly { readonly id?: unknown }[])
    .map(({ id }) => id)
    .filter((id): id is string => typeof id === 'string')
    .slice(0, IDS)
}

/** Queries that a report may need, from what it says that it lacks. */
async function withQuery(sized: Sized, path: string): Promise<readonly string[]> {
  if ((await askAny(sized, path)).status === 200) return [path]
  if (slow.has(path)) return []
  const { body } = await askAny(sized, '/customers')
  const customers = body === '' ? [] : idsIn(body)
  const month = new Date(Date.now() - 40 * 86_400_000).toISOString().slice(0, 7)
  const from = `${month}-01`
  const to = `${new Date(Date.now() - 10 * 86_400_000).toISOString().slice(0, 7)}-01`
  const tries = customers.flatMap((customer) => [
    `customer=${customer}`,
    `customer=${customer}&from=${from}&to=${to}`,
    `customer=${customer}&month=${month}`,
    `customer=${customer}&from=${from}&to=${to}&groupBy=priority`,
  ])
  const found: string[] = []
  for (const query of [...tries, `from=${from}&to=${to}`, `month=${month}`, `year=${month.slice(0, 4)}`, 'q=drucker']) {
    if (found.length === IDS || slow.has(path)) break
    if ((await askAny(sized, `${path}?${query}`)).status === 200) found.push(`${path}?${query}`)
  }
  return found
}

/** Paths to ask for an endpoint; none where it is not known what to ask. */
async function pathsOf(sized: Sized, path: string): Promise<readonly string[]> {
  const at = path.indexOf('/:')
  if (at === -1) return withQuery(sized, path)
  const [list, rest] = [path.slice(0, at), path.slice(at + 1).replace(/^[^/]*/, '')]
  if (rest.includes('/:')) return []
  const { status, body } = await askAny(sized, list === '/incidents' ? '/incidents?limit=20&sort=-openedAt' : list)
  if (status !== 200) return []
  const paths: string[] = []
  for (const id of idsIn(body)) paths.push(...(await withQuery(sized, `${list}/${id}${rest}`)).slice(0, 1))
  return paths
}

interface Measured {
  readonly p95: number
  readonly median: number
  readonly processorMs: number
  readonly samples: number
}

async function measure(sizes: readonly Sized[], path: string): Promise<readonly Measured[] | null> {
  const asked = await Promise.all(sizes.map((sized) => pathsOf(sized, path)))
  if (asked.some((paths) => paths.length === 0)) return null
  const times: number[][] = sizes.map(() => [])
  const seconds = sizes.map(() => 0)
  // Each size in turn in each round: what else goes on in the machine strikes all of them.
  for (let round = -1; round < ROUNDS; round++) {
    for (const [nth, sized] of sizes.entries()) {
      const before = await sized.program.processorSeconds()
      for (const each of asked[nth]!) {
        const { token } = round === -1 ? await askAny(sized, each) : { token: '' }
        if (token !== '') tokenOf.set(`${nth} ${each}`, token)
        const { ms } = await ask(sized, tokenOf.get(`${nth} ${each}`)!, each)
        if (round >= 0) times[nth]!.push(ms)
      }
      const after = await sized.program.processorSeconds()
      if (round >= 0) seconds[nth]! += after.server + after.database - before.server - before.database
    }
  }
  return times.map((all, nth) => ({
    p95: percentile(all, 0.95),
    median: median(all),
    processorMs: (seconds[nth]! * 1000) / all.length,
    samples: all.length,
  }))
}

const tokenOf = new Map<string, string>()

/** Those who answer alone: what a company that was just written has to be counted in the background is another matter. */
async function start(folder: string): Promise<Sized> {
  const postgres = await startEmbeddedPostgres({ folder: join(folder, 'postgres'), log: () => undefined })
  const shared = { DATABASE_URL: postgres.url, PLUMBLINE_SECRET: Buffer.alloc(32, 7).toString('base64url') }
  const program = await startProgram({
    folder,
    args: ['--only', 'web'],
    env: { ...shared, PORT: String(await freePort()) },
  })
  const env = { ...process.env, ...shared, PLUMBLINE_DATA: folder }
  const email = `manager-${Date.now()}@plumbline.example`
  await runVerb(['user', 'create', '--email', email, '--role', 'service-manager', '--json'], env)
  const made = await runVerb(['token', 'create', '--email', email, '--name', 'pages', '--json'], env).catch(() => null)
  const tokens = [program.token, ...(made === null ? [] : [(JSON.parse(made) as { token: string }).token])]
  return { tickets: ticketsIn(folder), program, postgres, tokens }
}

/** As the name of the folder says (`…100k`, `…1m`); zero where it says nothing. */
function ticketsIn(folder: string): number {
  const [, count = '0', unit = ''] = /(\d+)(k|m)$/.exec(folder) ?? []
  return Number(count) * (unit === 'm' ? 1_000_000 : 1000)
}

const sizes: Sized[] = []
const left: string[] = []
let slower = 0
/** The same by the median: on a machine that has other things to do the p95 of a few is one of those. */
let slowerMedian = 0
try {
  for (const folder of FOLDERS) sizes.push(await start(folder))
  if (sizes.length === 0) throw new Error('Say which data folders: PLUMBLINE_PAGES_FOLDERS=/a,/b')
  for (const { endpoint } of routes) {
    const { method, path, bytes } = endpoint
    if (method !== 'GET' || bytes !== undefined || LEFT_OUT.test(path) || !ONLY.test(path)) continue
    const measured = await measure(sizes, path).catch((error: unknown) => {
      process.stderr.write(`${path}: ${String(error)}\n`)
      return null
    })
    if (measured === null) {
      left.push(path)
      continue
    }
    const [smallest, largest] = [measured[0]!, measured.at(-1)!]
    const ratio = Math.max(LEAST_MS, largest.p95) / Math.max(LEAST_MS, smallest.p95)
    const medianRatio = Math.max(LEAST_MS, largest.median) / Math.max(LEAST_MS, smallest.median)
    if (ratio > WANTED) slower += 1
    if (medianRatio > WANTED) slowerMedian += 1
    print({
      name: `pages.${path}`,
      value: rounded(ratio, 2),
      unit: 'times',
      samples: largest.samples,
      detail: {
        median: rounded(medianRatio, 2),
        sizes: sizes.map(({ tickets }, nth) => ({
          tickets,
          p95: rounded(measured[nth]!.p95, 1),
          median: rounded(measured[nth]!.median, 1),
          processorMs: rounded(measured[nth]!.processorMs, 1),
        })),
      },
    })
  }
  print({
    name: 'pages.slower',
    value: slower,
    unit: 'endpoints',
    samples: routes.length,
    detail: { wanted: 0, times: WANTED, slowerMedian, notAsked: left, tooSlow: [...slow] },
  })
} finally {
  for (const { program, postgres } of sizes) {
    await program.stop()
    await postgres.stop()
  }
}
