import { expect, test } from 'vitest'
import { addDays, earlier, isOver, periodOf, periodSearch } from './attainment-period.ts'

const now = new Date('2026-11-10T09:42Z')

test('without a word in the address the last month that is over is shown, with the year that leads to it', () => {
  const period = periodOf({}, now, 'Europe/Berlin')
  expect(period).toMatchObject({ kind: 'month', from: '2026-10-01', to: '2026-11-01' })
  expect(period.months).toHaveLength(12)
  expect([period.months[0], period.months.at(-1)]).toEqual(['2025-11', '2026-10'])
})

test('which month is over depends on where the customer is', () => {
  const newYear = new Date('2026-12-31T23:30Z')
  expect(periodOf({}, newYear, 'Europe/Berlin').from).toBe('2026-12-01')
  expect(periodOf({}, newYear, 'UTC').from).toBe('2026-11-01')
})

test('the last twelve months are those that are over', () => {
  expect(periodOf({ period: 'last-12' }, now, 'UTC')).toMatchObject({ from: '2025-11-01', to: '2026-11-01' })
})

test('the last day of a period of one’s own belongs to it', () => {
  expect(periodOf({ period: 'custom', from: '2026-09-15', to: '2026-09-30' }, now, 'UTC')).toMatchObject({
    from: '2026-09-15',
    to: '2026-10-01',
  })
})

test('a period that ends before it begins is as if none was given', () => {
  expect(periodOf({ period: 'custom', from: '2026-09-15', to: '2026-09-01' }, now, 'UTC').kind).toBe('month')
})

test.each([
  ['2026-02-28', 1, '2026-03-01'],
  ['2028-02-28', 1, '2028-02-29'],
  ['2026-01-01', -1, '2025-12-31'],
])('%s and %i days is %s', (day, count, expected) => {
  expect(addDays(day, count)).toBe(expected)
})

test.each([[{ month: '2026-10' }], [{ period: 'custom' as const, from: '2026-09-15', to: '2026-09-30' }]])(
  'a period read from %j is written the same way again',
  (search) => {
    expect(periodSearch(periodOf(search, now, 'UTC'))).toEqual(search)
  },
)

test('a month is over when its last day is, where the customer is', () => {
  const lastNight = new Date('2026-10-31T23:30Z')
  expect(isOver({ to: '2026-11-01' }, lastNight, 'UTC')).toBe(false)
  expect(isOver({ to: '2026-11-01' }, lastNight, 'Europe/Berlin')).toBe(true)
})

test.each([
  [{ month: '2026-01' }, 'before', '2025-12-01', '2026-01-01'],
  [{ month: '2026-01' }, 'year-before', '2025-01-01', '2025-02-01'],
  [{ period: 'last-12' }, 'before', '2024-11-01', '2025-11-01'],
  [{ period: 'custom', from: '2026-03-01', to: '2026-03-10' }, 'before', '2026-02-19', '2026-03-01'],
  [{ period: 'custom', from: '2026-03-02', to: '2026-03-10' }, 'year-before', '2025-03-02', '2025-03-11'],
] as const)('%j, %s, is compared with the days from %s', (search, by, from, to) => {
  expect(earlier(periodOf(search, now, 'UTC'), by)).toMatchObject({ from, to })
})
