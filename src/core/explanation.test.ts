import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { compileCalendar, type CalendarRules } from '#core/calendar.ts'
import { wholeSeconds } from '#core/clock-text.ts'
import {
  ALWAYS,
  BER,
  berlin,
  history,
  HOUR,
  hours,
  local,
  MONDAY,
  RUNS,
  someHistory,
  someRules,
  termsOf,
} from '#core/clock-testing.ts'
import { runClock } from '#core/clock.ts'
import { clockSummary, explainLeft } from '#core/explanation-summary.ts'
import { explainClock, FOLD_FROM } from '#core/explanation.ts'
import type { Language } from '#core/text.ts'

// Laws are tried many times; on a busy machine that takes its time.
vi.setConfig({ testTimeout: 60_000 })

const LATER = local('2030-01-01 00:00')
const waiting = { reason: 'awaiting-requester' } as const
const teams = new Map([
  ['a', 'Site IT Hamburg'],
  ['b', 'Network EU'],
])

const ticket = history(
  ['2026-11-06 14:10 opened', { team: 'a' }],
  ['2026-11-09 08:00 team', { team: 'b' }],
  ['2026-11-09 09:30 paused', waiting],
  ['2026-11-09 13:00 resumed'],
  ['2026-11-09 14:20 paused', { reason: 'awaiting-supplier' }],
)
const running = runClock(termsOf(16 * HOUR), BER, ticket, local('2026-11-10 10:42'))

const told = (language: Language) =>
  explainClock(running, BER, { language, teams }).map(({ from, kind, countedSeconds, elapsedSeconds, sentence }) => [
    berlin(from)!.slice(5),
    kind,
    countedSeconds / 60,
    elapsedSeconds / 60,
    sentence,
  ])

test('a ticket over a weekend is told step by step', () => {
  expect(told('en')).toEqual([
    ['11-06 14:10', 'run', 230, 230, 'Ran from logging with team Site IT Hamburg until closing time.'],
    ['11-06 18:00', 'closed', 0, 230, 'Closed: hours are Mon–Fri 08:00–18:00, Europe/Berlin.'],
    ['11-09 08:00', 'run', 90, 320, 'Ran with team Network EU.'],
    ['11-09 09:30', 'pause', 0, 320, 'Paused 3 h 30 min: waiting for the requester.'],
    ['11-09 13:00', 'run', 80, 400, 'Ran with team Network EU.'],
    [
      '11-09 14:20',
      'run',
      220,
      620,
      'Ran with team Network EU. On hold meanwhile (waiting for our supplier), which does not pause this clock.',
    ],
    ['11-09 18:00', 'closed', 0, 620, 'Closed overnight.'],
    [
      '11-10 08:00',
      'run',
      162,
      782,
      'Runs with team Network EU. On hold meanwhile (waiting for our supplier), which does not pause this clock.',
    ],
  ])
})

test('the same in German', () => {
  expect(told('de').map((step) => step.at(-1))).toEqual([
    'Lief ab der Erfassung beim Team Site IT Hamburg bis zum Ende der Servicezeit.',
    'Geschlossen: Servicezeit ist Mo.–Fr. 08:00–18:00, Europe/Berlin.',
    'Lief beim Team Network EU.',
    '3 Std. 30 Min. angehalten: Warten auf die meldende Person.',
    'Lief beim Team Network EU.',
    'Lief beim Team Network EU. Währenddessen zurückgestellt (Warten auf unseren Lieferanten); das hält diese Uhr nicht an.',
    'Über Nacht geschlossen.',
    'Läuft beim Team Network EU. Währenddessen zurückgestellt (Warten auf unseren Lieferanten); das hält diese Uhr nicht an.',
  ])
})

test('what is left and where it stands is said in both languages', () => {
  expect(explainLeft(running, BER, { language: 'en' })).toMatchObject({
    to: local('2026-11-10 13:40'),
    countedSeconds: 178 * 60,
    sentence: 'Left until Tue 10 Nov 13:40, if nothing pauses it: 2 h 58 min.',
  })
  expect(clockSummary(running, BER, { language: 'en' })).toBe('Runs. 13 h 2 min of 16 h used; due Tue 10 Nov 13:40.')
  expect(clockSummary(running, BER, { language: 'de' })).toBe(
    'Läuft. 13 Std. 2 Min. von 16 Std. verbraucht; fällig Di., 10. Nov., 13:40.',
  )
  expect(clockSummary(running, BER, { language: 'en', zone: 'America/New_York' })).toContain('due Tue 10 Nov 07:40.')
})

