import fc from 'fast-check'
import { expect, test } from 'vitest'
import { percentOf } from '#core/attainment.ts'
import { creditSteps } from '#core/credit-lines.ts'
import { atLeast, bandOf } from '#core/credit-measure.ts'
import {
  type CreditBand,
  type CreditLevel,
  type CreditRegime,
  faultsOf,
  plainLevel,
  plainRegime,
} from '#core/credit-terms.ts'
import { type CreditPeriod, creditsOf, type CreditYear } from '#core/credit.ts'
import { averageOf, earnBackLedger } from '#core/earn-back.ts'
import { standingOf } from '#core/termination.ts'

const year: CreditYear = { startMonth: 1, yearBasisMinor: null }

const monthOf = (index: number) => `2026-${String(index + 1).padStart(2, '0')}`

/** Percentages of a thousand cases, month by month. */
const monthsOf = (
  basisMinor: number,
  ...shares: readonly Readonly<Record<string, number | null>>[]
): readonly CreditPeriod[] =>
  shares.map((levels, index) => ({
    month: monthOf(index),
    basisMinor,
    measured: Object.entries(levels).map(([level, percent]) => ({
      level,
      tally:
        percent === null
          ? { met: 0, failed: 0, excluded: 0 }
          : { met: Math.round(percent * 100), failed: 10_000 - Math.round(percent * 100), excluded: 0 },
      claimed: true,
    })),
  }))

const bands: readonly CreditBand[] = [
  { fromPpm: 980_000, belowPpm: 990_000, severity: 'minor', weight: 1 },
  { fromPpm: 970_000, belowPpm: 980_000, severity: 'serious', weight: 2 },
  { fromPpm: 960_000, belowPpm: 970_000, severity: 'severe', weight: 3 },
  { fromPpm: 0, belowPpm: 960_000, severity: 'below', weight: 4 },
]
const pointed = { ...plainLevel('p1', 990_000), bands }
const points: CreditRegime = { ...plainRegime('points', [pointed]), perPointBp: 50, repeat: [100, 200] }

const pointsOf = (...percents: readonly (number | null)[]) =>
  creditsOf(points, monthsOf(42_000_000, ...percents.map((p1) => ({ p1 }))), year).map((each) => each.points / 100)

test('CR-01: 96.5, 98.5 and 96.5 % running are 3, 1 doubled and 3 doubled points', () => {
  expect(pointsOf(96.5, 98.5, 96.5)).toEqual([3, 2, 6])
})

test('CR-02: a month that was met in between begins anew, one without a measurement does not', () => {
  expect(pointsOf(96.5, 99.5, 96.5)).toEqual([3, 0, 3])
  expect(pointsOf(96.5, null, 96.5)).toEqual([3, 0, 6])
})

test('CR-03: five points at half a percent of 420,000 are 10,500', () => {
  const regime = { ...points, levels: [pointed, { ...pointed, key: 'p2' }] }
  const [credit] = creditsOf(regime, monthsOf(42_000_000, { p1: 96.5, p2: 97.95 }), year)
  expect([credit!.points, credit!.amountMinor]).toEqual([500, 1_050_000])
  // The levels' shares are the whole, in proportion to their points.
  expect(credit!.levels.map(({ shareMinor }) => shareMinor)).toEqual([630_000, 420_000])
  expect(credit!.lines.at(-2)).toMatchObject({
    says: 'points-total',
    values: { points: 5, creditBp: 250, amountMinor: 1_050_000 },
  })
})

