import { expect, test } from 'vitest'
import { differencesOf, isSame, openHoursIn } from './hours-difference.ts'

const office = [{ opens: 480, closes: 1080 }]
const late = [{ opens: 360, closes: 1320 }]
const hamburg = {
  timeZone: 'Europe/Berlin',
  week: [office, office, office, office, office, [], []],
  exceptions: [{ date: '2027-03-26', windows: [], label: 'Karfreitag' }],
}
const longer = { ...hamburg, week: [late, late, late, late, late, [], []] }

test('longer weekdays are told once, not for each day of the year', () => {
  const found = differencesOf(hamburg, longer, 2027)
  expect(found.week.map(({ day }) => day)).toEqual([0, 1, 2, 3, 4])
  expect(found.dates).toEqual([])
  // 261 weekdays without Good Friday, ten hours and sixteen.
  expect(found.hours).toEqual({ before: 2600, after: 4160 })
})

test('a date that is closed in one version and open in the other is told with its name', () => {
  const open = { ...hamburg, exceptions: [] }
  expect(differencesOf(hamburg, open, 2027).dates).toEqual([
    { date: '2027-03-26', label: 'Karfreitag', before: [], after: office },
  ])
  expect(differencesOf(hamburg, open, 2026).dates).toEqual([])
})

test('a holiday that both keep is no difference, whatever the weekday became', () => {
  expect(differencesOf(hamburg, longer, 2027).dates).toEqual([])
})

test('the same hours on other clocks are other hours', () => {
  const found = differencesOf(hamburg, { ...hamburg, timeZone: 'Europe/London' }, 2027)
  expect(found.zone).toEqual({ before: 'Europe/Berlin', after: 'Europe/London' })
  expect(isSame(found)).toBe(false)
  expect(isSame(differencesOf(hamburg, hamburg, 2027))).toBe(true)
})

test('the hour that a night in spring lacks comes back in autumn', () => {
  const always = Array.from({ length: 7 }, () => [{ opens: 0, closes: 1440 }])
  expect(openHoursIn({ timeZone: 'Europe/Berlin', week: always, exceptions: [] }, 2027)).toBe(8760)
  const sundays = [[], [], [], [], [], [], [{ opens: 0, closes: 1440 }]]
  // 52 Sundays, one of 23 hours and one of 25.
  expect(openHoursIn({ timeZone: 'Europe/Berlin', week: sundays, exceptions: [] }, 2027)).toBe(52 * 24)
})
