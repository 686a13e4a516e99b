import fc from 'fast-check'
import { expect, test } from 'vitest'
import { charged, type ChargeTerms, spread } from '#core/charge.ts'
import { compounded, indexed, rebased } from '#core/indexation.ts'

const around = (method: 'outside-band' | 'from-baseline'): ChargeTerms => ({
  kind: 'baseline',
  baseline: 5000,
  deadBandBp: 500,
  additionalMinor: 1500,
  reducedMinor: 1200,
  method,
  renegotiateBp: 2000,
})

test.each([
  [5200, 0, 0, false],
  [5250, 0, 0, false],
  [5400, 225_000, 600_000, false],
  [4600, -180_000, -480_000, false],
  [6000, 1_125_000, 1_500_000, false],
  // Beyond the limit no unit is charged; prices are talked about.
  [6200, 1_125_000, 1_500_000, true],
])('ARC/RRC: %i devices around a baseline of 5,000', (devices, outside, from, renegotiate) => {
  expect(charged(around('outside-band'), devices)).toMatchObject({ amountMinor: outside, renegotiate })
  expect(charged(around('from-baseline'), devices)).toMatchObject({ amountMinor: from, renegotiate })
})

const tiers = [
  { upTo: 1000, unitMinor: 2000 },
  { upTo: 5000, unitMinor: 1800 },
  { upTo: null, unitMinor: 1600 },
]

test('5,400 units are 98,400 by graduated and 86,400 by slab prices', () => {
  expect(charged({ kind: 'tiered', mode: 'graduated', tiers }, 5400).amountMinor).toBe(9_840_000)
  expect(charged({ kind: 'tiered', mode: 'slab', tiers }, 5400).amountMinor).toBe(8_640_000)
  expect(charged({ kind: 'tiered', mode: 'slab', tiers }, 5000).amountMinor).toBe(9_000_000)
})

test('graduated prices never fall with one unit more', () => {
  const graduated = { kind: 'tiered', mode: 'graduated', tiers } as const
  fc.assert(
    fc.property(fc.nat(20_000), (units) => {
      expect(charged(graduated, units + 1).amountMinor).toBeGreaterThan(charged(graduated, units).amountMinor)
    }),
  )
})

test('the parts of a charge add up to it, whatever kind it is', () => {
  const all: readonly ChargeTerms[] = [
    { kind: 'fixed', amountMinor: 42_000_000 },
    { kind: 'one-off', amountMinor: 5 },
    { kind: 'unit', unitMinor: 1850 },
    { kind: 'tiered', mode: 'graduated', tiers },
    { kind: 'tiered', mode: 'slab', tiers },
    around('outside-band'),
    { kind: 'time', hourMinor: 9550 },
    { kind: 'milestone', amountMinor: 1_000_000 },
    { kind: 'pass-through', markUpBp: 350 },
    { kind: 'true-up' },
  ]
  fc.assert(
    fc.property(fc.constantFrom(...all), fc.nat(100_000), (terms, quantity) => {
      const { amountMinor, parts } = charged(terms, quantity)
      expect(parts.reduce((sum, part) => sum + part.amountMinor, 0)).toBe(amountMinor)
    }),
  )
  expect(charged({ kind: 'time', hourMinor: 9550 }, 95).amountMinor).toBe(15_121)
  expect(charged({ kind: 'pass-through', markUpBp: 350 }, 10_000).amountMinor).toBe(10_350)
  expect(charged({ kind: 'milestone', amountMinor: 7 }, 0).amountMinor).toBe(0)
  expect(spread(10_001, [300, 200, 0])).toEqual([6001, 4000, 0])
})

const terms = { indexableBp: 10_000, capBp: null, floorBp: null, neverBelowLast: false }
test.each([
  ['as it is', terms, 43_437_014],
  ['with a cap of 3 %', { ...terms, capBp: 300 }, 43_260_000],
  ['of which 70 % follow the index', { ...terms, indexableBp: 7000 }, 43_005_910],
])('indexation: 420,000 from 128.6 to 133.0 %s', (_, given, expected) => {
  expect(indexed(42_000_000, 128_600, 133_000, given).newMinor).toBe(expected)
})

test('indexation: three years at the cap are 458,945, and a falling index may leave the last price', () => {
  expect(Math.round(compounded(42_000_000, 300, 3) / 100)).toBe(458_945)
  expect(indexed(42_000_000, 133_000, 128_600, { ...terms, neverBelowLast: true })).toEqual({
    newMinor: 42_000_000,
    limited: 'last-price',
  })
  expect(indexed(42_000_000, 133_000, 128_600, { ...terms, floorBp: -100 })).toEqual({
    newMinor: 41_580_000,
    limited: 'floor',
  })
  expect(rebased(128_600, 120_000, 100_000)).toBe(107_167)
  expect(() => indexed(1, 0, 1, terms)).toThrow(RangeError)
})
