import { expect, test } from 'vitest'
import { routes } from '#app'
import type { Actor } from '#platform/context.ts'
import { actorWith, type TestReply } from '#platform/testing.ts'
import { type TestWorld, testWorld } from './testing.ts'
import { customerWithEverything, type Foreign, TEAM_MARK } from './everything-testing.ts'
import { forgeries, MARK } from './forgeries-testing.ts'

/**
 * Whoever may see one customer learns nothing of another: not by a forged id, filter, search, sort, cursor, count or
 * error text, and changes nothing there. The requests are made from the endpoints themselves, so that a new endpoint is
 * tried as soon as it exists.
 */

/** So many requests are under way. */
const AT_ONCE = 6

function leakOf(reply: TestReply, sent: string, foreign: Foreign, as: Actor): string | null {
  const text = `${reply.text} ${JSON.stringify(reply.headers)}`.toLowerCase()
  const asked = decodeURIComponent(sent).toLowerCase()
  if (as.access === 'customer' && text.includes(TEAM_MARK)) return TEAM_MARK
  for (const id of foreign.ids) if (text.includes(id) && !asked.includes(id)) return id
  // What the caller sent may come back in a sentence that says there is no such thing.
  const without = foreign.names.reduce(
    (rest, name) => (asked.includes(name.toLowerCase()) ? rest.replaceAll(name.toLowerCase(), '') : rest),
    text,
  )
  const echoed = asked.includes(MARK) && reply.status >= 400
  return without.includes(MARK) && !echoed ? MARK : null
}

/** Tries every endpoint as `as` with everything that belongs to somebody else; what that brought. */
async function triedAs(as: Actor, world: TestWorld, foreign: Foreign) {
  const before = await foreign.state()
  const leaks: string[] = []
  const crashes: string[] = []
  let asked = 0
  for (const { endpoint } of routes) {
    const requests = forgeries(endpoint, foreign)
    const ask = async () => {
      for (const { path, body } of requests) {
        const reply = await world.call(endpoint.method, path, body, { as, headers: { 'if-match': '"1"' } })
        const sent = `${path} ${body === undefined ? '' : JSON.stringify(body)}`
        asked += 1
        if (reply.status >= 500)
          crashes.push(`${endpoint.method} ${sent} → ${reply.status} ${reply.text.slice(0, 200)}`)
        const leak = leakOf(reply, sent, foreign, as)
        if (leak !== null)
          leaks.push(`${endpoint.method} ${sent} → ${reply.status} ${leak} in ${reply.text.slice(0, 300)}`)
        const readsForeign = endpoint.method === 'GET' && endpoint.path.includes(':') && reply.status === 200
        if (readsForeign) leaks.push(`GET ${path} → 200 ${reply.text.slice(0, 200)}`)
      }
    }
    // Each takes the next of them; so the program works while the database does.
    await Promise.all(Array.from({ length: AT_ONCE }, ask))
  }
  expect(asked).toBeGreaterThan(routes.length * 5)
  return { leaks, crashes, changed: (await foreign.state()) !== before }
}

const nothing = { leaks: [], crashes: [], changed: false }

const askers: readonly [string, (customerId: string) => Actor][] = [
  ['a customer’s stakeholder', (id) => actorWith('customer', ['customer-stakeholder'], [id])],
  ['an agent for one customer', (id) => actorWith('limited', ['agent', 'service-manager'], [id])],
  ['somebody whose roles have ended', () => actorWith('customer', [], [])],
]

test.each(askers)(
  '%s learns nothing of another customer from any endpoint and changes nothing there',
  async (_, asker) => {
    const world = await testWorld({ now: new Date('2026-03-02T09:00Z') })
    const own = await customerWithEverything(world, 'own')
    const foreign = await customerWithEverything(world, MARK)
    expect(await triedAs(asker(own.customerId), world, foreign)).toEqual(nothing)
  },
  120_000,
)

