import { expect, test } from 'vitest'
import { actorWith } from '#platform/testing.ts'
import { ordered } from './orders-testing.ts'
import { hour, lateHoliday, lock, approve, computed, stored } from './testing.ts'

const manager = actorWith('staff', ['service-manager'])
const targets = [{ metric: 'resolution', priority: 'p1', targetSeconds: 10 * hour, attainmentBp: 9000 }]

type World = Awaited<ReturnType<typeof ordered>>

/** What a draft that promises so much for orders would have made of May. */
async function tried({ call, work, agreement }: World, fulfilment: object) {
  const draft = { calendar: 'Office', validFrom: '2026-07-01T00:00:00Z', targets, terms: { fulfilment: [fulfilment] } }
  const path = `/agreements/${agreement.id}`
  const { version } = (await call('GET', path)).body
  const more = { headers: { 'if-match': `"${version}"` } }
  const { body, status, text } = await call('POST', `${path}/versions`, draft, more)
  expect(status, text).toBe(201)
  const versionId = body.versions.toSorted((a: { number: number }, b: { number: number }) => b.number - a.number)[0].id
  const asked = { versionId, from: '2026-05-01', to: '2026-06-01' }
  const begun = await call('POST', '/what-ifs', asked, { as: manager })
  expect(begun.status, begun.text).toBe(202)
  await work()
  return (await call('GET', `/what-ifs/${begun.body.id}`, undefined, { as: manager })).body
}

const ofOrders = ({ figures }: { figures: { metric: string }[] }) =>
  figures.filter(({ metric }) => metric === 'fulfilment')

test('a draft is tried on orders too: what they would have come to, how it is counted, and nothing is changed', async () => {
  const world = await ordered()
  const before = await stored(world, 'request', 'clock')
  const done = await tried(world, { targetSeconds: 16 * hour, attainmentBp: 9000 })
  expect(done).toMatchObject({ state: 'done', incidents: 3, progress: 3, counts: { better: 1, worse: 0 } })
  const tally = (met: number, failed: number) => ({ met, failed, excluded: 0 })
  expect(ofOrders(done)).toEqual([
    { month: '2026-05', priority: null, metric: 'fulfilment', before: tally(0, 1), after: tally(1, 0) },
  ])
  const path = `/what-ifs/${done.id}/differences`
  const { items } = (await world.call('GET', `${path}?metric=fulfilment`, undefined, { as: manager })).body
  expect(items).toMatchObject([
    {
      requestId: world.order.id,
      incidentId: null,
      number: world.order.number,
      before: { state: 'breached-stopped', targetSeconds: 12 * hour, elapsedSeconds: 13 * hour },
      after: { state: 'met', targetSeconds: 16 * hour, elapsedSeconds: 13 * hour },
    },
  ])
  const explain = `${path}/${items[0].position}/explanation`
  const { body: both } = await world.call('GET', explain, undefined, { as: manager })
  expect([both.before.agreement.number, both.after.agreement.number]).toEqual([1, 2])
  expect(both.after.steps.at(-1).elapsedSeconds).toBe(13 * hour)
  expect(await stored(world, 'request', 'clock')).toBe(before)
})

test('of a locked month it is beside what was told with its adjustments, and days are tried in their reading', async () => {
  const world = await ordered()
  await lock(world, '2026-05')
  await approve(world, await computed(world, lateHoliday(world.calendar)))
  // With the holiday, three hours of service time: kept by the adjustment, and by what remains of the day of the order.
  const done = await tried(world, { days: { count: 1, reading: 'end-of-day' }, attainmentBp: 9000 })
  expect(ofOrders(done)).toMatchObject([{ before: { met: 1, failed: 0 }, after: { met: 1, failed: 0 } }])
  const tight = await tried(world, { targetSeconds: 2 * hour, attainmentBp: 9000 })
  expect(ofOrders(tight)).toMatchObject([{ before: { met: 1, failed: 0 }, after: { met: 0, failed: 1 } }])
})
