import { expect, test } from 'vitest'
import { positionOf, stalenessOf } from './replica.ts'

const marks = [
  { at: 1000, position: 10n },
  { at: 2000, position: 20n },
  { at: 3000, position: 20n },
]

test.each([
  ['has all there was at the latest mark', 20n, 3500, 500],
  ['has all there was a mark before', 19n, 3500, 2500],
  ['has more than was known of', 99n, 3000, 0],
  ['has none of it', 9n, 3500, Infinity],
])('a copy that %s is as old as that mark', (_, replayed, now, staleness) => {
  expect(stalenessOf(marks, replayed, now)).toBe(staleness)
})

test('nothing is known before the first mark, and an idle primary makes nothing old', () => {
  expect(stalenessOf([], 99n, 3500)).toBe(Infinity)
  expect(stalenessOf([...marks, { at: 60_000, position: 20n }], 20n, 60_100)).toBe(100)
})

test.each([
  ['0/0', 0n],
  ['0/16B3748', 0x16b3748n],
  ['16/B374D848', 0x16b374d848n],
])('%s is a place in the log', (lsn, position) => {
  expect(positionOf(lsn)).toBe(position)
})
