import { expect, test } from 'vitest'
import { openMsBetween, compileCalendar } from '#core/calendar.ts'
import { breachAt, runClock, thresholdAt, timeByHolder } from '#core/clock.ts'
import { ALWAYS, BER, berlin, DAY, history, HOUR, hours, local, MINUTE, termsOf } from '#core/clock-testing.ts'
import { longestWait } from '#core/longest-wait.ts'

const LATER = local('2030-01-01 00:00')
const waiting = { reason: 'awaiting-requester' } as const

test('SLA-04: a pause of four and a half hours moves eight hours from Monday into Tuesday', () => {
  const events = history(
    ['2025-06-02 09:00 opened'],
    ['2025-06-02 11:00 paused', waiting],
    ['2025-06-02 15:30 resumed'],
  )

  expect(runClock(termsOf(8 * HOUR), BER, events, local('2025-06-02 12:00'))).toMatchObject({
    state: 'paused',
    elapsedMs: 2 * HOUR,
    dueAt: null,
  })
  expect(berlin(runClock(termsOf(8 * HOUR), BER, events, local('2025-06-02 15:30')).dueAt)).toBe('2025-06-03 11:30')
})

test('SLA-04b: a pause over the night moves the due moment by its two service hours, not by sixteen', () => {
  const events = history(
    ['2025-06-02 09:00 opened'],
    ['2025-06-02 17:00 paused', waiting],
    ['2025-06-03 09:00 resumed'],
  )
  const due = (past: typeof events) => runClock(termsOf(10 * HOUR), BER, past, local('2025-06-03 09:00')).dueAt!

  expect(openMsBetween(BER, due(events.slice(0, 1)), due(events))).toBe(2 * HOUR)
})

test('SLA-05: a pause outside service hours moves nothing', () => {
  const events = history(
    ['2025-06-06 17:00 opened'],
    ['2025-06-06 19:00 paused', waiting],
    ['2025-06-08 12:00 resumed'],
  )
  const due = (past: typeof events) => runClock(termsOf(4 * HOUR), BER, past, local('2025-06-09 08:00')).dueAt

  expect(due(events)).toBe(due(events.slice(0, 1)))
})

test.each([
  ['continue', [9 * HOUR], ['breached-stopped']],
  ['new-clock', [6 * HOUR, 3 * HOUR], ['met', 'met']],
  ['gross', [23 * HOUR], ['breached-stopped']],
] as const)(
  'SLA-09: resolved after six of eight hours and again after three more, by %s',
  (reopen, elapsed, states) => {
    const clock = runClock(
      termsOf(8 * HOUR, { reopen }),
      BER,
      history(
        ['2025-06-02 09:00 opened'],
        ['2025-06-02 15:00 resolved'],
        ['2025-06-04 09:00 reopened'],
        ['2025-06-04 12:00 resolved'],
        ['2025-06-06 12:00 closed'],
      ),
      LATER,
    )
    const clocks = [...clock.earlier, clock]

    expect(clocks.map(({ elapsedMs }) => elapsedMs)).toEqual(elapsed)
    expect(clocks.map(({ state }) => state)).toEqual(states)
  },
)

test('SLA-11: four hours on Mon–Fri 09–17 last up to 69 on the wall, over the weekend in autumn', () => {
  const open = compileCalendar(hours('09:00', '17:00'))
  const year = longestWait(open, 4 * HOUR, local('2025-01-01 00:00'), local('2026-01-01 00:00'))!
  const june = longestWait(open, 4 * HOUR, local('2025-06-02 00:00'), local('2025-06-09 00:00'))!

  expect([berlin(june.start), (june.due - june.start) / HOUR]).toEqual(['2025-06-06 17:00', 68])
  expect([berlin(year.start), (year.due - year.start) / HOUR]).toEqual(['2025-10-24 17:00', 69])
})

test('SLA-12: of four gaps between updates three are kept, so the ticket is not', () => {
  const clock = runClock(
    termsOf(30 * MINUTE, { metric: 'next-update', pausedBy: [] }),
    ALWAYS,
    history(
      ['2025-06-02 10:00 opened'],
      ['2025-06-02 10:25 updated'],
      ['2025-06-02 11:05 updated'],
      ['2025-06-02 11:30 updated'],
      ['2025-06-02 11:45 restored'],
    ),
    LATER,
  )
  const gaps = [...clock.earlier, clock]

  expect(gaps.map(({ elapsedMs }) => elapsedMs / MINUTE)).toEqual([25, 40, 25, 15])
  expect(gaps.map(({ state }) => state)).toEqual(['met', 'breached-stopped', 'met', 'met'])
})

test('what takes exactly as long as was promised is kept, a millisecond more is not', () => {
  const opened = history(['2025-06-02 09:00 opened'])
  const resolved = (at: number) => runClock(termsOf(2 * HOUR), BER, [...opened, { at, kind: 'resolved' }], LATER)

  expect(resolved(local('2025-06-02 11:00'))).toMatchObject({ state: 'met', breachedAt: null })
  expect(resolved(local('2025-06-02 11:00') + 1)).toMatchObject({
    state: 'breached-stopped',
    breachedAt: local('2025-06-02 11:00'),
  })
})

