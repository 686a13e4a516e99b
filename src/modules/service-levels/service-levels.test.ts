import { expect, test } from 'vitest'
import { customerRoutes } from '#modules/customers'
import { serviceLevelRoutes } from '#modules/service-levels'
import { serviceRoutes } from '#modules/services'
import { actorWith, testCaller, testDatabase } from '#platform/testing.ts'

const routes = [...customerRoutes, ...serviceRoutes, ...serviceLevelRoutes]
const office = { opens: 8 * 60, closes: 18 * 60 }
const berlin = { timeZone: 'Europe/Berlin', week: [[office], [office], [office], [office], [office], [], []] }
const targets = [{ metric: 'resolution', priority: 'p1', targetSeconds: 14_400, attainmentBp: 9500 }]

async function world() {
  const database = await testDatabase()
  const call = testCaller(database, routes, { now: () => new Date('2026-03-02T09:00Z') })
  const { body: customer } = await call('POST', '/customers', { name: 'Nordhafen Logistics' })
  return { database, call, customer }
}

test('a calendar takes the public holidays of its place into its version, and what is said about a date comes first', async () => {
  const { call } = await world()
  const own = { date: '2026-12-24', windows: [{ opens: 480, closes: 720 }], label: 'Heiligabend' }
  const { status, body } = await call('POST', '/calendars', {
    name: 'Hamburg',
    rules: { ...berlin, exceptions: [own] },
    holidays: { country: 'DE', state: 'HH' },
  })
  expect(status).toBe(201)
  const [version] = body.versions
  expect(version.rules.exceptions).toContainEqual(own)
  expect(version.rules.exceptions).toContainEqual(expect.objectContaining({ date: '2026-10-31', windows: [] }))
  expect(version.rules.exceptions.map(({ date }: { date: string }) => date)).not.toContain('2026-11-01')
  expect(version).toMatchObject({
    validFrom: '1970-01-01T00:00:00.000Z',
    validTo: null,
    holidays: { country: 'DE', state: 'HH' },
  })
})

test.each([
  ['an unknown zone', { ...berlin, timeZone: 'Europe/Hamburg' }, 'Europe/Hamburg'],
  [
    'windows that overlap',
    { ...berlin, week: [[office, { opens: 1000, closes: 1100 }], [], [], [], [], [], []] },
    'overlaps',
  ],
  ['a calendar that never opens', { ...berlin, week: [[], [], [], [], [], [], []] }, ''],
])('%s is refused with a sentence', async (_, rules, words) => {
  const { call } = await world()
  const { status, body } = await call('POST', '/calendars', { name: 'Wrong', rules })
  expect(status).toBe(400)
  expect(body.code).toBe('calendar.invalid')
  expect(body.errors[0].message).toContain(words)
  expect((await call('GET', '/calendars')).body.items).toEqual([])
})

test('an active version cannot change; a new one takes over on its day', async () => {
  const { call, customer, database } = await world()
  await call('POST', '/calendars', { name: 'Office', rules: berlin })
  const terms = { calendar: 'Office', targets, validFrom: '2026-01-01T00:00:00Z' }
  const { body: agreement } = await call('POST', '/agreements', {
    name: 'SLA',
    customer: customer.id,
    activate: true,
    ...terms,
  })
  const match = (version: number) => ({ headers: { 'if-match': `"${version}"` } })
  const first = agreement.versions[0].id

  const refused = await call('PUT', `/agreements/${agreement.id}/versions/${first}`, terms, match(agreement.version))
  const { body: drafted } = await call(
    'POST',
    `/agreements/${agreement.id}/versions`,
    { ...terms, validFrom: '2026-04-01T00:00:00Z' },
    match(agreement.version),
  )
  const { body: changed, status } = await call(
    'POST',
    `/agreements/${agreement.id}/versions/${drafted.versions[0].id}/activate`,
    {},
    match(drafted.version),
  )

  expect(refused).toMatchObject({ status: 422, body: { code: 'agreement.active' } })
  expect(status).toBe(200)
  expect(changed.versions).toMatchObject([
    { number: 2, state: 'active', validFrom: '2026-04-01T00:00:00.000Z', validTo: null },
    { number: 1, state: 'superseded', validTo: '2026-04-01T00:00:00.000Z' },
  ])
  await expect(database.pool.query("update agreement_version set terms = '{}' where number = 1")).rejects.toThrow(
    /cannot change/,
  )
})

test('of two agreements for the same from the same day the second is refused; a later one is not', async () => {
  const { call, customer } = await world()
  await call('POST', '/calendars', { name: 'Office', rules: berlin })
  const agree = (name: string, validFrom: string) =>
    call('POST', '/agreements', { name, customer: customer.id, calendar: 'Office', validFrom, targets, activate: true })

  const answers = [
    await agree('Standard', '2026-01-01T00:00:00Z'),
    await agree('Once more', '2026-01-01T00:00:00Z'),
    await agree('From April', '2026-04-01T00:00:00Z'),
  ]
  expect(answers.map(({ status }) => status)).toEqual([201, 422, 201])
  expect(answers[1]!.body).toMatchObject({ code: 'agreement.twin', detail: expect.stringContaining('“Standard”') })
})

test('an agreement without a target is not put in force', async () => {
  const { call, customer } = await world()
  await call('POST', '/calendars', { name: 'Office', rules: berlin })
  const body = {
    name: 'SLA',
    customer: customer.id,
    calendar: 'Office',
    validFrom: '2026-01-01T00:00:00Z',
    targets: [],
    activate: true,
  }
  expect(await call('POST', '/agreements', body)).toMatchObject({ status: 422, body: { code: 'agreement.no-targets' } })
  // The whole of it is undone, not only the activation.
  expect((await call('GET', '/agreements')).body.items).toEqual([])
})

test('a promise is shown with its due moment while it is drafted', async () => {
  const { call } = await world()
  // SLA-01: Friday 28 March 2025 16:30 and four hours, over the weekend in which the clocks change.
  const body = { rules: berlin, targetSeconds: 14_400, from: '2025-03-28T16:30:00+01:00' }
  expect((await call('POST', '/agreements/preview', body)).body.dueAt).toBe('2025-03-31T08:30:00.000Z')
})

test('a customer sees its own agreements and the calendars for all', async () => {
  const { call, customer } = await world()
  const { body: other } = await call('POST', '/customers', { name: 'Brackwater Retail' })
  await call('POST', '/calendars', { name: 'Office', rules: berlin })
  await call('POST', '/calendars', { name: 'Brackwater nights', customer: other.id, rules: berlin })
  for (const owner of [customer.id, other.id]) {
    await call('POST', '/agreements', {
      name: 'SLA',
      customer: owner,
      calendar: 'Office',
      validFrom: '2026-01-01T00:00:00Z',
      targets,
      activate: true,
    })
  }
  const as = actorWith('customer', ['customer-stakeholder'], [customer.id])
  const agreements = await call('GET', '/agreements', undefined, { as })
  const calendars = await call('GET', '/calendars', undefined, { as })
  expect(agreements.body.items).toMatchObject([{ customerName: 'Nordhafen Logistics' }])
  expect(calendars.body.items).toMatchObject([{ name: 'Office' }])
})
