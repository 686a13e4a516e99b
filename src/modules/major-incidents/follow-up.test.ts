import { expect, test } from 'vitest'
import { type FollowedUp, followUpDueAt, nextFollowUp } from './follow-up.ts'

const made = (day: FollowedUp['day'], verified = false): FollowedUp => ({ day, verified })

test.each([
  ['none was made', [], 30],
  ['the first was made', [made(30)], 60],
  ['two were made', [made(30), made(60)], 90],
  ['all were made', [made(30), made(60), made(90)], null],
  ['the first verified it', [made(30, true)], null],
])('what is owed next when %s', (_, before, day) => {
  expect(nextFollowUp(before)).toBe(day)
})

test('days are days, whatever the clocks do meanwhile', () => {
  expect(followUpDueAt(new Date('2026-03-02T09:00Z'), 30)).toEqual(new Date('2026-04-01T09:00Z'))
})
