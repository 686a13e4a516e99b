import fc from 'fast-check'
import { expect, test } from 'vitest'
import { scenarioOf } from './scenario.ts'

const basis = {
  revenueMinor: 400_000_000,
  costMinor: 300_000_000,
  creditsMinor: 10_000_000,
  months: 12,
  newCreditsMinor: 4_000_000,
  committedBp: 2400,
}

test('prices, cost and levels change the year, and the term goes on at its rate', () => {
  const { before, after, termMinor, belowCommitted } = scenarioOf(basis, {
    months: 36,
    priceBp: -500,
    costBp: 200,
    levels: [],
  })
  expect(before.marginMinor).toBe(90_000_000)
  // 380,000,000 less 3,800,000 of credits less 306,000,000.
  expect(after).toEqual({
    revenueMinor: 380_000_000,
    costMinor: 306_000_000,
    creditsMinor: 3_800_000,
    marginMinor: 70_200_000,
  })
  expect(termMinor).toBe(210_600_000)
  // 18.66 % of 376,200,000.
  expect(belowCommitted).toBe(true)
})

test('terms that change nothing leave what was, whatever the months are', () => {
  const amount = fc.integer({ min: 0, max: 900_000_000 })
  fc.assert(
    fc.property(
      amount,
      amount,
      amount,
      fc.integer({ min: 1, max: 12 }),
      (revenueMinor, costMinor, creditsMinor, months) => {
        const same = { revenueMinor, costMinor, creditsMinor, months, newCreditsMinor: creditsMinor, committedBp: null }
        const { before, after, termMinor } = scenarioOf(same, { months, priceBp: 0, costBp: 0, levels: [] })
        expect(after).toEqual(before)
        expect(termMinor).toBe(before.marginMinor)
      },
    ),
  )
})
