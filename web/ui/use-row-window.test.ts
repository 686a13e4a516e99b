import { expect, test } from 'vitest'
import { mayWait, rowsInSight, step } from './use-row-window.ts'

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

test('rows are waited for only while a scroll is too fast to read and bringing them makes it jerk', () => {
  const wheel = step({ at: 1000, top: 0 }, { at: 1016, top: 240, height: 900 })
  expect(mayWait({ ...wheel, costly: true }, 1017)).toBe(true)
  expect(mayWait({ ...wheel, costly: false }, 1017)).toBe(false)
  expect(mayWait({ ...wheel, costly: true }, 1200)).toBe(false)
  const read = step({ at: 1000, top: 0 }, { at: 1050, top: 120, height: 900 })
  expect(mayWait({ ...read, costly: true }, 1051)).toBe(false)
})

test('the first step after a rest is not taken for a fast one, however far it leads', () => {
  expect(step({ at: 1000, top: 0 }, { at: 9000, top: 50_000, height: 900 }).speed).toBe(0)
})
