import { expect, test } from 'vitest'
import { momentOf, newId } from '#core/id.ts'

test('an id is a UUID of version 7 that begins with its moment', () => {
  const at = Date.parse('2026-03-02T08:00:00.123Z')
  expect(newId(at)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(momentOf(newId(at))).toBe(at)
  expect(momentOf('3f2504e0-4f89-41d3-9a0c-0305e82c3301')).toBeNull()
})

test('however much is written down in one moment, what came later sorts later', () => {
  const ids = Array.from({ length: 20_000 }, () => newId(1_772_438_500_000))
  expect(ids.toSorted()).toEqual(ids)
})

test('a moment goes on counting however many others came between', () => {
  const ids = Array.from({ length: 20_000 }, (_, index) => {
    newId(1_772_439_000_000 + index)
    return newId(1_772_438_500_001)
  })
  expect(ids.toSorted()).toEqual(ids)
})

test('ids of one millisecond sort as they were made, and no two are the same', () => {
  for (let round = 0; round < 50; round++) {
    const ids = Array.from({ length: 2000 }, (_, index) => {
      newId(1_772_438_000_000 + (index % 7))
      return newId(1_772_438_400_000 + round)
    })
    expect(ids.toSorted()).toEqual(ids)
    expect(new Set(ids).size).toBe(ids.length)
  }
})
