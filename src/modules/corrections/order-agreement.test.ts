import { expect, test } from 'vitest'
import { ordered } from './orders-testing.ts'
import { approve, computed, countsOf, hour, lateHoliday, lock, request, requester } from './testing.ts'

type World = Awaited<ReturnType<typeof ordered>>

/** The order of twelve hours took thirteen; for this service sixteen are promised. */
async function withService(world: World): Promise<World & { readonly service: { readonly id: string } }> {
  const { call, customer } = world
  const { body: service } = await call('POST', '/services', { name: 'Access', customer: customer.id })
  const made = await call('POST', '/agreements', {
    name: 'Access',
    customer: customer.id,
    calendar: 'Office',
    services: ['Access'],
    validFrom: '2026-05-01T00:00:00Z',
    activate: true,
    targets: [{ metric: 'resolution', priority: 'p1', targetSeconds: hour, attainmentBp: 9000 }],
    terms: { fulfilment: [{ targetSeconds: 16 * hour, attainmentBp: 9000 }] },
  })
  expect(made.status, made.text).toBe(201)
  await world.work()
  return { ...world, service }
}

const forAccess = ({ order }: World) => ({ kind: 'order-agreement', request: order.number, service: 'Access' })

async function read(world: World, path: string) {
  const { status, body, text } = await world.call('GET', path)
  expect(status, text).toBe(200)
  return body
}

const byService = async (world: World) => {
  const path = `/reports/attainment?customer=${world.customer.id}&from=2026-05-01&to=2026-06-01&groupBy=service`
  const { groups } = await read(world, path)
  return groups.flatMap(
    ({ label, byMetric }: { label: string; byMetric: Record<string, { met: number; failed: number }> }) => {
      const { fulfilment } = byMetric
      return fulfilment ? [`${label}: ${fulfilment.met} met, ${fulfilment.failed} failed`] : []
    },
  )
}

test('an order that was for another service is counted by the agreement that held for that one, when another approves', async () => {
  const world = await withService(await ordered())
  const correction = await computed(world, forAccess(world))
  expect(correction).toMatchObject({
    kind: 'order-agreement',
    change: { request: world.order.id, service: world.service.id },
    about: { type: 'request', name: world.order.number },
    counts: countsOf({ clocks: 1, flips: 1 }),
  })
  const path = `/corrections/${correction.id}/differences`
  expect((await read(world, path)).items).toMatchObject([
    {
      before: { state: 'breached-stopped', targetSeconds: 12 * hour, elapsedSeconds: 13 * hour },
      after: { state: 'met', targetSeconds: 16 * hour, elapsedSeconds: 13 * hour },
    },
  ])
  const names = async () => {
    const { before, after } = (await world.call('POST', `${path}/1/explanation`, {})).body
    return [before.agreement.name, after.agreement.name]
  }
  expect(await names()).toEqual(['SLA', 'Access'])
  expect(await world.fulfilled()).toBe('0 met, 1 failed')
  await approve(world, correction)
  const { service, promise } = await read(world, `/requests/${world.order.id}`)
  expect([service.name, promise.state, promise.targetSeconds]).toEqual(['Access', 'met', 16 * hour])
  expect(await names()).toEqual(['SLA', 'Access'])
  expect(await byService(world)).toEqual([`${world.service.id}: 1 met, 0 failed`])
  const [fact] = await world.facts('request.corrected')
  expect(fact).toMatchObject({ visibility: 'public', facts: { of: 'service', service: 'Access', formerService: null } })
  const former = await read(world, `/requests/${world.order.id}/former-results`)
  expect(former.items).toMatchObject([{ cause: 'correction', result: { state: 'breached-stopped' } }])
})

test('in a locked month it stays under the service for which it was told, and what is counted later counts by the right agreement', async () => {
  const world = await withService(await ordered())
  await lock(world, '2026-05')
  await approve(world, await computed(world, forAccess(world)))
  expect(await world.fulfilled()).toBe('0 met, 1 failed')
  expect(await byService(world)).toEqual([': 0 met, 1 failed'])
  const adjustments = async () => (await read(world, `/reports/attainment/adjustments?request=${world.order.id}`)).items
  expect(await adjustments()).toMatchObject([{ month: '2026-05', met: 1, failed: -1 }])
  const told = await read(world, `/requests/${world.order.id}/explanation`)
  expect([told.asTold, told.agreement.name, told.steps.at(-1).elapsedSeconds]).toEqual([true, 'SLA', 13 * hour])
  // Nothing of it is taken back, neither by what happens to the order nor by another correction.
  await world.call('POST', `/requests/${world.order.id}/transitions`, { to: 'closed' })
  expect(await adjustments()).toHaveLength(1)
  await approve(world, await computed(world, lateHoliday(world.calendar)))
  expect((await adjustments())[0]).toMatchObject({
    met: 0,
    failed: 0,
    after: { state: 'met', targetSeconds: 16 * hour },
  })
})

test('what holds already, a draft and a service that there is not are refused with what to do', async () => {
  const world = await withService(await ordered())
  const { order, call } = world
  const same = await request(world, { ...forAccess(world), service: null })
  expect([same.status, same.body.code, same.body.errors[0].path]).toEqual([
    400,
    'correction.same-service',
    'change.service',
  ])
  const nowhere = await request(world, { ...forAccess(world), service: 'Nowhere' })
  expect([nowhere.status, nowhere.body.code]).toEqual([404, 'service.not-found'])
  const body = { item: order.item.id, customer: world.customer.id, draft: true }
  const as = { ...requester, personId: world.eva.personId }
  const { body: draft } = await call('POST', '/requests', { ...body, for: 'eva@nordlicht.example' }, { as })
  const early = await request(world, { ...forAccess(world), request: draft.number }, as)
  expect([early.status, early.body.code]).toEqual([422, 'correction.draft-order'])
})