test('CR-04: 97.95 % falls into exactly one band, and a hole or an overlap is found', () => {
  expect(bandOf(bands, { numerator: 9795, denominator: 10_000 })?.severity).toBe('serious')
  fc.assert(
    fc.property(fc.nat(100_000), fc.integer({ min: 1, max: 100_000 }), (top, of) => {
      const share = { numerator: Math.min(top, of), denominator: of }
      const found = bands.filter(({ fromPpm, belowPpm }) => atLeast(share, fromPpm) && !atLeast(share, belowPpm!))
      expect(found).toHaveLength(atLeast(share, 990_000) ? 0 : 1)
    }),
  )
  const faults = (...given: readonly CreditBand[]) =>
    faultsOf({ ...points, levels: [{ ...pointed, bands: given }] }).map(({ fault }) => fault)
  expect(faults(...bands)).toEqual([])
  expect(faults({ ...bands[0]!, fromPpm: 981_000 }, ...bands.slice(1))).toEqual(['band-hole'])
  expect(faults({ ...bands[0]!, fromPpm: 979_000 }, ...bands.slice(1))).toEqual(['band-overlap'])
  expect(faults(...bands.slice(1))).toEqual(['band-hole'])
  expect(faults({ ...bands[0]!, belowPpm: 995_000 }, ...bands.slice(1))).toEqual(['band-above-target'])
  // Between which shares is told.
  expect(
    faultsOf({ ...points, levels: [{ ...pointed, bands: [{ ...bands[0]!, fromPpm: 981_000 }, ...bands.slice(1)] }] }),
  ).toEqual([{ path: 'levels.0.bands', fault: 'band-hole', between: [980_000, 981_000] }])
  expect(faultsOf({ ...points, periodCapBp: -1, repeat: [200, 100] }).map(({ fault }) => fault)).toEqual([
    'cap-below-zero',
    'repeat-falls',
  ])
})

const critical = (key: string, allocationBp: number): CreditLevel => ({ ...plainLevel(key, 950_000), allocationBp })
const atRisk = (bp: number, levels: readonly CreditLevel[]): CreditRegime => ({
  ...plainRegime('at-risk', levels),
  atRiskBp: bp,
})

test('CR-05: 40 % of a pool of 50 % of 10 % at risk of 100,000 are 2,000', () => {
  const regime = atRisk(1000, [{ ...critical('a', 4000), poolBp: 5000 }])
  expect(creditsOf(regime, monthsOf(10_000_000, { a: 90 }), year)[0]!.amountMinor).toBe(200_000)
})

test('CR-06: two failures of 60 % each of 42,000 at risk are no more than what is at risk', () => {
  const [credit] = creditsOf(
    atRisk(1200, [critical('a', 6000), critical('b', 6000)]),
    monthsOf(35_000_000, { a: 90, b: 90 }),
    year,
  )
  expect([credit!.uncappedMinor, credit!.amountMinor]).toEqual([5_040_000, 4_200_000])
  expect(credit!.levels.map(({ shareMinor }) => shareMinor)).toEqual([2_100_000, 2_100_000])
})

test('CR-07: the mean of twelve months is 95.52 % and earns back, all their tickets together are 94.01 % and do not', () => {
  const level = { ...critical('a', 6000), targetPpm: 950_000 }
  const month = (index: number, met: number, all: number): CreditPeriod => ({
    month: monthOf(index),
    basisMinor: 35_000_000,
    measured: [{ level: 'a', tally: { met, failed: all - met, excluded: 0 } }],
  })
  // Ten times the tickets of the example, whose 96.2 % of 400 are no whole number.
  const periods = Array.from({ length: 12 }, (_, index) =>
    index === 4 ? month(index, 14_080, 16_000) : month(index, 3848, 4000),
  )
  const ledger = (average: 'mean' | 'pooled', of: readonly CreditPeriod[]) => {
    const regime: CreditRegime = { ...atRisk(1200, [level]), earnBack: { kind: 'average', average } }
    return earnBackLedger(regime, { periods: of, credits: creditsOf(regime, of, year), startMonth: 1 })
  }
  expect(percentOf(averageOf(periods, 'a', 'mean')!, 2)).toBe(95.52)
  expect(percentOf(averageOf(periods, 'a', 'pooled')!, 2)).toBe(94.01)
  expect(ledger('mean', periods)).toMatchObject([{ creditMinor: 2_520_000, outcome: 'earned-back' }])
  const [{ months: shares }] = ledger('mean', periods) as [ReturnType<typeof ledger>[number]]
  expect(shares.reduce((sum, { amountMinor }) => sum + amountMinor, 0)).toBe(2_520_000)
  expect(ledger('pooled', periods)).toMatchObject([{ creditMinor: 2_520_000, outcome: 'kept' }])
  // Provisional until the year is over.
  expect(ledger('mean', periods.slice(0, 11))).toMatchObject([{ outcome: 'provisional' }])
})

