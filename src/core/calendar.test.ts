import { expect, test } from 'vitest'
import {
  compileCalendar,
  compileVersions,
  dueAfter,
  isOpen,
  nextOpening,
  openIntervals,
  openMsBetween,
  previousClosing,
  windowsOn,
  type CalendarRules,
} from '#core/calendar.ts'
import { ALWAYS, BER, DAY, HOUR, hours, local, MINUTE, berlin, shownIn } from '#core/clock-testing.ts'

test('SLA-01: four hours from Friday before the clocks go forward end on Monday at half past ten', () => {
  expect(berlin(dueAfter(BER, local('2025-03-28 16:30'), 4 * HOUR))).toBe('2025-03-31 10:30')
  expect(dueAfter(BER, local('2025-03-28 16:30'), 4 * HOUR)).toBe(Date.parse('2025-03-31T08:30Z'))
})

test('SLA-02a: around the clock, four hours over the spring change are five on the wall', () => {
  expect(berlin(dueAfter(ALWAYS, local('2025-03-30 00:30'), 4 * HOUR))).toBe('2025-03-30 05:30')
})

test('SLA-02b: around the clock, four hours over the autumn change are three on the wall', () => {
  expect(berlin(dueAfter(ALWAYS, local('2025-10-26 00:30'), 4 * HOUR))).toBe('2025-10-26 03:30')
})

test('SLA-03: a night shift lasts seven hours when the clocks go forward and nine when they go back', () => {
  const night = compileCalendar(hours('22:00', '30:00', 7))

  expect(openMsBetween(night, local('2025-03-29 22:00'), local('2025-03-30 06:00'))).toBe(7 * HOUR)
  expect(openMsBetween(night, local('2025-10-25 22:00'), local('2025-10-26 06:00'))).toBe(9 * HOUR)
  expect(berlin(dueAfter(night, local('2025-03-29 23:00'), 6 * HOUR))).toBe('2025-03-30 06:00')
})

test('SLA-06: a public holiday moves four hours from Thursday evening to Monday', () => {
  const open = compileCalendar(hours('08:00', '18:00', 5, 'Europe/Berlin', ['2025-10-03']))

  expect(berlin(dueAfter(open, local('2025-10-02 17:00'), 4 * HOUR))).toBe('2025-10-06 11:00')
})

test('SLA-06c: twenty-four hours on an eight-hour day are three working days', () => {
  const open = compileCalendar(hours('09:00', '17:00'))

  expect(berlin(dueAfter(open, local('2025-06-02 09:00'), 24 * HOUR))).toBe('2025-06-04 17:00')
})

test('SLA-08: hours that change on 1 July count as they were until then, and as they are from then on', () => {
  const [before, after] = [hours('08:00', '18:00'), hours('06:00', '22:00')]
  const change = local('2025-07-01 00:00')
  const segment = compileVersions([
    { rules: before, from: -Infinity, to: change },
    { rules: after, from: change, to: Infinity },
  ])

  expect(berlin(dueAfter(segment, local('2025-06-30 17:00'), 4 * HOUR))).toBe('2025-07-01 09:00')
  expect(berlin(dueAfter(compileCalendar(before), local('2025-06-30 17:00'), 4 * HOUR))).toBe('2025-07-01 11:00')
})

test('hours that change in the middle of a window count on each side as its version says', () => {
  const noon = local('2025-07-01 12:00')
  const open = compileVersions([
    { rules: hours('08:00', '18:00'), from: -Infinity, to: noon },
    { rules: hours('10:00', '14:00'), from: noon, to: Infinity },
  ])

  expect(
    openIntervals(open, local('2025-07-01 00:00'), local('2025-07-02 00:00')).map(({ opens, closes }) => [
      berlin(opens),
      berlin(closes),
    ]),
  ).toEqual([['2025-07-01 08:00', '2025-07-01 14:00']])
})

test('a site that moves to another zone keeps its time in each', () => {
  const move = local('2025-07-01 00:00')
  const open = compileVersions([
    { rules: hours('08:00', '18:00'), from: -Infinity, to: move },
    { rules: hours('08:00', '18:00', 5, 'Europe/London'), from: move, to: Infinity },
  ])

  expect(berlin(nextOpening(open, local('2025-06-30 19:00')))).toBe('2025-07-01 09:00')
})

