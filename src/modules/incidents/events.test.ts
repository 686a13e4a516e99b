import { expect, test } from 'vitest'
import { customerRoutes } from '#modules/customers'
import { incidentRoutes } from '#modules/incidents'
import type { Actor } from '#platform/context.ts'
import { actorWith, manager, testCaller, testDatabase } from '#platform/testing.ts'
import { testStreams } from '#platform/testing/streams.ts'

test('who listens is told what changes in their own customer’s incidents, and of nobody else’s', async () => {
  const database = await testDatabase()
  const routes = [...customerRoutes, ...incidentRoutes]
  const call = testCaller(database, routes)
  const { body: own } = await call('POST', '/customers', { name: 'Nordhafen', key: 'NHL' })
  const { body: foreign } = await call('POST', '/customers', { name: 'Brackwater', key: 'BRA' })
  const stakeholder: Actor = actorWith('customer', ['customer-stakeholder'], [own.id])
  const people: Record<string, Actor> = { manager, stakeholder, supplier: actorWith('customer', ['supplier']) }
  // A second process on the same database.
  const { listen, close } = await testStreams(database, routes, people)
  const [provider, customer, supplier] = await Promise.all([
    listen('manager'),
    listen('stakeholder'),
    listen('supplier'),
  ])

  const declare = (id: string, title: string) =>
    call('POST', '/incidents', { customer: id, title, impact: 'low', urgency: 'low' })
  await Promise.all([provider(), declare(foreign.id, 'Till')]).then(([told]) =>
    expect(told).toContain('"number":"BRA-1001"'),
  )
  const [toProvider, toCustomer] = await Promise.all([provider(), customer(), declare(own.id, 'Scanner')])

  expect(toProvider).toContain('"number":"NHL-1001"')
  expect(toCustomer).toContain('"number":"NHL-1001"')
  expect(toCustomer).not.toContain('BRA')

  // An import of old tickets: none is among the newest, so its end is told, to those whose customer it is for.
  const end = async (of: string, state: string) =>
    database.pool.query(
      `insert into import (id, customer_id, source, file_name, file_size, state, finished_at)
       values ($1, $2, 'csv', 'old.csv', 1, $3, now()) on conflict (id) do update set state = $3`,
      [of, of, state],
    )
  await Promise.all([provider(), end(foreign.id, 'done')]).then(([told]) =>
    expect(told).toBe('event: much\ndata: {}\n\n'),
  )
  const [, told] = await Promise.all([provider(), customer(), end(own.id, 'done')])
  expect(told).toBe('event: much\ndata: {}\n\n')
  await Promise.all([customer(), end(own.id, 'undone')]).then(([again]) => expect(again).toContain('much'))

  // Until its stream ends, whoever sees no customer has heard of nothing.
  const toSupplier = supplier()
  await close()
  expect(await toSupplier).toBe('')
})
