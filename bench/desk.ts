import { Agent, type IncomingMessage, request } from 'node:http'
import { atRest } from './at-rest.ts'
import { median, percentile, print, rounded } from './measure.ts'
import { ADMIN, type Program, runVerb, startProgram } from '../e2e/program.ts'

/**
 * A desk of 900 agents over a million incidents: each is signed in, holds an event stream, and every forty seconds opens a
 * list and an incident and writes a note. `PLUMBLINE_BENCH_TICKETS`, `PLUMBLINE_BENCH_AGENTS` and
 * `PLUMBLINE_BENCH_SECONDS` make it smaller; a data folder in `PLUMBLINE_BENCH_FOLDER` is filled once and kept for the next
 * run. Whoever asks runs on the same processors.
 */
const TICKETS = Number(process.env['PLUMBLINE_BENCH_TICKETS'] ?? 1_000_000)
const AGENTS = Number(process.env['PLUMBLINE_BENCH_AGENTS'] ?? 900)
const SECONDS = Number(process.env['PLUMBLINE_BENCH_SECONDS'] ?? 120)
const FOLDER = process.env['PLUMBLINE_BENCH_FOLDER']
const EACH_SECONDS = 40
/** Of so many streams each change is timed; the others are only read. */
const TIMED_STREAMS = 20
const PASSWORD = 'long enough for a desk'

const agent = new Agent({ keepAlive: true, maxSockets: Infinity })

interface Person {
  readonly cookie: string
}

interface Answer {
  readonly status: number
  readonly ms: number
  readonly body: string
  readonly cookies: readonly string[]
}

