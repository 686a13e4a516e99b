import { Agent, request } from 'node:http'
import { atRest } from './at-rest.ts'
import { median, percentile, print, rounded } from './measure.ts'
import { type Program, runVerb, startProgram } from '../e2e/program.ts'

/**
 * The server under load, with databases that the sample company's generator filled: one with 100,000 incidents, one with
 * 1,000,000 (`PLUMBLINE_BENCH_SIZES=100000,1000000`). Each question is asked with each filter of the page in turn.
 */
const SIZES = (process.env['PLUMBLINE_BENCH_SIZES'] ?? '100000,1000000').split(',').map(Number)
const ROUNDS = 40
const CONNECTIONS = 32
/** Until what is done often has been compiled and prepared. */
const WARM_SECONDS = 5
const WRITE_SECONDS = 10

interface Answer {
  readonly status: number
  readonly ms: number
  readonly body: string
}

const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS })

function ask({ url, token }: Program, method: string, path: string, body?: object): Promise<Answer> {
  const started = performance.now()
  return new Promise((resolve, reject) => {
    const sent = request(
      `${url}/api/v1${path}`,
      {
        method,
        agent,
        headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) },
      },
      (reply) => {
        let text = ''
        reply.setEncoding('utf8')
        reply.on('data', (piece: string) => (text += piece))
        reply.on('end', () => resolve({ status: reply.statusCode ?? 0, ms: performance.now() - started, body: text }))
      },
    )
    sent.on('error', reject)
    sent.end(body && JSON.stringify(body))
  })
}

interface Question {
  readonly name: string
  readonly paths: readonly string[]
}

interface Listed {
  readonly items: readonly {
    readonly id: string
    readonly number: string
    readonly clocks: readonly { readonly id: string }[]
  }[]
}

async function read<T>(program: Program, path: string): Promise<T> {
  const { status, body } = await ask(program, 'GET', path)
  if (status !== 200) throw new Error(`${path} answered ${status}: ${body.slice(0, 200)}`)
  return JSON.parse(body) as T
}

/** What is asked, each with as many addresses as the page has filters. */
async function questions(program: Program): Promise<Question[]> {
  const named = async (path: string) => (await read<{ items: { id: string; name: string }[] }>(program, path)).items
  const [customer] = await named('/customers')
  const [team] = await named('/teams')
  const [site] = await named(`/sites?customer=${customer!.id}`)
  const [service] = await named(`/services?customer=${customer!.id}`)
  const filters = [
    '',
    `customer=${customer!.id}`,
    'state=open',
    'state=closed',
    'priority=p1',
    'priority=p3',
    `team=${team!.id}`,
    `customer=${customer!.id}&site=${site!.id}`,
    `customer=${customer!.id}&service=${service!.id}`,
    `customer=${customer!.id}&state=open&priority=p2`,
  ]
  const lists = ['-updatedAt', '-openedAt', 'dueAt'].flatMap((sort) =>
    filters.map((filter) => `/incidents?limit=50&sort=${sort}&${filter}`),
  )
  const { items } = await read<Listed>(program, '/incidents?limit=50&sort=-openedAt')
  const month = new Date(Date.now() - 40 * 86_400_000).toISOString().slice(0, 7)
  const next = new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 1)).toISOString().slice(0, 10)
  const words = ['printer', 'drucker', 'wlan scanner', 'mail', 'sap anmeldung', 'zqx', items[0]!.number]
  return [
    { name: 'list-50', paths: lists },
    { name: 'incident', paths: items.slice(0, 20).map(({ id }) => `/incidents/${id}`) },
    { name: 'timeline', paths: items.slice(0, 20).map(({ id }) => `/incidents/${id}/timeline`) },
    { name: 'search', paths: words.map((q) => `/incidents?limit=50&q=${encodeURIComponent(q)}`) },
    {
      name: 'attainment-month',
      paths: [`/reports/attainment?groupBy=priority&customer=${customer!.id}&from=${month}-01&to=${next}`],
    },
  ]
}

interface Filled {
  readonly size: number
  readonly program: Program
}

interface Measured {
  readonly size: number
  readonly program: Program
  readonly paths: readonly string[]
  readonly times: number[]
  seconds: number
  slowest: { readonly path: string; readonly ms: number }
}

