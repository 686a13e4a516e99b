import { expect, test } from 'vitest'
import { actorWith } from '#platform/testing.ts'
import { testWorld } from '../../testing.ts'

const office = { opens: 8 * 60, closes: 18 * 60 }
const rules = { timeZone: 'Europe/Berlin', week: [[office], [office], [office], [office], [office], [], []] }
const targets = (['p1', 'p2', 'p3'] as const).map((priority) => ({
  metric: 'resolution',
  priority,
  targetSeconds: 14_400,
  attainmentBp: 9500,
}))

type World = Awaited<ReturnType<typeof testWorld>>

function match(version: number) {
  return { headers: { 'if-match': `"${version}"` } }
}

async function incident({ call }: World, customer: string, level: string, openedAt: string): Promise<string> {
  const { body } = await call('POST', '/incidents', {
    customer,
    title: 'Scanners are offline',
    impact: level,
    urgency: level,
    occurredAt: openedAt,
  })
  return body.id
}

async function agreed({ call }: World, customer: string, more: object = {}) {
  const { body } = await call('POST', '/agreements', {
    name: 'SLA',
    customer,
    calendar: 'Office',
    validFrom: '2026-01-01T00:00:00Z',
    targets,
    activate: true,
    ...more,
  })
  return body
}

/** A company with one calendar, and its customer. */
async function company(): Promise<World & { readonly id: string }> {
  const world = await testWorld()
  await world.call('POST', '/calendars', { name: 'Office', rules })
  return { ...world, id: await customerNamed(world, 'Nordhafen') }
}

async function customerNamed({ call }: World, name: string): Promise<string> {
  return (await call('POST', '/customers', { name })).body.id
}

test('what was ended counts for incidents opened before, and for none after', async () => {
  const world = await company()
  const { call, at, work, id } = world
  const agreement = await agreed(world, id)
  const before = await incident(world, id, 'high', '2026-03-02T09:00:00Z')
  at('2026-03-04T09:00:00Z')
  const after = await incident(world, id, 'high', '2026-03-04T09:00:00Z')
  const version = agreement.versions[0].id

  at('2026-03-05T09:00:00Z')
  const ended = await call(
    'POST',
    `/agreements/${agreement.id}/versions/${version}/end`,
    { at: '2026-03-03T00:00:00Z' },
    match(agreement.version),
  )
  await work()

  expect(ended.status, ended.text).toBe(200)
  expect(ended.body.versions[0]).toMatchObject({ state: 'terminated', validTo: '2026-03-03T00:00:00.000Z' })
  expect((await call('GET', `/incidents/${before}`)).body.clocks).toHaveLength(1)
  expect((await call('GET', `/incidents/${after}`)).body.clocks).toEqual([])
})

test('an end to come leaves the version in force until then, and a successor does not prolong it', async () => {
  const world = await company()
  const { call, id } = world
  const agreement = await agreed(world, id)
  const path = `/agreements/${agreement.id}/versions`
  const { body: ended } = await call(
    'POST',
    `${path}/${agreement.versions[0].id}/end`,
    { at: '2026-06-01T00:00:00Z' },
    match(agreement.version),
  )
  expect(ended.versions[0]).toMatchObject({ state: 'active', validTo: '2026-06-01T00:00:00.000Z' })

  const later = { calendar: 'Office', validFrom: '2026-07-01T00:00:00Z', targets }
  const { body: drafted } = await call('POST', path, later, match(ended.version))
  const { body: activated } = await call(
    'POST',
    `${path}/${drafted.versions[0].id}/activate`,
    {},
    match(drafted.version),
  )
  expect(activated.versions).toMatchObject([
    { number: 2, state: 'active' },
    { number: 1, state: 'superseded', validTo: '2026-06-01T00:00:00.000Z' },
  ])
})

test('an end before the beginning, of a draft, or of what somebody else has changed since is refused', async () => {
  const world = await company()
  const { call, id } = world
  const agreement = await agreed(world, id)
  const path = `/agreements/${agreement.id}/versions/${agreement.versions[0].id}/end`
  const early = await call('POST', path, { at: '2025-12-01T00:00:00Z' }, match(agreement.version))
  expect(early).toMatchObject({ status: 422, body: { code: 'agreement.ends-before-it-begins' } })
  expect((await call('POST', path, { at: '2026-04-01T00:00:00Z' }, match(agreement.version - 1))).status).toBe(412)

  const draft = await agreed(world, id, { name: 'Draft', activate: false })
  const drafted = await call(
    'POST',
    `/agreements/${draft.id}/versions/${draft.versions[0].id}/end`,
    { at: '2026-04-01T00:00:00Z' },
    match(draft.version),
  )
  expect(drafted).toMatchObject({ status: 422, body: { code: 'agreement.not-in-force' } })
})

