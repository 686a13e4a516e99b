import { expect, test } from 'vitest'
import { actorWith } from '#platform/testing.ts'
import { type TestWorld, testWorld } from '../../testing.ts'

const day = { opens: 6 * 60, closes: 22 * 60 }
const HOUR = 3600
const agent = actorWith('staff', ['agent'])
const manager = actorWith('staff', ['service-manager'])

/** June 2025 of DOMAIN §3.2: a service from Monday to Saturday, 06 to 22, promised at 99.9 %. */
async function june(terms: object = {}) {
  const world = await testWorld({ now: new Date('2025-05-01T08:00:00Z') })
  const made = async (path: string, body: object) => {
    const reply = await world.call('POST', path, body)
    expect(reply.status, reply.text).toBe(201)
    return reply.body
  }
  const customer = await made('/customers', { name: 'Labor Süd', key: 'LS', timeZone: 'Europe/Berlin' })
  await made('/services', { customer: customer.id, name: 'LIS' })
  const week = [[day], [day], [day], [day], [day], [day], []]
  await made('/calendars', { customer: customer.id, name: 'Days', rules: { timeZone: 'Europe/Berlin', week } })
  const of = { customer: customer.id, service: 'LIS' }
  await made('/availability-promises', {
    ...of,
    calendar: 'Days',
    validFrom: '2025-01-01T00:00:00Z',
    targetPpm: 999_000,
    noticeMinutes: 5 * 24 * 60,
    ...terms,
  })
  await made('/maintenance-windows', {
    ...of,
    title: 'Patches',
    startsAt: '2025-06-14T18:00:00+02:00',
    endsAt: '2025-06-14T22:00:00+02:00',
  })
  world.at('2025-07-02T08:00:00Z')
  const down = (from: string, to: string, more: object = {}) =>
    made('/downtimes', { ...of, beganAt: `2025-06-${from}:00+02:00`, endedAt: `2025-06-${to}:00+02:00`, ...more })
  const measured = async (as = manager) => {
    const reply = await world.call('GET', `/reports/availability?customer=${customer.id}&month=2025-06`, undefined, {
      as,
    })
    expect(reply.status, reply.text).toBe(200)
    return reply.body.items[0]
  }
  return { ...world, customer, of, made, down, measured }
}

const percent = ({ numerator, denominator }: { numerator: number; denominator: number }) =>
  Number(((numerator / denominator) * 100).toFixed(3))

test('AVL-01, AVL-02: downtimes are united within the agreed time, and weighed by users where that was agreed', async () => {
  const { call, customer, down, measured } = await june()
  await down('10T09:00', '10T11:30', { usersHit: 300, usersAll: 1200 })
  await down('10T11:00', '10T12:00', { usersHit: 300, usersAll: 1200 })
  await down('14T21:00', '14T23:00')
  await down('18T21:00', '19T07:00')
  const item = await measured()
  // The one over the night is one, though nobody was promised anything in between.
  expect(item.meanTimes).toMatchObject({ betweenOutagesSeconds: 198 * HOUR })
  expect(item.agreedSeconds).toBe(396 * HOUR)
  expect(item.maintenanceSeconds).toBe(4 * HOUR)
  expect(item.downSeconds).toBe(5 * HOUR)
  expect(percent(item.availability)).toBe(98.737)
  expect(percent(item.byUsers)).toBe(99.306)
  expect(item.met).toBe(false)
  expect(item.budgetSeconds).toBeCloseTo(23.76 * 60, 6)
  expect(item.leftSeconds).toBeCloseTo(23.76 * 60 - 5 * HOUR, 6)
  const { body } = await call('GET', `/reports/availability?customer=${customer.id}&month=2025-06&serviceTime=true`)
  expect(item.serviceTime).toBe(null)
  // 25 days from Monday to Saturday.
  expect(body.items[0].serviceTime).toHaveLength(25)
  expect(body.items[0].serviceTime[0]).toEqual({ from: '2025-06-02T04:00:00.000Z', to: '2025-06-02T20:00:00.000Z' })
})

