import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { checkCases } from '#core/clock-cases.ts'
import { compileCalendar } from '#core/calendar.ts'
import { runClock } from '#core/clock.ts'
import { hours, local, termsOf } from '#core/clock-testing.ts'
import type { ClockEvent } from '#core/clock-terms.ts'

const shared = new URL('../../../shared/', import.meta.url)
const casesFile = new URL('cases/service_level_cases.json', shared)
const goldenFile = new URL('data/bpi2014/service_hours_golden.csv', shared)

const calendars = {
  office: {
    tz: 'Europe/Berlin',
    week: Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, [['09:00', '17:00']]])),
    recurring_holidays: ['12-25', '02-29'],
    date_overrides: { '2025-12-24': [['09:00', '12:00']] },
    breaks: { '2025-06-03': [['12:00', '13:00']] },
  },
  night: { tz: 'UTC', week: { fri: [['22:00', '06:00']] } },
}

const run = (...cases: readonly object[]) =>
  checkCases({
    calendars,
    cases: cases.map((one, index) => ({ id: `case-${index}`, title: '', calendar: 'office', tier: 'core', ...one })),
  })

test.each([
  [
    'a due moment',
    {
      kind: 'due',
      input: { start: '2025-06-02T14:00:00Z', duration_s: 7200 },
      expect: { due: '2025-06-03T08:00:00Z' },
    },
  ],
  [
    'a break on one date',
    {
      kind: 'due',
      input: { start: '2025-06-03T09:00:00Z', duration_s: 7200 },
      expect: { due: '2025-06-03T12:00:00Z' },
    },
  ],
  ['a holiday of every year', { kind: 'is_open', input: { at: '2031-12-25T10:00:00Z' }, expect: { open: false } }],
  [
    'other hours on a date',
    { kind: 'prev_close', input: { at: '2025-12-24T15:00:00Z' }, expect: { at: '2025-12-24T11:00:00Z' } },
  ],
  [
    'a night that ends the next morning',
    {
      calendar: 'night',
      kind: 'windows',
      input: { from: '2025-06-06T00:00:00Z' },
      expect: { windows: [['2025-06-06T22:00:00Z', '2025-06-07T06:00:00Z']] },
    },
  ],
  [
    'pauses that overlap',
    {
      kind: 'elapsed',
      input: {
        start: '2025-06-02T08:00:00Z',
        end: '2025-06-02T12:00:00Z',
        pauses: [
          ['2025-06-02T09:00:00Z', '2025-06-02T10:00:00Z'],
          ['2025-06-02T09:30:00Z', '2025-06-02T10:30:00Z'],
        ],
      },
      expect: { elapsed_s: 9000 },
    },
  ],
  [
    'a pause without an end',
    {
      kind: 'due',
      input: { start: '2025-06-02T08:00:00Z', duration_s: 3600, pauses: [['2025-06-02T08:30:00Z', null]] },
      expect: { due: null },
    },
  ],
  [
    'running statuses',
    {
      kind: 'elapsed',
      input: {
        start: '2025-06-02T08:00:00Z',
        end: '2025-06-02T12:00:00Z',
        events: [
          { at: '2025-06-02T08:00:00Z', status: 'New' },
          { at: '2025-06-02T09:00:00Z', status: 'Hold' },
          { at: '2025-06-02T11:00:00Z', status: 'Work' },
        ],
        running_statuses: ['New', 'Work'],
      },
      expect: { elapsed_s: 7200, target_s: 7000, breached: true },
    },
  ],
  [
    'working days with the clock time kept',
    {
      kind: 'due',
      tier: 'convention',
      input: { start: '2025-06-05T18:00:00Z', duration_s: 0, working_days: 2, keep_clock_time: true },
      expect: { due: '2025-06-09T18:00:00Z' },
    },
  ],
  [
    'working days within hours',
    {
      kind: 'due',
      tier: 'convention',
      input: { start: '2025-06-05T18:00:00Z', duration_s: 0, working_days: 2 },
      expect: { due: '2025-06-10T07:00:00Z' },
    },
  ],
  [
    'the next opening as boundary',
    {
      kind: 'due',
      tier: 'convention',
      boundary: 'next_opening',
      input: { start: '2025-06-02T14:00:00Z', duration_s: 3600 },
      expect: { due: '2025-06-03T07:00:00Z' },
    },
  ],
  [
    'what is to be refused',
    { kind: 'invalid_input', calendar: null, title: 'close time 24:01 rejected', expect: { error: true } },
  ],
  [
    'a unit that is none',
    { kind: 'invalid_input', calendar: null, input: { unit_values: { Months: 1 } }, expect: { error: true } },
  ],
  [
    'a quirk by its reference value',
    {
      kind: 'elapsed',
      tier: 'vendor_quirk',
      reference_value: 3600,
      input: { start: '2025-06-02T08:00:00Z', end: '2025-06-02T09:00:00Z' },
      expect: { elapsed_s: 4000 },
    },
  ],
])('reads %s', (_, one) => {
  expect(run(one)).toEqual({ lines: [], passed: 1, failed: 0, coreFailed: 0, unchecked: 0 })
})

