import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { percentOf } from '#core/attainment.ts'
import {
  availabilityOf,
  availabilityRatio,
  coverageRatio,
  designedParallel,
  designedRedundant,
  designedSerial,
  type Downtime,
  errorBudget,
  meanTimes,
  redundantDowntime,
  serialDowntime,
  type Stretch,
} from '#core/availability.ts'
import { compileCalendar } from '#core/calendar.ts'
import { ALWAYS, HOUR, hours, local, MINUTE } from '#core/clock-testing.ts'

const stretch = (from: string, to: string): Stretch => ({ from: local(from), to: local(to) })

/** June 2025, Monday to Saturday 06:00 to 22:00, with one announced maintenance (DOMAIN §3.2). */
const june = stretch('2025-06-01 00:00', '2025-07-01 00:00')
const terms = {
  open: compileCalendar(hours('06:00', '22:00', 6)),
  maintenance: [stretch('2025-06-14 18:00', '2025-06-14 22:00')],
}
const outages: readonly Downtime[] = [
  stretch('2025-06-10 09:00', '2025-06-10 11:30'),
  stretch('2025-06-10 11:00', '2025-06-10 12:00'),
  stretch('2025-06-14 21:00', '2025-06-14 23:00'),
  stretch('2025-06-18 21:00', '2025-06-19 07:00'),
]

test('AVL-01: overlapping downtimes count once, maintenance and closed hours not at all', () => {
  const measured = availabilityOf(terms, june, outages)

  expect(measured.agreedMs).toBe(396 * HOUR)
  expect(measured.downMs).toBe(5 * HOUR)
  expect(percentOf(availabilityRatio(measured)!, 3)).toBe(98.737)
})

test('AVL-02: weighed by the users who were hit, an outage of a quarter of them counts a quarter', () => {
  const [first, second, ...rest] = outages
  const weight = (300 / 1200) * 10_000
  const measured = availabilityOf(terms, june, [{ ...first!, weight }, { ...second!, weight }, ...rest])

  expect(measured.downMs).toBe(2.75 * HOUR)
  expect(percentOf(availabilityRatio(measured)!, 3)).toBe(99.306)
})

test('AVL-03: two lines in parallel, then a chain of four, then two of three', () => {
  const lines = designedParallel([0.995, 0.99])
  const chain = designedSerial([lines, 0.999, 0.998, 0.9995])

  expect(lines).toBeCloseTo(0.99995, 8)
  expect(chain).toBeCloseTo(0.99645, 5)
  expect(Math.round((1 - chain) * 396 * 60)).toBe(84)
  expect(designedRedundant(0.99, 2, 3)).toBeCloseTo(0.999702, 8)
})

test('99.9 % of 396 hours leave 23.76 minutes, of which five hours are more than all', () => {
  const { budgetMs, leftMs } = errorBudget({ agreedMs: 396 * HOUR, downMs: 5 * HOUR }, 9990)

  expect(budgetMs).toBeCloseTo(23.76 * MINUTE, 3)
  expect(leftMs).toBeCloseTo(23.76 * MINUTE - 5 * HOUR, 3)
})

test('five hours down in two outages: 2.5 hours to restore, 198 hours apart, 195.5 in operation', () => {
  expect(meanTimes(availabilityOf(terms, june, outages), 2)).toEqual({
    toRestoreMs: 2.5 * HOUR,
    betweenOutagesMs: 198 * HOUR,
    betweenFailuresMs: 195.5 * HOUR,
  })
  expect(meanTimes(availabilityOf(terms, june, []))).toBeNull()
})

describe('a month', () => {
  test('without service time is not measured, which is not 100 %', () => {
    const closed = { open: compileCalendar(hours('06:00', '22:00', 6)), maintenance: [june] }
    expect(availabilityRatio(availabilityOf(closed, june, outages))).toBeNull()
  })

  test('with a downtime that the contract excludes counts it as up, and says so', () => {
    const customers = { ...stretch('2025-06-20 08:00', '2025-06-20 10:00'), excluded: 'caused by the customer' }
    const both = stretch('2025-06-20 09:00', '2025-06-20 09:30')
    const measured = availabilityOf(terms, june, [customers, both])

    expect(measured.downMs).toBe(HOUR / 2)
    expect(measured.excludedMs).toBe(1.5 * HOUR)
  })

  test('that nobody watched for a day is told with its coverage', () => {
    const measured = availabilityOf(terms, june, [], [stretch('2025-06-02 00:00', '2025-06-03 00:00')])

    expect(measured.blindMs).toBe(16 * HOUR)
    expect(coverageRatio(measured)).toEqual({ numerator: 380 * HOUR, denominator: 396 * HOUR })
  })

  test('has an overrun of its maintenance as downtime', () => {
    const open = { open: ALWAYS, maintenance: [stretch('2025-06-14 18:00', '2025-06-14 22:00')] }
    const measured = availabilityOf(open, june, [stretch('2025-06-14 18:00', '2025-06-14 22:40')])
    expect(measured.downMs).toBe(40 * MINUTE)
  })
})

test('a chain is down when one part is, two of three when two are', () => {
  const [a, b, c] = [[{ from: 0, to: 10 }], [{ from: 5, to: 20 }], [{ from: 15, to: 30 }]] as const

  expect(serialDowntime([a, b, c])).toEqual([{ from: 0, to: 30 }])
  expect(redundantDowntime([a, b, c], 2)).toEqual([
    { from: 5, to: 10 },
    { from: 15, to: 20 },
  ])
  expect(redundantDowntime([a, b, c], 1)).toEqual([])
})

const someDowntimes = fc.array(
  fc.record({
    from: fc.integer({ min: june.from - 50 * HOUR, max: june.to + 50 * HOUR }),
    length: fc.integer({ min: -HOUR, max: 60 * HOUR }),
    weight: fc.constantFrom(0, 2500, 5000, 10_000),
  }),
  { maxLength: 12 },
)

test('in any order and split anywhere the figures are the same, and no more is down than was agreed', () => {
  fc.assert(
    fc.property(someDowntimes, fc.float({ min: 0, max: 1, noNaN: true }), (drawn, part) => {
      const downtimes = drawn.map(({ from, length, weight }) => ({ from, to: from + length, weight }))
      const measured = availabilityOf(terms, june, downtimes)
      const split = downtimes.flatMap(({ from, to, weight }) => {
        const middle = Math.round(from + (to - from) * part)
        return [
          { from: middle, to, weight },
          { from, to: middle, weight },
        ]
      })

      expect(availabilityOf(terms, june, downtimes.toReversed())).toEqual(measured)
      expect(availabilityOf(terms, june, split).downMs).toBeCloseTo(measured.downMs, 3)
      expect(measured.downMs).toBeGreaterThanOrEqual(0)
      expect(measured.downMs).toBeLessThanOrEqual(measured.agreedMs)
    }),
    { numRuns: 1000 },
  )
})
