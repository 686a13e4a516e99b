import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dearerBefore, tierFault } from '#core/charge.ts'
import { converted, exchangeSplit, type RateSet } from '#core/exchange.ts'
import { allocated, partOf, sumOf } from '#core/money.ts'

test('100.00 in three is 33.34, 33.33 and 33.33', () => {
  expect(allocated(10_000, [1, 1, 1])).toEqual([3334, 3333, 3333])
  expect(allocated(-10_000, [1, 1, 1])).toEqual([-3334, -3333, -3333])
  expect(allocated(5, [0, 0])).toEqual([3, 2])
})

test('the parts of an amount are the amount, each within one unit of its share, and a larger weight never gets less', () => {
  const weights = fc.array(fc.nat(1_000_000), { minLength: 1, maxLength: 12 })
  fc.assert(
    fc.property(fc.integer({ min: -1_000_000_000_000, max: 1_000_000_000_000 }), weights, (amount, given) => {
      const parts = allocated(amount, given)
      expect(parts.reduce((sum, part) => sum + part, 0)).toBe(amount)
      const total = given.reduce((sum, weight) => sum + weight, 0)
      const isFair = (part: number, index: number) =>
        total === 0 || Math.abs(part - (amount * given[index]!) / total) < 1.001
      expect(parts.every(isFair)).toBe(true)
      const byWeight = parts.map((part, index) => ({ weight: given[index]!, size: Math.abs(part) }))
      const lighterHasMore = byWeight.some((one) =>
        byWeight.some((other) => one.weight < other.weight && one.size > other.size),
      )
      expect(lighterHasMore).toBe(false)
    }),
  )
})

test('half of a cent goes up, or to the even one, as the company rounds', () => {
  expect([partOf(25, 1, 10), partOf(25, 1, 10, 'half-even'), partOf(35, 1, 10, 'half-even')]).toEqual([3, 2, 4])
  expect([partOf(-25, 1, 10), partOf(-1, 1, 10)]).toEqual([-3, 0])
  expect(() => partOf(1, 1, 0)).toThrow(RangeError)
})

test('amounts of two currencies have no sum', () => {
  const euro = { amountMinor: 100, currency: 'EUR' }
  expect(sumOf([euro, euro], 'EUR')).toEqual({ amountMinor: 200, currency: 'EUR' })
  expect(() => sumOf([euro, { amountMinor: 1, currency: 'GBP' }], 'EUR')).toThrow(RangeError)
})

const rates = (id: string, numerator: number, locked = true): RateSet => ({
  id,
  kind: 'budget',
  locked,
  rates: [{ from: 'GBP', to: 'EUR', numerator, denominator: 100 }],
})

test('FX-01: of −4,000 against the budget −2,500 are our doing and −1,500 the rate’s', () => {
  const [budget, actual] = [
    { amountMinor: 5_500_000, currency: 'EUR' },
    { amountMinor: 5_000_000, currency: 'GBP' },
  ]
  expect(exchangeSplit(budget, actual, { budgeted: rates('b', 115), average: rates('a', 118) })).toEqual({
    totalMinor: -400_000,
    operationalMinor: -250_000,
    exchangeMinor: -150_000,
  })
})

test('nothing is converted by rates that are not locked or not there, and the original is kept', () => {
  const pounds = { amountMinor: 5_000_000, currency: 'GBP' }
  expect(converted(pounds, 'EUR', rates('b', 115, false))).toBeNull()
  expect(converted(pounds, 'USD', rates('b', 115))).toBeNull()
  expect(converted(pounds, 'EUR', rates('b', 115))).toEqual({
    amountMinor: 5_750_000,
    currency: 'EUR',
    original: pounds,
    rateSetId: 'b',
  })
  const yen: RateSet = {
    id: 'y',
    kind: 'spot',
    locked: true,
    rates: [{ from: 'JPY', to: 'EUR', numerator: 6, denominator: 1000 }],
  }
  expect(converted({ amountMinor: 10_000, currency: 'JPY' }, 'EUR', yen)?.amountMinor).toBe(6000)
})

test('a slab makes 5,000 units dearer than 5,001, which is worth a warning', () => {
  const tiers = [
    { upTo: 1000, unitMinor: 2000 },
    { upTo: 5000, unitMinor: 1800 },
    { upTo: null, unitMinor: 1600 },
  ]
  expect(dearerBefore(tiers)).toEqual({ quantity: 1000, amountMinor: 2_000_000, nextMinor: 1_801_800 })
  expect(dearerBefore(tiers.slice(1))).toEqual({ quantity: 5000, amountMinor: 9_000_000, nextMinor: 8_001_600 })
  expect(tierFault(tiers)).toBeNull()
  expect(tierFault([])).toBe('no-tiers')
  expect(tierFault(tiers.slice(0, 2))).toBe('no-open-tier')
  expect(tierFault([tiers[2]!, tiers[2]!])).toBe('open-tier-first')
  expect(tierFault([tiers[1]!, tiers[0]!, tiers[2]!])).toBe('tiers-fall')
})
