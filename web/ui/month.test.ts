import { expect, test } from 'vitest'
import { addMonths, monthAt, monthsOf } from '#web/ui/month.ts'

test('months are added over the turn of the year, both ways', () => {
  expect(addMonths('2026-12', 1)).toBe('2027-01')
  expect(addMonths('2026-01', -1)).toBe('2025-12')
  expect(addMonths('2026-10', -24)).toBe('2024-10')
})

test('a year has twelve', () => {
  expect(monthsOf(2026)).toHaveLength(12)
  expect(monthsOf(2026)[8]).toBe('2026-09')
})

test('the last evening of a month in one zone is the next month in another', () => {
  const at = new Date('2026-10-31T23:30:00Z')
  expect(monthAt(at, 'UTC')).toBe('2026-10')
  expect(monthAt(at, 'Europe/Berlin')).toBe('2026-11')
})
