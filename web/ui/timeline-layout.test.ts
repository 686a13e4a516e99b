import { expect, test } from 'vitest'
import { lanes, placeIn } from './timeline-layout.ts'

test('a day lies between the first and the last, and what is outside lies at the edge', () => {
  const place = placeIn('2026-01-01', '2027-01-01')
  expect([place('2025-06-01'), place('2026-01-01'), place('2026-07-02'), place('2028-01-01')]).toEqual([
    0,
    0,
    expect.closeTo(49.86, 2),
    100,
  ])
})

test('of words that would stand on each other the first stay', () => {
  const place = placeIn('2026-01-01', '2027-01-01')
  const scale = ['2026-01-01', '2026-02-01', '2026-06-01', '2026-09-20', '2026-12-31'].map((on) => ({ on, words: on }))
  expect(lanes(scale, place).map(({ mark }) => mark.on)).toEqual(['2026-01-01', '2026-06-01', '2026-09-20'])
})