test('maintenance that was announced too late, and a time in which nobody watched, count as the contract says', async () => {
  const { made, of, measured } = await june({ blind: 'down', noticeMinutes: 60 * 24 * 60 })
  await made('/monitoring-gaps', { ...of, beganAt: '2025-06-03T08:00:00+02:00', endedAt: '2025-06-03T10:00:00+02:00' })
  const item = await measured()
  expect(item.agreedSeconds).toBe(400 * HOUR)
  expect(item.lateMaintenance).toBe(1)
  expect(item.downSeconds).toBe(2 * HOUR)
  expect(item.coverage).toEqual({ numerator: 398 * HOUR * 1000, denominator: 400 * HOUR * 1000 })
})

test('of a month that runs it is said what is allowed until its end, by the hours and the maintenance that are to come', async () => {
  const { at, down, measured } = await june()
  // The month has 396 agreed hours, of which eleven days of 16 hours are over: 23.76 minutes, of which ten are used.
  at('2025-06-13T22:00:00Z')
  await down('10T09:00', '10T09:10')
  const item = await measured()
  expect(item.agreedSeconds).toBe(11 * 16 * HOUR)
  expect(item.budgetSeconds).toBeCloseTo(item.agreedSeconds / 1000, 6)
  expect(item.monthBudgetSeconds).toBeCloseTo(23.76 * 60, 6)
  expect(item.monthLeftSeconds).toBeCloseTo(13.76 * 60, 6)
})

test('a downtime stops counting when somebody else than who asked has approved it', async () => {
  const { call, down, measured } = await june()
  const { id, version } = await down('10T09:00', '10T12:00')
  const at = (now: number) => ({ headers: { 'if-match': `"${now}"` } })
  const proposal = { reason: 'customer', evidence: 'Mail of 11 June: they cut the power' }
  const proposed = await call('POST', `/downtimes/${id}/exclusion`, proposal, { as: manager, ...at(version) })
  expect(proposed.body.exclusion).toMatchObject({ state: 'proposed', mine: true })
  expect((await measured()).downSeconds).toBe(3 * HOUR)
  const own = await call(
    'POST',
    `/downtimes/${id}/exclusion/decision`,
    { approve: true },
    { as: manager, ...at(version + 1) },
  )
  expect([own.status, own.body.code]).toEqual([422, 'correction.own'])
  const other = actorWith('staff', ['service-manager'])
  const decided = await call(
    'POST',
    `/downtimes/${id}/exclusion/decision`,
    { approve: true },
    { as: other, ...at(version + 1) },
  )
  expect(decided.body.exclusion.state).toBe('approved')
  expect(await measured()).toMatchObject({ downSeconds: 0, excludedSeconds: 3 * HOUR, met: true })
})

test('two links of which one is enough are down together only, and what is expected of them is told apart', async () => {
  const { call, made, customer, of } = await june()
  const links = await Promise.all(['One', 'Two'].map((name) => made('/services', { customer: customer.id, name })))
  await made('/availability-promises', {
    ...of,
    calendar: 'Days',
    validFrom: '2025-06-01T00:00:00+02:00',
    targetPpm: 995_000,
    parts: [{ services: links.map(({ id }) => id), needed: 1 }],
  })
  for (const [index, [from, to]] of [
    ['09', '12'],
    ['11', '15'],
  ].entries()) {
    await made('/downtimes', {
      customer: customer.id,
      service: links[index]!.id,
      beganAt: `2025-06-10T${from}:00:00+02:00`,
      endedAt: `2025-06-10T${to}:00:00+02:00`,
    })
  }
  const { body } = await call('GET', `/reports/availability?customer=${customer.id}&month=2025-06`)
  const [item] = body.items
  expect(item.downSeconds).toBe(HOUR)
  const mean = 1 - (3 + 4) / 2 / 396
  expect(item.designed).toBeCloseTo(1 - (1 - mean) ** 2, 9)
})