test('a holiday closes the shift that begins on it, not the one that ends on it', () => {
  const night = compileCalendar(hours('22:00', '30:00', 7, 'Europe/Berlin', ['2025-04-18']))
  const windows = openIntervals(night, local('2025-04-17 12:00'), local('2025-04-20 12:00'))

  expect(windows.map(({ opens, closes }) => [berlin(opens), berlin(closes)])).toEqual([
    ['2025-04-17 22:00', '2025-04-18 06:00'],
    ['2025-04-19 22:00', '2025-04-20 06:00'],
  ])
})

test('other hours on a date replace the usual ones, also on a Sunday', () => {
  const rules: CalendarRules = {
    ...hours('08:00', '18:00'),
    exceptions: [
      { date: '2025-12-24', windows: [{ opens: 480, closes: 720 }], label: 'Heiligabend' },
      { date: '2025-12-21', windows: [{ opens: 600, closes: 960 }] },
    ],
  }
  const open = compileCalendar(rules)

  expect(openMsBetween(open, local('2025-12-24 00:00'), local('2025-12-25 00:00'))).toBe(4 * HOUR)
  expect(openMsBetween(open, local('2025-12-21 00:00'), local('2025-12-22 00:00'))).toBe(6 * HOUR)
  expect(windowsOn(rules, '2025-12-24')).toMatchObject({ exception: { label: 'Heiligabend' } })
  expect(windowsOn(rules, '2025-12-23')).toEqual({ windows: [{ opens: 480, closes: 1080 }], exception: null })
})

test('a calendar that is always open is one interval, across the change of clocks and any year', () => {
  const year = openIntervals(ALWAYS, local('2025-01-01 00:00'), local('2026-01-01 00:00'))

  expect(year).toEqual([{ opens: local('2025-01-01 00:00'), closes: local('2026-01-01 00:00') }])
  expect(dueAfter(ALWAYS, Date.UTC(2900, 0, 1), HOUR)).toBe(Date.UTC(2900, 0, 1, 1))
})

test('days that touch at midnight are one stretch, with holidays cut out', () => {
  const open = compileCalendar(hours('00:00', '24:00', 7, 'America/Sao_Paulo', ['2018-11-10']))
  const windows = openIntervals(open, local('2018-11-01 00:00', 'UTC'), local('2018-11-20 00:00', 'UTC'))

  // From the change of clocks on 4 November a day begins at 02:00 UTC.
  expect(windows.map(({ opens, closes }) => [shownIn('UTC', opens), shownIn('UTC', closes)])).toEqual([
    ['2018-11-01 00:00', '2018-11-10 02:00'],
    ['2018-11-11 02:00', '2018-11-20 00:00'],
  ])
})

test('nobody works on a date that the zone left out', () => {
  const everyDay = compileCalendar(hours('08:00', '18:00', 7, 'Pacific/Apia'))
  const from = local('2011-12-29 00:00', 'Pacific/Apia')
  const week = openIntervals(everyDay, from, local('2012-01-01 00:00', 'Pacific/Apia'))
  const onlyThatDay = compileCalendar({
    ...hours('08:00', '18:00', 0, 'Pacific/Apia'),
    exceptions: [{ date: '2011-12-30', windows: [{ opens: 480, closes: 1080 }] }],
  })

  expect(week).toHaveLength(2)
  expect(nextOpening(onlyThatDay, from)).toBeNull()
})

test('a first question in the middle of a window does not cut it in two', () => {
  const open = compileCalendar(hours('08:00', '18:00'))

  expect(isOpen(open, local('2025-06-02 12:00'))).toBe(true)
  expect(openIntervals(open, local('2025-06-02 00:00'), local('2025-06-03 00:00'))).toEqual([
    { opens: local('2025-06-02 08:00'), closes: local('2025-06-02 18:00') },
  ])
})

test('a start at closing time runs from the next opening', () => {
  expect(berlin(dueAfter(BER, local('2025-06-06 18:00'), HOUR))).toBe('2025-06-09 09:00')
})

test('a due moment at closing time stays there, or is shown at the next opening', () => {
  const start = local('2025-06-06 17:00')

  expect(berlin(dueAfter(BER, start, HOUR, 'closing'))).toBe('2025-06-06 18:00')
  expect(berlin(dueAfter(BER, start, HOUR, 'next-opening'))).toBe('2025-06-09 08:00')
  expect(berlin(dueAfter(BER, start, HOUR - MINUTE, 'next-opening'))).toBe('2025-06-06 17:59')
})

