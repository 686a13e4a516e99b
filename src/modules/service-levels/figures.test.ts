import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { testWorld } from '../../testing.ts'
import { moveFigures, recountAttainment } from './figures.ts'

test('what is added to a customer while its figures are counted anew is there once', async () => {
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
  at('2026-02-10T08:30:00Z')
  await call('POST', `/incidents/${incident.id}/transitions`, { to: 'resolved', note: 'Done' })
  const figures = async () => (await pool.query('select month, metric, met, failed from attainment_month')).rows
  const before = await figures()
  expect(before).toMatchObject([{ metric: 'resolution', met: 1, failed: 0 }])
  await db.deleteFrom('attainmentMonth').execute()

  const adding = await db.startTransaction().execute()
  await moveFigures(adding, incident.id, 1)
  const counting = db.transaction().execute((tx) => recountAttainment(tx, customer.id))
  while ((await pool.query('select from pg_locks where not granted')).rowCount === 0) await sleep(5)
  await adding.commit().execute()
  await counting
  expect(await figures()).toEqual(before)
})
