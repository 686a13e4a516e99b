import { expect, test } from 'vitest'
import { testWorld } from '../../testing.ts'

const office = { opens: 8 * 60, closes: 18 * 60 }
const week = [[office], [office], [office], [office], [office], [], []]
const berlin = { timeZone: 'Europe/Berlin', week }
const early = { timeZone: 'Europe/Berlin', week: week.map((day) => day.map(() => ({ opens: 360, closes: 1320 }))) }
const resolution = { metric: 'resolution', priority: 'p1', targetSeconds: 14_400, attainmentBp: 9500 }

type World = Awaited<ReturnType<typeof testWorld>>
let names = 0

/** A customer with an agreement of these targets and terms, and what it is called. */
async function agreed({ call }: World, targets: readonly object[], more: object = {}) {
  const { body: customer } = await call('POST', '/customers', { name: `Customer ${++names}` })
  const agreement = await call('POST', '/agreements', {
    name: 'SLA',
    customer: customer.id,
    calendar: 'Office',
    validFrom: '2024-01-01T00:00:00Z',
    activate: true,
    targets,
    ...more,
  })
  return { customer: customer.id as string, agreement }
}

async function company(now: string) {
  const world = await testWorld({ now: new Date(now) })
  await world.call('POST', '/calendars', { name: 'Office', rules: berlin })
  await world.call('POST', '/calendars', { name: 'Long days', rules: early })
  return world
}

const outage = { title: 'Scanners are offline', impact: 'high', urgency: 'high' }

/** The due moment of the resolution of an incident, and what its explanation says of target and hours. */
async function dueOf({ call }: World, incident: object) {
  const { status, body, text } = await call('POST', '/incidents', { ...outage, ...incident })
  expect(status, text).toBe(201)
  const clock = body.clocks.find(({ metric }: { metric: string }) => metric === 'resolution')
  const read = await call('GET', `/incidents/${body.id}/clocks/${clock.id}/explanation`)
  expect(read.status, read.text).toBe(200)
  return { id: body.id, due: clock.dueAt, target: read.body.target, hours: read.body.hours, clock }
}

/** Monday 2 June 2025, 09:00 in Berlin. */
const MONDAY = '2025-06-02T07:00:00Z'

test('the most specific target that fits holds, and its clock says which and why', async () => {
  const world = await company(MONDAY)
  const { call } = world
  const { customer } = await agreed(world, [
    resolution,
    { ...resolution, targetSeconds: 7200, when: { siteType: 'factory' } },
    { ...resolution, targetSeconds: 3600, when: { siteType: 'factory', category: 'Printing' } },
    { ...resolution, targetSeconds: 1800, when: { reported: 'outside-hours' } },
  ])
  await call('POST', '/sites', { customer, name: 'Hall 3', siteType: 'factory' })
  await call('POST', '/sites', { customer, name: 'Tower', siteType: 'office' })

  const plain = await dueOf(world, { customer, site: 'Tower', category: 'Printing' })
  const factory = await dueOf(world, { customer, site: 'Hall 3' })
  const printing = await dueOf(world, { customer, site: 'Hall 3', category: 'printing' })

  expect([plain.due, factory.due, printing.due]).toEqual([
    '2025-06-02T11:00:00.000Z',
    '2025-06-02T09:00:00.000Z',
    '2025-06-02T08:00:00.000Z',
  ])
  expect(printing.target).toMatchObject({
    targetSeconds: 3600,
    when: { siteType: 'factory', category: 'Printing' },
    sentence:
      'P1: 1 h of service time. The most specific target that fits: in the category Printing, at a site of the kind factory.',
  })
  expect(plain.target.sentence).toContain('every case of this priority')

  world.at('2025-06-02T20:00:00Z')
  const late = await dueOf(world, { customer, site: 'Tower' })
  world.at('2025-06-02T07:00:00Z')
  expect(late).toMatchObject({ due: '2025-06-03T06:30:00.000Z', target: { when: { reported: 'outside-hours' } } })
})

test('another category is another target, and the clock is counted by it from the start', async () => {
  const world = await company(MONDAY)
  const { call, at } = world
  const { customer } = await agreed(world, [
    resolution,
    { ...resolution, targetSeconds: 3600, when: { category: 'Printing' } },
  ])
  const { body } = await call('POST', '/incidents', { ...outage, customer })
  at('2025-06-02T08:30:00Z')
  const { body: changed } = await call(
    'PATCH',
    `/incidents/${body.id}`,
    { category: 'Printing' },
    { headers: { 'if-match': `"${body.version}"` } },
  )
  at('2025-06-02T07:00:00Z')
  expect(changed.clocks).toMatchObject([{ state: 'breached-running', dueAt: '2025-06-02T08:00:00.000Z' }])
})

