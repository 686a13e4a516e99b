import fc from 'fast-check'
import { expect, test } from 'vitest'
import { holding, lostTimeNamed, lostTimeOf, medianOf, paretoOf, projected, spreadOf } from '#core/lost-time.ts'

test('192 minutes each of 2,150 tickets are 6,880 hours, of which 1,088 are known', () => {
  const lost = lostTimeOf(Array.from({ length: 340 }, (_, index) => (index % 2 === 0 ? 184 : 200)))
  expect(lost.mean).toEqual({ numerator: 192 * 340, denominator: 340 })
  const { all, floor } = projected(lost, 2150)
  expect(all!.numerator / all!.denominator / 60).toBe(6880)
  expect(floor / 60).toBe(1088)
})

test('more than five working days counts as five, and is told', () => {
  const lost = lostTimeOf([30, 60, 90, 100_000])
  expect(lost).toMatchObject({ answers: 4, cut: 1, median: 75, mean: { numerator: 2580, denominator: 4 } })
  expect(lostTimeOf([])).toMatchObject({ answers: 0, mean: null, median: null })
})

test('the median is beside the mean: of 1, 2, 3 and 30 hours it is 2.5 where the mean is 9', () => {
  expect(medianOf([30, 1, 3, 2])).toBe(2.5)
  expect(medianOf([5, 1, 3])).toBe(3)
  expect(medianOf([])).toBeNull()
})

test('thirteen of a hundred tickets hold four fifths of the lost time', () => {
  const parts = Array.from({ length: 100 }, (_, index) => ({ key: `${index}`, value: index < 13 ? 80 : 2.9 }))
  const steps = paretoOf(parts.map(({ key, value }) => ({ key, value: Math.round(value * 10) })))
  expect(holding(steps, 80)).toBe(13)
  expect([paretoOf([{ key: 'nothing', value: 0 }]), holding([], 80)]).toEqual([[], 0])
})

test('law: what is reached only grows, and ends with everything', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(10_000), { minLength: 1 }), (values) => {
      const steps = paretoOf(values.map((value, index) => ({ key: `${index}`, value })))
      const reached = steps.map(({ cumulative }) => cumulative.numerator)
      expect(reached).toEqual(reached.toSorted((one, other) => one - other))
      const sum = values.reduce((total, value) => total + value, 0)
      expect(reached.at(-1) ?? 0).toBe(sum)
    }),
  )
})

test('steps of lost time hold every answer once, add up to the sum, and tell of nobody alone', () => {
  const times = fc.array(fc.record({ minutes: fc.nat(5000), people: fc.integer({ min: 1, max: 9 }) }))
  fc.assert(
    fc.property(times, fc.integer({ min: 1, max: 6 }), (named, least) => {
      const { answers, sum } = lostTimeNamed(named)
      const spread = spreadOf(named, least)
      expect(spread.reduce((total, step) => total + step.answers, 0)).toBe(answers)
      expect(spread.reduce((total, step) => total + step.minutes, 0)).toBe(sum)
      for (const step of spread) expect(step.answers).toBeGreaterThanOrEqual(Math.min(least, answers))
    }),
  )
  const named = [0, 15, 16, 300].map((minutes) => ({ minutes, people: 1 }))
  expect(spreadOf(named)).toEqual([
    { above: 0, upTo: 15, answers: 2, minutes: 15 },
    { above: 15, upTo: 30, answers: 1, minutes: 16 },
    { above: 240, upTo: 480, answers: 1, minutes: 300 },
  ])
  expect(spreadOf(named, 2)).toEqual([
    { above: 0, upTo: 15, answers: 2, minutes: 15 },
    { above: 15, upTo: 480, answers: 2, minutes: 316 },
  ])
  expect(spreadOf(named, 3)).toEqual([{ above: 0, upTo: 480, answers: 4, minutes: 331 }])
})
