import { expect, test } from 'vitest'
import { actorWith } from '#platform/testing.ts'
import { ordered } from './orders-testing.ts'
import { approve, computed, countsOf, hour, lateHoliday, lock, request, requester } from './testing.ts'

type World = Awaited<ReturnType<typeof ordered>>

/** It was there on 14 May at 17:00 in Berlin, after 11 hours of 12. */
async function deliveredEarlier(world: World, occurredAt = '2026-05-14T15:00:00Z') {
  const fact = await world.fact('request.state', 'delivered')
  return { kind: 'order-timestamp', request: world.order.number, fact, occurredAt }
}

const excluded = ({ order }: World) => ({
  kind: 'order-exclusion',
  request: order.number,
  excludedFor: 'force-majeure',
})

async function read(world: World, path: string) {
  const { status, body, text } = await world.call('GET', path)
  expect(status, text).toBe(200)
  return body
}

const promised = async (world: World) => (await read(world, `/requests/${world.order.id}`)).promise
const adjusted = async (world: World) =>
  (await read(world, `/reports/attainment/adjustments?request=${world.order.id}`)).items

test('a moment of an order that was recorded wrongly is corrected when another approves: both results stay', async () => {
  const world = await ordered()
  const correction = await computed(world, await deliveredEarlier(world))
  expect(correction).toMatchObject({
    kind: 'order-timestamp',
    counts: countsOf({ clocks: 1, flips: 1 }),
    about: { type: 'request', id: world.order.id, name: world.order.number },
  })
  const path = `/corrections/${correction.id}/differences`
  expect((await read(world, path)).items).toMatchObject([
    {
      requestId: world.order.id,
      before: { state: 'breached-stopped', elapsedSeconds: 13 * hour },
      after: { state: 'met', elapsedSeconds: 11 * hour },
    },
  ])
  const explain = async () => (await world.call('POST', `${path}/1/explanation`, {})).body
  const sums = async () => {
    const { before, after } = await explain()
    return [before.steps.at(-1).elapsedSeconds, after.steps.at(-1).elapsedSeconds]
  }
  expect(await sums()).toEqual([13 * hour, 11 * hour])
  expect(await promised(world)).toMatchObject({ state: 'breached-stopped' })
  expect(await world.fulfilled()).toBe('0 met, 1 failed')
  await approve(world, correction)
  expect(await promised(world)).toMatchObject({ state: 'met', elapsedSeconds: 11 * hour })
  expect(await world.fulfilled()).toBe('1 met, 0 failed')
  expect(await sums()).toEqual([13 * hour, 11 * hour])
  expect((await read(world, `/requests/${world.order.id}`)).deliveredAt).toBe('2026-05-14T15:00:00.000Z')
  const [fact] = await world.facts('request.corrected')
  expect(fact).toMatchObject({
    visibility: 'public',
    facts: { of: 'request.state', from: '2026-05-15T07:00:00.000Z', at: '2026-05-14T15:00:00.000Z' },
  })
  const former = await read(world, `/requests/${world.order.id}/former-results`)
  expect(former.items).toMatchObject([{ cause: 'correction', result: { elapsedSeconds: 13 * hour } }])
})

test('what an order waited for is disputed: while it waits for the provider, its promise runs', async () => {
  const world = await ordered({ approved: true })
  expect(await promised(world)).toMatchObject({ state: 'met', elapsedSeconds: 10 * hour })
  const pause = { kind: 'order-pause', request: world.order.id, fact: await world.fact('request.approval-asked') }
  const same = await request(world, { ...pause, waitedFor: 'customer' })
  expect([same.status, same.body.code]).toEqual([422, 'correction.same-pause'])
  const correction = await computed(world, { ...pause, waitedFor: 'provider' })
  expect(correction.counts).toEqual(countsOf({ clocks: 1, flips: 1 }))
  await approve(world, correction)
  expect(await promised(world)).toMatchObject({ state: 'breached-stopped', elapsedSeconds: 13 * hour })
  const { steps } = await read(world, `/requests/${world.order.id}/explanation`)
  expect(steps.some(({ kind }: { kind: string }) => kind === 'pause')).toBe(false)
})

test('an approval that was given earlier than it was written down lets the promise run from then, and took less time', async () => {
  const world = await ordered({ approved: true })
  const fact = await world.fact('request.approval')
  const change = { kind: 'order-timestamp', request: world.order.id, fact, occurredAt: '2026-05-13T15:00:00Z' }
  await approve(world, await computed(world, change))
  expect(await promised(world)).toMatchObject({ state: 'met', elapsedSeconds: 12 * hour })
  const { items } = await read(world, `/requests/${world.order.id}/approvals`)
  expect(items).toMatchObject([{ decidedAt: '2026-05-13T15:00:00.000Z' }])
})

