import { median, percentile, print, rounded } from './measure.ts'
import { databaseProcess, type Program, runVerb, startProgram, treeMemory } from '../e2e/program.ts'

/**
 * A desk that goes on for hours at a low load: lists, incidents, searches, figures, notes, new incidents, event streams, a
 * report. Memory of program and database is looked at each half minute; it has to be flat, and answers as quick at the end as
 * at the beginning. Eight hours are `PLUMBLINE_SOAK_MINUTES=480`; what is printed says how long it was.
 */
const MINUTES = Number(process.env['PLUMBLINE_SOAK_MINUTES'] ?? 40)
/** Requests a second. */
const RATE = Number(process.env['PLUMBLINE_SOAK_RATE'] ?? 2)
const TICKETS = Number(process.env['PLUMBLINE_SOAK_TICKETS'] ?? 2000)
const LOOK_MS = 30_000
/** What is loaded once and kept fills up first: this share of the time says nothing of what grows. */
const WARM_SHARE = 0.25
/** A month's review each so many requests. */
const REVIEW_EACH = 600

interface Look {
  readonly minute: number
  readonly serverMb: number
  readonly databaseMb: number
}

interface Listed {
  readonly items: readonly { readonly id: string; readonly name?: string }[]
}

async function ask(program: Program, method: string, path: string, body?: object): Promise<Response> {
  const reply = await fetch(`${program.url}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${program.token}`, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  })
  if (!reply.ok) throw new Error(`${method} ${path} answered ${reply.status}`)
  return reply
}

async function read<Body>(program: Program, path: string): Promise<Body> {
  return (await (await ask(program, 'GET', path)).json()) as Body
}

/** What is asked in turn; each is told how many were asked before. */
async function turns(program: Program) {
  const customers = (await read<Listed>(program, '/customers')).items
  const month = new Date(Date.now() - 40 * 86_400_000).toISOString().slice(0, 7)
  const customer = (nth: number) => customers[nth % customers.length]!.id
  const some = async (nth: number, more = '') => {
    const asked = `/incidents?limit=20&sort=-openedAt&customer=${customer(nth)}${more}`
    const { items } = await read<Listed>(program, asked)
    return items[nth % items.length]!.id
  }
  const incident = { title: 'Scanner loses its connection', impact: 'medium', urgency: 'high' }
  const words = ['drucker', 'wlan', 'mail', 'printer', 'zqx']
  return [
    (nth: number) => read(program, `/incidents?limit=50&state=open&customer=${customer(nth)}`),
    async (nth: number) => read(program, `/incidents/${await some(nth)}`),
    async (nth: number) => read(program, `/incidents/${await some(nth)}/timeline`),
    (nth: number) => read(program, `/incidents?limit=50&q=${words[nth % words.length]}`),
    (nth: number) => ask(program, 'POST', '/incidents', { ...incident, customer: customer(nth) }),
    async (nth: number) =>
      ask(program, 'POST', `/incidents/${await some(nth, '&state=open')}/notes`, {
        text: `Called back, ${nth}.`,
        visibility: 'internal',
      }),
    (nth: number) => read(program, `/reports/attainment?groupBy=priority&customer=${customer(nth)}&from=${month}-01`),
    () => listenBriefly(program),
  ]
}

/** An event stream that somebody opens and leaves. */
async function listenBriefly(program: Program): Promise<void> {
  const leaving = new AbortController()
  const reply = await fetch(`${program.url}/api/v1/events/stream`, {
    headers: { authorization: `Bearer ${program.token}` },
    signal: leaving.signal,
  })
  if (!reply.ok) throw new Error(`The stream answered ${reply.status}`)
  leaving.abort()
}

/** Megabytes an hour, by least squares. */
function growth(looks: readonly Look[], of: 'serverMb' | 'databaseMb'): number {
  const [x, y] = [looks.map(({ minute }) => minute / 60), looks.map((look) => look[of])]
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  const [mx, my] = [mean(x), mean(y)]
  const up = x.reduce((sum, value, index) => sum + (value - mx) * (y[index]! - my), 0)
  return up / x.reduce((sum, value) => sum + (value - mx) ** 2, 0)
}

const program = await startProgram()
try {
  const env = { ...process.env, PLUMBLINE_DATA: program.folder }
  await runVerb(['sample', '--add', '--tickets', String(TICKETS), '--json'], env)
  const customer = (await read<Listed>(program, '/customers')).items[0]!.name!
  const asked = await turns(program)
  const database = await databaseProcess(program.folder)
  const looks: Look[] = []
  const times: { readonly at: number; readonly ms: number }[] = []
  const failures: string[] = []
  const began = performance.now()
  const minute = () => (performance.now() - began) / 60_000
  const look = async () => {
    const serverMb = (await program.residentBytes()) / 1e6
    looks.push({ minute: minute(), serverMb, databaseMb: (await treeMemory(database)) / 1e6 })
  }
  const looking = setInterval(() => void look().catch((error: unknown) => failures.push(String(error))), LOOK_MS)
  let nth = 0
  let reviews = 0
  while (minute() < MINUTES) {
    const next = performance.now() + 1000 / RATE
    const turn = asked[nth % asked.length]!
    const started = performance.now()
    await turn(Math.floor(nth / asked.length)).then(
      () => times.push({ at: minute(), ms: performance.now() - started }),
      (error: unknown) => failures.push(String(error)),
    )
    nth += 1
    if (nth % REVIEW_EACH === 0) {
      const month = new Date(Date.now() - 40 * 86_400_000).toISOString().slice(0, 7)
      const file = `${program.folder}/soak-${nth}.pptx`
      await runVerb(['review', '--customer', customer, '--month', month, '--out', file], env)
      reviews += 1
    }
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, next - performance.now())))
  }
  clearInterval(looking)
  await look()
  const settled = looks.filter(({ minute: at }) => at >= MINUTES * WARM_SHARE)
  const within = (from: number, to: number) =>
    percentile(
      times.filter(({ at }) => at >= from * MINUTES && at < to * MINUTES).map(({ ms }) => ms),
      0.95,
    )
  const detail = { minutes: MINUTES, perSecond: RATE, tickets: TICKETS }
  for (const whose of ['serverMb', 'databaseMb'] as const)
    print({
      name: `soak.${whose === 'serverMb' ? 'server' : 'database'}.growth`,
      value: rounded(growth(settled, whose), 2),
      unit: 'MB/h',
      samples: settled.length,
      detail: {
        ...detail,
        wanted: 'none that lasts: an hour of eight says more than one of one',
        medianMb: rounded(median(settled.map((each) => each[whose])), 1),
        mostMb: rounded(Math.max(...settled.map((each) => each[whose])), 1),
        eachFiveMinutesMb: looks.filter((_, index) => index % 10 === 0).map((each) => Math.round(each[whose])),
      },
    })
  print({
    name: 'soak.request.p95',
    value: rounded(within(0.75, 1), 1),
    unit: 'ms',
    samples: times.length,
    detail: {
      ...detail,
      firstQuarter: rounded(within(0, 0.25), 1),
      reviews,
      failed: failures.length,
      failures: failures.slice(0, 5),
    },
  })
  if (failures.length > 0) process.exitCode = 1
} finally {
  await program.stop()
}
