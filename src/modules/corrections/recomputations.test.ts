import { expect, test } from 'vitest'
import { actorWith } from '#platform/testing.ts'
import { forgetRecomputations } from './recomputations.ts'
import { ordered } from './orders-testing.ts'
import { recount } from './recount.ts'
import { approver, hour, lock, requester } from './testing.ts'

type World = Awaited<ReturnType<typeof ordered>>

async function asked({ call }: World, body: object) {
  const reply = await call('POST', '/recomputations', body, { as: approver })
  expect(reply.status, reply.text).toBe(202)
  return reply.body.id as string
}

async function outcome({ call }: World, id: string) {
  const { body } = await call('GET', `/recomputations/${id}`, undefined, { as: approver })
  const { body: differences } = await call('GET', `/recomputations/${id}/differences`, undefined, { as: approver })
  return { ...body, differences: differences.items }
}

test('results are counted anew on request: first to see what differs, then to store it; a locked month stays', async () => {
  const world = await ordered()
  const { call, work, customer, agreement, database } = world
  await lock(world, '2026-05')
  const [late, , june] = world.incidents as [{ number: string }, unknown, { id: string; number: string }]
  await database.pool.query(`update clock set elapsed_ms = 1000, state = 'breached-stopped' where number = any($1)`, [
    [late.number, june.number],
  ])
  const differences = [
    { number: late.number, metric: 'resolution', after: `breached-stopped ${13 * hour} s`, locked: true },
    { number: june.number, before: 'breached-stopped 1 s', after: `met ${2 * hour} s`, locked: false },
  ]

  const dry = await asked(world, { agreement: agreement.id })
  expect(await outcome(world, dry)).toMatchObject({ state: 'computing', dryRun: true, total: null, counts: null })
  await work()
  expect(await outcome(world, dry)).toMatchObject({
    customer: { id: customer.id },
    state: 'done',
    progress: 4,
    total: 4,
    counts: { incidents: 3, orders: 1, changed: 1, locked: 1 },
    differences,
  })
  const stateOf = async () => (await call('GET', `/incidents/${june.id}`)).body.clocks[0].state
  expect(await stateOf()).toBe('breached-stopped')

  const real = await asked(world, { customer: 'Nordlicht', from: '2026-06-01', dryRun: false })
  await work()
  expect(await outcome(world, real)).toMatchObject({
    counts: { incidents: 1, changed: 1, locked: 0 },
    differences: differences.slice(1),
  })
  expect(await stateOf()).toBe('met')
  const { body: all } = await call('GET', `/recomputations?customer=${customer.id}`)
  expect(all.items.map(({ id }: { id: string }) => id)).toEqual([real, dry])

  // It is kept for ninety days, and its differences go with it.
  const after = (days: number) => new Date(Date.parse(all.items[0].requestedAt) + days * 86_400_000)
  expect(await forgetRecomputations(database.db, after(89))).toBe(0)
  expect(await forgetRecomputations(database.db, after(91))).toBe(2)
  expect((await database.pool.query('select from recomputation_difference')).rows).toEqual([])
})

test('it can be stopped, before and while it is counted, and is not for everybody', async () => {
  const world = await ordered()
  const { call, work, customer, database } = world
  const cancel = async (id: string) => call('POST', `/recomputations/${id}/cancel`, {}, { as: approver })
  const before = await asked(world, { customer: customer.id })
  expect((await cancel(before)).body.state).toBe('cancelled')
  await work()
  expect(await outcome(world, before)).toMatchObject({ state: 'cancelled', total: null, counts: null })

  const meanwhile = await asked(world, { customer: customer.id })
  const connect = async () => {
    await cancel(meanwhile)
    return database.pool.connect()
  }
  const { db } = database
  const around = { db, pool: { connect }, now: () => new Date(), signal: new AbortController().signal }
  await recount(around as unknown as Parameters<typeof recount>[0], meanwhile)
  expect(await outcome(world, meanwhile)).toMatchObject({ state: 'cancelled', counts: null })

  const as = async (actor: typeof requester, body: object) =>
    (await call('POST', '/recomputations', body, { as: actor })).body.code
  expect(await as(requester, { customer: customer.id })).toBe('may.managers')
  expect(await as(approver, {})).toBe('recomputation.whose')
  const outsider = actorWith('limited', ['service-manager'], [])
  expect(await as(outsider, { customer: customer.id })).toBe('customer.not-found')
  expect((await call('GET', `/recomputations/${before}`, undefined, { as: outsider })).status).toBe(404)
})
