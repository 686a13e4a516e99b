import fc from 'fast-check'
import { expect, test } from 'vitest'
import { routes } from '#app'
import type { Endpoint } from '#core/endpoint.ts'
import type { Actor } from '#platform/context.ts'
import { silent } from '#platform/log.ts'
import { actorWith, manager, type TestReply } from '#platform/testing.ts'
import { customerWithEverything, type Foreign } from './everything-testing.ts'
import { MARK } from './forgeries-testing.ts'
import { type FuzzRequest, requestsTo } from './fuzzing-testing.ts'
import { testWorld, type TestWorld } from './testing.ts'

/*
 * Made-up requests to every endpoint, from its own description, by everybody: nothing breaks, what is answered is what the
 * description says, and a customer learns nothing of another. `npm run test:fuzz`; `PLUMBLINE_FUZZ_SEED` repeats a run.
 */

const REQUESTS = Number(process.env['PLUMBLINE_FUZZ_REQUESTS'] ?? 200_000)
const SEED = Number(process.env['PLUMBLINE_FUZZ_SEED'] ?? Date.now() % 2 ** 31)
/** After so many the database is a new one: by then most of what there was has been changed or taken away. */
const A_ROUND = 10_000

/** They hash passwords on purpose slowly, or send for ever; they have tests of their own. */
const LEFT_OUT = /^\/(?:sign-in|session|set-up|invitation|password|events\/stream|two-factor|me\/password)/

function isTried({ path, bytes }: Endpoint): boolean {
  return bytes !== 'body' && !LEFT_OUT.test(path)
}

const tried = routes.map(({ endpoint }) => endpoint).filter(isTried)

function problemOf(endpoint: Endpoint, { status, body, headers }: TestReply): string | null {
  if (status >= 500) return `answers ${status}`
  if (status >= 400) {
    const told = body as { code?: unknown; title?: unknown } | null
    return String(headers['content-type']).startsWith('application/problem+json') && typeof told?.code === 'string'
      ? null
      : `refuses with ${status} and no problem`
  }
  if (status !== (endpoint.status ?? 200)) return `answers ${status} and says ${endpoint.status ?? 200}`
  if (endpoint.bytes === 'reply' || status === 204) return null
  const read = endpoint.reply.safeDecode(body as never)
  return read.success ? null : `answers what it does not say: ${JSON.stringify(read.error.issues.slice(0, 2))}`
}

/** Whether a customer reads what is of the other one; what they sent themselves may come back. */
function leaks(as: Actor, { path, body }: FuzzRequest, { text }: TestReply, foreign: Foreign): boolean {
  if (as.access !== 'customer') return false
  const sent = `${decodeURIComponent(path)} ${JSON.stringify(body)}`.toLowerCase()
  const read = text.toLowerCase()
  if (foreign.ids.some((id) => read.includes(id) && !sent.includes(id))) return true
  return read.includes(MARK) && !sent.includes(MARK)
}

/** They are people whom the program knows. */
async function introduce(
  { database: { pool } }: TestWorld,
  askers: readonly (readonly [Actor, unknown])[],
  customerId: string,
): Promise<void> {
  for (const [index, [{ personId, access }]] of askers.entries())
    await pool.query('insert into person (id, name, email, customer_id) values ($1, $2, $3, $4)', [
      personId,
      `Asker ${index}`,
      `asker${index}@own.example`,
      access === 'customer' ? customerId : null,
    ])
}

async function round(seed: number, requests: number): Promise<string[]> {
  const broken: string[] = []
  const log = { ...silent, error: (about: object) => void broken.push(JSON.stringify(about)) }
  const world: TestWorld = await testWorld({ now: new Date('2026-03-02T09:00Z'), log })
  const own = await customerWithEverything(world, 'own')
  const foreign = await customerWithEverything(world, MARK)
  const words = [...own.ids, ...own.names, ...foreign.ids, ...foreign.names]
  const ownWords = [...own.ids, ...own.names]
  const askers: readonly (readonly [Actor, readonly string[]])[] = [
    [manager, words],
    [actorWith('staff', ['agent']), words],
    [actorWith('staff', ['administrator', 'service-principal', 'service-owner']), words],
    [actorWith('auditor', ['auditor']), words],
    [actorWith('limited', ['service-manager'], [own.customerId]), words],
    // What they have written with the other's words in it would look like a leak when it is read back.
    [actorWith('customer', ['customer-stakeholder'], [own.customerId]), ownWords],
    [actorWith('customer', ['requester'], [own.customerId]), ownWords],
  ]
  await introduce(world, askers, own.customerId)
  // What is frozen in them there is no real month.
  await world.database.pool.query('update review set facts = null')
  const found: string[] = []
  const each = Math.ceil(requests / tried.length)
  for (const [index, endpoint] of tried.entries()) {
    const some = fc.sample(requestsTo(endpoint, words), { numRuns: each, seed: seed + index })
    const forCustomers = fc.sample(requestsTo(endpoint, ownWords), { numRuns: each, seed: seed + index })
    for (let turn = 0; turn < each; turn++) {
      const [as, known] = askers[(turn + index + seed) % askers.length]!
      const request = (known === ownWords ? forCustomers : some)[turn]!
      const { path, body, headers } = request
      const given = body === undefined || typeof body !== 'object' || body === null ? undefined : body
      const who = [...as.roles].join('+')
      // An answer that ends in its midst comes as an error.
      const reply = await world
        .call(endpoint.method, path, given, { as, headers })
        .catch((error: unknown) => String(error))
      if (typeof reply === 'string') {
        found.push(`${endpoint.method} ${path} as ${who}: ${reply}`)
        continue
      }
      const problem = problemOf(endpoint, reply) ?? (leaks(as, request, reply, foreign) ? 'tells of another' : null)
      if (problem === null) continue
      found.push(
        `${endpoint.method} ${path.slice(0, 300)} ${JSON.stringify(given)?.slice(0, 500)} as ${who}: ${problem} ${broken.pop() ?? reply.text.slice(0, 200)}`,
      )
    }
  }
  return found
}

test(`${REQUESTS} made-up requests, seed ${SEED}`, async () => {
  const found: string[] = []
  for (let done = 0; done < REQUESTS; done += A_ROUND) {
    found.push(...(await round(SEED + done, Math.min(A_ROUND, REQUESTS - done))))
    process.stderr.write(`${Math.min(done + A_ROUND, REQUESTS)} requests, ${found.length} faults\n`)
  }
  expect(found).toEqual([])
}, 3_600_000)