test('before a version is put in force it says how many incidents will be counted anew', async () => {
  const world = await company()
  const { call, at, id } = world
  const agreement = await agreed(world, id)
  await incident(world, id, 'high', '2026-03-02T09:00:00Z')
  const solved = await incident(world, id, 'high', '2026-03-02T09:00:00Z')
  await call('POST', `/incidents/${solved}/transitions`, { to: 'resolved', note: 'Restarted' })
  const path = `/agreements/${agreement.id}/versions`
  const { body: drafted } = await call(
    'POST',
    path,
    { calendar: 'Office', validFrom: '2026-03-01T00:00:00Z', targets },
    match(agreement.version),
  )
  at('2026-03-02T10:00:00Z')
  const foreseen = await call('GET', `${path}/${drafted.versions[0].id}/activation`)
  expect(foreseen.body).toEqual({
    openIncidents: 1,
    endedIncidents: 1,
    replaces: { number: 1, until: '2026-03-01T00:00:00.000Z' },
    beforeNow: true,
  })
})

test('putting a version in force moves the agreement on, so that nobody changes it without having seen that', async () => {
  const world = await company()
  const { call, id } = world
  const agreement = await agreed(world, id, { activate: false })
  const path = `/agreements/${agreement.id}/versions`
  const { body } = await call('POST', `${path}/${agreement.versions[0].id}/activate`, {}, match(agreement.version))
  const late = await call(
    'POST',
    path,
    { calendar: 'Office', validFrom: '2026-04-01T00:00:00Z', targets },
    match(agreement.version),
  )
  expect(body.version).toBeGreaterThan(agreement.version)
  expect(late.status).toBe(412)
})

test('a calendar says who counts in its hours, and to a customer only what is its own', async () => {
  const world = await company()
  const { call, id: one } = world
  const other = await customerNamed(world, 'Gantry')
  const { body: calendar } = await call('POST', '/calendars', { name: 'Shifts', rules })
  await agreed(world, one, { calendar: 'Shifts' })
  await agreed(world, other, { calendar: 'Shifts', activate: false })
  await incident(world, one, 'high', '2026-03-02T09:00:00Z')
  const path = `/calendars/${calendar.id}/uses`
  expect((await call('GET', path)).body).toMatchObject({
    agreements: [
      { name: 'SLA', customerName: 'Gantry', versions: [1], inForce: false },
      { name: 'SLA', customerName: 'Nordhafen', versions: [1], inForce: true },
    ],
    openClocks: 1,
  })
  const as = actorWith('customer', ['customer-stakeholder'], [other])
  const seen = await call('GET', path, undefined, { as })
  expect(seen.body).toMatchObject({ agreements: [{ customerName: 'Gantry' }], openClocks: 0 })
})

test('half of all incidents were resolved within the median of all, not within the middle of the medians', async () => {
  const world = await company()
  const { call, at, id } = world
  await agreed(world, id)
  // P1: 10 and 20 minutes; P2: 90 minutes.
  for (const [level, minutes] of [
    ['high', 10],
    ['high', 20],
    ['medium', 90],
  ] as const) {
    at('2026-03-02T09:00:00Z')
    const opened = await incident(world, id, level, '2026-03-02T09:00:00Z')
    at(new Date(Date.parse('2026-03-02T09:00:00Z') + minutes * 60_000).toISOString())
    await call('POST', `/incidents/${opened}/transitions`, { to: 'resolved', note: 'Restarted' })
  }
  const query = `customer=${id}&from=2026-03-01&to=2026-04-01&groupBy=priority&durations=true`
  const { body } = await call('GET', `/reports/attainment?${query}`)
  expect(body.total.resolutionTime).toEqual({ count: 3, medianSeconds: 1200 })
  expect(body.groups.map(({ resolutionTime }: { resolutionTime: object }) => resolutionTime)).toEqual([
    { count: 2, medianSeconds: 900 },
    { count: 1, medianSeconds: 5400 },
  ])
})

test('an excluded case says why it counts in neither number, and who said so', async () => {
  const world = await company()
  const { call, at, database, id } = world
  await agreed(world, id)
  const opened = await incident(world, id, 'high', '2026-03-02T09:00:00Z')
  at('2026-03-02T09:20:00Z')
  await call('POST', `/incidents/${opened}/transitions`, { to: 'resolved', note: 'Restarted' })
  await database.pool.query('update clock set exclusion = $1 where incident_id = $2', [
    JSON.stringify({ reason: 'Power cut at the site', approvedBy: 'Ada' }),
    opened,
  ])
  const path = `/reports/attainment/cases?customer=${id}&verdict=`
  expect((await call('GET', `${path}excluded`)).body.items).toMatchObject([
    { exclusion: { reason: 'Power cut at the site', approvedBy: 'Ada' } },
  ])
  expect((await call('GET', `${path}met`)).body.items).toEqual([])
})
