import { expect, test } from 'vitest'
import { roomFor, runsOf, type TrendPoint, trendScale } from '#web/ui/trend-layout.ts'

const frame = { left: 0, right: 100, top: 0, bottom: 50 }
const points = (...values: (number | null)[]): TrendPoint[] =>
  values.map((value) => ({ label: '', written: '', value }))

test('the line breaks where nothing was measured', () => {
  expect(runsOf(points(1, 2, null, 3, null, null, 4))).toEqual([[0, 1], [3], [6]])
  expect(runsOf(points(null))).toEqual([])
})

test('the target is always within the picture', () => {
  const scale = trendScale(points(97, 98), [95], frame)
  expect(scale.y(95)).toBeLessThanOrEqual(50)
  expect(scale.y(98)).toBeGreaterThanOrEqual(0)
})

test('what never changes is a line in the middle, and nothing at all is no error', () => {
  expect(trendScale(points(100, 100, 100), [], frame).y(100)).toBe(25)
  expect(Number.isFinite(trendScale(points(null, null), [], frame).y(0.5))).toBe(true)
})

test('the last point stands at the right edge, also when it is the only one', () => {
  expect(trendScale(points(1, 2, 3), [], frame).x(2)).toBe(100)
  expect(trendScale(points(1), [], frame).x(0)).toBe(100)
})

test('what is written at the end of a line has room, and a short word as much as it always had', () => {
  expect([roomFor([undefined, 'target 95']), roomFor(['Plan', undefined]), roomFor([])]).toEqual([68, 68, 68])
  expect(roomFor(['zugesagt 18,0 %', undefined])).toBeGreaterThan(100)
})
