import { expect, test } from 'vitest'
import { frictionMinutes, impactOf, inHours } from '#core/impact.ts'
import { rounded } from '#core/rational.ts'

const HOUR_MS = 3_600_000

test('IMP-01: 300 people for 2.5 hours at 60 %, and two lines for 1.5 hours, cost 48,750 euros', () => {
  const impact = impactOf(
    [{ users: 300, durationMs: 2.5 * HOUR_MS, lossBp: 6000 }],
    [{ units: 2, durationMs: 1.5 * HOUR_MS, costPerHour: 800_000 }],
    5500,
  )
  expect(rounded(impact.lostHours, 2)).toBe(450)
  expect(impact).toMatchObject({ people: 2_475_000, standstill: 2_400_000, total: 4_875_000 })
})

test('thirds of an hour are rounded once, at the end', () => {
  const third = { users: 1, durationMs: HOUR_MS / 3, lossBp: 10_000 }
  expect(impactOf([third, third, third], [], 1000)).toMatchObject({ people: 1000 })
  expect(impactOf([], [], 1000)).toMatchObject({ people: 0, standstill: 0, total: 0 })
})

test('FR-01: six times a week fourteen minutes for twelve people are 772.8 hours a year', () => {
  expect(rounded(inHours(frictionMinutes(6, 14, 12)), 1)).toBe(772.8)
})
