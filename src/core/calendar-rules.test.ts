import { expect, test } from 'vitest'
import { checkRules, type CalendarRules } from '#core/calendar.ts'
import { sayClock } from '#core/clock-text.ts'
import { hours } from '#core/clock-testing.ts'

const good = hours('08:00', '18:00')
const monday = (windows: CalendarRules['week'][number]) => ({ ...good, week: [windows, ...good.week.slice(1)] })

test.each([
  ['an unknown zone', { ...good, timeZone: 'Mars/Olympus' }, 'zone-unknown', 'timeZone'],
  ['a week of six days', { ...good, week: good.week.slice(1) }, 'week-incomplete', 'week'],
  ['an hour that is none', monday([{ opens: 1500, closes: 1600 }]), 'window-no-time', 'week.0.0'],
  ['half a minute', monday([{ opens: 480.5, closes: 600 }]), 'window-no-time', 'week.0.0'],
  [
    'a window that ends before it begins',
    monday([{ opens: 600, closes: 480 }]),
    'window-ends-before-it-begins',
    'week.0.0',
  ],
  ['a window of no length', monday([{ opens: 600, closes: 600 }]), 'window-ends-before-it-begins', 'week.0.0'],
  ['a window longer than a day', monday([{ opens: 480, closes: 2000 }]), 'window-too-long', 'week.0.0'],
  [
    'windows that overlap',
    monday([
      { opens: 480, closes: 720 },
      { opens: 700, closes: 900 },
    ]),
    'windows-overlap',
    'week.0.1',
  ],
  [
    'a shift that runs into the next day’s',
    monday([{ opens: 1200, closes: 1440 + 500 }]),
    'windows-overlap',
    'week.0.0',
  ],
  [
    'a date that is none',
    { ...good, exceptions: [{ date: '2025-02-29', windows: [] }] },
    'date-unknown',
    'exceptions.0.date',
  ],
  [
    'a date twice',
    { ...good, exceptions: ['2025-10-03', '2025-10-03'].map((date) => ({ date, windows: [] })) },
    'date-twice',
    'exceptions.1.date',
  ],
  ['no hours at all', hours('08:00', '18:00', 0), 'never-opens', 'week'],
])('refuses %s', (_, rules, code, path) => {
  expect(checkRules(rules)).toMatchObject([{ code, path }])
})

test('says on which day', () => {
  const late = { opens: 600, closes: 480 }
  const exceptions = [{ date: '2025-12-24', windows: [late] }]
  const problems = checkRules({ ...monday([late]), exceptions })
  expect(problems.map(({ values }) => values['on'])).toEqual(['day0', '2025-12-24'])
  expect(sayClock('de', `problem.${problems[0]!.code}`, problems[0]!.values)).toMatch(
    /^Montag, 10:00 bis 08:00: Das endet, bevor es beginnt\. /,
  )
  expect(sayClock('en', `problem.${problems[1]!.code}`, problems[1]!.values)).toMatch(
    /^2025-12-24, 10:00 to 08:00: that ends before it begins\. /,
  )
})

test('finds nothing wrong with breaks, night shifts, days around the clock and replaced hours', () => {
  const windows = [
    [
      { opens: 480, closes: 720 },
      { opens: 720, closes: 1080 },
    ],
    [{ opens: 1320, closes: 1800 }],
    [{ opens: 360, closes: 600 }],
    [{ opens: 0, closes: 1440 }],
    [{ opens: 0, closes: 1440 }],
    [],
    [],
  ]
  const exceptions = [{ date: '2024-02-29', windows: [{ opens: 0, closes: 60 }], label: 'Schalttag' }]

  expect(checkRules({ timeZone: 'Europe/Berlin', week: windows, exceptions })).toEqual([])
})
