import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isoOf } from '#core/iso.ts'

test('a moment is written as JavaScript writes it, near the last one or far away', () => {
  const moment = fc.oneof(
    fc.integer({ min: Date.UTC(2000, 0, 1), max: Date.UTC(2040, 0, 1) }),
    fc.integer({ min: -8.64e15, max: 8.64e15 }),
  )
  fc.assert(
    fc.property(moment, fc.integer({ min: -90_000_000, max: 90_000_000 }), (at, step) => {
      const near = Math.min(Math.max(at + step, -8.64e15), 8.64e15)
      expect(isoOf(at)).toBe(new Date(at).toISOString())
      expect(isoOf(near)).toBe(new Date(near).toISOString())
    }),
    { numRuns: 2000 },
  )
})
