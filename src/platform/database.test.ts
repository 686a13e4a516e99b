import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { type Db, system } from '#platform/context.ts'
import { beforeCommit, together, transaction } from '#platform/database.ts'
import { actorWith, testDatabase } from '#platform/testing.ts'

async function world() {
  const database = await testDatabase()
  const kept = async () => (await database.pool.query("select name from setting where name like 'test.%'")).rows
  return { ...database, kept }
}

test('statements started together are done in their order', async () => {
  const { db, pool } = await world()
  await pool.query('create sequence test_order; grant usage on sequence test_order to plumbline_system')
  const numbers = await transaction(db, system, 'read write', async (tx) => {
    const next = async () => (await sql<{ n: number }>`select nextval('test_order') as n`.execute(tx)).rows[0]!.n
    return together(Array.from({ length: 20 }, next))
  })
  expect(numbers).toEqual(Array.from({ length: 20 }, (_, index) => index + 1))
})

test('when one of them fails, all have ended before anybody hears of it, and nothing was written', async () => {
  const { db, kept } = await world()
  const ended: string[] = []
  const failing = transaction(db, system, 'read write', async (tx) => {
    const write = async (name: string) => {
      await sql`insert into setting (name, value) values (${`test.${name}`}, '1')`
        .execute(tx)
        .finally(() => ended.push(name))
    }
    await together([sql`select 1 / 0`.execute(tx).finally(() => ended.push('division')), write('a'), write('b')])
  })
  await expect(failing).rejects.toThrow('division by zero')
  expect(ended).toEqual(['division', 'a', 'b'])
  expect(await kept()).toEqual([])
})

test('a transaction in which a statement failed does not end as if it had been written', async () => {
  const { db, kept } = await world()
  const careless = transaction(db, system, 'read write', async (tx) => {
    await sql`insert into setting (name, value) values ('test.c', '1')`.execute(tx)
    await sql`select 1 / 0`.execute(tx).catch(() => undefined)
    return 'done'
  })
  await expect(careless).rejects.toThrow('nobody noticed')
  expect(await kept()).toEqual([])
})

test('what is asked before a transaction that reads has begun is not answered when it could not begin', async () => {
  const { db } = await world()
  // The name of a role is a part of the statement that begins.
  const nobody = { ...system, access: 'nobody' as 'staff' }
  const reading = transaction(db, nobody, 'read only', async (tx) => sql`select name from setting`.execute(tx))
  await expect(reading).rejects.toThrow('plumbline_nobody')
  const careless = transaction(db, nobody, 'read only', async (tx) =>
    sql`select name from setting`.execute(tx).catch(() => 'told nothing'),
  )
  await expect(careless).rejects.toThrow('plumbline_nobody')
})

test('the end of a transaction that only read is said with whatever comes next on its connection', async () => {
  const { db, kept } = await world()
  const customer = actorWith('customer', ['customer-stakeholder'])
  const roles: unknown[] = []
  for (let round = 0; round < 3; round++) {
    await transaction(db, customer, 'read only', async (tx) => sql`select 1`.execute(tx))
    roles.push((await sql<{ role: string }>`select current_setting('role') as role`.execute(db)).rows[0]!.role)
    await transaction(db, customer, 'read only', async (tx) => sql`select 1`.execute(tx))
    await transaction(db, system, 'read write', async (tx) => {
      await sql`insert into setting (name, value) values (${`test.${round}`}, '1')`.execute(tx)
    })
  }
  expect(roles).toEqual(['none', 'none', 'none'])
  expect(await kept()).toHaveLength(3)
  const idle = sql<{ count: number }>`
    select count(*) as count from pg_stat_activity where datname = current_database() and state = 'idle in transaction'`
  await expect.poll(async () => (await idle.execute(db)).rows[0]!.count).toBe(0)
})

test('what belongs to the program is done last, as the program, and only if the rest was', async () => {
  const { db, kept } = await world()
  const customer = actorWith('customer', ['customer-stakeholder'])
  const store = (name: string) => (tx: Db) =>
    sql`insert into setting (name, value) values (${`test.${name}`}, '1')`.execute(tx).then(() => undefined)

  await expect(transaction(db, customer, 'read write', store('by a customer'))).rejects.toThrow('permission denied')
  await transaction(db, customer, 'read write', async (tx) => beforeCommit(tx, store('last')))
  const failing = transaction(db, customer, 'read write', async (tx) => {
    beforeCommit(tx, store('never'))
    throw new Error('on second thoughts')
  })

  await expect(failing).rejects.toThrow('on second thoughts')
  expect(await kept()).toEqual([{ name: 'test.last' }])
})