test('what cannot be is refused with a sentence, and so is what would change a locked month', async () => {
  const { call, of, customer, down } = await june()
  const post = async (path: string, body: object) => {
    const reply = await call('POST', path, { ...of, ...body }, { headers: { 'accept-language': 'de' } })
    return [reply.status, reply.body.code]
  }
  const beganAt = '2025-06-10T09:00:00Z'
  expect(await post('/downtimes', { beganAt, endedAt: '2025-06-10T08:00:00Z' })).toEqual([
    400,
    'availability.ends-before',
  ])
  expect(await post('/downtimes', { beganAt: '2025-07-09T09:00:00Z' })).toEqual([400, 'availability.from-the-future'])
  expect(await post('/downtimes', { beganAt, usersHit: 5, usersAll: 4 })).toEqual([400, 'availability.users-of'])
  const promise = { calendar: 'Days', targetPpm: 999_000, validFrom: '2024-01-01T00:00:00Z' }
  expect(await post('/availability-promises', promise)).toEqual([422, 'availability.promise-overlaps'])
  const { id, version } = await down('10T09:00', '10T12:00')
  const lasting = await down('30T09:00', '30T10:00')
  await lock({ call, customer })
  expect(await post('/downtimes', { beganAt, endedAt: '2025-06-10T10:00:00Z' })).toEqual([422, 'availability.locked'])
  const late = await call(
    'PATCH',
    `/downtimes/${id}`,
    { severity: 'impaired' },
    { as: agent, headers: { 'if-match': `"${version}"` } },
  )
  expect([late.status, late.body.code]).toEqual([422, 'availability.locked'])
  const words = await call(
    'PATCH',
    `/downtimes/${lasting.id}`,
    { cause: 'A digger' },
    { as: agent, headers: { 'if-match': `"${lasting.version}"` } },
  )
  expect(words.status, 'what changes no figure of the month is no correction').toBe(200)
  const back = { ...of, calendar: 'Days', targetPpm: 990_000, validFrom: '2025-06-15T00:00:00Z' }
  expect(await post('/availability-promises', back)).toEqual([422, 'availability.locked'])
})

async function lock({ call, customer }: { call: TestWorld['call']; customer: { id: string } }) {
  for (const to of ['soft-closed', 'locked']) {
    expect((await call('POST', `/periods/${customer.id}/2025-06/transitions`, { to })).status).toBe(200)
  }
}

const other = actorWith('staff', ['service-manager'])

