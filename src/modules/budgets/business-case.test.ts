import { expect, test } from 'vitest'
import { caseResult } from './business-case.ts'

const benefitsMinor = [15_000_000, 15_000_000, 15_000_000, 15_000_000]
const plain = { benefitsMinor, runCostMinor: [], rateBp: 800, risk: 'low', riskNote: '', alternatives: '' } as const

test('APR-01: 400,000 that bring 150,000 in each of four years at 8 %', () => {
  const { presentValueMinor, paybackYears, internalRateBp } = caseResult(
    { amountMinor: 40_000_000, contingencyMinor: 0 },
    plain,
  )
  expect(Math.round(presentValueMinor / 100)).toBe(96_819)
  expect(paybackYears).toBeCloseTo(2.67, 2)
  expect(internalRateBp).toBe(1845)
})

test('what it costs to run and what is kept in reserve count against it', () => {
  const asked = { amountMinor: 40_000_000, contingencyMinor: 4_000_000 }
  const { presentValueMinor } = caseResult(asked, {
    ...plain,
    runCostMinor: [5_000_000, 5_000_000, 5_000_000, 5_000_000],
  })
  expect(presentValueMinor).toBeLessThan(0)
})
