import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { checkCases } from '#core/clock-cases.ts'

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
