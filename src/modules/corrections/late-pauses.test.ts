import { expect, test } from 'vitest'
import { approve, computed, counted, explained, hour, request, requester } from './testing.ts'

test('a pause that is told late counts from then on, and from when it was once somebody else has approved of it', async () => {
  const world = await counted()
  const { call, customer } = world
  const move = async (id: string, at: string, step: object) => {
    world.at(at)
    const reply = await call('POST', `/incidents/${id}/transitions`, step)
    expect(reply.status, reply.text).toBe(200)
  }
  const elapsed = async (id: string) => (await call('GET', `/incidents/${id}`)).body.clocks[0].elapsedSeconds / hour
  const about = { customer: customer.id, title: 'Trouble', impact: 'high', urgency: 'low' }
  world.at('2026-06-08T07:00:00Z')
  const { body: told } = await call('POST', '/incidents', about)
  const { body: forgotten } = await call('POST', '/incidents', about)
  for (const { id } of [told, forgotten]) await move(id, '2026-06-08T07:00:00Z', { to: 'in-progress' })

  // Waited from ten to two, said at one; and waited likewise, said by nobody.
  const wait = { to: 'on-hold', reason: 'awaiting-requester', evidence: 'Mail of 10 o’clock' }
  await move(told.id, '2026-06-08T11:00:00Z', { ...wait, occurredAt: '2026-06-08T08:00:00Z' })
  await move(told.id, '2026-06-08T12:00:00Z', { to: 'in-progress' })
  for (const { id } of [told, forgotten]) await move(id, '2026-06-08T14:00:00Z', { to: 'resolved', note: 'Done' })
  expect([await elapsed(told.id), await elapsed(forgotten.id)]).toEqual([6, 7])

  world.at('2026-06-09T08:00:00Z')
  const { body: timeline } = await call('GET', `/incidents/${told.id}/timeline`)
  const held = timeline.items.find(({ facts }: { facts: { to?: string } }) => facts.to === 'on-hold')
  expect(held).toMatchObject({
    occurredAt: '2026-06-08T08:00:00.000Z',
    facts: { countsFrom: '2026-06-08T11:00:00.000Z' },
  })
  const really = { kind: 'corrected-timestamp', incident: told.id, fact: held.id, occurredAt: held.occurredAt }
  await approve(world, await computed(world, really))
  const { body: corrected } = await call('GET', `/incidents/${told.id}/timeline`)
  expect(corrected.items.at(-1)).toMatchObject({
    kind: 'incident.corrected',
    facts: { at: held.occurredAt, countedFrom: '2026-06-08T11:00:00.000Z' },
  })

  const [from, to] = ['2026-06-08T08:00:00Z', '2026-06-08T12:00:00Z']
  const missing = { kind: 'late-pause', incident: forgotten.number, from, to, waitedFor: 'awaiting-requester' }
  const correction = await computed(world, missing)
  expect(await elapsed(forgotten.id)).toBe(7)
  expect((await approve(world, correction, requester)).status).toBe(403)
  await approve(world, correction)
  expect([await elapsed(told.id), await elapsed(forgotten.id)]).toEqual([3, 3])
  expect(await explained(world, correction)).toEqual({ before: 7 * hour, after: 3 * hour })

  const refusedFor = async (change: object) => (await request(world, { ...missing, ...change })).body.code
  expect(await refusedFor({ to: from })).toBe('correction.pause-backwards')
  expect(await refusedFor({ from: '2026-06-08T06:59:00Z' })).toBe('correction.before-opening')
  expect(await refusedFor({ from: '2026-06-08T11:00:00Z' })).toBe('correction.pause-idle')
  expect(await refusedFor({ from: '2026-06-08T12:30:00Z', to: '2026-06-08T14:00:01Z' })).toBe('correction.out-of-order')
  expect(await refusedFor({ from: '2026-06-08T12:30:00Z', to: '2026-06-10T14:00:01Z' })).toBe(
    'incident.from-the-future',
  )
})

test('a pause that lasted until the next step ends with it', async () => {
  const world = await counted()
  const { call, customer } = world
  world.at('2026-06-08T07:00:00Z')
  const about = { customer: customer.id, title: 'Trouble', impact: 'high', urgency: 'low' }
  const { body: incident } = await call('POST', '/incidents', about)
  await call('POST', `/incidents/${incident.id}/transitions`, { to: 'in-progress' })
  world.at('2026-06-08T09:00:00Z')
  await call('POST', `/incidents/${incident.id}/transitions`, { to: 'resolved', note: 'Done' })
  const [from, to] = ['2026-06-08T08:00:00Z', '2026-06-08T09:00:00Z']
  const missing = { kind: 'late-pause', incident: incident.id, from, to, waitedFor: 'awaiting-requester' }
  await approve(world, await computed(world, missing))
  const { body } = await call('GET', `/incidents/${incident.id}`)
  expect(body).toMatchObject({ state: 'resolved', reopenCount: 0, clocks: [{ state: 'met', elapsedSeconds: hour }] })
})
