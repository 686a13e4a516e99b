import { expect, test } from 'vitest'
import { compileCalendar, compileVersions, type CalendarRules } from '#core/calendar.ts'
import { berlin, history, HOUR, hours, local, termsOf } from '#core/clock-testing.ts'
import { runClock } from '#core/clock.ts'
import { clockSummary } from '#core/explanation-summary.ts'
import { explainClock } from '#core/explanation.ts'

const LATER = local('2030-01-01 00:00')

const sentences = (
  events: ReturnType<typeof history>,
  targetMs = 8 * HOUR,
  rules: CalendarRules = hours('08:00', '18:00'),
) => {
  const open = compileCalendar(rules)
  return explainClock(runClock(termsOf(targetMs), open, events, LATER), open, { language: 'en' })
}

test('closed time is called by what it is', () => {
  const rules: CalendarRules = {
    timeZone: 'Europe/Berlin',
    week: Array.from({ length: 7 }, (_, day) =>
      day < 4
        ? [
            { opens: 480, closes: 720 },
            { opens: 780, closes: 1080 },
          ]
        : [],
    ),
    exceptions: [
      { date: '2025-06-09', windows: [], label: 'Pfingstmontag' },
      { date: '2025-06-10', windows: [], label: '' },
    ],
  }
  const steps = sentences(history(['2025-06-02 11:00 opened'], ['2025-06-17 09:00 resolved']), 99 * HOUR, rules)
  const closed = steps.filter(({ kind }) => kind === 'closed')

  expect(closed.slice(0, 3).map(({ reason, sentence }) => [reason, sentence])).toEqual([
    ['break', 'Closed: hours are Mon–Thu 08:00–12:00 and 13:00–18:00, Europe/Berlin.'],
    ['night', 'Closed overnight.'],
    ['break', 'Closed between hours.'],
  ])
  expect(closed.map(({ sentence }) => sentence)).toContain('Closed: Pfingstmontag, Tue 10 Jun.')
  // Friday to Sunday is more than a weekend.
  expect(closed.filter(({ reason }) => reason === 'longer').map(({ from }) => berlin(from))).toEqual([
    '2025-06-12 18:00',
  ])
})

test('a start before opening waits for it', () => {
  expect(
    sentences(history(['2025-06-02 06:00 opened'], ['2025-06-02 09:00 resolved'])).map(({ reason, sentence }) => [
      reason,
      sentence,
    ]),
  ).toEqual([
    ['night', 'Closed: hours are Mon–Fri 08:00–18:00, Europe/Berlin.'],
    [null, 'Ran from logging until the resolution.'],
  ])
})

test('new hours are told when they begin to hold', () => {
  const change = local('2025-07-01 00:00')
  const open = compileVersions([
    { rules: hours('08:00', '18:00'), from: -Infinity, to: change },
    { rules: hours('06:00', '22:00'), from: change, to: Infinity },
  ])
  const clock = runClock(
    termsOf(40 * HOUR),
    open,
    history(['2025-06-30 17:00 opened'], ['2025-07-02 07:00 resolved']),
    LATER,
  )

  expect(explainClock(clock, open, { language: 'en' }).map(({ sentence }) => sentence)).toEqual([
    'Ran from logging until closing time.',
    'Closed: hours are Mon–Fri 08:00–18:00, Europe/Berlin.',
    'Ran.',
    'Closed: hours are Mon–Fri 06:00–22:00, Europe/Berlin.',
    'Ran until the resolution.',
  ])
})

test('a calendar that never opens says so', () => {
  const open = compileCalendar(hours('08:00', '18:00', 0))
  const clock = runClock(termsOf(HOUR), open, history(['2025-06-02 09:00 opened']), local('2025-06-03 09:00'))

  expect(explainClock(clock, open, { language: 'en' }).map(({ sentence }) => sentence)).toEqual([
    'Closed: this calendar never opens.',
  ])
  expect(clockSummary(clock, open, { language: 'en' })).toContain('the calendar never opens again')
})
