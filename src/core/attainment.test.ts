import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  allowedFailures,
  attainmentOf,
  exclusionRate,
  meanShare,
  minimumSample,
  percentOf,
  pooled,
  reaches,
  uncertainty,
  verdictOn,
  type AttainmentTerms,
  type Tally,
} from '#core/attainment.ts'

const tally = (met: number, failed: number, excluded = 0): Tally => ({ met, failed, excluded })
const terms = (targetBp: number, more: Partial<AttainmentTerms> = {}): AttainmentTerms => ({
  targetBp,
  smallSample: 'as-is',
  roundTo: null,
  ...more,
})

test('ATT-01: a target of 95 % needs twenty to bear a failure, one of 99 % a hundred', () => {
  expect([minimumSample(9500), minimumSample(9900), minimumSample(9000), minimumSample(10_000)]).toEqual([
    20,
    100,
    10,
    null,
  ])
  expect(verdictOn(tally(29, 1), terms(9900)).outcome).toBe('missed')
  expect(percentOf({ numerator: 29, denominator: 30 }, 1)).toBe(96.7)
})

test('ATT-02: eleven of twelve are within the allowance of one', () => {
  const verdict = verdictOn(tally(11, 1), terms(9500, { smallSample: 'allowance' }))

  expect(verdict).toMatchObject({ outcome: 'met', allowance: 1, ratio: { numerator: 11, denominator: 12 } })
  expect(percentOf(verdict.ratio!, 2)).toBe(91.67)
  expect(verdictOn(tally(10, 2), terms(9500, { smallSample: 'allowance' })).outcome).toBe('missed')
  expect(verdictOn(tally(11, 1), terms(9500)).outcome).toBe('missed')
})

test('ATT-02: with enough to measure the percentage decides', () => {
  expect(verdictOn(tally(18, 2), terms(9500, { smallSample: 'allowance' }))).toMatchObject({
    outcome: 'missed',
    allowance: null,
  })
})

test('ATT-03: one of ten may fail at 90 %, which floating point would deny', () => {
  expect(allowedFailures(10, 9000)).toBe(1)
  expect(Math.floor(10 * (1 - 0.9))).toBe(0)
  expect(reaches({ numerator: 9, denominator: 10 }, 9000)).toBe(true)
})

test('ATT-04: rolled over, a period takes those before it until there is enough, three at most', () => {
  const rolling = terms(9500, { smallSample: 'roll-over' })

  expect(verdictOn(tally(11, 1), rolling, [tally(12, 0), tally(0, 50)])).toMatchObject({
    outcome: 'met',
    periods: 2,
    ratio: { numerator: 23, denominator: 24 },
  })
  expect(verdictOn(tally(4, 1), rolling, [tally(5, 0), tally(6, 0), tally(90, 0)])).toMatchObject({
    outcome: 'missed',
    periods: 3,
  })
  expect(verdictOn(tally(30, 0), rolling, [tally(0, 30)])).toMatchObject({ outcome: 'met', periods: 1 })
})

test('ATT-05: no volume is no measurement, and takes no part in a mean', () => {
  expect(attainmentOf(tally(0, 0, 3))).toBeNull()
  expect(verdictOn(tally(0, 0), terms(9500))).toMatchObject({ outcome: 'not-measured', ratio: null })
  expect(meanShare([tally(1, 1), tally(0, 0)])).toBe(0.5)
  expect(meanShare([tally(0, 0)])).toBeNull()
})

test('ATT-06: 94.996 % is missed as it is, and met rounded to two decimals', () => {
  const measured = tally(94_996, 5004)

  expect(verdictOn(measured, terms(9500)).outcome).toBe('missed')
  expect(verdictOn(measured, terms(9500, { roundTo: 2 })).outcome).toBe('met')
  expect(percentOf(attainmentOf(measured)!, 2)).toBe(95)
  expect(percentOf({ numerator: 94_994, denominator: 100_000 }, 2)).toBe(94.99)
})

test('ATT-07: eleven of twelve say little: between 64.6 % and 98.5 %', () => {
  const { low, high } = uncertainty({ numerator: 11, denominator: 12 })

  expect([low, high].map((share) => Math.round(share * 1000) / 10)).toEqual([64.6, 98.5])
})

test('ATT-08: the attainment of sites together is not the mean of theirs', () => {
  const sites = [...Array.from({ length: 11 }, () => tally(3848, 152)), tally(1408, 192)]

  expect(percentOf(attainmentOf(pooled(sites))!, 2)).toBe(95.91)
  expect(Math.round(meanShare(sites)! * 10_000) / 100).toBe(95.52)
})

test('what is excluded is in neither side of the share, and a share of its own', () => {
  expect(attainmentOf(tally(9, 1, 5))).toEqual({ numerator: 9, denominator: 10 })
  expect(exclusionRate(tally(9, 1, 5))).toEqual({ numerator: 5, denominator: 15 })
  expect(exclusionRate(tally(0, 0, 0))).toBeNull()
})

test('a target of everything allows nothing, however little there is', () => {
  expect(allowedFailures(3, 10_000)).toBe(0)
  expect(verdictOn(tally(3, 0), terms(10_000, { smallSample: 'allowance' })).outcome).toBe('met')
  expect(verdictOn(tally(2, 1), terms(10_000, { smallSample: 'allowance' })).outcome).toBe('missed')
})

test('law: what the target leaves may fail and one more may not, once there is enough to measure', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9999 }), fc.integer({ min: 1, max: 5_000_000 }), (targetBp, measured) => {
      const failures = allowedFailures(measured, targetBp)
      fc.pre(measured >= minimumSample(targetBp)! && failures < measured)
      expect(verdictOn(tally(measured - failures, failures), terms(targetBp)).outcome).toBe('met')
      expect(verdictOn(tally(measured - failures - 1, failures + 1), terms(targetBp)).outcome).toBe('missed')
    }),
  )
})

test('law: the true share lies within the uncertainty around the measured one', () => {
  fc.assert(
    fc.property(fc.nat(1000), fc.nat(1000), (met, failed) => {
      fc.pre(met + failed > 0)
      const { low, high } = uncertainty(attainmentOf(tally(met, failed))!)
      const share = met / (met + failed)
      expect(low).toBeGreaterThanOrEqual(0)
      expect(high).toBeLessThanOrEqual(1)
      expect(low - 1e-12).toBeLessThanOrEqual(share)
      expect(high + 1e-12).toBeGreaterThanOrEqual(share)
    }),
  )
})