test('two targets for the same conditions are refused with a sentence', async () => {
  const world = await company(MONDAY)
  const when = { category: 'Printing' }
  const { agreement } = await agreed(world, [
    { ...resolution, when },
    { ...resolution, targetSeconds: 60, when: { category: 'PRINTING' } },
  ])
  expect(agreement).toMatchObject({ status: 422, body: { code: 'agreement.target-twice' } })
  expect(agreement.body.detail).toContain('resolution for P1')
})

test('a target of zero is refused with what it would mean, where it stands and what to do', async () => {
  const { agreement } = await agreed(await company(MONDAY), [{ ...resolution, targetSeconds: 0 }])
  expect(agreement).toMatchObject({
    status: 400,
    body: {
      code: 'agreement.target-zero',
      detail:
        'A target of zero would be missed at once: resolution for P1. Give at least one second of service time, or leave the target out.',
      errors: [{ path: 'targets.0.targetSeconds' }],
    },
  })
})

test('clocks run in the hours of the affected site, and in the agreement’s where it brings none', async () => {
  const world = await company(MONDAY)
  const { call } = world
  const { customer } = await agreed(world, [resolution], { terms: { calendarSource: 'site' } })
  const { body: site } = await call('POST', '/sites', { customer, name: 'Hall 3', calendar: 'Long days' })
  await call('POST', '/sites', { customer, name: 'Tower' })
  world.at('2025-06-02T15:00:00Z')

  const there = await dueOf(world, { customer, site: 'Hall 3' })
  const elsewhere = await dueOf(world, { customer, site: 'Tower' })

  world.at('2025-06-02T07:00:00Z')
  expect(site.calendarId).toMatch(/-/)
  expect(there).toMatchObject({ due: '2025-06-02T19:00:00.000Z', hours: { source: 'site', brought: true } })
  expect(there.hours.sentence).toBe('It runs in the hours of the affected site (Long days).')
  // One hour on Monday, three on Tuesday from 08:00.
  expect(elsewhere).toMatchObject({ due: '2025-06-03T09:00:00.000Z', hours: { source: 'site', brought: false } })
  expect(elsewhere.hours.sentence).toContain('brings no others')
  expect((await call('GET', `/incidents/${there.id}`)).body.clocks[0].dueAt).toBe('2025-06-02T19:00:00.000Z')
})

test('service and team bring their hours as well', async () => {
  const world = await company(MONDAY)
  const { call } = world
  const byService = await agreed(world, [resolution], { terms: { calendarSource: 'service' } })
  const byTeam = await agreed(world, [resolution], { terms: { calendarSource: 'team' } })
  await call('POST', '/services', { customer: byService.customer, name: 'Warehouse', calendar: 'Long days' })
  await call('POST', '/teams', { name: 'Early birds', calendar: 'Long days' })
  world.at('2025-06-02T15:00:00Z')

  const service = await dueOf(world, { customer: byService.customer, service: 'Warehouse' })
  const team = await dueOf(world, { customer: byTeam.customer, team: 'Early birds' })

  world.at('2025-06-02T07:00:00Z')
  expect([service.due, team.due]).toEqual(['2025-06-02T19:00:00.000Z', '2025-06-02T19:00:00.000Z'])
  expect([service.hours.source, team.hours.source]).toEqual(['service', 'team'])
})

test('a calendar of another customer is none that a site can bring along', async () => {
  const world = await company(MONDAY)
  const { call } = world
  const { customer } = await agreed(world, [resolution])
  const { customer: other } = await agreed(world, [resolution])
  await call('POST', '/calendars', { name: 'Theirs', customer: other, rules: early })
  const refused = await call('POST', '/sites', { customer, name: 'Hall 9', calendar: 'Theirs' })
  expect(refused).toMatchObject({ status: 404, body: { code: 'calendar.not-found' } })
})

test('SLA-06b: two business days over Easter end at the same time or at closing, as the target says', async () => {
  const easter = await company('2025-04-16T13:00:00Z')
  const holidays = ['2025-04-18', '2025-04-21'].map((date) => ({ date, windows: [] }))
  await easter.call('POST', '/calendars', { name: 'Germany', rules: { ...berlin, exceptions: holidays } })
  const days = (reading: string) => ({ ...resolution, targetSeconds: undefined, days: { count: 2, reading } })
  const same = await agreed(easter, [days('same-time')], { calendar: 'Germany' })
  const closing = await agreed(easter, [days('end-of-day')], { calendar: 'Germany' })

  const first = await dueOf(easter, { customer: same.customer })
  const second = await dueOf(easter, { customer: closing.customer })

  expect(first).toMatchObject({
    due: '2025-04-22T13:00:00.000Z',
    clock: { targetSeconds: 20 * 3600 },
    target: { days: { count: 2, reading: 'same-time' }, targetSeconds: 20 * 3600 },
  })
  expect(first.target.sentence).toContain('2 working days until the same time of day')
  expect(second).toMatchObject({ due: '2025-04-22T16:00:00.000Z', clock: { targetSeconds: 23 * 3600 } })
})

