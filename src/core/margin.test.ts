import fc from 'fast-check'
import { expect, test } from 'vitest'
import { percentOf } from '#core/attainment.ts'
import { efficiency, needsSupplement, refreshNeed, variance, yearOutlook } from '#core/budget.ts'
import { internalRate, payback, presentValue } from '#core/business-case.ts'
import { bookValue, depreciation, gainOfSale } from '#core/depreciation.ts'
import { bridgeOf, type BridgeSide, costOfMonth, marginOf, outlookOf } from '#core/margin.ts'

test('PNL-01: the margin is 20.77 % without and 19.70 % with what is passed through', () => {
  const month = {
    fixed: 42_000_000,
    volume: 1_125_000,
    time: 3_800_000,
    oneOff: 0,
    indexation: 0,
    credits: 1_050_000,
    passThrough: 2_500_000,
    cost: {
      labour: 19_600_000,
      pool: 8_400_000,
      supplier: 5_200_000,
      tools: 1_850_000,
      depreciation: 975_000,
      travel: 320_000,
      provisions: 0,
    },
    passThroughCost: 2_500_000,
  }
  const [own, all] = [marginOf(month, 'without'), marginOf(month, 'with')]
  expect(own).toMatchObject({ revenueMinor: 45_875_000, costMinor: 36_345_000, marginMinor: 9_530_000 })
  expect(all).toMatchObject({ revenueMinor: 48_375_000, marginMinor: 9_530_000 })
  expect([percentOf(own.share!, 2), percentOf(all.share!, 2)]).toEqual([20.77, 19.7])
})

test('PNL-02: 0.93 million are left at the end, 6.15 % in place of 18', () => {
  const outlook = outlookOf(1_512_000_000, { spentMinor: 699_000_000, toCompleteMinor: 720_000_000, committedBp: 1800 })
  expect(outlook).toMatchObject({
    atCompletionMinor: 1_419_000_000,
    marginMinor: 93_000_000,
    belowCommitted: true,
    onerous: false,
  })
  expect(percentOf(outlook.share!, 2)).toBe(6.15)
})

test('PNL-03: accrued in June and invoiced in July, July shows the difference alone', () => {
  expect(costOfMonth({ invoicedMinor: 0, accruedMinor: 5_200_000, reversedMinor: 0 })).toBe(5_200_000)
  expect(costOfMonth({ invoicedMinor: 5_310_000, accruedMinor: 0, reversedMinor: 5_200_000 })).toBe(110_000)
})

test('the steps of a margin bridge lead exactly from one end to the other', () => {
  const whole = fc.integer({ min: 0, max: 100_000 })
  const side: fc.Arbitrary<BridgeSide> = fc.record({
    units: whole,
    unitMinor: whole,
    hours: whole,
    unpaidHours: whole,
    hourMinor: whole,
    supplierMinor: whole,
    creditsMinor: whole,
    oneOffMinor: fc.integer({ min: -100_000, max: 100_000 }),
    exchangeMinor: fc.integer({ min: -100_000, max: 100_000 }),
  })
  fc.assert(
    fc.property(side, side, (from, to) => {
      const { fromMinor, toMinor, steps } = bridgeOf(from, to)
      expect(steps.reduce((sum, { amountMinor }) => sum + amountMinor, fromMinor)).toBe(toMinor)
    }),
  )
})

test('depreciation: 22.92 for 47 months and 22.76 in the last; sold for 120 after 40 months it loses 113.20', () => {
  const asset = { costMinor: 115_000, residualMinor: 5000, months: 48 }
  const months = depreciation(asset)
  expect([months[0], months[46], months[47]]).toEqual([2292, 2292, 2276])
  expect(months.slice(0, 47).reduce((sum, each) => sum + each, 0)).toBe(107_724)
  expect(bookValue(asset, 40)).toBe(23_320)
  expect(bookValue(asset, 48)).toBe(5000)
  expect(gainOfSale(asset, 40, 12_000)).toBe(-11_320)
})

test('EFF-01: the same work at last year’s unit costs would have cost 6.56 % more', () => {
  const work = [
    { baseUnitMinor: 2400, volume: 48_000 },
    { baseUnitMinor: 7800, volume: 9000 },
    { baseUnitMinor: 31_000, volume: 1200 },
  ]
  const { expectedMinor, share } = efficiency(work, 208_000_000)
  expect(expectedMinor).toBe(222_600_000)
  expect(percentOf(share!, 2)).toBe(6.56)
})

test('APR-01: 400,000 for 150,000 in each of four years are worth 96,819 at 8 % and are back after 2.67 years', () => {
  const flows = [-40_000_000, 15_000_000, 15_000_000, 15_000_000, 15_000_000]
  expect(Math.round(presentValue(flows, 800) / 100)).toBe(96_819)
  expect(payback(flows)).toBeCloseTo(2.67, 2)
  const rate = internalRate(flows)!
  expect([presentValue(flows, rate) >= 0, presentValue(flows, rate + 1) < 0]).toEqual([true, true])
  expect([payback([-100, 50]), internalRate([-100, 50])]).toEqual([null, null])
})

test('budget: less spent is favourable, the outlook is what was spent and what is forecast, 10 % more needs a supplement', () => {
  expect(variance(5_500_000, 5_900_000)).toBe(-400_000)
  expect(yearOutlook([10, 12], [9, 9, 9, 9])).toBe(40)
  expect([needsSupplement(1000, 1100), needsSupplement(1000, 1101)]).toEqual([false, true])
  const bought = refreshNeed({ due: 1180, others: 4020, failureBp: 250, growth: 60, reusable: 90 })
  expect([bought, bought * 115_000]).toEqual([1251, 143_865_000])
})
