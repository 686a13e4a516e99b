import { expect, test } from 'vitest'
import { readAtRisk, readLevels, typedLevels } from './agreement-figures.ts'

test('shares of all resolutions read back as they were agreed; out of order they do not', () => {
  const levels = { targetBp: 9500, expectedBp: 9800, minimumBp: 9000 }
  const typed = typedLevels({ levels })
  expect(readLevels(typed)).toEqual(levels)
  expect(readLevels(typedLevels({ levels: null }))).toBeNull()
  expect(readLevels({ ...typed, expected: '90' })).toBeUndefined()
  expect(readLevels({ ...typed, minimum: '96' })).toBeUndefined()
  expect(readLevels({ ...typed, target: '' })).toBeUndefined()
})

test.each([
  ['50, 75, 90', [50, 75, 90]],
  ['90 % 50 %', [50, 90]],
  ['', []],
  ['100', null],
  ['often', null],
])('“%s” warns at %s', (text, expected) => {
  expect(readAtRisk(text)).toEqual(expected)
})
