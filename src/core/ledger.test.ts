import fc from 'fast-check'
import { expect, test } from 'vitest'
import { derivedPostings, profitFrom, trialBalance } from './ledger.ts'
import { marginOf, type ProfitAndLoss } from './margin.ts'
import { profitBridge, type ProfitSide } from './profit-bridge.ts'
import { possibleSigns, readAmount } from './written-amount.ts'

const charge = { id: 'a', month: '2026-04', kind: 'fixed', serviceId: null, quantity: null, agreed: true }

test('what is charged, credited and worked balances, and a credit lowers the month that it is of, not that it stands on', () => {
  const postings = derivedPostings({
    charges: [
      { ...charge, amountMinor: 42_000_000 },
      { ...charge, month: '2026-05', amountMinor: 42_000_000, agreed: false },
      { ...charge, id: 'c', month: '2026-05', kind: 'credit', amountMinor: -1_050_000 },
    ],
    credits: [{ id: 'k', month: '2026-04', amountMinor: 1_050_000, chargedIn: '2026-05' }],
    work: [{ month: '2026-04', serviceId: null, minutes: 90, hourMinor: 6200, unpaid: false, changeId: null }],
  })
  const of = (month: string) => profitFrom(trialBalance(postings.filter((each) => each.month === month)))
  expect(of('2026-04')).toMatchObject({ fixed: 42_000_000, credits: 1_050_000, cost: { labour: 9300 } })
  expect(of('2026-05')).toMatchObject({ fixed: 42_000_000, credits: 0 })
  const balance = trialBalance(postings)
  expect([...balance.values()].reduce((sum, each) => sum + each, 0)).toBe(0)
  // What was expected is settled: nothing is left of it.
  expect(balance.get('accrued')).toBe(0)
  expect(balance.get('receivable')).toBe(42_000_000 - 1_050_000)
})

const amount = fc.integer({ min: -10_000_000, max: 90_000_000 })
const result: fc.Arbitrary<ProfitAndLoss> = fc.record({
  fixed: amount,
  volume: amount,
  time: amount,
  oneOff: amount,
  indexation: amount,
  credits: amount,
  passThrough: amount,
  cost: fc.record({
    labour: amount,
    pool: amount,
    supplier: amount,
    tools: amount,
    depreciation: amount,
    travel: amount,
    provisions: amount,
  }),
  passThroughCost: amount,
})
const quantity = fc.option(fc.integer({ min: 0, max: 500_000 }))
const side: fc.Arbitrary<ProfitSide> = fc.record({
  result,
  units: quantity,
  minutes: quantity,
  unpaidMinutes: fc.integer({ min: 0, max: 9000 }),
  unpaidMinor: fc.integer({ min: 0, max: 900_000 }),
  exchangeMinor: amount,
})

test('the steps of a bridge are exactly what lies between both margins, whatever they are', () => {
  fc.assert(
    fc.property(side, side, (from, to) => {
      const { fromMinor, toMinor, steps } = profitBridge(from, to)
      expect(fromMinor).toBe(marginOf(from.result, 'with').marginMinor)
      expect(fromMinor + steps.reduce((sum, { amountMinor }) => sum + amountMinor, 0)).toBe(toMinor)
    }),
  )
})

test.each([
  ['1.234,50', 'comma', 123_450],
  ['1.234,50', 'point', null],
  ['1,234.50', 'point', 123_450],
  ['1,234', 'point', 123_400],
  ['1,234', 'comma', null],
  ['12,5', 'comma', 1250],
  ['1 234,5', 'comma', 123_450],
  ['-0,01', 'comma', -1],
  ['1.234,50-', 'comma', -123_450],
  ['\u22121.234,50', 'comma', -123_450],
  ['-1,00-', 'comma', null],
  ['-', 'comma', null],
  ['1.23.456', 'comma', null],
  ['', 'point', null],
] as const)('%s with a %s is %s', (text, sign, expected) => {
  expect(readAmount(text, sign, 2)).toBe(expected)
})

test('amounts that can be read both ways are asked about', () => {
  expect(possibleSigns(['1234', '12.345'])).toEqual(['comma'])
  expect(possibleSigns(['1234', '99'])).toEqual(['comma', 'point'])
  expect(possibleSigns(['1,50', '1.50'])).toEqual([])
})
