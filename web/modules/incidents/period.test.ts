import { expect, test } from 'vitest'
import { periodsUntil, todayIn } from './period.ts'

test('which day it is depends on where', () => {
  const at = new Date('2026-02-28T23:30Z')
  expect(todayIn('UTC', at)).toBe('2026-02-28')
  expect(todayIn('Europe/Berlin', at)).toBe('2026-03-01')
})

test('the last month ends with its last day, also before the first of January and in a leap year', () => {
  const lastMonth = (today: string) => periodsUntil(today).find(({ name }) => name === 'last-month')!.period
  expect(lastMonth('2027-01-15')).toEqual({ from: '2026-12-01', to: '2026-12-31' })
  expect(lastMonth('2028-03-31')).toEqual({ from: '2028-02-01', to: '2028-02-29' })
})
