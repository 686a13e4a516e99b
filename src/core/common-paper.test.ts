import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { type CreditLevel, type CreditRegime, faultsOf, plainLevel, plainRegime } from '#core/credit-terms.ts'
import { type CreditPeriod, creditsOf } from '#core/credit.ts'
import { standingOf } from '#core/termination.ts'

/*
 * The Common Paper service level agreement 2.0 as data. Targets and credits stand on its order form: here 99.9 % uptime for
 * 5 and 10 % of the month's fee, and an answer to every request for 2 %.
 */
const TERMS = new URL('../../../shared/data/contracts/commonpaper_sla_v2.md', import.meta.url)

const uptime: CreditLevel = {
  ...plainLevel('uptime', 999_000),
  bands: [
    { fromPpm: 990_000, belowPpm: 999_000, severity: 'minor', weight: 500 },
    { fromPpm: 0, belowPpm: 990_000, severity: 'severe', weight: 1000 },
  ],
}
const response: CreditLevel = {
  ...plainLevel('response', 1_000_000),
  bands: [{ fromPpm: 0, belowPpm: 1_000_000, severity: 'late', weight: 200 }],
}
const regime: CreditRegime = {
  ...plainRegime('bands', [uptime, response]),
  yearCap: { capBp: 800, window: 'contract-year' },
  claimWithinDays: 7,
  triggers: [{ kind: 'within', count: 2, months: 3, claimed: true }],
}

/** A year from April on, 1,000.00 a month. */
const year = { startMonth: 4, yearBasisMinor: 1_200_000 }
const FEE = 100_000

/** Minutes of a month of 30 days, down so many, with requests answered too late. */
const month = (index: number, { down = 0, late = 0, claimed = true, excluded = 0 }): CreditPeriod => ({
  month: `2026-${String(index + 4).padStart(2, '0')}`,
  basisMinor: FEE,
  measured: [
    { level: 'uptime', tally: { met: 43_200 - excluded - down, failed: down, excluded }, claimed },
    { level: 'response', tally: { met: 20 - late, failed: late, excluded: 0 }, claimed },
  ],
})
const creditIn = (given: Parameters<typeof month>[1]) => creditsOf(regime, [month(0, given)], year)[0]!.amountMinor

test.skipIf(!existsSync(TERMS))(
  'the terms of the agreement are those that are modelled (skipped without ../shared)',
  async () => {
    const text = await readFile(TERMS, 'utf8')
    for (const said of [
      'more than 8% of Cloud Service Fees',
      'within 7 days of the end of the month',
      'two (2) out of any three (3) consecutive months',
    ]) {
      expect(text).toContain(said)
    }
    expect(faultsOf(regime)).toEqual([])
  },
)

test('uptime is met to the minute: 43 minutes of 43,200 are within 99.9 %, 44 are not', () => {
  expect([creditIn({ down: 43 }), creditIn({ down: 44 })]).toEqual([0, 5000])
  expect([creditIn({ down: 432 }), creditIn({ down: 433 })]).toEqual([5000, 10_000])
})

test('excluded minutes leave both sides: of fewer minutes fewer may be down', () => {
  expect([creditIn({ down: 43, excluded: 200 }), creditIn({ down: 43, excluded: 201 })]).toEqual([0, 5000])
})

test('both kinds of credit add up, and none is there without a claim', () => {
  expect(creditIn({ down: 44, late: 1 })).toBe(7000)
  expect(creditIn({ down: 44, late: 1, claimed: false })).toBe(0)
})

test('all credits of the subscription period are 8 % of its fees at most', () => {
  const bad = Array.from({ length: 10 }, (_, index) => month(index % 9, { down: 500, late: 1 }))
  const amounts = creditsOf(regime, bad.slice(0, 9), year).map(({ amountMinor }) => amountMinor)
  expect(amounts).toEqual([12_000, 12_000, 12_000, 12_000, 12_000, 12_000, 12_000, 12_000, 0])
  const [first, ...rest] = Array.from({ length: 9 }, (_, index) =>
    month(index, { down: 44, late: index === 0 ? 1 : 0 }),
  )
  const credits = creditsOf({ ...regime, yearCap: { capBp: 300, window: 'contract-year' } }, [first!, ...rest], year)
  expect(credits.map(({ amountMinor }) => amountMinor)).toEqual([7000, 5000, 5000, 5000, 5000, 5000, 4000, 0, 0])
})

test('two months of three below the target, each claimed in time, give the right to terminate', () => {
  const right = (...months: readonly Parameters<typeof month>[1][]) => {
    const periods = months.map((each, index) => month(index, each))
    return standingOf(regime, { periods, credits: creditsOf(regime, periods, year), year })[0]!
  }
  expect(right({ down: 44 }, {}, { down: 44 })).toMatchObject({ reached: true, have: 2, left: 0 })
  expect(right({ down: 44, claimed: false }, {}, { down: 44 })).toMatchObject({ reached: false, have: 1, left: 1 })
  expect(right({ down: 44 }, {}, {}, { down: 44 })).toMatchObject({ reached: false, have: 1, left: 1 })
  expect(right({})).toMatchObject({ reached: false, left: 2 })
})