test('a credit is earned back when the higher target is reached in each of the months after', () => {
  const level = { ...critical('a', 6000), earnBackPpm: 980_000 }
  const regime: CreditRegime = { ...atRisk(1200, [level]), earnBack: { kind: 'higher-target', months: 2 } }
  const outcome = (...percents: readonly (number | null)[]) => {
    const periods = monthsOf(10_000_000, ...percents.map((a) => ({ a })))
    return earnBackLedger(regime, { periods, credits: creditsOf(regime, periods, year), startMonth: 1 }).map(
      (each) => each.outcome,
    )
  }
  expect(outcome(90, 98, null, 99)).toEqual(['earned-back'])
  expect(outcome(90, 98)).toEqual(['provisional'])
  expect(outcome(90, 98, 97)).toEqual(['kept'])
})

test('a minimum is a default at once, the expected only when it is missed again and again', () => {
  const level = { ...critical('a', 5000), minimumPpm: 900_000, defaultAfter: 3 }
  const periods = monthsOf(10_000_000, { a: 94 }, { a: 96 }, { a: 94 }, { a: 89 }, { a: 94 })
  const credits = creditsOf(atRisk(1000, [level]), periods, year)
  expect(credits.map(({ amountMinor }) => amountMinor)).toEqual([0, 0, 0, 500_000, 500_000])
  expect(credits[0]!.levels[0]!.standing).toBe('no-default')
})

test('percentage gap: 75 of 98 % are 23 % of the charges, or half a percent for each point', () => {
  const regime = { ...plainRegime('gap', [plainLevel('a', 980_000)]), perPointBp: 100 }
  const months = monthsOf(10_000_000, { a: 75 })
  expect(creditsOf(regime, months, year)[0]!.amountMinor).toBe(2_300_000)
  expect(creditsOf({ ...regime, perPointBp: 50 }, months, year)[0]!.amountMinor).toBe(1_150_000)
  expect(creditsOf({ ...regime, periodCapBp: 1000 }, months, year)[0]!.amountMinor).toBe(1_000_000)
})

const table = [
  { points: 5, creditBp: 0 },
  { points: 10, creditBp: 200 },
  { points: 15, creditBp: 400 },
  { points: 20, creditBp: 600 },
  { points: 25, creditBp: 800 },
  { points: 30, creditBp: 1000 },
]

test.each([
  [4, 0],
  [5, 0],
  [9, 0],
  [10, 2],
  [15, 4],
  [20, 6],
  [29, 8],
  [30, 10],
  [90, 10],
])('points table: %i points are %i %% of the bill', (weight, percent) => {
  const level = { ...plainLevel('a', 950_000), bands: [{ fromPpm: 0, belowPpm: 950_000, severity: 'missed', weight }] }
  const regime = { ...plainRegime('points-table', [level]), table }
  expect(creditsOf(regime, monthsOf(1_000_000, { a: 90 }), year)[0]!.amountMinor).toBe(percent * 10_000)
})

test.each([
  [99.9, 0],
  [99.89, 1000],
  [99, 1000],
  [98.99, 2500],
  [95, 2500],
  [94.99, 10_000],
])(
  'bands of availability: %d %% of the hours costs %i basis points of that service’s fee, when it is claimed',
  (percent, bp) => {
    const level = {
      ...plainLevel('a', 999_000),
      bands: [
        { fromPpm: 990_000, belowPpm: 999_000, severity: 'minor', weight: 1000 },
        { fromPpm: 950_000, belowPpm: 990_000, severity: 'serious', weight: 2500 },
        { fromPpm: 0, belowPpm: 950_000, severity: 'severe', weight: 10_000 },
      ],
    }
    const regime = { ...plainRegime('bands', [level]), claimWithinDays: 30 }
    expect(faultsOf(regime)).toEqual([])
    const [period] = monthsOf(10_000_000, { a: percent })
    const measured = period!.measured.map((each) => ({ ...each, feeMinor: 1_000_000 }))
    expect(creditsOf(regime, [{ ...period!, measured }], year)[0]!.amountMinor).toBe(bp * 100)
    const unclaimed = measured.map((each) => ({ ...each, claimed: false }))
    expect(creditsOf(regime, [{ ...period!, measured: unclaimed }], year)[0]!.amountMinor).toBe(0)
  },
)