test('without names no team is named', () => {
  expect(explainClock(running, BER, { language: 'en' })[0]!.sentence).toBe('Ran from logging until closing time.')
})

const sentences = (events: ReturnType<typeof history>, targetMs = 8 * HOUR, now = LATER) =>
  explainClock(runClock(termsOf(targetMs), BER, events, now), BER, { language: 'en' })

test('a pause says how much of it was service time', () => {
  const events = history(
    ['2025-06-06 14:00 opened'],
    ['2025-06-06 15:50 paused', waiting],
    ['2025-06-09 08:00 resumed'],
    ['2025-06-09 10:00 resolved'],
  )

  expect(sentences(events)[1]).toMatchObject({
    kind: 'pause',
    countedSeconds: 0,
    sentence:
      'Paused 2 h 10 min of service time: waiting for the requester. A further 62 h fell outside service hours and had no effect.',
  })
})

test('a pause outside service hours says that it has no effect', () => {
  const events = history(
    ['2025-06-06 14:00 opened'],
    ['2025-06-06 19:00 paused', waiting],
    ['2025-06-08 12:00 resumed'],
    ['2025-06-09 10:00 resolved'],
  )

  expect(sentences(events).map(({ kind, sentence }) => [kind, sentence])).toEqual([
    ['run', 'Ran from logging until closing time.'],
    ['closed', 'Closed: hours are Mon–Fri 08:00–18:00, Europe/Berlin.'],
    ['pause', 'Paused outside service hours: waiting for the requester. This has no effect.'],
    ['closed', 'Closed over the weekend.'],
    ['run', 'Ran until the resolution.'],
  ])
})

test('a pause that lasts, and one that comes too late, say so', () => {
  const paused = history(['2025-06-02 09:00 opened'], ['2025-06-02 10:00 paused', waiting])
  const late = history(
    ['2025-06-02 09:00 opened'],
    ['2025-06-02 12:00 paused', waiting],
    ['2025-06-02 13:00 resumed'],
    ['2025-06-02 14:00 resolved'],
  )

  expect(sentences(paused, 8 * HOUR, local('2025-06-02 11:30')).at(-1)!.sentence).toBe(
    'Is paused, so far 1 h 30 min: waiting for the requester.',
  )
  expect(sentences(late, 2 * HOUR).map(({ sentence }) => sentence)).toEqual([
    'Ran from logging. The target of 2 h was used up by Mon 2 Jun 11:00; what counts after that is too much.',
    'Paused 1 h: waiting for the requester. The target had been missed before.',
    'Ran until the resolution.',
  ])
})

test('a reopened ticket tells that it was resolved in between', () => {
  const events = history(
    ['2025-06-02 09:00 opened'],
    ['2025-06-02 10:00 resolved'],
    ['2025-06-02 12:00 reopened'],
    ['2025-06-02 13:00 resolved'],
  )
  const gross = runClock(termsOf(2 * HOUR, { reopen: 'gross' }), BER, events, LATER)

  expect(sentences(events, 2 * HOUR).map(({ sentence }) => sentence)).toEqual([
    'Ran from logging.',
    'Paused 2 h: resolved, until it was reopened.',
    'Ran again after the reopening until the resolution.',
  ])
  expect(explainClock(gross, BER, { language: 'en' })[1]!.sentence).toContain(
    'the agreement counts until the final resolution',
  )
})

test('time carried over in proportion is a step of its own', () => {
  const clock = runClock(
    termsOf(16 * HOUR, {
      onPriorityChange: { correction: 'proportional', worsened: 'proportional', eased: 'proportional' },
      byPriority: { p3: { targetMs: 16 * HOUR, open: BER }, p1: { targetMs: 4 * HOUR, open: ALWAYS } },
    }),
    BER,
    history(['2025-06-02 10:00 opened', { priority: 'p3' }], ['2025-06-02 13:00 priority', { priority: 'p1' }]),
    local('2025-06-02 14:00'),
  )
  const steps = explainClock(clock, clock.open, { language: 'en' })

  expect(steps.map(({ reason, countedSeconds, sentence }) => [reason, countedSeconds / 60, sentence])).toEqual([
    ['carried', 45, 'Carried over from the former priority, in proportion: 45 min.'],
    [null, 60, 'Runs.'],
  ])
})

