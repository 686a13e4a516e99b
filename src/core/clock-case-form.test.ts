import { expect, test } from 'vitest'
import { checkCases } from '#core/clock-cases.ts'

const calendars = {
  office: {
    tz: 'Europe/Berlin',
    week: Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, [['09:00', '17:00']]])),
  },
}

const run = (...cases: readonly object[]) =>
  checkCases({
    calendars,
    cases: cases.map((one, index) => ({ id: `case-${index}`, title: '', calendar: 'office', tier: 'core', ...one })),
  })

test('a file of another form is refused, a case of another form fails by itself', () => {
  expect(() => checkCases({ tests: [] })).toThrow('These are no cases (cases: ')
  expect(run({ kind: 5 }, { kind: 'is_open', input: { at: '2025-06-02 07:00 UTC' }, expect: { open: true } })).toEqual({
    lines: [expect.stringContaining('case-0: not of the form of a case (kind: ')],
    passed: 1,
    failed: 1,
    coreFailed: 1,
    unchecked: 0,
  })
})

test('a case without an id is called by its place, one without a tier is of the core, and neither spoils the others', () => {
  const right = { kind: 'is_open', calendar: 'office', input: { at: '2025-06-02T07:00:00Z' }, expect: { open: true } }
  const wrong = { ...right, expect: { open: false } }
  const report = checkCases({ calendars: { ...calendars, none: 5 }, cases: [right, 'words', null, wrong] })

  expect(report).toMatchObject({ passed: 1, failed: 3, coreFailed: 3 })
  expect(report.lines).toEqual([
    expect.stringContaining('number 2: not of the form of a case ('),
    expect.stringContaining('number 3: not of the form of a case ('),
    'failed (core)  is_open number 4: expected open false, got true.',
  ])
})

const asked = { start: '2025-06-02T08:00:00Z', duration_s: 3600 }

test.each([
  ['a boundary that there is not', { boundary: 'rolling' }, 'boundary is closing or next_opening, not rolling'],
  ['another way of days', { input: { ...asked, working_days: 1, day_overflow: 'round' } }, 'not round'],
  ['a day that no month has', { input: { ...asked, start: '2025-02-30T08:00:00Z' } }, 'is no moment'],
  ['a zone that there is not', { calendar: { tz: 'Mars/Phobos', week: {} } }, 'There is no time zone Mars/Phobos'],
  ['a day of the week that there is not', { calendar: { week: { monday: [] } } }, 'monday is no day of the week'],
  ['no calendar', { calendar: null }, 'the case names no calendar'],
  ['no moment', { input: { duration_s: 60 } }, 'a moment is missing'],
  ['no duration', { input: { start: asked.start } }, 'no duration is said'],
  ['half a working day', { input: { ...asked, working_days: 1.5 } }, 'input.working_days: '],
  ['an option that nobody reads', { input: { ...asked, half_days: true } }, ' (not read: half_days)'],
  ['a date that is none', { kind: 'is_working_day', input: { date: '2025-02-30' } }, '2025-02-30 is no date'],
  ['hours that are none', { calendar: { week: { mon: 'all day' } } }, 'the calendar is none (week.mon: '],
])('says what it does not know: %s', (_, one, words) => {
  const { lines } = run({ kind: 'due', input: asked, expect: { due: null }, ...one })

  expect(lines).toEqual([expect.stringContaining(words)])
})

test.each([
  ['a pause that ends before it begins', { input: { pauses: [['2025-06-02T10:00:00Z', '2025-06-02T09:00:00Z']] } }],
  ['a stop before the start', { input: { start: '2025-06-02T10:00:00Z', end: '2025-06-02T09:00:00Z' } }],
  ['hours from nine to nine', { calendar: { week: { mon: [['09:00', '09:00']] } } }],
  ['a zone in the title', { calendar: null, title: 'time zone Mars/Phobos is refused' }],
  ['a calendar without hours', { calendar: { week: {} } }],
])('takes as invalid %s', (_, one) => {
  expect(run({ kind: 'invalid_input', expect: { error: true }, ...one })).toMatchObject({ passed: 1 })
})

test.each([
  'closing before opening is rejected',
  'end time not after the start',
  'malformed opening time',
  'invalid holiday',
  'zero duration is an error',
  'unknown timezone',
  'no working days',
  'overlapping hours',
])('takes as invalid what the title names, for the engine refuses it: %s', (title) => {
  const one = { kind: 'invalid_input', calendar: null, title, input: {}, expect: { error: true } }
  expect(run(one)).toMatchObject({ passed: 1 })
  expect(run({ ...one, title: 'a calendar with a holiday' })).toMatchObject({ failed: 1 })
})