test('a result that is not to count leaves the figures for a typed reason, and stays readable', async () => {
  const world = await ordered()
  const correction = await computed(world, excluded(world))
  expect(correction.counts).toEqual(countsOf({ clocks: 1, flips: 1 }))
  const figures = (await read(world, `/corrections/${correction.id}/figures`)).items
  expect(figures).toMatchObject([
    { before: { met: 0, failed: 1, excluded: 0 }, after: { met: 0, failed: 0, excluded: 1 } },
  ])
  await approve(world, correction)
  const report = await read(world, `/reports/attainment?customer=${world.customer.id}&from=2026-05-01&to=2026-06-01`)
  expect(report.total.byMetric.fulfilment).toMatchObject({ met: 0, failed: 0, excluded: 1 })
  const under = async (fulfilment: string) => (await read(world, `/requests?fulfilment=${fulfilment}`)).items.length
  expect([await under('met'), await under('missed'), await under('excluded')]).toEqual([0, 0, 1])
  const told = await read(world, `/requests/${world.order.id}/explanation`)
  expect(told).toMatchObject({ asTold: false, exclusion: { reason: 'force-majeure', evidence: 'Mail of 3 June' } })
  expect(told.steps.at(-1).elapsedSeconds).toBe(13 * hour)
  const again = await request(world, excluded(world))
  expect([again.status, again.body.code]).toEqual([422, 'correction.excluded'])
})

test('of a locked month the result stays where and as it was told, whatever is found out later, with adjustments in the open one', async () => {
  const world = await ordered()
  await lock(world, '2026-05')
  await approve(world, await computed(world, await deliveredEarlier(world)))
  expect(await world.fulfilled()).toBe('0 met, 1 failed')
  expect(await adjusted(world)).toMatchObject([{ month: '2026-05', enteredMonth: '2026-06', met: 1, failed: -1 }])
  // What is only said of the order afterwards changes nothing of what was told.
  await world.call('POST', `/requests/${world.order.id}/transitions`, { to: 'closed' })
  expect(await promised(world)).toMatchObject({ state: 'breached-stopped', elapsedSeconds: 13 * hour })
  await approve(world, await computed(world, excluded(world)))
  expect(await world.fulfilled()).toBe('0 met, 1 failed')
  expect((await adjusted(world))[0]).toMatchObject({ met: -1, failed: 0, excluded: 1 })
  // Left out, it stays so when it is counted anew.
  await approve(world, await computed(world, lateHoliday(world.calendar)))
  expect(await world.fulfilled()).toBe('0 met, 1 failed')
  expect((await adjusted(world))[0]).toMatchObject({ met: 0, failed: 0, excluded: 0, after: { excluded: true } })
})

test('a delivery that really was in the month after is told in the locked one as it was, and counts in neither twice', async () => {
  const world = await ordered()
  await lock(world, '2026-05')
  const change = await deliveredEarlier(world, '2026-06-02T08:00:00Z')
  await approve(world, await computed(world, change))
  expect([await world.fulfilled(), await world.fulfilled('2026-06')]).toEqual(['0 met, 1 failed', '0 met, 0 failed'])
  expect(await adjusted(world)).toMatchObject([{ month: '2026-05', met: 0, failed: 0 }])
})

test('what cannot be corrected is refused with the reason, and by whom it is not to be', async () => {
  const world = await ordered()
  const { order, call } = world
  const delivered = await deliveredEarlier(world)
  const refusals: [object, number, string][] = [
    [{ ...delivered, occurredAt: '2026-05-13T13:00:00Z' }, 422, 'correction.out-of-order'],
    [{ ...delivered, occurredAt: '2026-06-03T08:03:00Z' }, 400, 'incident.from-the-future'],
    [{ ...delivered, occurredAt: '2026-05-15T07:00:00Z' }, 400, 'correction.same-moment'],
    [{ ...delivered, fact: order.id }, 422, 'correction.fact-not-found'],
    [{ ...delivered, fact: await world.fact('request.task') }, 422, 'correction.fact-not-found'],
    [{ ...delivered, fact: await world.fact('request.state', 'fulfilling') }, 422, 'correction.fact-not-movable'],
    [{ ...delivered, request: 'NL-REQ-9999' }, 404, 'request.not-found'],
    [
      { kind: 'order-pause', request: order.id, fact: delivered.fact, waitedFor: 'customer' },
      422,
      'correction.no-pause',
    ],
  ]
  for (const [change, status, code] of refusals) {
    const reply = await request(world, change)
    expect([reply.status, reply.body.code], code).toEqual([status, code])
  }
  const { body: early } = await request(world, { ...delivered, occurredAt: '2026-05-13T13:00:00Z' })
  expect(early.detail).toContain('from Wed, 13 May 2026, 16:00 (Europe/Berlin) on')
  expect(early.errors).toMatchObject([{ path: 'change.occurredAt' }])
  const { body: open } = await call(
    'POST',
    '/requests',
    { item: order.item.id, customer: world.customer.id, for: 'eva@nordlicht.example' },
    { as: { ...requester, personId: world.eva.personId } },
  )
  const unmeasured = await request(world, { kind: 'order-exclusion', request: open.id, excludedFor: 'agreed' })
  expect([unmeasured.status, unmeasured.body.code]).toEqual([422, 'correction.no-result'])
  expect((await request(world, delivered, world.eva)).status).toBe(404)
  const { body: other } = await call('POST', '/customers', { name: 'Südwind', key: 'SW', timeZone: 'Europe/Berlin' })
  const elsewhere = actorWith('limited', ['agent'], [other.id])
  expect((await request(world, delivered, elsewhere)).status).toBe(404)
})
