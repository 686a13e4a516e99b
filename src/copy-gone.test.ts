import { expect, onTestFinished, test } from 'vitest'
import { routes } from '#app'
import { connect } from '#platform/database.ts'
import { httpServer } from '#platform/http.ts'
import { silent } from '#platform/log.ts'
import { actorWith } from '#platform/testing.ts'
import { testWorld } from './testing.ts'

test('a report is read from the database where the copy went away and nobody knows yet', async () => {
  const { database } = await testWorld()
  const reportsFrom = async (url: string) => {
    const copy = connect(url, { connections: 1 })
    onTestFinished(() => copy.close())
    const server = httpServer({
      db: database.db,
      routes,
      listeners: {},
      authenticate: async () => actorWith('staff', ['administrator']),
      enqueue: async () => undefined,
      now: () => new Date('2026-03-02T09:00Z'),
      log: silent,
      reports: () => copy.db,
    })
    const { statusCode, headers } = await server.inject('/api/v1/reports/handovers?from=2026-01-01&to=2026-02-01')
    await server.close()
    return [statusCode, headers['plumbline-read-from']]
  }
  // Nobody listens at the first port.
  expect(await reportsFrom('postgres://nobody@127.0.0.1:1/none')).toEqual([200, undefined])
  expect(await reportsFrom(database.url)).toEqual([200, 'copy'])
})
