import { Agent, request } from 'node:http'
import { percentile, print, rounded } from './measure.ts'
import { type Program, startProgram } from '../e2e/program.ts'

/**
 * The status page under load, while incidents are posted and updates are sent: requests a second, and the processor time of
 * one. At least 2,000 a second are wanted of two processors that the desk works on at the same time.
 */
const CONNECTIONS = 64
const WARM_MS = 3000
const SECONDS = 15
const WANTED = 2000

const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS })

async function api<T>({ url, token }: Program, method: string, path: string, body?: object): Promise<T> {
  const reply = await fetch(`${url}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  })
  if (!reply.ok) throw new Error(`${method} ${path} answered ${reply.status}: ${await reply.text()}`)
  return (await reply.json()) as T
}

function get(address: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(address, { agent }, (reply) => {
      reply.resume()
      reply.on('end', () => resolve(reply.statusCode ?? 0))
    })
    sent.on('error', reject)
    sent.end()
  })
}

/** A customer in an outage, with a page for its users. */
async function prepare(program: Program) {
  const named = (path: string, body: object) => api<{ id: string }>(program, 'POST', path, body)
  const customer = await named('/customers', { name: 'Bench', key: 'BE' })
  const service = await named('/services', { customer: customer.id, name: 'Orders' })
  const { person } = await api<{ person: { id: string } }>(program, 'GET', '/session')
  const trouble = { customer: customer.id, title: 'Orders stand still', impact: 'high', urgency: 'high' }
  const incident = await named('/incidents', { ...trouble, service: service.id })
  const major = await named('/major-incidents', {
    incident: incident.id,
    criteria: ['many-users'],
    commander: person.id,
  })
  const { path } = await api<{ path: string }>(program, 'POST', '/status-pages', {
    customer: customer.id,
    audience: 'users',
  })
  return { address: `${program.url}${path}`, trouble, major }
}

const program = await startProgram()
try {
  const { address, trouble, major } = await prepare(program)
  for (let tries = 0; tries < 50 && (await get(address)) !== 200; tries++)
    await new Promise((done) => setTimeout(done, 200))
  const over = new AbortController()
  let posted = 0
  const desk = (async () => {
    while (!over.signal.aborted) {
      await api(program, 'POST', '/incidents', trouble)
      posted += 1
      if (posted % 50 === 0) {
        await api(program, 'POST', `/major-incidents/${major.id}/updates`, {
          audiences: ['users'],
          language: 'en',
          text: `We are on it (${posted}).`,
        })
      }
    }
  })()
  async function ask(ms: number): Promise<number[]> {
    const until = performance.now() + ms
    const times: number[] = []
    await Promise.all(
      Array.from({ length: CONNECTIONS }, async () => {
        while (performance.now() < until) {
          const started = performance.now()
          const status = await get(address)
          if (status !== 200) throw new Error(`The status page answered ${status}.`)
          times.push(performance.now() - started)
        }
      }),
    )
    return times
  }
  await ask(WARM_MS)
  const [used, before] = [await program.processorSeconds(), posted]
  const times = await ask(SECONDS * 1000)
  const after = await program.processorSeconds()
  const incidents = posted - before
  over.abort()
  await desk
  const seconds = after.server - used.server
  print({
    name: 'status.rate',
    value: rounded(times.length / SECONDS, 1),
    unit: '1/s',
    samples: times.length,
    detail: {
      wanted: WANTED,
      connections: CONNECTIONS,
      p95Ms: rounded(percentile(times, 0.95)),
      incidentsPosted: incidents,
      note: 'whoever asks runs on the same processors',
    },
  })
  print({
    name: 'status.processor',
    value: rounded((seconds * 1000) / times.length),
    unit: 'ms',
    samples: times.length,
    detail: {
      of: 'one request, with the incidents that were posted at the same time in it',
      serverSeconds: rounded(seconds),
    },
  })
} finally {
  agent.destroy()
  await program.stop()
}
