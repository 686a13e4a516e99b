import fc from 'fast-check'
import { afterEach, expect, test, vi } from 'vitest'
import {
  checkRules,
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
import {
  ALWAYS,
  BER,
  DAY,
  HOUR,
  hours,
  local,
  MINUTE,
  openMinutes,
  RUNS,
  berlin,
  shownIn,
  someQuestion,
} from '#core/clock-testing.ts'
import { isZone } from '#core/zone.ts'

afterEach(() => {
  vi.resetModules()
})

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

  expect(openIntervals(open, local('2025-07-01 00:00'), local('2025-07-02 00:00')).map(({ opens, closes }) => [berlin(opens), berlin(closes)])).toEqual([
    ['2025-07-01 08:00', '2025-07-01 14:00'],
  ])
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
  const onlyThatDay = compileCalendar({ ...hours('08:00', '18:00', 0, 'Pacific/Apia'), exceptions: [{ date: '2011-12-30', windows: [{ opens: 480, closes: 1080 }] }] })

  expect(week).toHaveLength(2)
  expect(nextOpening(onlyThatDay, from)).toBeNull()
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
    week: [[{ opens: 480, closes: 720 }, { opens: 600, closes: 900 }, { opens: 1000, closes: 990 }], [], [], [], [], [], []],
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

test('law: open time is what a count of single minutes finds', () => {
  fc.assert(
    fc.property(someQuestion, ({ rules, a, b }) => {
      const minutes = openMinutes(rules, a, b).filter(Boolean).length
      expect(openMsBetween(compileCalendar(rules), a, b)).toBe(minutes * MINUTE)
    }),
    { numRuns: RUNS },
  )
})

test('law: the time before and after any moment adds up to the whole, and is never more than the clock on the wall', () => {
  fc.assert(
    fc.property(someQuestion, fc.integer({ min: 0, max: MINUTE }), ({ rules, a, b, c }, shift) => {
      const open = compileCalendar(rules)
      const middle = Math.min(b + shift, c)
      const whole = openMsBetween(open, a, c)
      expect(openMsBetween(open, a, middle) + openMsBetween(open, middle, c)).toBe(whole)
      expect(whole).toBeGreaterThanOrEqual(0)
      expect(whole).toBeLessThanOrEqual(c - a)
    }),
    { numRuns: RUNS },
  )
})

test('law: until the due moment as much open time passes as was asked for, and not before it', () => {
  fc.assert(
    fc.property(someQuestion, fc.integer({ min: 1, max: 40 * HOUR }), ({ rules, a }, ms) => {
      const open = compileCalendar(rules)
      const due = dueAfter(open, a, ms)
      if (due === null) {
        expect(openMsBetween(open, a, a + 300 * DAY)).toBeLessThan(ms)
        return
      }
      expect(openMsBetween(open, a, due)).toBe(ms)
      expect(openMsBetween(open, a, due - 1)).toBe(ms - 1)
      const rolled = dueAfter(open, a, ms, 'next-opening')!
      expect(openMsBetween(open, due, rolled)).toBe(0)
      expect(rolled === due || isOpen(open, rolled)).toBe(true)
      const back = dueAfter(open, due, -ms)!
      expect(openMsBetween(open, back, due)).toBe(ms)
      expect(openMsBetween(open, back + 1, due)).toBe(ms - 1)
    }),
    { numRuns: RUNS },
  )
})

test('law: closing a day never makes anything due earlier', () => {
  fc.assert(
    fc.property(someQuestion, fc.integer({ min: 1, max: 40 * HOUR }), fc.nat(10), ({ rules, a }, ms, days) => {
      const date = new Date(a + days * DAY).toISOString().slice(0, 10)
      const closed = { ...rules, exceptions: [...rules.exceptions, { date, windows: [] }] }
      const before = dueAfter(compileCalendar(rules), a, ms)
      const after = dueAfter(compileCalendar(closed), a, ms)
      if (after !== null) expect(after).toBeGreaterThanOrEqual(before!)
    }),
    { numRuns: RUNS },
  )
})

test('law: open intervals are sorted, apart, and what is open', () => {
  fc.assert(
    fc.property(someQuestion, ({ rules, a, c }) => {
      const open = compileCalendar(rules)
      const intervals = openIntervals(open, a, c)
      const total = intervals.reduce((sum, { opens, closes }) => sum + closes - opens, 0)
      expect(total).toBe(openMsBetween(open, a, c))
      intervals.forEach(({ opens, closes }, index) => {
        expect(closes).toBeGreaterThan(opens)
        expect(isOpen(open, opens)).toBe(true)
        if (index > 0) expect(opens).toBeGreaterThan(intervals[index - 1]!.closes)
      })
    }),
    { numRuns: RUNS / 4 },
  )
})

test('law: where the server stands makes no difference', async () => {
  const answers = []
  const own = process.env['TZ']
  try {
    for (const zone of ['UTC', 'Pacific/Kiritimati', 'America/St_Johns']) {
      process.env['TZ'] = zone
      vi.resetModules()
      const calendar = await import('#core/calendar.ts')
      const open = calendar.compileCalendar(hours('08:00', '18:00', 5, 'Europe/Berlin', ['2025-10-03']))
      answers.push([
        new Date(2025, 0, 1).getTimezoneOffset() === 0,
        calendar.dueAfter(open, local('2025-03-28 16:30'), 400 * HOUR),
        calendar.openMsBetween(open, local('2025-09-28 16:30'), local('2025-12-28 16:30')),
      ])
    }
  } finally {
    if (own === undefined) delete process.env['TZ']
    else process.env['TZ'] = own
  }
  const [utc, ...others] = answers
  expect(others.map(([isUtc]) => isUtc)).toEqual([false, false])
  for (const other of others) expect(other.slice(1)).toEqual(utc!.slice(1))
})

const good = hours('08:00', '18:00')
const monday = (windows: CalendarRules['week'][number]) => ({ ...good, week: [windows, ...good.week.slice(1)] })

test.each([
  ['an unknown zone', { ...good, timeZone: 'Mars/Olympus' }, 'zone-unknown', 'timeZone'],
  ['a week of six days', { ...good, week: good.week.slice(1) }, 'week-incomplete', 'week'],
  ['an hour that is none', monday([{ opens: 1500, closes: 1600 }]), 'window-no-time', 'week.0.0'],
  ['half a minute', monday([{ opens: 480.5, closes: 600 }]), 'window-no-time', 'week.0.0'],
  ['a window that ends before it begins', monday([{ opens: 600, closes: 480 }]), 'window-ends-before-it-begins', 'week.0.0'],
  ['a window of no length', monday([{ opens: 600, closes: 600 }]), 'window-ends-before-it-begins', 'week.0.0'],
  ['a window longer than a day', monday([{ opens: 480, closes: 2000 }]), 'window-too-long', 'week.0.0'],
  ['windows that overlap', monday([{ opens: 480, closes: 720 }, { opens: 700, closes: 900 }]), 'windows-overlap', 'week.0.1'],
  ['a shift that runs into the next day’s', monday([{ opens: 1200, closes: 1440 + 500 }]), 'windows-overlap', 'week.0.0'],
  ['a date that is none', { ...good, exceptions: [{ date: '2025-02-29', windows: [] }] }, 'date-unknown', 'exceptions.0.date'],
  ['a date twice', { ...good, exceptions: ['2025-10-03', '2025-10-03'].map((date) => ({ date, windows: [] })) }, 'date-twice', 'exceptions.1.date'],
  ['no hours at all', hours('08:00', '18:00', 0), 'never-opens', 'week'],
])('refuses %s', (_, rules, code, path) => {
  expect(checkRules(rules)).toMatchObject([{ code, path }])
})

test('finds nothing wrong with breaks, night shifts, days around the clock and replaced hours', () => {
  const windows = [
    [{ opens: 480, closes: 720 }, { opens: 720, closes: 1080 }],
    [{ opens: 1320, closes: 1800 }],
    [{ opens: 360, closes: 600 }],
    [{ opens: 0, closes: 1440 }],
    [{ opens: 0, closes: 1440 }],
    [],
    [],
  ]
  const exceptions = [{ date: '2024-02-29', windows: [{ opens: 0, closes: 60 }], label: 'Schalttag' }]

  expect(checkRules({ timeZone: 'Europe/Berlin', week: windows, exceptions })).toEqual([])
  expect(isZone('Europe/Berlin')).toBe(true)
})

test('law: random calendars of the tests are calendars, so that the laws above mean something', () => {
  const problems = fc
    .sample(someQuestion, 200)
    .map(({ rules }) => checkRules(rules).map(({ code }) => code).filter((code) => code !== 'date-twice' && code !== 'never-opens' && code !== 'windows-overlap'))
  expect(problems.flat()).toEqual([])
})
