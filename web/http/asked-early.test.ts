import { afterEach, expect, test, vi } from 'vitest'
import { askedEarly } from './asked-early.ts'

function early(url: string, answer: Response | null): void {
  vi.stubGlobal('window', { askedEarly: [[url, Promise.resolve(answer)]] })
}

afterEach(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

test('an answer that was asked for early is handed over once', async () => {
  const answer = Response.json({ signedIn: true })
  early('/api/v1/session', answer)
  vi.spyOn(performance, 'now').mockReturnValue(900)
  expect(await askedEarly('GET', '/api/v1/today')).toBeNull()
  expect(await askedEarly('GET', '/api/v1/session')).toBe(answer)
  expect(await askedEarly('GET', '/api/v1/session')).toBeNull()
})

test.each([
  ['nothing came of it', null, 900],
  ['it is old by now', Response.json({}), 20_000],
])('what was asked for early is asked for anew when %s', async (_, answer, now) => {
  early('/api/v1/session', answer)
  vi.spyOn(performance, 'now').mockReturnValue(now)
  expect(await askedEarly('GET', '/api/v1/session')).toBeNull()
})

test('once something is written, nothing asked for before counts any more', async () => {
  early('/api/v1/session', Response.json({ signedIn: false }))
  vi.spyOn(performance, 'now').mockReturnValue(900)
  expect(await askedEarly('POST', '/api/v1/sign-in')).toBeNull()
  expect(await askedEarly('GET', '/api/v1/session')).toBeNull()
})
