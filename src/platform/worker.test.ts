import { expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { transaction } from '#platform/database.ts'
import { job } from '#platform/job.ts'
import { silent } from '#platform/log.ts'
import { actorWith, testDatabase } from '#platform/testing.ts'
import { handler, type Loop, queue } from '#platform/worker.ts'

const greet = job('test.greet', z.object({ name: z.string() }))

test('a job is done once its transaction is written, whoever asked for it, and not at all if it is not', async () => {
  const { db, pool, url } = await testDatabase()
  const done: string[] = []
  const greeted = Promise.withResolvers<void>()
  const handlers = [
    handler(greet, async (_, { name }) => {
      done.push(name)
      if (name === 'the last') greeted.resolve()
    }),
  ]
  const work = queue({ url, db, pool, jobs: handlers, listeners: {}, now: () => new Date(), log: silent })
  await work.start()
  onTestFinished(() => work.stop())
  const customer = actorWith('customer', ['customer-stakeholder'])
  const ask = (name: string, then?: Error) =>
    transaction(db, customer, 'read write', async (tx) => {
      await work.enqueue(tx, greet as never, { name })
      if (then) throw then
    })

  await ask('the first')
  await expect(ask('nobody', new Error('never mind'))).rejects.toThrow('never mind')
  await ask('the last')
  await greeted.promise

  expect(done.toSorted()).toEqual(['the first', 'the last'])
})

test('a loop is run when it said that something is due, until the program stops', async () => {
  const { db, pool, url } = await testDatabase()
  const thrice = Promise.withResolvers<void>()
  let runs = 0
  const loop: Loop = {
    name: 'test.loop',
    run: async ({ now }) => {
      runs += 1
      if (runs === 3) thrice.resolve()
      return new Date(now().getTime() + 1)
    },
  }
  const work = queue({ url, db, pool, jobs: [], loops: [loop], listeners: {}, now: () => new Date(), log: silent })
  await work.start()
  await thrice.promise
  await work.stop()
  const ran = runs

  await new Promise((resolve) => setImmediate(resolve))
  expect(ran).toBeGreaterThanOrEqual(3)
  expect(runs).toBe(ran)
})
