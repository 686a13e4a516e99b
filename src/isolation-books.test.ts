import { expect, test } from 'vitest'
import { routes } from '#app'
import type { Actor } from '#platform/context.ts'
import { transaction } from '#platform/database.ts'
import { actorWith } from '#platform/testing.ts'
import { customerWithEverything } from './everything-testing.ts'
import { MARK } from './forgeries-testing.ts'
import { testWorld, type TestWorld } from './testing.ts'

/*
 * Whoever keeps the books sees what concerns money and nothing of the work (decision 0119). That customers are kept apart is
 * tried by forged requests as anybody of ours (`isolation.test.ts`): the database has the same policies for both.
 */

/** Tables of the work: tickets and what is done about them, of a customer whose books somebody keeps. */
const WORK = [
  'action',
  'contact',
  'escalation',
  'improvement',
  'incident',
  'major_incident',
  'opportunity',
  'renewal',
  'request',
]
/** Tables of money, as many rows of each as there are. */
const MONEY = ['appropriation', 'budget_entry', 'charge', 'contract', 'posting', 'service_credit', 'supplier_invoice']

async function booksWorld() {
  const world = await testWorld({ now: new Date('2026-03-02T09:00Z') })
  const own = await customerWithEverything(world, 'own')
  await customerWithEverything(world, MARK)
  const reach = { books: 'named', whole: [] } as const
  const keeper: Actor = { ...actorWith('limited', ['finance'], [own.customerId]), ...reach }
  return { world, own, keeper }
}

/** How many rows of each table somebody sees. */
async function seen(
  { database }: TestWorld,
  as: Actor,
  tables: readonly string[],
): Promise<Readonly<Record<string, number>>> {
  const counts = await transaction(database.db, as, 'read only', async (tx) => {
    const counted: Record<string, number> = {}
    for (const table of tables) {
      const row = await tx
        .selectFrom(table as 'incident')
        .select((of) => of.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow()
      counted[table] = row.count
    }
    return counted
  })
  return counts
}

test('the database shows whoever keeps the books of a customer its money as it shows a manager of it, and no work', async () => {
  const { world, own, keeper } = await booksWorld()
  const none = Object.fromEntries(WORK.map((table) => [table, 0]))
  expect(await seen(world, keeper, WORK)).toEqual(none)
  const manager = actorWith('limited', ['service-manager'], [own.customerId])
  const money = await seen(world, manager, MONEY)
  expect(Object.values(money)).not.toContain(0)
  expect(await seen(world, keeper, MONEY)).toEqual(money)
})

test('no endpoint tells them of the work, whether it is asked for all or for one', async () => {
  const { world, own, keeper } = await booksWorld()
  const found = WORK.map((table) => `select id from ${table} where customer_id = $1`).join(' union all ')
  const { rows } = await world.database.pool.query<{ id: string }>(found, [own.customerId])
  const ids = rows.map(({ id }) => id)
  expect(ids.length).toBeGreaterThanOrEqual(WORK.length)
  const told: string[] = []
  const ask = async (path: string, asked: string | null) => {
    const { status, text } = await world.call('GET', path, undefined, { as: keeper })
    if (status >= 500) told.push(`${path} → ${status}`)
    if (asked !== null && status === 200 && text.includes(asked)) told.push(`${path} tells ${text.slice(0, 120)}`)
    const leak = [MARK, 'own is on fire', 'own trouble', ...ids].find((each) => each !== asked && text.includes(each))
    if (leak !== undefined) told.push(`${path} tells ${leak}`)
  }
  const addresses = routes.flatMap(({ endpoint }) => (endpoint.method === 'GET' ? [endpoint.path] : []))
  for (const path of addresses) {
    if (!path.includes(':')) await ask(path, null)
    else for (const id of ids) await ask(path.replaceAll(/:\w+/g, id), id)
  }
  expect(addresses.length).toBeGreaterThan(150)
  expect(told).toEqual([])
}, 120_000)

test('they settle money and agree nothing: neither by an endpoint nor in the database', async () => {
  const { world, own, keeper } = await booksWorld()
  const { rows } = await world.database.pool.query<{ id: string }>('select id from contract where customer_id = $1', [
    own.customerId,
  ])
  const of = `/contracts/${rows[0]!.id}`
  const moved = { as: keeper, headers: { 'if-match': '"1"' } }
  const state = await world.call('POST', `${of}/transitions`, { to: 'terminated' }, moved)
  expect([state.status, state.body.code]).toEqual([403, 'may.terms'])
  const cost = { month: '2026-02', category: 'travel', amountMinor: 100, description: 'Way' }
  expect((await world.call('POST', `${of}/costs`, cost, { as: keeper })).status).toBe(201)
  const inOwnRole = <Result>(write: Parameters<typeof transaction<Result>>[3]) =>
    transaction(world.database.db, keeper, 'read write', write)
  await expect(
    inOwnRole((tx) => tx.updateTable('contract').set({ title: 'Ours' }).where('id', '=', rows[0]!.id).execute()),
  ).rejects.toThrow(/row-level security/)
  const locked = await inOwnRole((tx) => tx.selectFrom('contract').select('id').forUpdate().execute())
  expect(locked).toHaveLength(1)
})