test('somebody who may only report learns nothing of what others of the same customer reported', async () => {
  const world = await testWorld({ now: new Date('2026-03-02T09:00Z') })
  const own = await customerWithEverything(world, 'own')
  const { customerId } = own
  const as = actorWith('customer', ['requester'], [customerId])
  const part = { customerId, siteId: null, serviceId: null, requesterId: as.personId }
  const incidents = own.ids.slice(0, 1)
  const foreign = { ...own, ids: incidents, names: [`own is on fire`, 'own trouble'] }
  expect(await triedAs({ ...as, parts: [part], whole: [] }, world, foreign)).toEqual(nothing)
}, 120_000)

test.each([
  ['a customer’s stakeholder', 'site', actorWith('customer', ['customer-stakeholder'])],
  ['a customer’s stakeholder', 'service', actorWith('customer', ['customer-stakeholder'])],
  ['an agent', 'site', actorWith('limited', ['agent'])],
  ['an agent', 'team', actorWith('limited', ['agent'])],
] as const)(
  '%s for one %s learns nothing of the customer’s other one from any endpoint and changes nothing there',
  async (_, kind, asker) => {
    const world = await testWorld({ now: new Date('2026-03-02T09:00Z') })
    const own = await customerWithEverything(world, 'own')
    const foreign = await customerWithEverything(world, MARK, { ...own, part: kind })
    const { customerId, site, service, team } = own
    const part = {
      customerId,
      siteId: kind === 'site' ? site.id : null,
      serviceId: kind === 'service' ? service.id : null,
      teamId: kind === 'team' ? team.id : null,
    }
    const as = { ...asker, customers: [customerId], parts: [part] }
    const seen = await world.call('GET', '/incidents?count=true', undefined, { as })
    expect(seen.body.items).toHaveLength(1)
    expect(await triedAs(as, world, foreign)).toEqual(nothing)
  },
  120_000,
)

/** Tables that show the same to whoever is there for a part of a customer as to whoever is there for the whole. */
const OF_THE_WHOLE = [
  'agreement',
  'agreement_support',
  'agreement_version',
  'calendar',
  'calendar_version',
  'customer',
  'customer_key',
  'default_view',
  'idempotency_key',
  'import_reject',
  'notification_rhythm',
  'notification_setting',
  'period',
  'push_subscription',
  'review_document',
  'role_assignment',
  'saved_view',
  'target',
]

test('every table says what is shown of it for a part of a customer', async () => {
  const { database } = await testWorld()
  const { rows } = await database.pool.query<{ name: string; narrowed: boolean }>(`
    select t.relname as name, exists (select from pg_policy p where p.polrelid = t.oid and not p.polpermissive) as narrowed
    from pg_class t where t.relnamespace = current_schema()::regnamespace and t.relrowsecurity
      and exists (select from pg_policy p where p.polrelid = t.oid
        and p.polroles && array['plumbline_limited'::regrole::oid, 'plumbline_customer'::regrole::oid, 0::oid])
    order by 1`)
  expect(rows.filter(({ narrowed }) => !narrowed).map(({ name }) => name)).toEqual(OF_THE_WHOLE)
})

test('a customer’s stakeholder sees the same counts whether or not there are others', async () => {
  const world = await testWorld({ now: new Date('2026-03-02T09:00Z') })
  const own = await customerWithEverything(world, 'own')
  const as = actorWith('customer', ['customer-stakeholder'], [own.customerId])
  const lists = routes
    .filter(({ endpoint }) => endpoint.method === 'GET' && !endpoint.path.includes(':'))
    .map(({ endpoint }) => endpoint.path)
  const answers = async () => {
    const replies: string[] = []
    for (const path of lists)
      replies.push(
        `${path} ${(await world.call('GET', path, undefined, { as })).text.replace(/"requestId":"[^"]*"/, '')}`,
      )
    return replies
  }
  const alone = await answers()
  await customerWithEverything(world, MARK)
  expect(await answers()).toEqual(alone)
})
