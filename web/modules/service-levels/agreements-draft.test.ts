import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  gridOf,
  othersOf,
  problemOf,
  readShare,
  readTime,
  targetsOf,
  withCell,
  writeShare,
  writeTime,
} from './agreements-draft.ts'

test.each([
  ['4', 14_400],
  ['4 h', 14_400],
  ['4 Std.', 14_400],
  ['1,5', 5400],
  ['1:30', 5400],
  ['1:30 Std.', 5400],
  ['1 h 30', 5400],
  ['2 Std. 5 Min.', 7500],
  ['30 min', 1800],
  ['30 Minuten', 1800],
  ['2 days', 'days'],
  ['1 Arbeitstag', 'days'],
  ['3t', 'days'],
  ['0', null],
  ['soon', null],
  ['1:75', null],
  ['-4 h', null],
  ['', null],
])('“%s” is read as %s', (text, expected) => {
  expect(readTime(text)).toBe(expected)
})

test('a time in whole minutes reads back as it was written', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 60_000 }), (minutes) => {
      expect(readTime(writeTime(minutes * 60))).toBe(minutes * 60)
    }),
  )
})

test('a share reads back as it was written, and is never more than all', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10_000 }), (points) => {
      expect(readShare(writeShare(points))).toBe(points)
    }),
  )
  expect(readShare('99,5 %')).toBe(9950)
  expect(readShare('101')).toBeNull()
  expect(readShare('0')).toBeNull()
  expect(readShare('')).toBeNull()
})

test('an empty time promises nothing, and one that cannot be read stops the rest', () => {
  const agreed = [{ metric: 'resolution', priority: 'p2', targetSeconds: 28_800, attainmentBp: 9000 }] as const
  const grid = gridOf(agreed)

  expect(targetsOf(grid)).toEqual(agreed)
  expect(targetsOf(withCell(grid, 'p1', 'response', { time: 'soon' }))).toBeNull()
  expect(targetsOf(withCell(grid, 'p2', 'resolution', { time: '' }))).toEqual([])
})

test('days are refused with a reason of their own, because they mean several things', () => {
  expect(problemOf({ time: '1 Tag', share: '95' })).toBe('days')
  expect(problemOf({ time: '1 h', share: '950' })).toBe('share')
  expect(problemOf({ time: '', share: '' })).toBeNull()
})

test('what the grid does not show is kept as it was, behind what was typed', () => {
  const plain = { metric: 'resolution', priority: 'p1', targetSeconds: 14_400, attainmentBp: 9500 } as const
  const before = [
    { ...plain, expectedBp: 9900, minimumBp: 9000 },
    { ...plain, when: { siteType: 'factory' as const }, targetSeconds: 7200 },
    { ...plain, metric: 'restore' as const },
    { ...plain, priority: 'p2' as const, days: { count: 2, reading: 'end-of-day' as const } },
  ]
  const grid = gridOf(before)

  expect(targetsOf(grid, before)).toEqual(before)
  expect(othersOf(before)).toEqual(before.slice(1))
  expect(targetsOf(withCell(grid, 'p1', 'resolution', { time: '3 h' }), before)?.[0]).toEqual({
    ...before[0],
    targetSeconds: 10_800,
  })
})
