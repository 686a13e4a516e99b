import { expect, test } from 'vitest'
import { actorWith } from '#platform/testing.ts'
import { testWorld } from '../../testing.ts'
import { periodBefore } from './attainment-agreed.ts'

const always = { timeZone: 'UTC', week: Array.from({ length: 7 }, () => [{ opens: 0, closes: 1440 }]) }
const hour = { metric: 'resolution', priority: 'p1', targetSeconds: 3600, attainmentBp: 9500 }
const outage = { title: 'Scanners are offline', impact: 'high', urgency: 'high' }

/** A customer whose agreement says these terms; three outages in February of which one is late, one in March, one left open. */
async function company(terms: object, target: object = {}) {
  const world = await testWorld({ now: new Date('2026-02-10T08:00:00Z') })
  const { call, at, work } = world
  const { body: customer } = await call('POST', '/customers', { name: 'Nordhafen' })
  await call('POST', '/calendars', { name: 'Always', rules: always })
  const { status, text } = await call('POST', '/agreements', {
    name: 'SLA',
    customer: customer.id,
    calendar: 'Always',
    validFrom: '2026-01-01T00:00:00Z',
    activate: true,
    terms,
    targets: [{ ...hour, ...target }],
  })
  expect(status, text).toBe(201)
  await call('POST', '/sites', { customer: customer.id, name: 'Hall 3', siteType: 'factory' })
  const resolved = async (opened: string, done: string | null) => {
    at(opened)
    const { body } = await call('POST', '/incidents', { ...outage, customer: customer.id, site: 'Hall 3' })
    if (done === null) return
    at(done)
    await call('POST', `/incidents/${body.id}/transitions`, { to: 'resolved', note: 'Restarted.' })
  }
  await resolved('2026-02-10T08:00:00Z', '2026-02-10T08:30:00Z')
  await resolved('2026-02-11T08:00:00Z', '2026-02-11T08:30:00Z')
  await resolved('2026-02-28T22:30:00Z', '2026-03-01T02:30:00Z')
  await resolved('2026-03-02T08:00:00Z', '2026-03-02T08:30:00Z')
  await resolved('2026-03-03T08:00:00Z', null)
  at('2026-03-10T08:00:00Z')
  await work()
  await world.database.pool.query(
    "update clock set state = 'breached-running', breached_at = due_at where state = 'running'",
  )
  const report = async (query: string, options = {}) => {
    const path = `/reports/attainment?customer=${customer.id}&${query}`
    const reply = await call('GET', path, undefined, options)
    expect(reply.status, reply.text).toBe(200)
    return reply.body
  }
  return { ...world, report, customer: customer.id as string }
}

const march = 'from=2026-03-01&to=2026-04-01'

test('a figure says what it is in the terms of its agreement, and keeps its own meaning', async () => {
  const { report, customer } = await company(
    { smallSample: 'allowance', levels: { targetBp: 9000, minimumBp: 5000 } },
    { expectedBp: 9900, minimumBp: 4000 },
  )
  const { groups, total } = await report(march)
  expect(groups).toMatchObject([
    {
      key: 'p1',
      met: 1,
      failed: 1,
      attainment: { numerator: 1, denominator: 2 },
      openBreached: 1,
      agreed: {
        basis: 'resolved',
        verdicts: [
          { targetBp: 9500, minimumBp: 4000, outcome: 'met', level: 'target', minimumSample: 20, allowance: 1 },
        ],
      },
    },
  ])
  expect(total.agreed.verdicts).toMatchObject([{ targetBp: 9000, minimumSample: 10, allowance: 1 }])
  expect(total.uncertainty.low).toBeCloseTo(0.0945, 3)
  const as = actorWith('customer', ['customer-stakeholder'], [customer])
  const theirs = await report(march, { as })
  expect(theirs.total).toMatchObject({ met: 1, failed: 1, openBreached: 1, uncertainty: null })
})

test.each([
  ['what was resolved in it', 'resolved', 1, 1],
  ['what was opened in it', 'opened', 1, 0],
  ['what was missed in it, open or not', 'breached', 1, 2],
])('March by %s', async (_, basis, met, failed) => {
  const { report } = await company({ basis, levels: { targetBp: 9000 } })
  const { total } = await report(march)
  expect(total).toMatchObject({ met: 1, failed: 1, agreed: { basis, verdicts: [{ met, failed }] } })
})

test('ATT-04: a small month is judged together with the months before', async () => {
  const { report } = await company({ smallSample: 'roll-over' })
  const { groups } = await report(march)
  expect(groups[0]).toMatchObject({
    attainment: { numerator: 1, denominator: 2 },
    agreed: { verdicts: [{ periods: 3, judged: { numerator: 3, denominator: 4 }, outcome: 'missed' }] },
  })
})

test('figures by kind of site and by version of the agreement', async () => {
  const { report } = await company({ levels: { targetBp: 5000 } })
  const byType = await report(`${march}&groupBy=siteType&durations=true`)
  const byVersion = await report(`${march}&groupBy=agreementVersion`)
  const byDay = await report('from=2026-03-01&to=2026-03-02&groupBy=agreementVersion')
  expect(byType.groups).toMatchObject([{ key: 'factory', met: 1, failed: 1, openBreached: 1 }])
  expect(byVersion.groups).toMatchObject([
    { label: 'SLA 1', met: 1, failed: 1, agreed: { verdicts: [{ outcome: 'met', level: 'target' }] } },
  ])
  expect(byVersion.groups[0].agreed.agreementVersionId).toBe(byVersion.groups[0].key)
  expect(byDay.groups).toMatchObject([{ label: 'SLA 1', met: 0, failed: 1 }])
})

test.each([
  ['2026-03-01', '2026-04-01', '2026-02-01'],
  ['2026-01-01', '2026-04-01', '2025-10-01'],
  ['2026-03-02', '2026-03-09', '2026-02-23'],
])('before %s until %s is what begins on %s', (from, to, before) => {
  expect(periodBefore({ from, to })).toEqual({ from: before, to: from })
})
