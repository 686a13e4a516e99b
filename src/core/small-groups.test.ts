import fc from 'fast-check'
import { expect, test } from 'vitest'
import { OPINION_MINIMUM, PERFORMANCE_MINIMUM, shownGroups } from '#core/small-groups.ts'

const groups = (...sizes: readonly number[]) => sizes.map((size, index) => ({ key: `${index}`, size }))
const hiddenOf = (...sizes: readonly number[]) => [...shownGroups(groups(...sizes), OPINION_MINIMUM).hidden]

test('a team of three beside one of six: only the nine are shown', () => {
  const { shown, hidden, total } = shownGroups(groups(3, 6), OPINION_MINIMUM)
  expect([[...shown], [...hidden], total]).toEqual([[], ['0', '1'], true])
})

test.each([
  ['all are large enough', [8, 6, 5], []],
  ['two small ones hide each other when together they are enough', [20, 4, 3], ['2', '1']],
  ['and take a third with them when they are not', [20, 9, 1, 2], ['2', '3', '1']],
  ['nobody is in a group', [0, 7], []],
  ['one group that is small', [4], ['0']],
] as const)('%s', (_, sizes, hidden) => {
  expect(hiddenOf(...sizes)).toEqual(hidden)
})

test('what could be reckoned beside others is hidden, and never alone', () => {
  expect([...shownGroups(groups(20, 9, 7), OPINION_MINIMUM, new Set(['0'])).hidden]).toEqual(['0', '2'])
})

test('so few that not even all together are shown', () => {
  expect(shownGroups(groups(2, 2), OPINION_MINIMUM).total).toBe(false)
  expect(shownGroups(groups(7), PERFORMANCE_MINIMUM).total).toBe(false)
})

test('law: what is hidden cannot be reckoned from the sum', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(30), { maxLength: 12 }), fc.integer({ min: 2, max: 10 }), (sizes, minimum) => {
      const all = groups(...sizes)
      const { hidden, total } = shownGroups(all, minimum)
      const unseen = all.filter(({ key }) => hidden.has(key))
      const difference = unseen.reduce((sum, { size }) => sum + size, 0)
      for (const { key, size } of all) expect(size === 0 || size >= minimum || hidden.has(key)).toBe(true)
      fc.pre(total && unseen.length > 0)
      expect(unseen.length).toBeGreaterThan(1)
      expect(difference).toBeGreaterThanOrEqual(minimum)
    }),
  )
})
