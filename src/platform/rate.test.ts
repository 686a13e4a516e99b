import { expect, test } from 'vitest'
import { routes } from '#app'
import { httpServer } from '#platform/http.ts'
import { silent } from '#platform/log.ts'
import { testDatabase } from '#platform/testing.ts'
import { rateLimit } from './rate.ts'

function passed(limit: ReturnType<typeof rateLimit>, caller: string, moments: readonly number[]): number {
  return moments.filter((at) => {
    try {
      limit(caller, at)
      return true
    } catch {
      return false
    }
  }).length
}

const many = (count: number, at: number) => Array.from({ length: count }, () => at)

test('a minute’s worth passes at once, then as many as come back', () => {
  const limit = rateLimit(60)
  expect(passed(limit, 'ada', many(100, 0))).toBe(60)
  expect(passed(limit, 'ada', many(100, 10_000))).toBe(10)
  expect(passed(limit, 'grace', many(100, 10_000))).toBe(60)
  expect(passed(limit, 'ada', many(100, 3_600_000))).toBe(60)
})

test('whoever has to wait is told for how long, and a clock that jumps back gives nothing', () => {
  const limit = rateLimit(6)
  passed(limit, 'ada', many(6, 100_000))
  expect(() => limit('ada', 100_000)).toThrow(expect.objectContaining({ details: { retryAfterSeconds: 10 } }))
  expect(passed(limit, 'ada', many(3, 0))).toBe(0)
})

test('over HTTP it is answered 429, with when to come again', async () => {
  const { db } = await testDatabase()
  const server = httpServer({
    db,
    routes,
    listeners: {},
    authenticate: async () => null,
    enqueue: async () => undefined,
    now: () => new Date(),
    log: silent,
    limit: rateLimit(2),
  })
  const ask = () => server.inject('/api/v1/appearance')
  expect([(await ask()).statusCode, (await ask()).statusCode]).toEqual([200, 200])
  const third = await ask()
  expect(third.statusCode).toBe(429)
  expect(Number(third.headers['retry-after'])).toBeGreaterThan(0)
  expect(third.json()).toMatchObject({ code: 'request.too-many' })
  await server.close()
})