test('SLA-06c: one day of 24 hours of service time is three working days of eight', async () => {
  const world = await company(MONDAY)
  const short = { timeZone: 'Europe/Berlin', week: week.map((day) => day.map(() => ({ opens: 540, closes: 1020 }))) }
  await world.call('POST', '/calendars', { name: 'Nine to five', rules: short })
  const days = { count: 1, reading: 'service-time' }
  const { customer } = await agreed(world, [{ ...resolution, targetSeconds: undefined, days }], {
    calendar: 'Nine to five',
  })
  const { due, target } = await dueOf(world, { customer })
  expect(due).toBe('2025-06-04T15:00:00.000Z')
  expect(target.sentence).toContain('one day of 24 hours of service time')
})

test('SLA-08: other hours in the middle of a clock count at once, or not for it, as agreed', async () => {
  const world = await company(MONDAY)
  const midnight = '2025-06-30T22:00:00.000Z'
  const segment = await agreed(world, [resolution])
  const atStart = await agreed(world, [resolution], { terms: { onCalendarChange: 'at-start' } })
  const { body: listed } = await world.call('GET', '/calendars?q=Office')
  const calendar = listed.items[0]
  const match = { headers: { 'if-match': `"${calendar.version}"` } }
  const path = `/calendars/${calendar.id}/versions`
  expect((await world.call('POST', path, { validFrom: midnight, rules: early }, match)).status).toBe(201)
  world.at('2025-06-30T15:00:00Z')

  const one = await dueOf(world, { customer: segment.customer })
  const other = await dueOf(world, { customer: atStart.customer })

  expect([one.due, other.due]).toEqual(['2025-07-01T07:00:00.000Z', '2025-07-01T09:00:00.000Z'])
  world.at('2025-07-01T06:30:00Z')
  const elapsed = async (id: string) => (await world.call('GET', `/incidents/${id}`)).body.clocks[0].elapsedSeconds
  expect([await elapsed(one.id), await elapsed(other.id)]).toEqual([3.5 * 3600, 1.5 * 3600])
  expect(other.hours.sentence).toContain('those that held at the opening')
})

test('SLA-12: three of four updates in time is told beside the incident, which is missed', async () => {
  const world = await company('2025-06-02T08:00:00Z')
  const { call, at } = world
  const target = { ...resolution, metric: 'next-update', targetSeconds: 1800 }
  const { customer } = await agreed(world, [target, { ...target, metric: 'restore', targetSeconds: 7200 }])
  const { body } = await call('POST', '/incidents', { ...outage, customer, occurredAt: '2025-06-02T07:30:00Z' })
  const path = `/incidents/${body.id}`
  const say = async (moment: string, visibility = 'public') => {
    at(`2025-06-02T${moment}:00Z`)
    expect((await call('POST', `${path}/notes`, { text: 'We are at it.', visibility })).status).toBe(201)
  }
  await call('POST', `${path}/transitions`, { to: 'in-progress' })
  await say('08:25')
  await say('08:40', 'internal')
  const running = (await call('GET', path)).body.clocks
  await say('09:05')
  await say('09:30')
  at('2025-06-02T09:45:00Z')
  const { body: restored } = await call('POST', `${path}/transitions`, { to: 'restored' })

  expect(running).toMatchObject([
    { metric: 'restore', startedAt: '2025-06-02T07:30:00.000Z', dueAt: '2025-06-02T09:30:00.000Z' },
    { metric: 'next-update', state: 'running', dueAt: '2025-06-02T08:55:00.000Z', gaps: { met: 1, failed: 0 } },
  ])
  expect(restored.clocks).toMatchObject([
    { metric: 'restore', state: 'breached-stopped', elapsedSeconds: 8100 },
    { metric: 'next-update', state: 'breached-stopped', elapsedSeconds: 2400, gaps: { met: 3, failed: 1 } },
  ])
  const { body: told } = await call('GET', `${path}/clocks/${restored.clocks[1].id}/explanation`)
  expect(told.gaps.map((gap: { elapsedSeconds: number }) => gap.elapsedSeconds / 60)).toEqual([25, 40, 25, 15])
  expect(told.steps.at(-1).elapsedSeconds).toBe(2400)
  for (const period of ['from=2025-06-01&to=2025-07-01', 'from=2025-06-02&to=2025-06-03']) {
    const { body: report } = await call('GET', `/reports/attainment?customer=${customer}&${period}`)
    expect(report.total.byMetric, period).toMatchObject({
      restore: { met: 0, failed: 1 },
      'next-update': { met: 0, failed: 1, gaps: { met: 3, failed: 1 } },
    })
  }
})