/** Every size in turn in each round: what else goes on in the machine strikes all of them, and the ratio stays true. */
async function measureReads(filled: readonly Filled[]): Promise<void> {
  const asked = await Promise.all(filled.map(({ program }) => questions(program)))
  for (const [index, { name }] of asked[0]!.entries()) {
    const measured = filled.map(({ size, program }, nth): Measured => {
      return { size, program, paths: asked[nth]![index]!.paths, times: [], seconds: 0, slowest: { path: '', ms: 0 } }
    })
    for (const { program, paths } of measured) for (const path of paths) await read(program, path)
    for (let round = 0; round < ROUNDS; round++) for (const one of measured) await askAll(one)
    for (const one of measured) printReads(name, one, measured[0]!)
  }
}

async function askAll(one: Measured): Promise<void> {
  const used = await one.program.processorSeconds()
  for (const path of one.paths) {
    const { ms } = await ask(one.program, 'GET', path)
    one.times.push(ms)
    if (ms > one.slowest.ms) one.slowest = { path, ms: rounded(ms, 1) }
  }
  const after = await one.program.processorSeconds()
  one.seconds += after.server + after.database - used.server - used.database
}

function printReads(name: string, { size, times, seconds, slowest }: Measured, smallest: Measured): void {
  print({
    name: `server.${name}.p95.${size}`,
    value: rounded(percentile(times, 0.95)),
    unit: 'ms',
    samples: times.length,
    detail: {
      median: rounded(median(times)),
      slowest,
      processorMsPerRequest: rounded((seconds * 1000) / times.length),
      ...(size !== smallest.size && {
        timesTheSmallest: {
          p95: rounded(percentile(times, 0.95) / percentile(smallest.times, 0.95), 2),
          median: rounded(median(times) / median(smallest.times), 2),
        },
      }),
    },
  })
}

interface Agreed {
  readonly customerId: string
  readonly versions: readonly { readonly state: string; readonly serviceIds: readonly string[] }[]
}

/** Logs incidents for which something was agreed, so that each has its clocks. */
async function measureWrites(program: Program, size: number): Promise<void> {
  const { items } = await read<{ items: readonly Agreed[] }>(program, '/agreements')
  const { customerId, versions } = items.find(({ versions: [newest] }) => newest?.state === 'active')!
  const body = {
    customer: customerId,
    ...(versions[0]!.serviceIds.length > 0 && { service: versions[0]!.serviceIds[0] }),
    title: 'Scanner loses its connection',
    description: 'In hall 3, since the shift began.',
    impact: 'medium',
    urgency: 'high',
  }
  async function writeFor(seconds: number): Promise<number[]> {
    const until = performance.now() + seconds * 1000
    const times: number[] = []
    await Promise.all(
      Array.from({ length: CONNECTIONS }, async () => {
        while (performance.now() < until) {
          const { status, ms, body: text } = await ask(program, 'POST', '/incidents', body)
          if (status !== 201 || text.includes('"clocks":[]'))
            throw new Error(`POST /incidents answered ${status}: ${text.slice(0, 200)}`)
          times.push(ms)
        }
      }),
    )
    return times
  }

  await writeFor(WARM_SECONDS)
  const used = await program.processorSeconds()
  const started = performance.now()
  const times = await writeFor(WRITE_SECONDS)
  const seconds = (performance.now() - started) / 1000
  const after = await program.processorSeconds()
  const [server, database] = [after.server - used.server, after.database - used.database]
  print({
    name: `server.post-incident.rate.${size}`,
    value: rounded(times.length / seconds, 1),
    unit: '1/s',
    samples: times.length,
    detail: { connections: CONNECTIONS, medianMs: rounded(median(times)), p95Ms: rounded(percentile(times, 0.95)) },
  })
  print({
    name: `server.post-incident.processor.${size}`,
    value: rounded(((server + database) * 1000) / times.length),
    unit: 'ms',
    samples: times.length,
    detail: {
      serverMs: rounded((server * 1000) / times.length),
      databaseMs: rounded((database * 1000) / times.length),
    },
  })
}

const filled: Filled[] = []
try {
  for (const size of SIZES) {
    const program = await startProgram()
    filled.push({ size, program })
    const env = { ...process.env, PLUMBLINE_DATA: program.folder }
    await runVerb(['sample', '--add', '--tickets', String(size), '--json'], env)
  }
  for (const { program } of filled) await atRest(program)
  await measureReads(filled)
  for (const { program, size } of filled) await measureWrites(program, size)
} finally {
  for (const { program } of filled) await program.stop()
}
