import { expect, test } from 'vitest'
import { actorWith } from '#platform/testing.ts'
import { ordered } from './orders-testing.ts'
import { approve, computed, countsOf, hour, lateHoliday, lock, stored } from './testing.ts'

test('a late holiday counts orders anew: differences before it is approved, both results explained, figures after it', async () => {
  const world = await ordered()
  expect(await world.fulfilled()).toBe('0 met, 1 failed')
  const correction = await computed(world, lateHoliday(world.calendar))
  expect(correction.counts).toEqual(countsOf({ clocks: 2, flips: 2 }))
  const { body: differences } = await world.call('GET', `/corrections/${correction.id}/differences`)
  const of = differences.items.find(({ metric }: { metric: string }) => metric === 'fulfilment')
  expect(of).toMatchObject({
    requestId: world.order.id,
    incidentId: null,
    number: world.order.number,
    month: '2026-05',
    locked: false,
    flips: true,
    before: { state: 'breached-stopped', elapsedSeconds: 13 * hour },
    after: { state: 'met', elapsedSeconds: 3 * hour },
  })
  const explain = async () =>
    (await world.call('POST', `/corrections/${correction.id}/differences/${of.position}/explanation`, {})).body
  const looked = await explain()
  expect(looked.before.steps.at(-1).elapsedSeconds).toBe(13 * hour)
  expect(looked.after.steps.at(-1).elapsedSeconds).toBe(3 * hour)
  const figures = (await world.call('GET', `/corrections/${correction.id}/figures`)).body.items
  expect(figures).toContainEqual(
    expect.objectContaining({
      metric: 'fulfilment',
      priority: null,
      before: { met: 0, failed: 1, excluded: 0 },
      after: { met: 1, failed: 0, excluded: 0 },
    }),
  )
  expect(await world.fulfilled()).toBe('0 met, 1 failed')
  await approve(world, correction)
  expect(await world.fulfilled()).toBe('1 met, 0 failed')
  const after = await explain()
  expect(after.before.steps.at(-1).elapsedSeconds).toBe(13 * hour)
  expect(after.after.steps.at(-1).elapsedSeconds).toBe(3 * hour)
  const former = await world.call('GET', `/requests/${world.order.id}/former-results`)
  expect(former.body.items).toMatchObject([{ cause: 'correction', result: { state: 'breached-stopped' } }])
})

test('of a locked month an order stays as it was told, and is adjusted in the open one, once', async () => {
  const world = await ordered()
  await lock(world, '2026-05')
  const orders = await stored(world, 'request')
  const correction = await computed(world, lateHoliday(world.calendar))
  expect(correction.counts).toEqual(countsOf({ clocks: 2, flips: 2, locked: 2 }))
  await approve(world, correction)
  expect(await stored(world, 'request')).toBe(orders)
  expect(await world.fulfilled()).toBe('0 met, 1 failed')
  const { body: page } = await world.call('GET', `/requests/${world.order.id}`)
  expect(page.promise).toMatchObject({ state: 'breached-stopped', elapsedSeconds: 13 * hour })
  const { body: told } = await world.call('GET', `/requests/${world.order.id}/explanation`)
  expect([told.asTold, told.steps.at(-1).elapsedSeconds]).toEqual([true, 13 * hour])
  const path = `/reports/attainment/adjustments?customer=${world.customer.id}&request=${world.order.id}`
  const entered = {
    month: '2026-05',
    enteredMonth: '2026-06',
    met: 1,
    failed: -1,
    metric: 'fulfilment',
    priority: null,
  }
  const stakeholder = actorWith('customer', ['customer-stakeholder'], [world.customer.id])
  for (const as of [undefined, stakeholder]) {
    const { body } = await world.call('GET', path, undefined, as && { as })
    expect(body.items).toMatchObject([{ ...entered, requestId: world.order.id, correctionId: correction.id }])
  }
  const elsewhere = actorWith('customer', ['customer-stakeholder'], [])
  expect(
    (await world.call('GET', path.replace(/customer=[^&]+&/, ''), undefined, { as: elsewhere })).body.items,
  ).toEqual([])
})

test('an order that is taken up again after its month was locked counts there as it was told, and where it is delivered', async () => {
  const world = await ordered()
  await lock(world, '2026-05')
  const wrong = { to: 'fulfilling', note: 'It does not open the gate' }
  const reopened = await world.call('POST', `/requests/${world.order.id}/transitions`, wrong, { as: world.eva })
  expect(reopened.status, reopened.text).toBe(200)
  expect(await world.fulfilled()).toBe('0 met, 1 failed')
  const missed = `/requests?customer=${world.customer.id}&fulfilment=missed&deliveredFrom=2026-05-01&deliveredTo=2026-06-01`
  expect((await world.call('GET', missed)).body.items).toHaveLength(1)
  await world.deliver('2026-06-03T09:00:00Z')
  expect(await world.fulfilled()).toBe('0 met, 1 failed')
  expect(await world.fulfilled('2026-06')).toBe('0 met, 1 failed')
  const path = `/reports/attainment/adjustments?request=${world.order.id}`
  expect((await world.call('GET', path)).body.items).toMatchObject([
    { month: '2026-05', met: 0, failed: -1, cause: 'history' },
  ])
})

test('a version that is put in force late holds for what was ordered since its first day', async () => {
  const world = await ordered()
  const { body: drafted } = await world.call('POST', '/agreements', {
    name: 'Only for orders',
    customer: world.customer.id,
    calendar: 'Office',
    validFrom: '2026-05-02T00:00:00Z',
    activate: false,
    targets: [{ metric: 'response', priority: 'p1', targetSeconds: hour, attainmentBp: 9000 }],
    terms: { fulfilment: [{ targetSeconds: 16 * hour, attainmentBp: 9000 }] },
  })
  const change = { kind: 'back-dated-contract', agreement: drafted.id, version: drafted.versions[0].id }
  const correction = await computed(world, change)
  const { body: differences } = await world.call('GET', `/corrections/${correction.id}/differences`)
  expect(differences.items.find(({ requestId }: { requestId: string | null }) => requestId !== null)).toMatchObject({
    before: { state: 'breached-stopped', targetSeconds: 12 * hour },
    after: { state: 'met', targetSeconds: 16 * hour },
  })
  await approve(world, correction)
  expect(await world.fulfilled()).toBe('1 met, 0 failed')
})
