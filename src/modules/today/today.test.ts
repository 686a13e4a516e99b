import { expect, test } from 'vitest'
import type { TodayItem } from '#api/today'
import { newId } from '#core/id.ts'
import { actorWith, manager } from '#platform/testing.ts'
import { testWorld } from '../../testing.ts'

const office = { opens: 8 * 60, closes: 18 * 60 }
const berlin = { timeZone: 'Europe/Berlin', week: [[office], [office], [office], [office], [office], [], []] }
const targets = [
  { metric: 'resolution', priority: 'p1', targetSeconds: 4 * 3600, attainmentBp: 9500 },
  { metric: 'resolution', priority: 'p2', targetSeconds: 8 * 3600, attainmentBp: 9500 },
  { metric: 'resolution', priority: 'p3', targetSeconds: 20 * 3600, attainmentBp: 9000 },
  { metric: 'resolution', priority: 'p4', targetSeconds: 40 * 3600, attainmentBp: 9000 },
]

async function customerWithAgreement({ call, database }: Awaited<ReturnType<typeof testWorld>>, name: string) {
  const { body: customer } = await call('POST', '/customers', { name })
  await call('POST', '/calendars', { name: 'Office', customer: customer.id, rules: berlin })
  const reply = await call('POST', '/agreements', {
    name: 'SLA',
    customer: customer.id,
    calendar: 'Office',
    validFrom: '2026-01-01T00:00:00+01:00',
    targets,
    activate: true,
  })
  expect(reply.status, reply.text).toBe(201)
  await database.db
    .updateTable('agreementVersion')
    .set({ validTo: new Date('2026-04-01T00:00+02:00') })
    .execute()
  return customer as { readonly id: string; readonly name: string }
}

const rated = {
  p1: { impact: 'high', urgency: 'high' },
  p2: { impact: 'high', urgency: 'medium' },
  p3: { impact: 'medium', urgency: 'medium' },
  p4: { impact: 'medium', urgency: 'low' },
} as const

const said = ({ kind, why, ...item }: TodayItem) =>
  `${kind} ${String(why)} ${'title' in item ? item.title : 'name' in item ? item.name : ''}`.trim()

test('what needs somebody now is told in the order of what is lost if it waits', async () => {
  const world = await testWorld({ now: new Date('2026-03-02T08:00Z') })
  const { call, at } = world
  const customer = await customerWithAgreement(world, 'Nordhafen Logistics')
  const log = async (moment: string, title: string, priority: keyof typeof rated) => {
    at(moment)
    const { status, body } = await call('POST', '/incidents', { customer: customer.id, title, ...rated[priority] })
    expect(status).toBe(201)
    return body as { readonly number: string }
  }
  // Due on Tuesday at 17:00, 19 service hours before.
  await log('2026-03-02T08:00Z', 'Printer jams', 'p3')
  await log('2026-03-02T14:00Z', 'Labels smear', 'p4')
  await log('2026-03-03T07:30Z', 'Mail is down', 'p2')
  await log('2026-03-03T08:00Z', 'Line 2 stands still', 'p1')
  const paused = await log('2026-03-03T08:30Z', 'Laptop is slow', 'p4')
  for (const body of [{ to: 'in-progress' }, { to: 'on-hold', reason: 'awaiting-requester' }]) {
    const moved = await call('POST', `/incidents/${paused.number}/transitions`, body)
    expect(moved.status, moved.text).toBe(200)
  }

  // Wednesday, 10:00 in Berlin: the printer is late since 09:00, line 2 since Tuesday, mail since Tuesday.
  at('2026-03-04T09:00Z')
  const { status, body } = await call('GET', '/today')

  expect(status).toBe(200)
  expect(body.items.map(said)).toEqual([
    'incident late,unassigned Line 2 stands still',
    'incident late,unassigned Mail is down',
    'incident late Printer jams',
    'agreement ends SLA',
  ])
  expect(body).toMatchObject({ count: 4, late: 3 })
  const [first] = body.items
  expect(first).toMatchObject({ stake: 'production', metric: 'resolution', customer: 'Nordhafen Logistics' })
  // Opened at 09:00, due at 13:00, counted to 18:00, then from 08:00 to 10:00: seven of eleven hours too many.
  expect(first.leftSeconds).toBe(-7 * 3600)
  expect(body.watched).toMatchObject({ open: 5, paused: 1, pausedLong: 0, resolved: 0 })
  expect(body.begun).toMatchObject({ hasTickets: true, hasActiveAgreement: true, hasReview: false })
})

