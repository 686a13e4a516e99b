import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  anotherTarget,
  gridOf,
  othersOf,
  problemOf,
  readShare,
  readTime,
  targetsOf,
  typedOthers,
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
  ['7 min 30 s', 450],
  ['45 s', 45],
  ['1:59:59 h', 7199],
  ['30 Minuten', 1800],
  ['2 days', { days: 2 }],
  ['1 Arbeitstag', { days: 1 }],
  ['3t', { days: 3 }],
  ['0 days', null],
  ['0', null],
  ['soon', null],
  ['1:75', null],
  ['-4 h', null],
  ['', null],
])('“%s” is read as %s', (text, expected) => {
  expect(readTime(text)).toEqual(expected)
})

test('a time to the second reads back as it was written', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 3_600_000 }), (seconds) => {
      expect(readTime(writeTime(seconds))).toBe(seconds)
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

const inDays = (count: number) => `${count} days`
const plain = { metric: 'resolution', priority: 'p1', targetSeconds: 14_400, attainmentBp: 9500 } as const
const targets = (...typed: Parameters<typeof targetsOf>) => targetsOf(...typed)?.map(({ target }) => target)

test('an empty time promises nothing, and one that cannot be read stops the rest', () => {
  const agreed = [{ ...plain, priority: 'p2' as const }]
  const grid = gridOf(agreed, inDays)

  expect(targets(grid)).toEqual(agreed)
  expect(targetsOf(withCell(grid, 'p1', 'response', { time: 'soon' }))).toBeNull()
  expect(targets(withCell(grid, 'p2', 'resolution', { time: '' }))).toEqual([])
})

test('a share that is hoped for is not below the one to be met, and a minimum not above it', () => {
  const typed = gridOf([plain], inDays).p1.resolution
  expect(problemOf({ ...typed, share: '950' })).toBe('share')
  expect(problemOf({ ...typed, expected: '94' })).toBe('expected')
  expect(problemOf({ ...typed, minimum: '96' })).toBe('minimum')
  expect(problemOf({ ...typed, expected: '99', minimum: '90' })).toBeNull()
  expect(problemOf({ ...typed, time: '', share: '' })).toBeNull()
})

test('every target is written as it was agreed, with the place where it is typed', () => {
  const agreed = [
    { ...plain, expectedBp: 9900, minimumBp: 9000 },
    { ...plain, priority: 'p2' as const, targetSeconds: 172_800, days: { count: 2, reading: 'end-of-day' as const } },
    { ...plain, when: { siteType: 'factory' as const, category: 'Print' }, targetSeconds: 7200 },
    { ...plain, metric: 'restore' as const },
  ]
  const others = typedOthers(agreed, inDays)
  const placed = targetsOf(gridOf(agreed, inDays), others)

  expect(placed?.map(({ target }) => target)).toEqual(agreed)
  expect(placed?.map(({ place }) => place)).toEqual(['p1 resolution', 'p2 resolution', 'other 0', 'other 1'])
  expect(othersOf(agreed)).toEqual(agreed.slice(2))
  expect(anotherTarget(others).key).toBe('other 2')
})
