import { expect, test } from 'vitest'
import { compileCalendar, compileVersions } from '#core/calendar.ts'
import { berlin, hours, local, shownIn } from '#core/clock-testing.ts'
import { addWorkingDays, inServiceTime, isWorkingDay, type DayCounting } from '#core/working-days.ts'

const easter = hours('08:00', '18:00', 5, 'Europe/Berlin', ['2025-04-18', '2025-04-21'])
const kept: DayCounting = { clockTime: 'kept' }
const add = (start: string, days: number, counting: DayCounting, rules = easter) =>
  berlin(addWorkingDays(compileCalendar(rules), local(start), days, counting))

test('SLA-06b: two business days over Easter end on Tuesday, at the same time or at closing', () => {
  expect(add('2025-04-16 15:00', 2, kept)).toBe('2025-04-22 15:00')
  expect(add('2025-04-16 15:00', 2, { clockTime: 'kept', endOfDay: true })).toBe('2025-04-22 18:00')
})

test.each([
  ['a start on a Sunday first becomes Monday', '2025-05-04 12:00', 1, kept, '2025-05-06 12:00'],
  ['backwards it becomes Friday', '2025-05-04 12:00', -1, kept, '2025-05-01 12:00'],
  ['an evening is kept', '2025-05-05 22:00', 1, kept, '2025-05-06 22:00'],
  [
    'an evening is pulled back to closing',
    '2025-05-05 22:00',
    1,
    { clockTime: 'kept', overflow: 'closing' },
    '2025-05-06 18:00',
  ],
  [
    'an evening first becomes the next morning',
    '2025-05-05 22:00',
    1,
    { clockTime: 'within-hours' },
    '2025-05-07 08:00',
  ],
  ['backwards it becomes closing time', '2025-05-05 22:00', -1, { clockTime: 'within-hours' }, '2025-05-02 18:00'],
  ['the change of clocks keeps the time of day', '2025-03-28 15:00', 1, kept, '2025-03-31 15:00'],
] as const)('%s', (_, start, days, counting, end) => {
  expect(add(start, days, counting)).toBe(end)
})

test('without a working day no number of them ever passes', () => {
  const never = hours('08:00', '18:00', 0)

  expect(add('2025-05-05 10:00', 1, kept, never)).toBeNull()
  expect(add('2025-05-05 10:00', 1, { clockTime: 'within-hours' }, never)).toBeNull()
})

test('more working days than calendars reach never pass', () => {
  expect(add('2025-05-05 10:00', 1_000_000_000, kept)).toBeNull()
  expect(add('2025-05-05 10:00', -1_000_000_000, kept)).toBeNull()
})

test('a working day is a date on which hours begin', () => {
  expect([
    isWorkingDay(easter, '2025-04-17'),
    isWorkingDay(easter, '2025-04-18'),
    isWorkingDay(easter, '2025-04-19'),
  ]).toEqual([true, false, false])
})

test('a holiday that was only written down in a later version is no working day', () => {
  const plain = hours('08:00', '18:00')
  const from = local('2025-04-18 00:00')
  const open = compileVersions([
    { rules: plain, from: -Infinity, to: from },
    { rules: easter, from, to: Infinity },
  ])
  expect(berlin(addWorkingDays(open, local('2025-04-16 15:00'), 2, kept))).toBe('2025-04-22 15:00')
})

test('where no working day comes a target in days stays what it stands for', () => {
  const never = compileCalendar(hours('08:00', '18:00', 0))
  const target = { targetMs: 72_000_000, open: never, days: { count: 2, end: 'closing' as const } }
  expect(inServiceTime(target, local('2025-05-05 10:00'))).toBe(target)
})

test('two working days over a date that the zone left out end on the second that there was', () => {
  const apia = compileCalendar(hours('08:00', '16:00', 5, 'Pacific/Apia'))
  const due = addWorkingDays(apia, local('2011-12-29 10:00', 'Pacific/Apia'), 2, { clockTime: 'within-hours' })

  // After Thursday the 29th came Saturday the 31st.
  expect(shownIn('Pacific/Apia', due)).toBe('2012-01-03 10:00')
})
