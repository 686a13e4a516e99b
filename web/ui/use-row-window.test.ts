import { expect, test } from 'vitest'
import { paced, rowsAt, rowsInSight, step, toward } from './use-row-window.ts'

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

test.each([
  ['all of them, where there is time', { first: 0, last: 60 }, 100, { first: 40, last: 100 }],
  ['further down', { first: 0, last: 60 }, 8, { first: 40, last: 68 }],
  ['further up', { first: 90, last: 150 }, 8, { first: 82, last: 100 }],
  ['first on the side that lacks more', { first: 68, last: 76 }, 30, { first: 40, last: 78 }],
  ['about the middle, where none are there', { first: 900, last: 960 }, 8, { first: 66, last: 74 }],
])('rows come %s', (_, shown, most, expected) => {
  expect(toward(shown, { first: 40, last: 100 }, most)).toEqual(expected)
})

test('whatever is there and however few come at once, in the end exactly the wanted ones are', () => {
  const wanted = { first: 40, last: 100 }
  for (const most of [1, 2, 7, 1000])
    for (const first of [0, 39, 40, 70, 99, 100, 500]) {
      let shown = { first, last: first + 30 }
      for (let frame = 0; frame <= 60; frame++) shown = toward(shown, wanted, most)
      expect(shown).toEqual(wanted)
    }
})

test('a frame that takes too long brings fewer the next time, at least one; a quick one more', () => {
  expect([paced(8, 30), paced(1, 30), paced(8, 16), paced(8, 19)]).toEqual([4, 1, 9, 8])
})

test('who reads has all rows at once; while nobody can read, a slow machine brings none', () => {
  const at = (speed: number, most: number, blurred = false) => rowsAt({ speed, blurred }, most, 900)
  expect([at(0.5, 1), at(2, 8), at(2, 2), at(2, 8, true)]).toEqual([900, 8, 0, 0])
})

test('what goes by as a blur stays one between the jerks of a wheel, until it is slow enough to be read', () => {
  let motion = { at: 0, top: 0, speed: 0, blurred: false }
  const seen: boolean[] = []
  for (const [ms, pixels] of [
    [16, 240],
    [16, 240],
    [100, 60],
    [200, 10],
    [200, 10],
    [200, 10],
  ] as const) {
    motion = step(motion, { at: motion.at + ms, top: motion.top + pixels, height: 900 })
    seen.push(motion.blurred)
  }
  expect(seen).toEqual([true, true, true, true, true, false])
})

test('the first step after a rest is not taken for a fast one, however far it leads', () => {
  expect(step({ at: 1000, top: 0, speed: 9, blurred: true }, { at: 9000, top: 50_000, height: 900 }).speed).toBe(0)
})
