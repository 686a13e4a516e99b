import { expect, test } from 'vitest'
import { system } from '#platform/context.ts'
import { actorWith, inContext } from '#platform/testing.ts'
import { testWorld } from '../../testing.ts'
import { tellDueAlarms } from './alarms.ts'

function week(opens: number, closes: number, days = 5) {
  return Array.from({ length: 7 }, (_, day) => (day < days ? [{ opens: opens * 60, closes: closes * 60 }] : []))
}

const outage = { title: 'Scanners are offline', impact: 'high', urgency: 'high' }
const resolution = { metric: 'resolution', priority: 'p1', targetSeconds: 8 * 3600, attainmentBp: 9500 }

/** Of a checked promise, or of a link behind it. */
interface Told {
  readonly name: string
  readonly targetSeconds: number
  readonly totalSeconds: number
  readonly when?: { readonly service?: string }
  readonly links: readonly Told[]
}

/** An agreement around the clock with a customer, and behind it one of a team and one of a carrier. Monday, 10:00 in Berlin. */
async function company() {
  const world = await testWorld({ now: new Date('2025-06-02T08:00:00Z') })
  const { call } = world
  const made = async (path: string, body: object) => {
    const reply = await call('POST', path, body)
    expect(reply.status, reply.text).toBe(201)
    return reply.body
  }
  await made('/calendars', { name: 'Always', rules: { timeZone: 'Europe/Berlin', week: week(0, 24, 7) } })
  await made('/calendars', { name: 'Office', rules: { timeZone: 'Europe/Berlin', week: week(9, 17) } })
  const customer = await made('/customers', { name: 'Nordhafen' })
  const network = await made('/teams', { name: 'Network' })
  await made('/teams', { name: 'Desk' })
  const common = { customer: customer.id, validFrom: '2025-01-01T00:00:00Z', activate: true, targets: [resolution] }
  const sla = await made('/agreements', { ...common, name: 'SLA', calendar: 'Always' })
  const four = { ...resolution, targetSeconds: 4 * 3600 }
  const ola = await made('/agreements', {
    ...common,
    name: 'Network OLA',
    calendar: 'Always',
    type: 'ola',
    party: { team: 'Network' },
    targets: [{ ...four, targetSeconds: 3600 }],
    behind: [{ agreement: 'SLA', step: 1 }],
  })
  const carrier = { type: 'uc', party: { supplier: 'Carrier' }, behind: [{ agreement: sla.id, step: 2 }] }
  await made('/agreements', { ...common, ...carrier, name: 'Carrier', calendar: 'Office', targets: [four] })
  return { ...world, made, customer: customer.id as string, network, sla, ola }
}

test('SLA-11: the chain is checked at its worst start of the year while the agreement is drafted', async () => {
  const { call, sla, ola, network } = await company()
  expect(ola).toMatchObject({
    type: 'ola',
    party: { team: { id: network.id, name: 'Network' }, supplier: null },
    behind: [{ id: sla.id, name: 'SLA', step: 1 }],
  })
  const path = `/agreements/${sla.id}/versions/${sla.versions[0].id}/chain`
  const { status, body } = await call('GET', `${path}?year=2025`)
  expect(status).toBe(200)
  expect(body.promises).toMatchObject([
    {
      priority: 'p1',
      holds: false,
      totalSeconds: 70 * 3600,
      links: [
        { name: 'Network OLA', step: 1, inPromise: { seconds: 3600 } },
        { name: 'Carrier', step: 2, wall: { seconds: 69 * 3600 }, inPromise: { seconds: 69 * 3600 } },
      ],
      missing: [],
    },
  ])
})

