import { expect, test } from 'vitest'
import { runClock } from '#core/clock.ts'
import { BER, history, HOUR, local, termsOf } from '#core/clock-testing.ts'
import type { ClockEvent } from '#core/clock-terms.ts'

const LATER = local('2030-01-01 00:00')
const waiting = { reason: 'awaiting-requester' } as const

test('a resolution before the opening, a resumption without a pause and a second resolution are without effect', () => {
  const odd = history(
    ['2025-06-02 08:00 resolved'],
    ['2025-06-02 09:00 opened'],
    ['2025-06-02 09:30 opened'],
    ['2025-06-02 10:00 resumed'],
    ['2025-06-02 11:00 resolved'],
    ['2025-06-02 14:00 resolved'],
    ['2025-06-02 15:00 closed'],
  )

  expect(runClock(termsOf(4 * HOUR), BER, odd, LATER)).toMatchObject({
    state: 'met',
    startAt: local('2025-06-02 09:00'),
    stoppedAt: local('2025-06-02 11:00'),
    elapsedMs: 2 * HOUR,
  })
})

test('a pause that begins before the opening holds from the opening on', () => {
  const events = history(
    ['2025-06-02 08:30 paused', waiting],
    ['2025-06-02 09:00 opened'],
    ['2025-06-02 10:00 resumed'],
  )

  expect(runClock(termsOf(HOUR), BER, events, local('2025-06-02 10:00'))).toMatchObject({
    elapsedMs: 0,
    state: 'running',
  })
})

test('stopping ends the pauses: what is reopened runs', () => {
  const events = history(
    ['2025-06-02 09:00 opened'],
    ['2025-06-02 10:00 paused', waiting],
    ['2025-06-02 11:00 resolved'],
    ['2025-06-02 12:00 reopened'],
    ['2025-06-02 13:00 resumed'],
  )

  expect(runClock(termsOf(4 * HOUR), BER, events, local('2025-06-02 14:00'))).toMatchObject({
    state: 'running',
    elapsedMs: 3 * HOUR,
  })
})

test('pauses that overlap count as their union', () => {
  const events = history(
    ['2025-06-02 09:00 opened'],
    ['2025-06-02 10:00 paused', waiting],
    ['2025-06-02 11:00 paused', { reason: 'appointment' }],
    ['2025-06-02 12:00 resumed', waiting],
    ['2025-06-02 13:00 resumed', { reason: 'appointment' }],
  )

  expect(runClock(termsOf(8 * HOUR), BER, events, local('2025-06-02 14:00'))).toMatchObject({ elapsedMs: 2 * HOUR })
})

test('a resumption without a reason ends every pause', () => {
  const events = history(
    ['2025-06-02 09:00 opened'],
    ['2025-06-02 10:00 paused', waiting],
    ['2025-06-02 11:00 paused', { reason: 'appointment' }],
    ['2025-06-02 12:00 resumed'],
  )

  expect(runClock(termsOf(8 * HOUR), BER, events, local('2025-06-02 14:00')).elapsedMs).toBe(3 * HOUR)
})

test('a hold whose reason changes to one that the agreement lets pass runs again', () => {
  const events = history(
    ['2025-06-02 09:00 opened'],
    ['2025-06-02 10:00 paused', waiting],
    ['2025-06-02 11:00 resumed', waiting],
    ['2025-06-02 11:00 paused', { reason: 'awaiting-supplier' }],
  )

  expect(runClock(termsOf(8 * HOUR), BER, events, local('2025-06-02 12:00'))).toMatchObject({
    state: 'running',
    elapsedMs: 2 * HOUR,
  })
})

test('events of the same millisecond happen in their order', () => {
  const at = local('2025-06-02 09:00')
  const events: ClockEvent[] = [
    { at, kind: 'opened' },
    { at, kind: 'paused', ...waiting },
    { at, kind: 'resumed' },
    { at, kind: 'resolved' },
    { at, kind: 'reopened' },
  ]

  expect(runClock(termsOf(HOUR), BER, events, at)).toMatchObject({ state: 'running', elapsedMs: 0, segments: [] })
  expect(runClock(termsOf(HOUR), BER, events.slice(0, 4), at)).toMatchObject({ state: 'met', stoppedAt: at })
})

test('a priority that is told again changes nothing', () => {
  const byPriority = { p3: { targetMs: 8 * HOUR, open: BER } }
  const again = history(
    ['2025-06-02 09:00 opened'],
    ['2025-06-02 10:00 priority', { priority: 'p3', priorityReason: 'worsened' }],
  )

  expect(runClock(termsOf(8 * HOUR, { byPriority }), BER, again, LATER)).toMatchObject({
    startAt: local('2025-06-02 09:00'),
    earlier: [],
  })
})

test('a priority changed while resolved matters once it is reopened', () => {
  const byPriority = { p3: { targetMs: 8 * HOUR, open: BER }, p1: { targetMs: 2 * HOUR, open: BER } }
  const events = history(
    ['2025-06-02 09:00 opened', { priority: 'p3' }],
    ['2025-06-02 10:00 resolved'],
    ['2025-06-02 11:00 priority', { priority: 'p1' }],
    ['2025-06-02 12:00 reopened'],
  )
  const terms = termsOf(8 * HOUR, { byPriority })

  expect(runClock(terms, BER, events.slice(0, 3), LATER)).toMatchObject({ state: 'met', targetMs: 8 * HOUR })
  expect(runClock(terms, BER, events, local('2025-06-02 12:00'))).toMatchObject({ targetMs: 2 * HOUR, elapsedMs: HOUR })
})