test('what is due soon is found by the hours that count, and stands on the strip', async () => {
  const world = await testWorld({ now: new Date('2026-03-06T11:00Z') })
  const { call, at } = world
  const customer = await customerWithAgreement(world, 'Nordhafen Logistics')
  // Friday, 12:00 in Berlin: eight hours end on Monday at 10:00.
  const { body: incident } = await call('POST', '/incidents', {
    customer: customer.id,
    title: 'Mail is slow',
    ...rated.p2,
  })
  const assigned = await call(
    'PATCH',
    `/incidents/${incident.id}`,
    { team: (await call('POST', '/teams', { name: 'Desk' })).body.id },
    { headers: { 'if-match': `"${incident.version}"` } },
  )
  expect(assigned.status, assigned.text).toBe(200)

  // Saturday: two hours are left, though it is two days until then.
  at('2026-03-07T11:00Z')
  const saturday = (await call('GET', '/today')).body
  expect(saturday.items[0]).toMatchObject({ title: 'Mail is slow', leftSeconds: 2 * 3600, stake: 'production' })
  expect(saturday.items[0].why).toContain('due-soon')
  expect(saturday.strip.points).toEqual([])

  at('2026-03-09T07:30Z')
  const monday = (await call('GET', '/today')).body
  expect(monday.strip.points).toEqual([
    { id: incident.id, number: incident.number, dueAt: '2026-03-09T09:00:00.000Z', leftSeconds: 5400, is: 'soon' },
  ])
  expect(monday.watched).toMatchObject({ running: 1, dueInDay: 1 })
})

test('a customer’s stakeholder sees what waits for an answer and what is late, of the own customer, and nobody’s work', async () => {
  const world = await testWorld({ now: new Date('2026-03-02T08:00Z') })
  const { call, at } = world
  const own = await customerWithAgreement(world, 'Nordhafen Logistics')
  const other = await customerWithAgreement(world, 'Vistel Diagnostics')
  const log = async (customer: string, title: string, priority: keyof typeof rated) =>
    (await call('POST', '/incidents', { customer, title, ...rated[priority] })).body as { readonly number: string }
  await log(own.id, 'Line 2 stands still', 'p1')
  await log(other.id, 'Analyser is down', 'p1')
  const asked = await log(own.id, 'Which printer?', 'p4')
  for (const body of [{ to: 'in-progress' }, { to: 'on-hold', reason: 'awaiting-requester' }])
    await call('POST', `/incidents/${asked.number}/transitions`, body)
  at('2026-03-03T08:00Z')

  const as = actorWith('customer', ['customer-stakeholder'], [own.id])
  const { status, body, text } = await call('GET', '/today', undefined, { as })

  expect(status).toBe(200)
  expect(body.items.map(said)).toEqual(['incident late Line 2 stands still', 'incident answer Which printer?'])
  expect(body).toMatchObject({ count: 2, late: 1, watched: { open: 2 } })
  expect(text).not.toMatch(/unassigned|Vistel|Analyser/)
  const foreign = await call('GET', `/today?customer=${other.id}`, undefined, { as })
  expect(foreign.status).toBe(404)
})