test('a promise under conditions is checked against what is promised behind it in these cases', async () => {
  const { call, made, customer, sla } = await company()
  await made('/services', { customer, name: 'Mail' })
  const twelve = { ...resolution, targetSeconds: 12 * 3600 }
  const mail = { ...resolution, targetSeconds: 2 * 3600, when: { service: 'Mail' } }
  const targets = [resolution, { ...mail, targetSeconds: 4 * 3600 }]
  const draft = await call(
    'POST',
    `/agreements/${sla.id}/versions`,
    { calendar: 'Always', validFrom: '2025-07-01T00:00:00Z', targets },
    { headers: { 'if-match': `"${(await call('GET', `/agreements/${sla.id}`)).body.version}"` } },
  )
  const [version] = draft.body.versions
  const all = { customer, validFrom: '2025-01-01T00:00:00Z', activate: true, type: 'ola', party: { team: 'Desk' } }
  // Twelve hours for all, two of them for mail; beside the network's hour and the carrier's 69.
  await made('/agreements', {
    ...all,
    name: 'Desk OLA',
    calendar: 'Always',
    targets: [twelve, mail],
    behind: [{ agreement: 'SLA', step: 3 }],
  })
  const { body } = await call('GET', `/agreements/${sla.id}/versions/${version.id}/chain?year=2025`)
  const told = body.promises.map(({ when, totalSeconds, links }: Told) => [
    when?.service === undefined ? 'all' : 'mail',
    totalSeconds / 3600,
    ...links.map(({ name, targetSeconds, when: own }: Told) => `${name} ${targetSeconds / 3600}${own ? ' mail' : ''}`),
  ])
  expect(told).toEqual([
    ['all', 82, 'Network OLA 1', 'Carrier 4', 'Desk OLA 12'],
    ['mail', 72, 'Network OLA 1', 'Carrier 4', 'Desk OLA 2 mail'],
  ])
})

test('who held an incident adds up to what its clock counted, and the agreements behind have their own clocks', async () => {
  const { call, at, made, customer, network } = await company()
  const incident = await made('/incidents', { ...outage, customer, team: 'Desk' })
  expect(incident.clocks).toMatchObject([{ metric: 'resolution', targetSeconds: 8 * 3600 }])
  const path = `/incidents/${incident.id}`
  const move = async (moment: string, to: string, more: object = {}) => {
    at(moment)
    expect((await call('POST', `${path}/transitions`, { to, ...more })).status).toBe(200)
  }
  await move('2025-06-02T09:00:00Z', 'in-progress')
  at('2025-06-02T10:00:00Z')
  const { body: read } = await call('GET', path)
  await call('PATCH', path, { team: network.id }, { headers: { 'if-match': `"${read.version}"` } })
  await move('2025-06-02T11:30:00Z', 'on-hold', { reason: 'awaiting-requester' })
  await move('2025-06-02T12:30:00Z', 'on-hold', { reason: 'awaiting-supplier' })
  await move('2025-06-02T18:30:00Z', 'in-progress')
  await move('2025-06-02T19:00:00Z', 'resolved', { note: 'The line is back.' })

  const { status, body, text } = await call('GET', `${path}/holders`)
  expect(status, text).toBe(200)
  expect(body).toMatchObject({ missed: true, clock: { elapsedSeconds: 10 * 3600 } })
  expect(body.shares).toMatchObject([
    {
      holder: { kind: 'team', name: 'Desk' },
      countedSeconds: 2 * 3600,
      share: { numerator: 7200, denominator: 36_000 },
    },
    { holder: { kind: 'team', name: 'Network' }, countedSeconds: 2 * 3600 },
    { holder: { kind: 'customer' }, countedSeconds: 0, wallSeconds: 3600 },
    { holder: { kind: 'supplier' }, countedSeconds: 6 * 3600 },
  ])
  const sum = body.stretches.reduce((all: number, each: { countedSeconds: number }) => all + each.countedSeconds, 0)
  expect(sum).toBe(body.clock.elapsedSeconds)
  expect(body.behind).toMatchObject([
    { name: 'Network OLA', state: 'breached-stopped', startedAt: '2025-06-02T10:00:00.000Z', targetSeconds: 3600 },
    // From 14:30 to 17:00 in Berlin.
    { name: 'Carrier', state: 'met', startedAt: '2025-06-02T12:30:00.000Z', elapsedSeconds: 2.5 * 3600 },
  ])
})

test('what stands behind an agreement counts no clocks of its own and is none of the customer’s business', async () => {
  const { call, customer, ola } = await company()
  const as = actorWith('customer', ['customer-stakeholder'], [customer])
  const { body } = await call('GET', '/agreements', undefined, { as })
  expect(body.items.map(({ name }: { name: string }) => name)).toEqual(['SLA'])
  expect((await call('GET', `/agreements/${ola.id}`, undefined, { as })).status).toBe(404)
})

