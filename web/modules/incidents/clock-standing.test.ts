import { expect, test } from 'vitest'
import type { Clock } from '#api/incidents'
import { byConsequence, leadingClock, standingOf } from './clock-standing.ts'

const running: Clock = {
  id: '01a1a58b-eb4d-7cfe-b95c-603d44f0f28c',
  metric: 'resolution',
  state: 'running',
  startedAt: new Date('2026-11-06T13:10Z'),
  dueAt: new Date('2026-11-10T12:40Z'),
  stoppedAt: null,
  breachedAt: null,
  targetSeconds: 57_600,
  elapsedSeconds: 28_800,
}
const response: Clock = { ...running, metric: 'response' }

test.each([
  ['before the last quarter of its time', { elapsedSeconds: 43_199 }, 'runs'],
  ['from the last quarter on', { elapsedSeconds: 43_200 }, 'soon'],
  ['over its target', { state: 'breached-running', elapsedSeconds: 57_601 }, 'miss'],
  ['paused', { state: 'paused', dueAt: null }, 'paused'],
  ['cancelled', { state: 'cancelled' }, 'none'],
] as const)('a clock %s stands as %s', (_, change, standing) => {
  expect(standingOf({ ...running, ...change })).toBe(standing)
})

test('the clock that is due first leads, whichever promise it is', () => {
  const sooner = { ...response, dueAt: new Date('2026-11-10T11:00Z') }
  expect(leadingClock([running, sooner])).toBe(sooner)
})

test('a running clock leads before one that was missed long ago', () => {
  const missed = { ...response, state: 'breached-stopped' as const }
  expect(leadingClock([missed, running])).toBe(running)
})

test('of stopped clocks the missed one leads, so that a late answer is not hidden by a timely resolution', () => {
  const missed = { ...response, state: 'breached-stopped' as const }
  const met = { ...running, state: 'met' as const }
  expect(byConsequence([met, missed])).toEqual([missed, met])
})

test('without a promise there is no clock to lead', () => {
  expect(leadingClock([])).toBeNull()
  expect(leadingClock([{ ...running, state: 'cancelled' }])).toBeNull()
})