test('what is due at closing time can be kept until the next opening', () => {
  const opened = history(['2025-06-06 16:00 opened'])
  const clock = (now: string) => runClock(termsOf(2 * HOUR), BER, opened, local(now))
  const resolved = (at: string) => runClock(termsOf(2 * HOUR), BER, [...opened, ...history([`${at} resolved`])], LATER)

  expect(berlin(clock('2025-06-06 17:00').dueAt)).toBe('2025-06-06 18:00')
  expect(berlin(breachAt(clock('2025-06-06 17:00')))).toBe('2025-06-09 08:00')
  expect(clock('2025-06-08 12:00').state).toBe('running')
  expect(clock('2025-06-09 08:00').state).toBe('running')
  expect(clock('2025-06-09 08:01').state).toBe('breached-running')
  expect(resolved('2025-06-08 12:00').state).toBe('met')
})

test('the due moment stays a fact after the clock has stopped', () => {
  const met = runClock(
    termsOf(4 * HOUR),
    BER,
    history(['2025-06-02 09:00 opened'], ['2025-06-02 10:00 resolved']),
    LATER,
  )
  const held = history(['2025-06-02 09:00 opened'], ['2025-06-02 10:00 paused', waiting], ['2025-06-02 11:00 resolved'])

  expect(berlin(met.dueAt)).toBe('2025-06-02 13:00')
  expect(berlin(runClock(termsOf(4 * HOUR), BER, held, LATER).dueAt)).toBe('2025-06-02 14:00')
})

test('the response clock stops with the first answer of a person, and no wait pauses it', () => {
  const events = history(
    ['2025-06-02 09:00 opened'],
    ['2025-06-02 09:10 paused', waiting],
    ['2025-06-02 09:40 responded'],
    ['2025-06-02 12:00 resolved'],
  )
  const clock = runClock(termsOf(HOUR, { metric: 'response', pausedBy: [] }), BER, events, LATER)

  expect(clock).toMatchObject({ state: 'met', elapsedMs: 40 * MINUTE, stoppedAt: local('2025-06-02 09:40') })
  expect(clock.segments.at(-1)).toMatchObject({ kind: 'run', reason: 'awaiting-requester' })
})

test('who resolves without having answered has answered', () => {
  const events = history(['2025-06-02 09:00 opened'], ['2025-06-02 09:30 resolved'], ['2025-06-03 09:30 reopened'])

  expect(runClock(termsOf(HOUR, { metric: 'response' }), BER, events, LATER)).toMatchObject({
    state: 'met',
    elapsedMs: 30 * MINUTE,
  })
})

test('the restore clock stops when the service is usable again, the resolution clock goes on', () => {
  const events = history(['2025-06-02 09:00 opened'], ['2025-06-02 10:00 restored'])

  expect(runClock(termsOf(2 * HOUR, { metric: 'restore' }), BER, events, local('2025-06-02 12:00')).state).toBe('met')
  expect(runClock(termsOf(2 * HOUR), BER, events, local('2025-06-02 12:00')).state).toBe('breached-running')
})

test('each question is answered by itself, and asking again does not move the first one', () => {
  const events = history(
    ['2025-06-02 09:00 opened'],
    ['2025-06-02 09:00 asked'],
    ['2025-06-02 09:30 asked'],
    ['2025-06-02 10:30 responded'],
    ['2025-06-02 11:00 asked'],
    ['2025-06-02 11:20 responded'],
  )
  const clock = runClock(termsOf(HOUR, { metric: 'reply' }), BER, events, LATER)

  expect([...clock.earlier, clock].map(({ elapsedMs, state }) => [elapsedMs / MINUTE, state])).toEqual([
    [90, 'breached-stopped'],
    [20, 'met'],
  ])
})

test('waiting for our supplier is seen, and counts', () => {
  const events = history(
    ['2025-06-02 09:00 opened', { team: 'desk' }],
    ['2025-06-02 10:00 team', { team: 'network' }],
    ['2025-06-02 11:00 paused', { reason: 'awaiting-supplier' }],
    ['2025-06-02 14:00 resolved'],
  )
  const clock = runClock(termsOf(4 * HOUR), BER, events, LATER)

  expect(clock).toMatchObject({ state: 'breached-stopped', elapsedMs: 5 * HOUR })
  expect(timeByHolder(clock)).toEqual([
    { team: 'desk', reason: null, elapsedMs: HOUR },
    { team: 'network', reason: null, elapsedMs: HOUR },
    { team: 'network', reason: 'awaiting-supplier', elapsedMs: 3 * HOUR },
  ])
})