test('a ticket of half a year folds into what a person reads, with the holidays it saw', () => {
  const rules: CalendarRules = {
    ...hours('08:00', '18:00'),
    exceptions: [{ date: '2025-12-25', windows: [], label: '1. Weihnachtstag' }],
  }
  const open = compileCalendar(rules)
  const events = history(
    ['2025-11-03 14:00 opened', { team: 'a' }],
    ['2025-11-12 12:00 paused', waiting],
    ['2025-11-17 12:00 resumed'],
    ['2026-05-06 12:00 resolved'],
  )
  const clock = runClock(termsOf(100 * HOUR), open, events, LATER)
  const steps = explainClock(clock, open, { language: 'de', teams, fold: true })

  expect(explainClock(clock, open, { language: 'de', teams }).length).toBeGreaterThan(200)
  expect(steps.length).toBeLessThanOrEqual(FOLD_FROM)
  expect(steps[0]!.sentence).toBe(
    'Lief an 8 Arbeitstagen beim Team Site IT Hamburg; Servicezeit ist Mo.–Fr. 08:00–18:00, Europe/Berlin.',
  )
  expect(steps.at(-1)!.sentence).toContain('Geschlossen an: 1. Weihnachtstag.')
  expect(steps.reduce((sum, { countedSeconds }) => sum + countedSeconds, 0)).toBe(wholeSeconds(clock.elapsedMs))
})

test.each([
  ['not-started', '2025-06-02 08:00', 'Has not started.', 'Hat noch nicht begonnen.'],
  [
    'paused',
    '2025-06-02 10:30',
    'Is paused. 1 h of 2 h used, 1 h left.',
    'Ist angehalten. 1 Std. von 2 Std. verbraucht, 1 Std. übrig.',
  ],
  [
    'breached-running',
    '2025-06-02 13:00',
    'Missed and still open. 3 h used against a target of 2 h; it was due Mon 2 Jun 12:00.',
    'Verfehlt und noch offen. 3 Std. verbraucht bei einem Ziel von 2 Std.; fällig war sie Mo., 2. Juni, 12:00.',
  ],
  [
    'breached-stopped',
    '2025-06-02 15:00',
    'Missed by 1 h 30 min. 3 h 30 min used against a target of 2 h; it was due Mon 2 Jun 12:00.',
    'Um 1 Std. 30 Min. verfehlt. 3 Std. 30 Min. verbraucht bei einem Ziel von 2 Std.; fällig war sie Mo., 2. Juni, 12:00.',
  ],
])('says that a clock is %s', (state, now, english, german) => {
  const events = history(
    ['2025-06-02 09:00 opened'],
    ['2025-06-02 10:00 paused', waiting],
    ['2025-06-02 11:00 resumed'],
    ['2025-06-02 13:30 resolved'],
  )
  const clock = runClock(termsOf(2 * HOUR), BER, events, local(now))

  expect(clock.state).toBe(state)
  expect(clockSummary(clock, BER, { language: 'en' })).toBe(english)
  expect(clockSummary(clock, BER, { language: 'de' })).toBe(german)
})

test('law: the steps follow each other without a gap and add up to the second, folded or not', () => {
  fc.assert(
    fc.property(
      someRules(MONDAY),
      someHistory,
      fc.integer({ min: 0, max: 12 * 24 * HOUR }),
      fc.boolean(),
      (rules, events, passed, fold) => {
        const open = compileCalendar(rules)
        const shifted = events.map((event, index) => ({ ...event, at: event.at + index * 137 }))
        const clock = runClock(termsOf(8 * HOUR), open, shifted, MONDAY + passed)
        const steps = explainClock(clock, open, { language: 'en', fold })
        let [elapsed, from] = [0, clock.segments[0]?.from ?? 0]
        const sums: number[] = []
        const starts: number[] = []
        for (const step of steps) {
          elapsed += step.countedSeconds
          sums.push(elapsed)
          starts.push(from)
          from = step.to
        }
        // All steps at once: to expect something takes longer than to count it.
        expect(steps.map((step) => step.elapsedSeconds)).toEqual(sums)
        expect(steps.map((step) => step.from)).toEqual(starts)
        expect(Math.min(0, ...steps.map((step) => step.countedSeconds))).toBe(0)
        expect(elapsed).toBe(wholeSeconds(clock.elapsedMs))
        expect(from).toBe(clock.segments.at(-1)?.to ?? 0)
      },
    ),
    { numRuns: RUNS },
  )
})
