import { expect, test } from 'vitest'
import { actorWith } from '#platform/testing.ts'
import { testWorld } from '../../testing.ts'

const office = { opens: 480, closes: 1080 }
const rules = { timeZone: 'Europe/Berlin', week: [[office], [office], [office], [office], [office], [], []] }
const HOUR = 3600

test('an agreement promises a time for orders of an item, else of its service, else for all; figures count what it promised', async () => {
  // Monday, ten o'clock in Berlin.
  const world = await testWorld({ now: new Date('2026-03-02T09:00Z') })
  const { call, at } = world
  const made = async (path: string, body: object, more: Parameters<typeof call>[3] = {}) => {
    const reply = await call('POST', path, body, more)
    expect(reply.status, reply.text).toBe(201)
    return reply.body
  }
  const customer = await made('/customers', { name: 'Nordhafen', key: 'NHL', timeZone: 'Europe/Berlin' })
  await made('/calendars', { customer: customer.id, name: 'Hours', rules })
  const access = await made('/services', { name: 'Access', customer: customer.id })
  const desk = await made('/teams', { name: 'Service desk' })
  await made('/people', { name: 'Eva', email: 'eva@nordhafen.example', customer: customer.id })
  const { id: personId } = await made('/people', { name: 'Ada', email: 'ada@provider.example' })
  const as = { ...actorWith('staff', ['agent']), personId }
  const item = async (name: string, service?: string) => {
    const { id } = await made('/catalogue-items', {
      name: { en: name, de: name },
      description: { en: name, de: name },
      customer: customer.id,
      fields: [],
      approval: [],
      ...(service && { service }),
      plan: [{ kind: 'people', title: { en: 'Do it', de: 'Tun' }, team: desk.id, stage: 1, seconds: 40 * HOUR }],
    })
    await call('POST', `/catalogue-items/${id}/transitions`, { to: 'published' })
    return id as string
  }
  const [badge, folder, chair] = [await item('Badge', access.id), await item('Folder', access.id), await item('Chair')]
  const promised = [
    { targetSeconds: 16 * HOUR, attainmentBp: 9000 },
    { service: 'Access', days: { count: 1, reading: 'end-of-day' }, attainmentBp: 9000 },
    { item: 'Badge', targetSeconds: 2 * HOUR, attainmentBp: 9000 },
  ]
  const agreement = {
    customer: customer.id,
    name: 'SLA',
    calendar: 'Hours',
    validFrom: '2026-01-01T00:00:00Z',
    targets: [{ metric: 'response', priority: 'p3', targetSeconds: 7200, attainmentBp: 9500 }],
    activate: true,
  }
  const twice = { ...agreement, terms: { fulfilment: [promised[0], promised[0]] } }
  expect((await call('POST', '/agreements', twice)).body).toMatchObject({ code: 'agreement.fulfilment-twice' })
  const unknown = { ...agreement, terms: { fulfilment: [{ ...promised[2], item: 'Throne' }] } }
  expect((await call('POST', '/agreements', unknown)).body).toMatchObject({ code: 'agreement-item.not-found' })
  const sla = await made('/agreements', { ...agreement, terms: { fulfilment: promised } })
  expect(sla.versions[0].terms.fulfilment).toMatchObject([
    { targetSeconds: 16 * HOUR },
    { service: access.id, targetSeconds: 10 * HOUR, days: { count: 1 } },
    { item: badge, targetSeconds: 2 * HOUR },
  ])
  const file = await call('GET', `/agreements/${sla.id}/yaml`)
  expect(file.text).toContain('item: Badge')
  expect(file.text).toContain('service: Access')

  const orders = new Map<string, string>()
  for (const [name, ordered] of Object.entries({ badge, folder, chair })) {
    const { id, promise } = await made(
      '/requests',
      {
        item: ordered,
        customer: customer.id,
        for: 'eva@nordhafen.example',
      },
      { as },
    )
    orders.set(name, id)
    const due = { badge: '2026-03-02T11:00', folder: '2026-03-03T17:00', chair: '2026-03-03T15:00' }[name]
    expect(promise, name).toMatchObject({ dueAt: `${due}:00.000Z` })
  }
  const deliver = async (name: string, moment: string) => {
    at(moment)
    const id = orders.get(name)!
    const [task] = (await call('GET', `/requests/${id}/tasks`)).body.items
    const reply = await call('POST', `/requests/${id}/tasks/${task.id}/transitions`, { to: 'done' })
    expect(reply.status, reply.text).toBe(200)
  }
  await deliver('badge', '2026-03-02T11:00:00Z')
  await deliver('folder', '2026-03-03T17:00:00Z')
  await deliver('chair', '2026-03-04T08:00:00Z')
  const query = `customer=${customer.id}&from=2026-03-01&to=2026-04-01`
  const { body: report } = await call('GET', `/reports/attainment?${query}&groupBy=service`)
  expect(report.total.byMetric.fulfilment).toMatchObject({
    met: 2,
    failed: 1,
    attainment: { numerator: 2, denominator: 3 },
    targetBp: 9000,
  })
  const group = report.groups.find(({ key }: { key: string }) => key === access.id)
  expect(group.byMetric.fulfilment).toMatchObject({ met: 2, failed: 0 })
  const under = `customer=${customer.id}&deliveredFrom=2026-03-01&deliveredTo=2026-04-01`
  const { body: late } = await call('GET', `/requests?${under}&fulfilment=missed`)
  expect(late.items.map(({ id }: { id: string }) => id)).toEqual([orders.get('chair')])
  expect((await call('GET', `/requests?${under}&fulfilment=met`)).body.items).toHaveLength(2)
})
