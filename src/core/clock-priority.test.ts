import { expect, test } from 'vitest'
import { runClock } from '#core/clock.ts'
import { ALWAYS, BER, berlin, history, HOUR, local, termsOf } from '#core/clock-testing.ts'
import type { ClockTerms } from '#core/clock-terms.ts'

const LATER = local('2030-01-01 00:00')

const raised = (at: string, mode: ClockTerms['onPriorityChange']['worsened']) =>
  runClock(
    termsOf(16 * HOUR, {
      onPriorityChange: { correction: mode, worsened: mode, eased: mode },
      byPriority: { p3: { targetMs: 16 * HOUR, open: BER }, p1: { targetMs: 4 * HOUR, open: ALWAYS } },
    }),
    BER,
    history(
      ['2025-06-02 10:00 opened', { priority: 'p3' }],
      [`2025-06-02 ${at} priority`, { priority: 'p1', priorityReason: 'worsened' }],
    ),
    local(`2025-06-02 ${at}`),
  )

test.each([
  ['restart', '2025-06-02 17:00'],
  ['retroactive', '2025-06-02 14:00'],
  ['proportional', '2025-06-02 16:15'],
  ['lock', '2025-06-03 16:00'],
] as const)('SLA-07: P3 that becomes P1 after three hours, %s, is due %s', (mode, due) => {
  const clock = raised('13:00', mode)

  expect(berlin(clock.dueAt)).toBe(due)
  expect(clock).toMatchObject({ state: 'running', breachedOnAttach: false })
  expect(clock.earlier.map(({ state, cancelReason }) => [state, cancelReason])).toEqual(
    mode === 'lock' ? [] : [['cancelled', 'priority-changed']],
  )
})

test('SLA-07: changed at 15:00, the retroactive clock is breached the moment it is attached', () => {
  expect(raised('15:00', 'retroactive')).toMatchObject({
    state: 'breached-running',
    breachedOnAttach: true,
    breachedAt: local('2025-06-02 14:00'),
    dueAt: local('2025-06-02 14:00'),
    elapsedMs: 5 * HOUR,
  })
})

test('an easier priority does not undo what was missed, unless the first one was wrong', () => {
  const eased = (priorityReason: 'eased' | 'correction') =>
    runClock(
      termsOf(4 * HOUR, {
        byPriority: { p1: { targetMs: 4 * HOUR, open: ALWAYS }, p3: { targetMs: 16 * HOUR, open: BER } },
      }),
      BER,
      history(
        ['2025-06-02 10:00 opened', { priority: 'p1' }],
        ['2025-06-02 16:00 priority', { priority: 'p3', priorityReason }],
      ),
      local('2025-06-02 17:00'),
    )

  expect(eased('eased').earlier).toMatchObject([{ state: 'breached-stopped', breachedAt: local('2025-06-02 14:00') }])
  expect(eased('correction').earlier).toMatchObject([{ state: 'cancelled', breachedAt: null }])
  expect(berlin(eased('eased').dueAt)).toBe('2025-06-03 16:00')
})

test('what is missed under both priorities is missed once', () => {
  const clock = runClock(
    termsOf(2 * HOUR, {
      onPriorityChange: { correction: 'retroactive', worsened: 'retroactive', eased: 'retroactive' },
      byPriority: { p3: { targetMs: 2 * HOUR, open: BER }, p1: { targetMs: HOUR, open: BER } },
    }),
    BER,
    history(
      ['2025-06-02 09:00 opened', { priority: 'p3' }],
      ['2025-06-02 12:00 priority', { priority: 'p1', priorityReason: 'worsened' }],
    ),
    local('2025-06-02 12:00'),
  )

  expect([...clock.earlier, clock].map(({ state }) => state)).toEqual(['cancelled', 'breached-running'])
})

test('a priority without a promise ends the clock, one with a promise begins it', () => {
  const byPriority = { p3: { targetMs: 16 * HOUR, open: BER }, p5: null }
  const terms = termsOf(16 * HOUR, { byPriority })
  const dropped = history(
    ['2025-06-02 10:00 opened', { priority: 'p3' }],
    ['2025-06-02 12:00 priority', { priority: 'p5' }],
  )
  const back = [...dropped, ...history(['2025-06-02 13:00 priority', { priority: 'p3', priorityReason: 'worsened' }])]

  expect(runClock(terms, BER, dropped, LATER)).toMatchObject({
    state: 'cancelled',
    cancelReason: 'no-target',
    dueAt: null,
  })
  expect(berlin(runClock(terms, BER, back, local('2025-06-02 13:00')).dueAt)).toBe('2025-06-04 09:00')
})

test('a share beyond the whole stays beyond it when the priority changes in proportion', () => {
  const clock = raised('18:00', 'proportional')
  const over = runClock(
    termsOf(HOUR, {
      onPriorityChange: { correction: 'proportional', worsened: 'proportional', eased: 'proportional' },
      byPriority: { p1: { targetMs: HOUR, open: BER }, p3: { targetMs: 16 * HOUR, open: BER } },
    }),
    BER,
    history(['2025-06-02 10:00 opened', { priority: 'p1' }], ['2025-06-02 12:00 priority', { priority: 'p3' }]),
    local('2025-06-02 12:00'),
  )

  expect(clock).toMatchObject({ carriedMs: 2 * HOUR, elapsedMs: 2 * HOUR })
  expect(over).toMatchObject({
    state: 'breached-running',
    breachedOnAttach: true,
    carriedMs: 32 * HOUR,
    dueAt: local('2025-06-02 12:00'),
  })
})

test('a correction after a restart counts from the creation again', () => {
  const byPriority = {
    p3: { targetMs: 16 * HOUR, open: BER },
    p2: { targetMs: 8 * HOUR, open: BER },
    p1: { targetMs: 4 * HOUR, open: BER },
  }
  const clock = runClock(
    termsOf(16 * HOUR, { byPriority }),
    BER,
    history(
      ['2025-06-02 09:00 opened', { priority: 'p3' }],
      ['2025-06-02 11:00 priority', { priority: 'p1', priorityReason: 'worsened' }],
      ['2025-06-02 12:00 priority', { priority: 'p2', priorityReason: 'correction' }],
    ),
    local('2025-06-02 13:00'),
  )

  expect(clock).toMatchObject({
    startAt: local('2025-06-02 09:00'),
    elapsedMs: 4 * HOUR,
    dueAt: local('2025-06-02 17:00'),
  })
  expect(clock.earlier).toHaveLength(2)
})
