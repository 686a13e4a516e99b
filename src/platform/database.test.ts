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