test.each([
  [
    'another due moment',
    {
      kind: 'due',
      input: { start: '2025-06-02T14:00:00Z', duration_s: 7200 },
      expect: { due: '2025-06-03T08:00:01Z' },
    },
  ],
  [
    'a second more',
    {
      kind: 'elapsed',
      input: { start: '2025-06-02T08:00:00Z', end: '2025-06-02T09:00:00Z' },
      expect: { elapsed_s: 3601 },
    },
  ],
  [
    'a valid input called invalid',
    { kind: 'invalid_input', input: { unit_values: { Hours: 2 } }, expect: { error: true } },
  ],
  [
    'a calendar that is not there',
    { kind: 'is_open', calendar: 'nowhere', input: { at: '2025-06-02T14:00:00Z' }, expect: { open: true } },
  ],
  ['a moment that is none', { kind: 'is_open', input: { at: 'noon' }, expect: { open: true } }],
  ['nothing to compare', { kind: 'due', input: { start: '2025-06-02T14:00:00Z', duration_s: 7200 }, expect: {} }],
  [
    'a wrong escalation',
    {
      kind: 'due',
      input: { start: '2025-06-02T14:00:00Z', duration_s: 7200 },
      expect: { due: '2025-06-03T08:00:00Z', escalation: { offset_s: 60, at: '2025-06-03T08:00:00Z' } },
    },
  ],
  [
    'a wrong verdict',
    {
      kind: 'elapsed',
      input: { start: '2025-06-02T08:00:00Z', end: '2025-06-02T09:00:00Z' },
      expect: { elapsed_s: 3600, target_s: 3600, breached: true },
    },
  ],
])('complains about %s', (_, one) => {
  const { lines, failed, coreFailed } = run(one)

  expect([lines.length, failed, coreFailed]).toEqual([1, 1, 1])
})

test('a convention or a quirk that fails is no failure of the core', () => {
  const wrong = {
    kind: 'elapsed',
    input: { start: '2025-06-02T08:00:00Z', end: '2025-06-02T09:00:00Z' },
    expect: { elapsed_s: 1 },
  }

  expect(run({ ...wrong, tier: 'convention' }, { ...wrong, tier: 'vendor_quirk' })).toMatchObject({
    failed: 2,
    coreFailed: 0,
  })
})

test('what is said in words that nobody reads is neither passed nor failed', () => {
  const report = run(
    { kind: 'behaviour', title: 'the moon is full', expect: { rule: 'due=moonrise' } },
    { kind: 'horoscope', expect: { luck: true } },
  )

  expect(report).toMatchObject({ passed: 0, failed: 0, unchecked: 2 })
  expect(report.lines).toHaveLength(2)
})

