import { expect, test } from 'vitest'
import { actorWith } from '#platform/testing.ts'
import { ordered } from './orders-testing.ts'
import { hour } from './testing.ts'

test('the promise of an order is explained with its agreement, its promise and its hours, and printed in both languages', async () => {
  const { call, order, customer, eva } = await ordered({ approved: true })
  const { body: told } = await call('GET', `/requests/${order.number}/explanation`)
  expect(told).toMatchObject({
    state: 'met',
    agreement: { name: 'SLA', number: 1 },
    calendar: { name: 'Office' },
    promised:
      '12 h of service time from the order on. It is promised for every order for which nothing more specific is.',
    hours: 'It runs in the hours of the agreement (Office).',
    targetSeconds: 12 * hour,
  })
  const counted = told.steps.map(({ countedSeconds }: { countedSeconds: number }) => countedSeconds)
  expect(counted.reduce((sum: number, each: number) => sum + each, 0)).toBe(10 * hour)
  for (const [lang, name] of [
    ['en', `clock-sheet-${order.number}.pdf`],
    ['de', `zeitnachweis-${order.number}.pdf`],
  ]) {
    const sheet = await call('GET', `/requests/${order.number}/sheet?lang=${lang}`, undefined, { as: eva })
    expect(sheet.status, sheet.text.slice(0, 500)).toBe(200)
    expect(sheet.headers['content-type']).toBe('application/pdf')
    expect(String(sheet.headers['content-disposition'])).toContain(name)
    expect(sheet.text).toMatch(/^%PDF-1\.\d[^]*\/StructTreeRoot/)
  }
  const { body: other } = await call('POST', '/customers', { name: 'Südwind', key: 'SW', timeZone: 'Europe/Berlin' })
  const elsewhere = actorWith('customer', ['customer-stakeholder'], [other.id])
  expect((await call('GET', `/requests/${order.id}/sheet`, undefined, { as: elsewhere })).status).toBe(404)
  expect(customer.id).not.toBe(other.id)
})

test('where nothing was promised there is no clock to be printed, and a sentence says so', async () => {
  const { call, order, database } = await ordered()
  await database.pool.query(
    'update request set agreement_version_id = null, calendar_version_id = null, target_seconds = null',
  )
  const { status, body } = await call('GET', `/requests/${order.id}/sheet`)
  expect([status, body.code, body.detail]).toEqual([
    422,
    'request.nothing-promised',
    'Nothing was promised for this order: there is no clock to be printed.',
  ])
})

test('who had an order adds up to what was counted: the team that did it, and the customer while they decided with nothing', async () => {
  const world = await ordered({ approved: true })
  const { call, order } = world
  const { body: held } = await call('GET', `/requests/${order.id}/holders`)
  expect(held).toMatchObject({ missed: false, elapsedSeconds: 10 * hour })
  expect(
    held.shares.map(({ holder, countedSeconds, wallSeconds }: (typeof held.shares)[number]) => [
      holder.kind,
      holder.name,
      countedSeconds / hour,
      wallSeconds / hour,
    ]),
  ).toEqual([
    ['customer', null, 0, 17],
    ['team', 'Service desk', 10, 24],
  ])
  expect(held.behind).toEqual([])

  // The desk promised eight hours a day from seven to seven, of which it took twelve; another team has no task of it.
  const long = { timeZone: 'Europe/Berlin', week: Array.from({ length: 7 }, () => [{ opens: 420, closes: 1140 }]) }
  await call('POST', '/calendars', { name: 'Desk hours', customer: world.customer.id, rules: long })
  await call('POST', '/teams', { name: 'Network' })
  const target = { metric: 'resolution', priority: 'p1', targetSeconds: hour, attainmentBp: 9000 }
  for (const [name, team, fulfilment] of [
    ['Desk', 'Service desk', [{ targetSeconds: 8 * hour, attainmentBp: 9000 }]],
    ['Network', 'Network', [{ targetSeconds: 8 * hour, attainmentBp: 9000 }]],
    ['Nothing for orders', 'Service desk', []],
  ] as const) {
    const reply = await call('POST', '/agreements', {
      name,
      customer: world.customer.id,
      type: 'ola',
      party: { team },
      behind: [{ agreement: 'SLA' }],
      calendar: 'Desk hours',
      validFrom: '2026-05-01T00:00:00Z',
      activate: true,
      terms: { fulfilment },
      // A promise for orders is enough to be put in force.
      targets: fulfilment.length > 0 ? [] : [target],
    })
    expect(reply.status, reply.text).toBe(201)
  }
  const { body: relying } = await call('GET', `/requests/${order.id}/holders`)
  expect(relying.behind).toMatchObject([
    { name: 'Desk', type: 'ola', state: 'breached-stopped', targetSeconds: 8 * hour, elapsedSeconds: 12 * hour },
    { name: 'Network', state: 'not-started', startedAt: null, elapsedSeconds: 0 },
  ])
  expect({ ...relying, behind: [] }).toEqual(held)
  const stakeholder = actorWith('customer', ['customer-stakeholder'], [world.customer.id])
  expect((await call('GET', `/requests/${order.id}/holders`, undefined, { as: stakeholder })).status).toBe(404)
})
