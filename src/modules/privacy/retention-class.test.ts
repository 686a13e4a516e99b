import { expect, test } from 'vitest'
import { cutoffsOf, monthsBefore } from './retention-class.ts'

const now = new Date('2026-03-31T10:00Z')

test.each([
  ['the same day', '2026-03-31', 12, '2025-03-31'],
  ['a month without such a day', '2026-03-31', 1, '2026-02-28'],
  ['a leap year', '2024-03-31', 1, '2024-02-29'],
  ['over a year', '2026-01-15', 13, '2024-12-15'],
])('so many months ago is %s', (_, day, months, before) => {
  expect(monthsBefore(new Date(`${day}T10:00Z`), months)).toEqual(new Date(`${before}T10:00Z`))
})

test('what a country says holds there, what somebody said for all others, else what is usual', () => {
  expect(cutoffsOf('tickets', [], now)).toEqual({ usual: new Date('2025-02-28T10:00Z'), countries: new Map() })
  const periods = [
    { class: 'tickets', country: '', months: 24 },
    { class: 'tickets', country: 'DE', months: 6 },
    { class: 'tickets', country: 'FR', months: null },
    { class: 'mails', country: '', months: 1 },
  ] as const
  expect(cutoffsOf('tickets', periods, now)).toEqual({
    usual: new Date('2024-03-31T10:00Z'),
    countries: new Map([
      ['DE', new Date('2025-09-30T10:00Z')],
      ['FR', null],
    ]),
  })
})
