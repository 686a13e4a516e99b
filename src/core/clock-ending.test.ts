import { expect, test } from 'vitest'
import { runClock } from '#core/clock.ts'
import { BER, history, HOUR, local, termsOf } from '#core/clock-testing.ts'

const LATER = local('2030-01-01 00:00')

test.each([
  ['counted each', 'each', '2025-06-02 10:00', { state: 'met', elapsedMs: 4 * HOUR, cancelReason: null }],
  [
    'counted once, joined in time',
    'once',
    '2025-06-02 10:00',
    { state: 'cancelled', elapsedMs: HOUR, cancelReason: 'part' },
  ],
  [
    'counted once, joined when due',
    'once',
    '2025-06-02 11:00',
    { state: 'cancelled', elapsedMs: 2 * HOUR, cancelReason: 'part' },
  ],
  [
    'counted once, joined when missed',
    'once',
    '2025-06-02 12:00',
    { state: 'breached-stopped', elapsedMs: 4 * HOUR, cancelReason: null },
  ],
  [
    'counted once, joined when done',
    'once',
    '2025-06-02 14:00',
    { state: 'breached-stopped', elapsedMs: 4 * HOUR, cancelReason: null },
  ],
] as const)('a ticket that becomes part of another, %s', (_, children, joined, expected) => {
  const events = history(['2025-06-02 09:00 opened'], [`${joined} joined`], ['2025-06-02 13:00 resolved']).toSorted(
    (one, other) => one.at - other.at,
  )
  const terms = termsOf(children === 'each' ? 8 * HOUR : 2 * HOUR, { children })

  expect(runClock(terms, BER, events, LATER)).toMatchObject(expected)
})

test('a ticket that was missed once keeps that when it becomes part of another', () => {
  const events = history(
    ['2025-06-02 09:00 opened'],
    ['2025-06-02 12:00 updated'],
    ['2025-06-02 12:30 joined'],
    ['2025-06-02 13:00 resolved'],
  )

  const clock = runClock(termsOf(HOUR, { metric: 'next-update', children: 'once' }), BER, events, LATER)
  expect([...clock.earlier, clock].map(({ state }) => state)).toEqual(['breached-stopped', 'met'])
})

test.each(['duplicate', 'mistake', 'reclassified'] as const)('a ticket cancelled as %s says so', (cancelledFor) => {
  const events = history(['2025-06-02 09:00 opened'], ['2025-06-02 10:00 cancelled', { cancelledFor }])

  expect(runClock(termsOf(HOUR), BER, events, LATER)).toMatchObject({ state: 'cancelled', cancelReason: cancelledFor })
})

test('a cancelled ticket has no result, even where it was late', () => {
  const events = history(['2025-06-02 09:00 opened'], ['2025-06-02 15:00 cancelled'], ['2025-06-02 16:00 resolved'])

  expect(runClock(termsOf(2 * HOUR), BER, events, LATER)).toMatchObject({
    state: 'cancelled',
    cancelReason: 'cancelled',
    stoppedAt: local('2025-06-02 15:00'),
    dueAt: null,
    breachedAt: null,
  })
})