function ask(url: string, method: string, path: string, { cookie }: Person, body?: object): Promise<Answer> {
  const started = performance.now()
  return new Promise((resolve, reject) => {
    const headers = { cookie, ...(body && { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' }) }
    const sent = request(`${url}/api/v1${path}`, { method, agent, headers }, (reply) => {
      let text = ''
      reply.setEncoding('utf8')
      reply.on('data', (piece: string) => (text += piece))
      reply.on('end', () =>
        resolve({
          status: reply.statusCode ?? 0,
          ms: performance.now() - started,
          body: text,
          cookies: reply.headers['set-cookie'] ?? [],
        }),
      )
    })
    sent.on('error', reject)
    sent.end(body && JSON.stringify(body))
  })
}

async function done(asked: Promise<Answer>): Promise<Answer> {
  const answer = await asked
  if (answer.status >= 300) throw new Error(`answered ${answer.status}: ${answer.body.slice(0, 300)}`)
  return answer
}

function personOf({ cookies }: Answer): Person {
  return { cookie: cookies.map((cookie) => cookie.split(';')[0]).join('; ') }
}

const nobody: Person = { cookie: '' }

async function isFilled({ url, token }: Program): Promise<boolean> {
  const reply = await fetch(`${url}/api/v1/incidents?limit=1`, { headers: { authorization: `Bearer ${token}` } })
  return ((await reply.json()) as { readonly items: readonly unknown[] }).items.length > 0
}

/** Agents of the provider, each invited and signed in. */
async function signedIn({ url }: Program, count: number): Promise<readonly Person[]> {
  const admin = personOf(await done(ask(url, 'POST', '/sign-in', nobody, ADMIN)))
  const people: Person[] = []
  // Those of the run before are still there.
  const began = Date.now()
  const invite = async (index: number) => {
    const asked = { email: `agent${index}-${began}@desk.example`, name: `Agent ${index}`, role: 'agent' }
    const { body } = await done(ask(url, 'POST', '/invitations', admin, asked))
    const token = new URL((JSON.parse(body) as { link: string }).link).hash.slice(1)
    people.push(personOf(await done(ask(url, 'POST', '/invitations/accept', nobody, { token, password: PASSWORD }))))
  }
  let next = 0
  const workers = Array.from({ length: 4 }, async () => {
    while (next < count) await invite(next++)
  })
  await Promise.all(workers)
  return people
}

/** When the change of an incident was told, by stream. */
const arrivals = new Map<string, number[]>()
/** Those whose change is listened for: what another writes into them meanwhile would be taken for it. */
const listenedFor = new Set<string>()
const LISTENED_MS = 2000

function listen({ url }: Program, { cookie }: Person, timed: boolean): Promise<() => void> {
  return new Promise((resolve, reject) => {
    const headers = { cookie, accept: 'text/event-stream' }
    const sent = request(`${url}/api/v1/events/stream`, { agent: false, headers }, (reply: IncomingMessage) => {
      if (reply.statusCode === 200) resolve(() => sent.destroy())
      else reject(new Error(`The stream answered ${reply.statusCode}.`))
      reply.on('error', () => undefined)
      reply.setEncoding('utf8')
      reply.on('data', (text: string) => {
        const now = performance.now()
        if (timed)
          for (const [, id] of text.matchAll(/"id":"([^"]+)"/g)) arrivals.set(id!, [...(arrivals.get(id!) ?? []), now])
      })
    })
    sent.on('error', reject)
    sent.end()
  })
}

const times = { list: [] as number[], incident: [] as number[], note: [] as number[] }
/** Milliseconds from the answer to whoever wrote until the others have it. */
const waits: number[] = []
let unheard = 0
let nothingToDo = 0

async function oneTurn({ url }: Program, person: Person, lists: readonly string[]): Promise<void> {
  const pick = <Item>(items: readonly Item[]) => items[Math.floor(Math.random() * items.length)]!
  const list = await done(ask(url, 'GET', pick(lists), person))
  times.list.push(list.ms)
  const { items } = JSON.parse(list.body) as { items: readonly { readonly id: string }[] }
  const free = items.filter(({ id: each }) => !listenedFor.has(each))
  if (free.length === 0) {
    nothingToDo += 1
    return
  }
  const { id } = pick(free)
  listenedFor.add(id)
  times.incident.push((await done(ask(url, 'GET', `/incidents/${id}`, person))).ms)
  const note = { text: 'Called back: it works again after a restart.', visibility: 'internal' }
  arrivals.delete(id)
  times.note.push((await done(ask(url, 'POST', `/incidents/${id}/notes`, person, note))).ms)
  const written = performance.now()
  setTimeout(() => {
    listenedFor.delete(id)
    const heard = arrivals.get(id) ?? []
    if (heard.length < TIMED_STREAMS) unheard += 1
    waits.push(...heard.slice(0, TIMED_STREAMS).map((at) => Math.max(0, at - written)))
  }, LISTENED_MS)
}

const program = await startProgram(FOLDER === undefined ? {} : { folder: FOLDER })
try {
  if (!(await isFilled(program))) {
    const env = { ...process.env, PLUMBLINE_DATA: program.folder }
    await runVerb(['sample', '--add', '--tickets', String(TICKETS), '--json'], env)
  }
  await atRest(program)
  const people = await signedIn(program, AGENTS)
  const closings = await Promise.all(people.map((person, index) => listen(program, person, index < TIMED_STREAMS)))
  const lists = ['', '&priority=p2', '&sort=dueAt', '&sort=-openedAt'].map(
    (more) => `/incidents?limit=50&state=open${more}`,
  )
  const until = performance.now() + SECONDS * 1000
  const used = await program.processorSeconds()
  await Promise.all(
    people.map(async (person) => {
      await new Promise((resolve) => setTimeout(resolve, Math.random() * EACH_SECONDS * 1000))
      while (performance.now() < until) {
        const next = performance.now() + EACH_SECONDS * 1000
        await oneTurn(program, person, lists)
        await new Promise((resolve) => setTimeout(resolve, Math.max(0, Math.min(next, until) - performance.now())))
      }
    }),
  )
  await new Promise((resolve) => setTimeout(resolve, 2500))
  const after = await program.processorSeconds()
  const memory = await program.residentBytes()
  const sizes = { agents: AGENTS, tickets: TICKETS, seconds: SECONDS }
  for (const [kind, taken] of Object.entries(times)) {
    print({
      name: `desk.${kind}.p95`,
      value: rounded(percentile(taken, 0.95)),
      unit: 'ms',
      samples: taken.length,
      detail: { wanted: 60, median: rounded(median(taken)), ...sizes },
    })
  }
  print({
    name: 'desk.change.p95',
    value: rounded(percentile(waits, 0.95), 1),
    unit: 'ms',
    samples: waits.length,
    detail: {
      wanted: 300,
      of: `each change, at ${TIMED_STREAMS} other viewers`,
      median: rounded(median(waits), 1),
      unheard,
      nothingToDo,
    },
  })
  print({
    name: 'desk.memory',
    value: rounded(memory / 1e6, 0),
    unit: 'MB',
    samples: 1,
    detail: { wanted: 1500, of: 'the program, without the database', ...sizes },
  })
  print({
    name: 'desk.processors',
    value: rounded((after.server + after.database - used.server - used.database) / SECONDS),
    unit: 'processors',
    samples: 1,
    detail: {
      server: rounded((after.server - used.server) / SECONDS),
      database: rounded((after.database - used.database) / SECONDS),
    },
  })
  for (const close of closings) close()
} finally {
  await program.stop()
  agent.destroy()
}