test('an invitation that nobody accepted for a fortnight is told to whoever administers, and to nobody else', async () => {
  const world = await testWorld({ now: new Date('2026-03-02T08:00Z') })
  const { call, at } = world
  const personId = newId()
  await world.database.db
    .insertInto('person')
    .values({ id: personId, name: 'Ada Lovelace', email: 'ada@plumbline.example' })
    .execute()
  const ada = { ...manager, personId }
  await world.database.db
    .insertInto('roleAssignment')
    .values({ id: newId(), personId, role: 'administrator', validFrom: new Date('2026-01-01T00:00Z') })
    .execute()
  const invited = await call('POST', '/invitations', { email: 'grace.hopper@example.com', role: 'agent' }, { as: ada })
  expect(invited.status, invited.text).toBe(201)

  expect((await call('GET', '/today', undefined, { as: ada })).body.items).toEqual([])
  at('2026-03-17T08:00Z')
  const { body } = await call('GET', '/today', undefined, { as: ada })
  expect(body.items.map(said)).toEqual(['invitation not-accepted Grace Hopper'])
  const agent = actorWith('staff', ['agent'])
  expect((await call('GET', '/today', undefined, { as: agent })).body).toMatchObject({ items: [], count: 0 })
})

test('of one site only what is of that site is told, and a site of another customer is none', async () => {
  const world = await testWorld({ now: new Date('2026-03-02T08:00Z') })
  const { call, at } = world
  const customer = await customerWithAgreement(world, 'Nordhafen Logistics')
  const other = await customerWithAgreement(world, 'Vistel Diagnostics')
  const siteOf = async (customerId: string, name: string) =>
    (await call('POST', '/sites', { customer: customerId, name })).body as { readonly id: string }
  const hamburg = await siteOf(customer.id, 'Hamburg')
  const bremen = await siteOf(customer.id, 'Bremen')
  const basel = await siteOf(other.id, 'Basel')
  for (const [site, title] of [
    [hamburg.id, 'Line 2 stands still'],
    [bremen.id, 'Mail is down'],
    [bremen.id, 'Scanner is dead'],
  ])
    await call('POST', '/incidents', { customer: customer.id, site, title, ...rated.p1 })
  at('2026-03-03T08:00Z')

  const whole = (await call('GET', `/today?customer=${customer.id}`)).body
  const { body } = await call('GET', `/today?customer=${customer.id}&site=${bremen.id}`)

  expect(body.items.map(said).toSorted()).toEqual([
    'incident late,unassigned Mail is down',
    'incident late,unassigned Scanner is dead',
  ])
  expect(body).toMatchObject({ count: 2, late: 2, watched: { open: 2 } })
  expect(whole.items.map(said)).toEqual(
    expect.arrayContaining(['incident late,unassigned Line 2 stands still', 'agreement ends SLA']),
  )
  expect((await call('GET', `/today?customer=${customer.id}&site=${basel.id}`)).status).toBe(404)
  const as = actorWith('customer', ['customer-stakeholder'], [customer.id])
  expect((await call('GET', `/today?site=${bremen.id}`, undefined, { as })).body).toMatchObject({ count: 2 })
  expect((await call('GET', `/today?site=${basel.id}`, undefined, { as })).status).toBe(404)
})

test('a major incident whose next update is late leads the list, and a customer’s people are not told to write it', async () => {
  const world = await testWorld({ now: new Date('2026-03-02T08:00Z') })
  const { call, at, database } = world
  const customer = await customerWithAgreement(world, 'Nordhafen Logistics')
  const commander = newId(Date.now())
  await database.pool.query('insert into person (id, name) values ($1, $2)', [commander, 'Ada'])
  const incident = await call('POST', '/incidents', { customer: customer.id, title: 'Port is dark', ...rated.p3 })
  await call('POST', '/major-incidents', { incident: incident.body.id, criteria: ['standstill'], commander })
  at('2026-03-02T08:20Z')
  const first = async (as = manager) => (await call('GET', '/today', undefined, { as })).body.items.map(said)
  expect(await first()).toContain('major-incident update-due Port is dark')
  at('2026-03-02T08:31Z')
  expect((await first())[0]).toBe('major-incident update-late Port is dark')
  const stakeholder = actorWith('customer', ['customer-stakeholder'], [customer.id])
  expect((await first(stakeholder)).join()).not.toContain('major-incident')
})

