import { expect, test } from 'vitest'
import { testWorld } from '../../testing.ts'
import { recomputeClocks } from './recompute.ts'

test('a server whose clock is behind counts what another has recorded already', async () => {
  const { call, at, work, database } = await testWorld({ now: new Date('2026-02-10T08:00:00Z') })
  const { db, pool } = database
  const { body: customer } = await call('POST', '/customers', { name: 'Nordhafen', timeZone: 'UTC' })
  const rules = { timeZone: 'UTC', week: Array.from({ length: 7 }, () => [{ opens: 0, closes: 1440 }]) }
  await call('POST', '/calendars', { name: 'Always', rules })
  await call('POST', '/agreements', {
    name: 'SLA',
    customer: customer.id,
    calendar: 'Always',
    validFrom: '2026-01-01T00:00:00Z',
    activate: true,
    targets: [{ metric: 'resolution', priority: 'p1', targetSeconds: 3600, attainmentBp: 9500 }],
  })
  await work()
  const outage = { customer: customer.id, title: 'Scanners are offline', impact: 'high', urgency: 'high' }
  const { body: incident } = await call('POST', '/incidents', outage)
  at('2026-02-10T09:30:00Z')
  await call('POST', `/incidents/${incident.id}/transitions`, { to: 'resolved', note: 'Done' })
  const clocks = async () => (await pool.query('select state, stopped_at, breached_at, elapsed_ms from clock')).rows
  const before = await clocks()
  expect(before).toMatchObject([{ state: 'breached-stopped', stopped_at: new Date('2026-02-10T09:30:00Z') }])

  for (const now of ['2026-02-10T09:29:58Z', '2026-02-10T08:10:00Z']) {
    await recomputeClocks(pool, db, { customerId: customer.id, now: new Date(now) })
    expect(await clocks()).toEqual(before)
  }
  const { body: report } = await call('GET', `/reports/attainment?customer=${customer.id}&groupBy=month`)
  expect(report.groups).toMatchObject([{ key: '2026-02', met: 0, failed: 1 }])
})
