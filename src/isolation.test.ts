import { expect, test } from 'vitest'
import { routes } from '#app'
import type { Actor } from '#platform/context.ts'
import { actorWith } from '#platform/testing.ts'
import { customerWithEverything } from './everything-testing.ts'
import { MARK } from './forgeries-testing.ts'
import { nothing, triedAs } from './isolation-testing.ts'
import { testWorld } from './testing.ts'

const askers: readonly [string, (customerId: string) => Actor][] = [
  ['a customer’s stakeholder', (id) => actorWith('customer', ['customer-stakeholder'], [id])],
  ['an agent for one customer', (id) => actorWith('limited', ['agent', 'service-manager'], [id])],
  ['somebody whose roles have ended', () => actorWith('customer', [], [])],
  ['somebody who works for a supplier', () => actorWith('customer', ['supplier'], [])],
]

test.each(askers)(
  '%s learns nothing of another customer from any endpoint and changes nothing there',
  async (_, asker) => {
    const world = await testWorld({ now: new Date('2026-03-02T09:00Z') })
    const own = await customerWithEverything(world, 'own')
    const foreign = await customerWithEverything(world, MARK)
    expect(await triedAs(asker(own.customerId), world, { whole: own, foreign })).toEqual(nothing)
  },
  180_000,
)

test('somebody who may only report learns nothing of what others of the same customer reported', async () => {
  const world = await testWorld({ now: new Date('2026-03-02T09:00Z') })
  const own = await customerWithEverything(world, 'own')
  const { customerId } = own
  const as = actorWith('customer', ['requester'], [customerId])
  const part = { customerId, siteId: null, serviceId: null, requesterId: as.personId }
  const incidents = own.ids.slice(0, 1)
  const foreign = { ...own, ids: incidents, names: [`own is on fire`, 'own trouble'] }
  expect(await triedAs({ ...as, parts: [part], whole: [] }, world, { whole: own, foreign })).toEqual(nothing)
}, 180_000)

/** Tables that show the same to whoever is there for a part of a customer as to whoever is there for the whole. */
const OF_THE_WHOLE = [
  'agreement',
  'agreement_support',
  'agreement_version',
  'assignment_profile',
  'calendar',
  'calendar_version',
  'customer',
  'customer_key',
  'default_view',
  'idempotency_key',
  'import_reject',
  'kpi_board',
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
