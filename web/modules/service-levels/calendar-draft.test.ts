import { expect, test } from 'vitest'
import {
  aroundTheClock,
  officeHours,
  readClock,
  readHours,
  sameDays,
  seasonsOf,
  windowDraft,
  windowOf,
} from './calendar-draft.ts'

test.each([
  ['8', 480],
  ['08:00', 480],
  ['8.30', 510],
  ['0830', 510],
  ['17 Uhr', 1020],
  ['24:00', 1440],
  ['25:00', null],
  ['8:75', null],
  ['noon', null],
  ['', null],
])('“%s” on a clock is %s minutes after midnight', (text, minutes) => {
  expect(readClock(text)).toBe(minutes)
})

test('hours that end before they begin run into the next day, and read back the same', () => {
  const night = { opens: '22:00', closes: '06:00' }

  expect(windowOf(night)).toEqual({ opens: 1320, closes: 1800 })
  expect(windowDraft({ opens: 1320, closes: 1800 })).toEqual(night)
  expect(windowOf({ opens: '00:00', closes: '24:00' })).toEqual({ opens: 0, closes: 1440 })
})

test('what cannot be read names its day', () => {
  const hours = {
    ...officeHours('Europe/Berlin'),
    week: [[{ opens: 'eight', closes: '18:00' }], [], [], [], [], [], []],
  }

  expect(readHours(hours)).toEqual({ rules: null, problems: [{ code: 'window-no-time', day: 0, exception: null }] })
})

test('a break is the gap between two stretches; stretches that overlap are refused', () => {
  const day = (second: string) => [
    { opens: '08:00', closes: '12:00' },
    { opens: second, closes: '17:00' },
  ]
  const week = (second: string) => [day(second), [], [], [], [], [], []]

  expect(readHours({ ...officeHours('Europe/Berlin'), week: week('13:00') }).rules?.week[0]).toHaveLength(2)
  expect(readHours({ ...officeHours('Europe/Berlin'), week: week('11:00') }).problems[0]).toMatchObject({
    code: 'windows-overlap',
    day: 0,
  })
})

test('hours that never open are refused', () => {
  const closed = { ...officeHours('Europe/Berlin'), week: [[], [], [], [], [], [], []] }

  expect(readHours(closed).problems).toEqual([{ code: 'never-opens', day: null, exception: null }])
})

test('days with the same hours are spoken of together', () => {
  const { rules } = readHours(officeHours('Europe/Berlin'))
  expect(sameDays(rules!.week)).toEqual([{ from: 0, to: 4, windows: [{ opens: 480, closes: 1080 }] }])

  const always = readHours({ ...officeHours('UTC'), week: aroundTheClock }).rules
  expect(sameDays(always!.week)).toHaveLength(1)
})

test('a season is closed on each of its days, and is read back as one', () => {
  const exceptions = [{ date: '2026-12-30', until: '2027-01-02', label: 'Stocktaking', windows: [] }]
  const { rules } = readHours({ ...officeHours('Europe/Berlin'), exceptions })

  expect(rules!.exceptions.map(({ date }) => date)).toEqual(['2026-12-30', '2026-12-31', '2027-01-01', '2027-01-02'])
  expect(seasonsOf(rules!.exceptions)).toEqual(exceptions)
})

test('what is wrong within a season names the line that was typed', () => {
  const season = { date: '2026-12-24', until: '2026-12-26', label: '', windows: [] }
  const twice = { ...season, date: '2026-12-26', until: '' }
  const hours = { ...officeHours('Europe/Berlin'), exceptions: [season, twice] }

  expect(readHours(hours).problems).toEqual([{ code: 'date-twice', day: null, exception: 1 }])
  expect(readHours({ ...hours, exceptions: [{ ...season, until: '2026-12-01' }] })).toMatchObject({
    rules: null,
    problems: [{ code: 'date-unknown', exception: 0 }],
  })
})