test.each([
  ['a team’s agreement without the team', { type: 'ola' }, 'agreement.party'],
  ['a supplier’s contract without its name', { type: 'uc', party: { team: 'Desk' } }, 'agreement.party'],
  ['a customer’s agreement behind another', { behind: [{ agreement: 'SLA' }] }, 'agreement.behind-itself'],
])('%s is refused', async (_, more, code) => {
  const { call, customer } = await company()
  const common = { customer, name: 'Another', calendar: 'Always', validFrom: '2025-01-01T00:00:00Z', targets: [] }
  const { body } = await call('POST', '/agreements', { ...common, ...more })
  expect(body.code).toBe(code)
})

test('what a team promised is warned of and missed at its moment, while the team has the incident, and of the customer’s business none', async () => {
  const { call, at, made, customer, network, database, work } = await company()
  await work()
  const incident = await made('/incidents', { ...outage, customer, team: 'Desk' })
  const path = `/incidents/${incident.id}`
  const tellAt = async (moment: string) => {
    at(moment)
    const now = new Date(moment)
    while ((await inContext(database, (context) => tellDueAlarms(context), { actor: system, now })) > 0);
  }
  const told = async () => {
    const { rows } = await database.pool.query(
      `select to_char(occurred_at at time zone 'UTC', 'HH24:MI') || ' ' || (facts->>'name') || ' ' ||
         coalesce(facts->>'percent', 'missed') as said, visibility
       from history where kind like 'clock.behind-%' order by occurred_at`,
    )
    return rows as { readonly said: string; readonly visibility: string }[]
  }
  // The desk's time is none of the network's: nothing runs yet.
  await tellAt('2025-06-02T09:59:00Z')
  expect(await told()).toEqual([])
  at('2025-06-02T10:00:00Z')
  const { body: read } = await call('GET', path)
  await call('PATCH', path, { team: network.id }, { headers: { 'if-match': `"${read.version}"` } })
  await tellAt('2025-06-02T10:31:00Z')
  expect((await told()).map(({ said }) => said)).toEqual(['10:30 Network OLA 50'])
  // An hour at the customer's is nobody's: what is left comes an hour later.
  at('2025-06-02T10:40:00Z')
  await call('POST', `${path}/transitions`, { to: 'in-progress' })
  await call('POST', `${path}/transitions`, { to: 'on-hold', reason: 'awaiting-requester' })
  await tellAt('2025-06-02T11:40:00Z')
  await call('POST', `${path}/transitions`, { to: 'in-progress' })
  await tellAt('2025-06-02T12:00:01Z')
  const facts = await told()
  expect(facts.map(({ said }) => said)).toEqual([
    '10:30 Network OLA 50',
    '11:45 Network OLA 75',
    '11:54 Network OLA 90',
    '12:00 Network OLA missed',
  ])
  expect(facts.every(({ visibility }) => visibility === 'internal')).toBe(true)
  const { body: holders } = await call('GET', `${path}/holders`)
  expect(holders.behind).toMatchObject([{ name: 'Network OLA', state: 'breached-running' }, { name: 'Carrier' }])
})

test('an agreement that comes to stand behind another counts what is open, and one taken away counts nothing', async () => {
  const { call, made, customer, sla, database, work } = await company()
  await made('/incidents', { ...outage, customer, team: 'Desk' })
  const desk = await made('/agreements', {
    customer,
    name: 'Desk OLA',
    calendar: 'Always',
    validFrom: '2025-01-01T00:00:00Z',
    activate: true,
    targets: [resolution],
    type: 'ola',
    party: { team: 'Desk' },
    behind: [{ agreement: sla.id, step: 1 }],
  })
  await work()
  const stored = async () => {
    const { rows } = await database.pool.query(
      `select a.name || ' ' || b.state as said from clock_behind b join agreement a on a.id = b.agreement_id order by 1`,
    )
    return rows.map(({ said }) => said as string)
  }
  expect(await stored()).toEqual(['Carrier not-started', 'Desk OLA running', 'Network OLA not-started'])
  const { version } = (await call('GET', `/agreements/${desk.id}`)).body
  const reply = await call(
    'PUT',
    `/agreements/${desk.id}/behind`,
    { behind: [] },
    { headers: { 'if-match': `"${version}"` } },
  )
  expect(reply.status, reply.text).toBe(200)
  await work()
  expect(await stored()).toEqual(['Carrier not-started', 'Network OLA not-started'])
})
