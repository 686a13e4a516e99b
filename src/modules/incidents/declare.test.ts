import { expect, test } from 'vitest'
import { testWorld } from '../../testing.ts'
import { actorWith } from '#platform/testing.ts'

test('what one asker logs at the same time is logged each for itself, and what is refused is refused alone', async () => {
  const world = await testWorld({ now: new Date('2026-03-02T09:00Z') })
  const as = actorWith('staff', ['agent', 'service-manager'])
  const { body: customer } = await world.call('POST', '/customers', { name: 'Northwind' }, { as })
  const asked = Array.from({ length: 24 }, (_, index) => ({
    customer: 'Northwind',
    title: `Scanner ${index} is lost`,
    impact: 'medium',
    urgency: 'high',
    requester: 'new.person@northwind.example',
    ...(index % 8 === 7 && { service: 'No such service' }),
  }))
  const replies = await Promise.all(asked.map((body) => world.call('POST', '/incidents', body, { as })))

  expect(replies.map(({ status }) => status)).toEqual(asked.map(({ service }) => (service === undefined ? 201 : 404)))
  const logged = replies.filter(({ status }) => status === 201).map(({ body }) => body)
  expect(logged.map(({ title }) => title)).toEqual(asked.filter(({ service }) => !service).map(({ title }) => title))
  expect(new Set(logged.map(({ number }) => number)).size).toBe(logged.length)
  expect(new Set(logged.map(({ requester }) => requester.id)).size).toBe(1)
  const { body: list } = await world.call('GET', `/incidents?customer=${customer.id}&count=true`, undefined, { as })
  expect(list.items).toHaveLength(logged.length)
  // Each stands in the audit under its own request.
  const { rows } = await world.database.pool.query(
    `select count(distinct request_id)::int as requests from audit where action = 'incident.declared'`,
  )
  expect(rows).toEqual([{ requests: logged.length }])
})