test('a pause that begins when the target is missed already changes nothing', () => {
  const events = history(['2025-06-02 09:00 opened'], ['2025-06-02 12:00 paused', waiting])

  expect(runClock(termsOf(2 * HOUR), BER, events, local('2025-06-02 15:00'))).toMatchObject({
    state: 'breached-running',
    dueAt: local('2025-06-02 11:00'),
    elapsedMs: 3 * HOUR,
  })
})

test('warnings come when their share of the time is used, over nights and pauses', () => {
  const events = history(
    ['2025-06-02 16:00 opened'],
    ['2025-06-03 09:00 paused', waiting],
    ['2025-06-03 10:00 resumed'],
  )
  const clock = (now: string) => runClock(termsOf(8 * HOUR), BER, events, local(now))
  const shares = (now: string) => [5000, 7500, 9000, 10_000].map((share) => berlin(thresholdAt(clock(now), share)))

  expect(shares('2025-06-02 17:00')).toEqual([
    '2025-06-03 10:00',
    '2025-06-03 12:00',
    '2025-06-03 13:12',
    '2025-06-03 14:00',
  ])
  expect(shares('2025-06-03 09:30')).toEqual([null, null, null, null])
  expect(shares('2025-06-03 13:30')).toEqual([
    '2025-06-03 11:00',
    '2025-06-03 13:00',
    '2025-06-03 14:12',
    '2025-06-03 15:00',
  ])
})

test('what stopped in time warns of nothing more', () => {
  const clock = runClock(
    termsOf(8 * HOUR),
    BER,
    history(['2025-06-02 09:00 opened'], ['2025-06-02 14:00 resolved']),
    LATER,
  )

  expect([5000, 7500].map((share) => berlin(thresholdAt(clock, share)))).toEqual(['2025-06-02 13:00', null])
  expect(breachAt(clock)).toBeNull()
})

test('events that are still to come have not happened yet', () => {
  const events = history(['2025-06-02 09:00 opened'], ['2025-06-02 12:00 resolved'])

  expect(runClock(termsOf(8 * HOUR), BER, events, local('2025-06-02 08:00')).state).toBe('not-started')
  expect(runClock(termsOf(8 * HOUR), BER, events, local('2025-06-02 11:00'))).toMatchObject({
    state: 'running',
    elapsedMs: 2 * HOUR,
  })
})

test('a calendar without a further opening makes nothing due', () => {
  const never = compileCalendar(hours('08:00', '18:00', 0))
  const clock = runClock(termsOf(HOUR), never, history(['2025-06-02 09:00 opened']), LATER)

  expect(clock).toMatchObject({ state: 'running', dueAt: null, elapsedMs: 0 })
  expect(breachAt(clock)).toBeNull()
})

test('a target of nothing is kept by what takes no service time', () => {
  const events = history(['2025-06-02 19:00 opened'], ['2025-06-02 20:00 resolved'])

  expect(runClock(termsOf(0), BER, events, LATER)).toMatchObject({ state: 'met', dueAt: local('2025-06-02 19:00') })
  expect(runClock(termsOf(0), BER, events.slice(0, 1), local('2025-06-03 09:00')).state).toBe('breached-running')
})

test('a due moment at closing time is shown at the next opening where the agreement says so', () => {
  const terms = termsOf(2 * HOUR, { boundary: 'next-opening' })
  const opened = history(['2025-06-06 16:00 opened'])

  expect(berlin(runClock(terms, BER, opened, local('2025-06-06 17:00')).dueAt)).toBe('2025-06-09 08:00')
  expect(runClock(terms, BER, [...opened, ...history(['2025-06-07 12:00 resolved'])], LATER)).toMatchObject({
    state: 'met',
    dueAt: local('2025-06-09 08:00'),
  })
})

test('a year of waiting is a year of waiting', () => {
  const events = history(['2025-06-02 09:00 opened'], ['2025-06-02 09:00 paused', waiting])

  expect(runClock(termsOf(HOUR), BER, events, local('2025-06-02 09:00') + 365 * DAY)).toMatchObject({
    state: 'paused',
    elapsedMs: 0,
  })
})

test.each([
  ['until it is due', [], '2025-06-04 15:00'],
  [
    'a pause of an hour moves it by an hour',
    [
      ['2025-06-02 16:00 paused', { reason: 'appointment' }],
      ['2025-06-02 17:00 resumed', { reason: 'appointment' }],
    ],
    '2025-06-04 16:00',
  ],
  [
    'a new priority counts its own days from the change',
    [['2025-06-02 16:00 priority', { priority: 'p1', priorityReason: 'worsened' }]],
    '2025-06-03 18:00',
  ],
] as const)('a target in working days is counted from each start: %s', (_, more, due) => {
  const byPriority = {
    p1: { targetMs: 0, open: BER, days: { count: 1, end: 'closing' } },
    p3: { targetMs: 0, open: BER, days: { count: 2, end: 'same-time' } },
  } as const
  const events = history(['2025-06-02 15:00 opened', { priority: 'p3' }], ...more)
  expect(berlin(runClock(termsOf(0, { byPriority }), BER, events, local('2025-06-02 18:00')).dueAt)).toBe(due)
})