test('a behaviour in words fails when the figures in them are not what the engine does', () => {
  const mails = (seconds: number) => ({
    kind: 'behaviour',
    title: 'mails: customer 04:00, agent 04:15, customer 05:00, agent 05:05 + close 05:05',
    expect: { avg_response_s: seconds, resolution_s: 3900, user_resolution_s: 1200 },
  })

  expect(run(mails(600))).toMatchObject({ passed: 1 })
  expect(run(mails(601))).toMatchObject({ failed: 1 })
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

test('hours from midnight to midnight are a day, those from any other time to itself are none', () => {
  const at = (from: string) => ({
    kind: 'due',
    calendar: { week: { mon: [[from, from]], tue: [['09:00', '17:00']] } },
    input: { start: '2025-06-02T00:00:00Z', duration_s: 3600 },
  })

  expect(run({ ...at('00:00'), expect: { due: '2025-06-02T01:00:00Z' } })).toMatchObject({ passed: 1 })
  expect(run({ ...at('10:00'), expect: { due: '2025-06-03T10:00:00Z' } })).toMatchObject({ passed: 1 })
})

test('moments that name no zone are meant in UTC, wherever the cases are run', () => {
  const program = `
    const { momentOf } = await import('${new URL('./clock-case-input.ts', import.meta.url).href}')
    console.log(['2025-06-02T08:00:00', '2025-06-02 08:00 UTC', '2025-06-02T10:00:00.000+02:00'].map(momentOf).join())`
  const options = { env: { ...process.env, TZ: 'America/New_York' }, encoding: 'utf8' } as const
  const told = execFileSync(process.execPath, ['--input-type=module', '-e', program], options)

  expect(told.trim().split(',')).toEqual(Array.from({ length: 3 }, () => String(Date.UTC(2025, 5, 2, 8))))
})

describe.skipIf(!existsSync(casesFile))('with the collected cases (../shared/cases)', () => {
  test('each of the core, each convention under its option, each quirk by its reference value', () => {
    const report = checkCases(JSON.parse(readFileSync(casesFile, 'utf8')))

    expect(report.lines).toEqual([])
    expect(report).toMatchObject({ passed: 508, failed: 0, coreFailed: 0, unchecked: 0 })
  })
})

describe.skipIf(!existsSync(goldenFile))('with the service hours of a bank (../shared/data/bpi2014)', () => {
  test('all 1,302 handling times are right to the second', () => {
    const years = [2011, 2012, 2013, 2014]
    const holidays = years.flatMap((year) => [`${year}-01-01`, `${year}-12-25`, `${year}-12-26`])
    const open = compileCalendar(hours('07:30', '18:00', 5, 'Europe/Amsterdam', holidays))
    const [head, ...rows] = readFileSync(goldenFile, 'utf8').trim().split('\n')
    const column = (name: string) => head!.split(',').indexOf(name)
    const moment = (text: string | undefined) => local(text!, 'Europe/Amsterdam')
    const always = compileCalendar(hours('00:00', '24:00', 7))
    const counted = rows.map((row) => {
      const cells = row.trim().split(',')
      const [opened, stopped] = ['open_time_local', 'stop_time_local'].map((name) => moment(cells[column(name)]))
      const events: ClockEvent[] = [
        { at: opened!, kind: 'opened' },
        { at: stopped!, kind: 'resolved' },
      ]
      const isWindow = cells[column('class')] === 'window'
      return {
        isClean: isWindow && cells[column('stop_source')] === 'close_time',
        seconds: runClock(termsOf(1), isWindow ? open : always, events, stopped!).elapsedMs / 1000,
        reported: Number(cells[column('handle_seconds')]),
        model: Number(cells[column('model_seconds')]),
      }
    })

    expect(counted.filter(({ seconds, model }) => seconds !== model)).toEqual([])
    const clean = counted.filter(({ isClean }) => isClean)
    expect(clean).toHaveLength(1302)
    // The source rounds hours to ten digits.
    expect(clean.filter(({ seconds, reported }) => Math.abs(seconds - reported) > 1)).toEqual([])
  })
})
