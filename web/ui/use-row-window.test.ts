import { expect, test } from 'vitest'
import { rowsInSight } from './use-row-window.ts'

const screen = { height: 900, rowHeight: 28, count: 100_000 }

test('of a hundred thousand rows only those about what is seen are there, wherever it is scrolled to', () => {
  for (const above of [-200, 0, 1, 27, 28, 50_000, 1_400_000, 2_799_000, 2_900_000]) {
    const { first, last } = rowsInSight({ ...screen, above })
    expect(last - first).toBeLessThanOrEqual(100)
    const [top, bottom] = [above / 28, (above + 900) / 28]
    expect(first).toBeLessThanOrEqual(Math.max(0, Math.min(top, 99_999)))
    expect(last).toBeGreaterThanOrEqual(Math.min(bottom, 100_000))
  }
})

test('a small step of a scroll leaves the rows as they are', () => {
  expect(rowsInSight({ ...screen, above: 28_000 })).toEqual(rowsInSight({ ...screen, above: 28_040 }))
})