test('counting backwards stops at the opening, or is shown at the closing before', () => {
  const start = local('2025-06-09 09:00')

  expect(berlin(dueAfter(BER, start, -HOUR, 'closing'))).toBe('2025-06-09 08:00')
  expect(berlin(dueAfter(BER, start, -HOUR, 'next-opening'))).toBe('2025-06-06 18:00')
})

test('nothing is due at once, or at the next opening', () => {
  const start = local('2025-06-07 12:00')

  expect(dueAfter(BER, start, 0)).toBe(start)
  expect(berlin(dueAfter(BER, start, 0, 'next-opening'))).toBe('2025-06-09 08:00')
})

test('a calendar that never opens makes nothing due and counts nothing', () => {
  const never = compileCalendar(hours('08:00', '18:00', 0))
  const now = local('2025-06-02 09:00')

  expect(dueAfter(never, now, HOUR)).toBeNull()
  expect(nextOpening(never, now)).toBeNull()
  expect(previousClosing(never, now)).toBeNull()
  expect(openMsBetween(never, now, now + 400 * DAY)).toBe(0)
  expect(openIntervals(never, now, now + DAY)).toEqual([])
})

test('a calendar that ends has a last closing, and nothing is due after it', () => {
  const end = local('2025-07-01 00:00')
  const open = compileVersions([{ rules: hours('08:00', '18:00'), from: local('2025-06-01 00:00'), to: end }])

  expect(berlin(previousClosing(open, end + 400 * DAY))).toBe('2025-06-30 18:00')
  expect(nextOpening(open, end)).toBeNull()
  expect(dueAfter(open, local('2025-06-30 17:00'), 2 * HOUR)).toBeNull()
  expect(berlin(dueAfter(open, local('2025-06-30 17:00'), HOUR, 'next-opening'))).toBe('2025-06-30 18:00')
  expect(dueAfter(open, local('2025-06-02 09:00'), -2 * HOUR)).toBeNull()
  expect(previousClosing(open, local('2025-05-01 00:00'))).toBeNull()
})

test('a calendar of dates only opens on them and never again', () => {
  const open = compileCalendar({
    ...hours('08:00', '18:00', 0),
    exceptions: [{ date: '2030-06-03', windows: [{ opens: 480, closes: 1080 }] }],
  })

  expect(berlin(nextOpening(open, local('2000-01-01 00:00')))).toBe('2030-06-03 08:00')
  expect(berlin(previousClosing(open, local('2090-01-01 00:00')))).toBe('2030-06-03 18:00')
  expect(nextOpening(open, local('2030-06-04 00:00'))).toBeNull()
})

test('overlapping windows count once, a window that ends before it begins is never open', () => {
  const open = compileCalendar({
    ...hours('08:00', '18:00', 0),
    week: [
      [
        { opens: 480, closes: 720 },
        { opens: 600, closes: 900 },
        { opens: 1000, closes: 990 },
      ],
      [],
      [],
      [],
      [],
      [],
      [],
    ],
  })

  expect(openMsBetween(open, local('2025-06-02 00:00'), local('2025-06-03 00:00'))).toBe(7 * HOUR)
})

test('closing time is closed, opening time is open', () => {
  expect(isOpen(BER, local('2025-06-02 08:00'))).toBe(true)
  expect(isOpen(BER, local('2025-06-02 18:00'))).toBe(false)
  expect(isOpen(BER, local('2025-06-02 18:00') - 1)).toBe(true)
  expect(previousClosing(BER, local('2025-06-02 18:00'))).toBe(local('2025-06-02 18:00'))
  expect(berlin(previousClosing(BER, local('2025-06-02 08:00')))).toBe('2025-05-30 18:00')
})

test('an end before the beginning is no time at all', () => {
  expect(openMsBetween(BER, local('2025-06-03 09:00'), local('2025-06-02 09:00'))).toBe(0)
})

test('the order of questions does not change the answers', () => {
  const rules = hours('08:00', '18:00', 5, 'Europe/Berlin', ['2025-10-03'])
  const grown = compileCalendar(rules)
  for (const year of [2025, 1971, 2099, 2040, 1999]) {
    const from = Date.UTC(year, 3, 1, 9, 13)
    const fresh = compileCalendar(rules)
    expect(openMsBetween(grown, from, from + 900 * DAY)).toBe(openMsBetween(fresh, from, from + 900 * DAY))
    expect(dueAfter(grown, from, 1234 * HOUR)).toBe(dueAfter(fresh, from, 1234 * HOUR))
  }
})