test('one’s day has what is in one’s hands or one’s team’s, what one is asked in a note, raised or to decide, page by page', async () => {
  const world = await testWorld({ now: new Date('2026-03-02T08:00Z') })
  const { call, at, database, work } = world
  const customer = await customerWithAgreement(world, 'Nordhafen Logistics')
  const join = async (name: string) => {
    const as = actorWith('staff', ['agent', 'service-manager'])
    await database.pool.query('insert into person (id, name) values ($1, $2)', [as.personId, name])
    await database.pool.query('insert into account (person_id, email) values ($1, $2)', [
      as.personId,
      name.toLowerCase(),
    ])
    await database.pool.query(
      `insert into role_assignment (id, person_id, role, valid_from) values ($1, $2, 'agent', '2026-01-01')`,
      [newId(), as.personId],
    )
    return as
  }
  const [ada, ben] = [await join('Ada'), await join('Ben')]
  const { body: team } = await call('POST', '/teams', { name: 'Netz', members: [{ id: ada.personId }] })
  const log = async (title: string, more: object = {}) =>
    (await call('POST', '/incidents', { customer: customer.id, title, ...rated.p4, ...more })).body
  const [mine, teams, noted, raised] = [
    await log('In my hands'),
    await log('For my team', { team: team.id }),
    await log('I am asked'),
    await log('Escalated'),
  ]
  await call(
    'PATCH',
    `/incidents/${mine.id}`,
    { assignee: ada.personId },
    { headers: { 'if-match': `"${mine.version}"` } },
  )
  await call('POST', `/incidents/${mine.id}/transitions`, { to: 'assigned' })
  await call('POST', `/incidents/${mine.id}/transitions`, { to: 'in-progress' })
  const mentions = [ada.personId]
  const note = await call('POST', `/incidents/${noted.id}/notes`, { text: '@Ada?', mentions }, { as: ben })
  expect(note.status, note.text).toBe(201)
  const escalated = await call('POST', '/escalations', {
    incident: raised.id,
    source: 'customer',
    direction: 'inbound',
    kind: 'functional',
    level: 2,
    reason: 'Again',
    owner: ada.personId,
    nextUpdateDue: '2026-03-02T09:00:00Z',
  })
  expect(escalated.status, escalated.text).toBe(201)
  await work()
  const day = async (as = ada, query = '') => (await call('GET', `/today${query}`, undefined, { as })).body
  const lines = async (as = ada) =>
    (await day(as)).items.filter(({ kind }: TodayItem) => kind !== 'agreement').map(said)

  at('2026-03-02T08:10Z')
  expect((await lines()).toSorted()).toEqual([
    'escalation unacknowledged Escalated',
    'incident mine In my hands',
    'incident team For my team',
    'mention unanswered I am asked',
  ])
  const [others, own] = [await log('In other hands', { ...rated.p1 }), await day(ada, '?whose=mine')]
  expect((await lines()).at(0)).toBe(`incident due-soon,unassigned ${others.title}`)
  expect(own.items.map(said)).not.toContain(`incident due-soon,unassigned ${others.title}`)
  expect(own.items.map(said)).toEqual(
    expect.arrayContaining(['incident mine In my hands', 'incident team For my team']),
  )
  expect(own.watched).toMatchObject({ open: 2 })
  await call('POST', `/incidents/${others.id}/transitions`, { to: 'cancelled' })
  at('2026-03-02T09:10Z')
  expect((await lines())[0]).toBe('escalation update-late Escalated')
  expect(await lines(ben)).toEqual([])
  await call('POST', `/incidents/${noted.id}/notes`, { text: 'yes' }, { as: ada })
  expect(await lines()).not.toContain('mention unanswered I am asked')

  // Nobody is named twice or left out from page to page, also when something was done meanwhile.
  for (let more = 0; more < 24; more++) await log(`Team’s ${more}`, { team: team.id })
  const first = await day()
  expect(first.items).toHaveLength(24)
  await call('POST', `/incidents/${teams.id}/transitions`, { to: 'cancelled' })
  const second = await day(ada, `?cursor=${first.nextCursor}`)
  expect(second.nextCursor).toBeNull()
  const ids = [...first.items, ...second.items].map(({ id }: TodayItem) => id)
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids).toHaveLength(first.count)
  expect((await call('GET', '/today?cursor=x', undefined, { as: ada })).status).toBe(400)
})
