import { expect, test } from 'vitest'
import {
  type Circumstances,
  holdsFor,
  inOrderOfChoice,
  repeatedTarget,
  type TargetConditions,
} from './target-choice.ts'

const none: TargetConditions = { serviceId: null, category: null, siteType: null, reported: null }
const here: Circumstances = { serviceId: 'mail', category: 'Printing', siteType: 'factory', reported: 'outside-hours' }

test.each([
  ['without a condition a target holds everywhere', {}, true],
  ['for another service it does not hold', { serviceId: 'files' }, false],
  ['a category is the same in any case of letters', { category: ' printing' }, true],
  ['all conditions must be so', { siteType: 'factory', reported: 'within-hours' as const }, false],
  ['several conditions that are so hold together', { siteType: 'factory', reported: 'outside-hours' as const }, true],
])('%s', (_, conditions, holds) => {
  expect(holdsFor({ ...none, ...conditions }, here)).toBe(holds)
})

test('what is not known of an incident fulfils no condition', () => {
  expect(holdsFor({ ...none, category: 'Printing' }, none)).toBe(false)
})

test('the target with the most conditions is tried first, among equals the one listed first', () => {
  const named = (name: string, conditions: Partial<TargetConditions>) => ({ name, ...none, ...conditions })
  const ordered = inOrderOfChoice([
    named('all', {}),
    named('factories', { siteType: 'factory' }),
    named('mail', { serviceId: 'mail' }),
    named('mail at night', { serviceId: 'mail', reported: 'outside-hours' }),
  ])
  expect(ordered.map(({ name }) => name)).toEqual(['mail at night', 'factories', 'mail', 'all'])
})

test('two targets are the same only under the same conditions', () => {
  const p1 = { metric: 'resolution', priority: 'p1', ...none }
  expect(repeatedTarget([p1, { ...p1, category: 'Printing' }, { ...p1, metric: 'response' }])).toBe(-1)
  expect(repeatedTarget([{ ...p1, category: 'Printing' }, p1, { ...p1, category: 'PRINTING ' }])).toBe(2)
})
