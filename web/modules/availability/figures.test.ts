import { expect, test } from 'vitest'
import { formatIn } from '#web/ui/format.ts'
import { percentOf, shareWords, standingOf, targetWords } from './figures.ts'

const en = formatIn('en', 'Europe/Berlin')

test.each([
  ['AVL-01', { numerator: 391, denominator: 396 }, 999_000, 98.737],
  ['AVL-02', { numerator: 393.25, denominator: 396 }, 999_000, 99.306],
  ['next to all of it is not all of it', { numerator: 9_999_999, denominator: 10_000_000 }, 0, 99.999],
  [
    'what missed its target by a hair does not look as if it had met it',
    { numerator: 9_989_996, denominator: 1e7 },
    999_000,
    99.899,
  ],
  ['what met it by a hair is rounded', { numerator: 9_990_004, denominator: 1e7 }, 999_000, 99.9],
])('%s', (_, ratio, target, percent) => {
  expect(percentOf(ratio, target)).toBeCloseTo(percent, 9)
})

test('a share says three digits, a target as many as were promised', () => {
  expect(shareWords(en, { numerator: 396, denominator: 396 })).toBe('100 %')
  expect(shareWords(en, { numerator: 391, denominator: 392 })).toBe('99.745 %')
  expect(targetWords(en, 999_500)).toBe('99.95 %')
})

test('a promise with little left is in doubt until its month is over', () => {
  const item = { met: true, monthBudgetSeconds: 1440, monthLeftSeconds: 300 }
  expect(standingOf(item, false)).toBe('soon')
  expect(standingOf(item, true)).toBe('met')
  expect(standingOf({ ...item, met: false, monthLeftSeconds: -60 }, false)).toBe('miss')
  expect(standingOf({ ...item, met: null }, true)).toBe('none')
})
