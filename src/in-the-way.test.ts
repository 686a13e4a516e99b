import { setTimeout as pause } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { testWorld } from './testing.ts'

test('a request that is undone because a migration was in its way is done again, and what it does is there once', async () => {
  const { call, database, made } = await testWorld()
  const customer = await made('POST', '/customers', { name: 'Own' })
  const incident = await made('POST', '/incidents', {
    customer: customer.id,
    title: 'Dark',
    impact: 'low',
    urgency: 'low',
  })
  // A migration takes the table that a note is written to, and then wants the row that the note has locked before.
  const migration = await database.pool.connect()
  onTestFinished(() => migration.release(true))
  await migration.query('begin; lock table history in access exclusive mode')
  const noting = call('POST', `/incidents/${incident.id}/notes`, { text: 'Called back.', visibility: 'internal' })
  await waitingFor(database.pool)
  const before = await deadlocks(database.pool)
  await migration.query('update incident set title = title where id = $1', [incident.id])
  await migration.query('commit')

  expect((await noting).status).toBe(201)
  const { rows } = await database.pool.query(
    `select facts ->> 'text' as text from history where kind = 'incident.note'`,
  )
  expect(rows).toEqual([{ text: 'Called back.' }])
  expect(await deadlocks(database.pool)).toBe(before + 1)
})

type Asked = Awaited<ReturnType<typeof testWorld>>['database']['pool']

/** Until somebody waits for a lock. */
async function waitingFor(pool: Asked): Promise<void> {
  for (;;) {
    const { rows } = await pool.query(`select from pg_locks where not granted`)
    if (rows.length > 0) return
    await pause(20)
  }
}

async function deadlocks(pool: Asked): Promise<number> {
  // Each connection tells what it knows when it is idle.
  await pool.query('select pg_stat_force_next_flush()')
  await pause(50)
  const { rows } = await pool.query<{ deadlocks: string }>(
    'select deadlocks from pg_stat_database where datname = current_database()',
  )
  return Number(rows[0]!.deadlocks)
}