test('an outage found out after its month was locked: approved by another, it is an adjustment, and what was told stays', async () => {
  const world = await june()
  const { call, work, of, customer, down, measured } = world
  await down('10T09:00', '10T09:20')
  await lock(world)
  await work()
  const told = await measured()
  expect(told).toMatchObject({ met: true, downSeconds: 1200, locked: true, known: null })

  const fact = {
    of: 'downtime',
    downtime: {
      ...of,
      beganAt: '2025-06-11T09:00:00+02:00',
      endedAt: '2025-06-11T12:00:00+02:00',
      cause: 'Log of the switch',
    },
  }
  const request = (change: object, as = agent) =>
    call(
      'POST',
      '/corrections',
      { reason: 'Not reported', evidence: 'Log', change: { kind: 'availability', fact: change } },
      { as },
    )
  const asked = await request(fact)
  expect(asked.status, asked.text).toBe(201)
  expect(asked.body.about).toMatchObject({ type: 'service', name: 'LIS' })
  expect((await measured()).downSeconds, 'asking changes nothing').toBe(1200)
  await call('POST', `/corrections/${asked.body.id}/compute`, {}, { as: agent })
  await work()
  const { body: computed } = await call('GET', `/corrections/${asked.body.id}`)
  expect(computed).toMatchObject({ state: 'computed', counts: { clocks: 0, figures: 1, lockedFigures: 1 } })
  const foreseen = await call('GET', `/corrections/${asked.body.id}/availability`)
  expect(foreseen.body.items).toMatchObject([
    {
      month: '2025-06',
      locked: true,
      before: { met: true, downSeconds: 1200 },
      after: { met: false, downSeconds: 12_000 },
    },
  ])
  expect((await measured()).known, 'counting it changes nothing').toBeNull()
  const approve = (as: typeof agent) =>
    call('POST', `/corrections/${asked.body.id}/approve`, {}, { as, headers: { 'if-match': `"${computed.version}"` } })
  expect((await approve(agent)).status).toBe(403)
  expect((await approve(other)).status).toBe(202)
  await work()

  expect(await measured()).toMatchObject({ met: true, downSeconds: 1200, known: { met: false, downSeconds: 12_000 } })
  const theirs = actorWith('customer', [], [customer.id])
  const adjustments = async (query = '', as = manager) =>
    (await call('GET', `/reports/availability/adjustments?customer=${customer.id}${query}`, undefined, { as })).body
      .items
  const entry = {
    month: '2025-06',
    enteredMonth: '2025-07',
    before: { downSeconds: 1200 },
    after: { downSeconds: 12_000 },
    correctionId: asked.body.id,
  }
  expect(await adjustments('', theirs)).toMatchObject([entry])
  expect(await adjustments('&entered=2025-06')).toEqual([])
  const { body: months } = await call('GET', `/periods?customer=${customer.id}`, undefined, { as: theirs })
  expect(months.items).toMatchObject([
    { month: '2025-07', adjustments: 0, availability: { adjustments: 0, entered: 1 } },
    { month: '2025-06', adjustments: 0, availability: { adjustments: 1, entered: 0 } },
  ])

  // Hours that were others all along adjust it, too, and twice the same adjusts once.
  const { body: calendars } = await call('GET', `/calendars?customer=${customer.id}`)
  const [calendar] = calendars.items
  const week = [[day], [day], [day], [day], [day], [], []]
  const changed = await call(
    'POST',
    `/calendars/${calendar.id}/versions`,
    { validFrom: '2025-06-01T00:00:00+02:00', rules: { timeZone: 'Europe/Berlin', week } },
    { headers: { 'if-match': `"${calendar.version}"` } },
  )
  expect(changed.status, changed.text).toBe(201)
  await work()
  expect((await measured()).known).toMatchObject({ agreedSeconds: 21 * 16 * HOUR, met: false })
  expect(await adjustments()).toMatchObject([
    { before: { agreedSeconds: 396 * HOUR }, after: { agreedSeconds: 21 * 16 * HOUR }, correctionId: null },
    entry,
  ])
})

test('a late exclusion, a late promise and what cannot be: each as the desk would have said it', async () => {
  const world = await june()
  const { call, work, of, down, measured } = world
  const { id } = await down('10T09:00', '10T12:00')
  await lock(world)
  await work()
  const made = async (fact: object, as = agent) => {
    const sent = { reason: 'As agreed', evidence: 'Mail', change: { kind: 'availability', fact } }
    const { status, body, text } = await call('POST', '/corrections', sent, { as })
    if (status !== 201) return [status, body.code ?? text]
    await call('POST', `/corrections/${body.id}/compute`, {}, { as })
    await work()
    const { body: computed } = await call('GET', `/corrections/${body.id}`)
    expect(computed.failure).toBeNull()
    const match = { headers: { 'if-match': `"${computed.version}"` } }
    await call('POST', `/corrections/${body.id}/approve`, {}, { as: other, ...match })
    await work()
    return [computed.counts.figures, (await call('GET', `/corrections/${body.id}`)).body.state]
  }
  const excluded = { of: 'downtime-excluded', downtime: id, reason: 'force-majeure' }
  expect(await made(excluded)).toEqual([1, 'applied'])
  expect(await measured()).toMatchObject({ met: false, known: { met: true, excludedSeconds: 3 * HOUR } })
  expect(await made(excluded)).toEqual([422, 'availability.excluded'])
  const promise = { ...of, calendar: 'Days', targetPpm: 990_000, validFrom: '2025-06-16T00:00:00+02:00' }
  expect(await made({ of: 'promise', promise })).toEqual([403, 'may.managers'])
  // The promise before counts until then only: of June, and of the days of July that are over.
  expect(await made({ of: 'promise', promise }, manager)).toEqual([4, 'applied'])
  expect((await measured()).known.agreedSeconds).toBe((12 * 16 - 4) * HOUR)
  const early = { of: 'gap', gap: { ...of, beganAt: '2025-06-10T09:00:00Z', endedAt: '2025-06-10T08:00:00Z' } }
  expect(await made(early)).toEqual([400, 'availability.ends-before'])
})