test('one cause that fails several levels costs the dearest of them alone, others cost beside it', () => {
  const regime = { ...atRisk(1200, [critical('a', 2000), critical('b', 3000), critical('c', 1000)]), singleEvent: true }
  const [period] = monthsOf(10_000_000, { a: 90, b: 90, c: 90 })
  const measured = period!.measured.map((each) => ({ ...each, event: each.level === 'c' ? null : 'storm' }))
  const [credit] = creditsOf(regime, [{ ...period!, measured }], year)
  expect(credit!.levels.map(({ standing, shareMinor }) => [standing, shareMinor])).toEqual([
    ['same-event', 0],
    ['counted', 360_000],
    ['counted', 120_000],
  ])
})

test('a year costs no more than its cap, of the last twelve months or of the contract’s year', () => {
  const regime: CreditRegime = { ...plainRegime('gap', [plainLevel('a', 980_000)]), perPointBp: 100 }
  const months = monthsOf(1_000_000, { a: 88 }, { a: 88 }, { a: 88 })
  const amounts = (yearCap: CreditRegime['yearCap'], given = year) =>
    creditsOf({ ...regime, yearCap }, months, given).map(({ amountMinor }) => amountMinor)
  expect(amounts({ capBp: 800, window: 'rolling-12' })).toEqual([80_000, 80_000, 80_000])
  expect(amounts({ capBp: 150, window: 'contract-year' }, { startMonth: 1, yearBasisMinor: 12_000_000 })).toEqual([
    100_000, 80_000, 0,
  ])
  expect(amounts({ capBp: 150, window: 'contract-year' }, { startMonth: 3, yearBasisMinor: 12_000_000 })).toEqual([
    100_000, 80_000, 100_000,
  ])
})

test('how far a right to terminate is: one miss more, or none', () => {
  const regime: CreditRegime = {
    ...atRisk(1200, [{ ...critical('a', 6000), floorPpm: 850_000 }]),
    yearCap: { capBp: 600, window: 'contract-year' },
    triggers: [
      { kind: 'consecutive', count: 3 },
      { kind: 'within', count: 3, months: 6 },
      { kind: 'cap-share', shareBp: 10_000 },
      { kind: 'floor' },
    ],
  }
  const periods = monthsOf(10_000_000, { a: 90 }, { a: 97 }, { a: 90 }, { a: 84 })
  const credits = creditsOf(regime, periods, year)
  const standing = standingOf(regime, { periods, credits, year })
  expect(standing.map(({ trigger, have, need, left, reached }) => [trigger.kind, have, need, left, reached])).toEqual([
    ['consecutive', 2, 3, 1, false],
    ['within', 3, 3, 0, true],
    ['cap-share', 2_040_000, 2_400_000, 360_000, false],
    ['floor', 1, 1, 0, true],
  ])
})

test('what is worse never costs less, and lines come in the order of processing', () => {
  const share = fc.integer({ min: 0, max: 10_000 }).map((each) => each / 100)
  const regimes: readonly CreditRegime[] = [
    points,
    { ...points, periodCapBp: 200 },
    { ...atRisk(1200, [critical('p1', 6000)]) },
    { ...plainRegime('gap', [plainLevel('p1', 980_000)]), perPointBp: 100, periodCapBp: 1500 },
    {
      ...plainRegime('points-table', [
        { ...pointed, bands: bands.map((each) => ({ ...each, weight: each.weight * 10 })) },
      ]),
      table,
    },
  ]
  fc.assert(
    fc.property(fc.constantFrom(...regimes), share, share, (regime, one, other) => {
      const cost = (percent: number) => creditsOf(regime, monthsOf(1_234_567, { p1: percent }), year)[0]!
      const [better, worse] = [cost(Math.max(one, other)), cost(Math.min(one, other))]
      expect(worse.amountMinor).toBeGreaterThanOrEqual(better.amountMinor)
      expect(worse.levels.reduce((sum, { shareMinor }) => sum + shareMinor, 0)).toBe(worse.amountMinor)
      const order = worse.lines.map(({ step }) => creditSteps.indexOf(step))
      expect(order).toEqual(order.toSorted((a, b) => a - b))
    }),
  )
})
