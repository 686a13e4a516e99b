import { describe, expect, test } from 'vitest'
import { chartOf, isSustained, limitsOf } from '#core/control-chart.ts'

/** DOMAIN §3.12, XMR-01: mean hours to restore, by month. */
const hours = [9.2, 8.7, 9.6, 9.1, 8.4, 9.9, 9.3, 8.8, 9.5, 9.0, 8.6, 9.4]
const free = { least: 0, most: Infinity }

describe('limits', () => {
  test('XMR-01: 9.125 hours, from 7.29 to 10.96, and a step of at most 2.26', () => {
    const limits = limitsOf(hours, free)!
    expect(limits.mean).toBeCloseTo(9.125, 3)
    expect(limits.lower).toBeCloseTo(7.29, 2)
    expect(limits.upper).toBeCloseTo(10.96, 2)
    expect(limits.range).toBeCloseTo(2.26, 2)
    expect(limits.range / 3.268).toBeCloseTo(0.691, 3)
    expect(limits.from).toBe(12)
  })

  test('there are none of fewer than six values', () => {
    expect(limitsOf(hours.slice(0, 5), free)).toBeNull()
    expect(limitsOf(hours.slice(0, 6), free)).toMatchObject({ from: 6 })
  })

  test('stay within what is possible', () => {
    expect(limitsOf([100, 90, 100, 91, 100, 92], { least: 0, most: 100 })).toMatchObject({ upper: 100 })
  })

  test('know nothing of the step over a missing value', () => {
    // The leap from 1 to 9 happened while nobody measured.
    expect(limitsOf([1, 1, 1, null, 9, 9, 9], free)).toMatchObject({ lower: 5, upper: 5 })
  })
})

describe('a chart', () => {
  test('XMR-01: of its next value 10.4 is noise and 11.4 is news', () => {
    expect(chartOf([...hours, 10.4], free).signals).toEqual([])
    expect(chartOf([...hours, 11.4], free).signals).toEqual([{ at: 12, pattern: 'outside', direction: 'higher' }])
  })

  test('XMR-01: two of three over 10.35 are news, one is not', () => {
    expect(chartOf([...hours, 10.4, 9.0], free).signals).toEqual([])
    expect(chartOf([...hours, 10.4, 9.0, 10.4], free).signals).toEqual([
      { at: 14, pattern: 'outer', direction: 'higher' },
    ])
    expect(chartOf([...hours, 10.34, 9.0, 10.4], free).signals).toEqual([])
  })

  test('what is mostly as good as can be does not lean towards it: the outer third is that of the uncut limit', () => {
    const shares = [100, 96, 100, 92, 100, 100, 96, 100, 100, 92, 100, 100]
    // Mean 98, steps of 3.636 on average: uncut the limit is 107.67, its outer third begins at 104.45.
    expect(limitsOf(shares, { least: 0, most: 100 })).toMatchObject({ mean: 98, upper: 100 })
    expect(chartOf([...shares, 100, 100, 100], { least: 0, most: 100 }).signals).toEqual([])
    const rare = [0, 0, 6, 0, 0, 0, 6, 0, 0, 0, 6, 0]
    expect(chartOf([...rare, 0, 0], free).signals).toEqual([])
  })

  test('of rare events a run of none is what is usual; where there used to be some, it is news', () => {
    const counts = { least: 0, most: Number.POSITIVE_INFINITY }
    expect(chartOf([0, 0, 0, 0, 0, 0, 0, 0, 18.5, 0, 0, 0], counts).signals).toEqual([
      { at: 8, pattern: 'outside', direction: 'higher' },
    ])
    expect(chartOf([4, 3, 4, 3, 0, 0, 0, 0, 0, 0, 0, 0], counts).signals.at(-1)).toEqual({
      at: 11,
      pattern: 'run',
      direction: 'lower',
    })
    const gone = [4, 3, 4, 3, 4, 3, ...Array.from({ length: 14 }, () => 0)]
    expect(chartOf(gone, counts).signals.at(-1)).toMatchObject({ at: 19, direction: 'lower' })
  })

  test.each([
    [5, 'none', null],
    [6, 'provisional', 6],
    [11, 'provisional', 6],
    [12, 'usable', 12],
    [19, 'usable', 12],
    [20, 'firm', 20],
    [30, 'firm', 20],
  ])('of %i values is %s and keeps the limits of the first', (count, standing, from) => {
    const values = Array.from({ length: count }, (_, index) => hours[index % hours.length]!)
    const [stretch] = chartOf(values, free).stretches
    expect([stretch!.standing, stretch!.limits?.from ?? null]).toEqual([standing, from])
  })

  test('begins anew where something changed for good, and only a signal that lasts is a reason to', () => {
    const better = hours.map((value) => value - 4)
    const values = [...hours, ...better]
    const before = chartOf(values, free)
    expect(before.signals.map(({ at }) => at)).toEqual([12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23])
    expect(isSustained(before, 12)).toBe(true)
    expect(isSustained(chartOf([...hours, 11.4, ...hours], free), 13)).toBe(false)
    const after = chartOf(values, free, [12])
    expect(after.signals).toEqual([])
    expect(after.stretches.map(({ from, to, standing }) => [from, to, standing])).toEqual([
      [0, 12, 'usable'],
      [12, 24, 'usable'],
    ])
  })
})
