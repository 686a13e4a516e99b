import fc from 'fast-check'
import { expect, test } from 'vitest'
import { percentParts } from './held-parts.ts'

test('the shares of those who held an incident add up to 100 per cent, each within one of its own', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1, maxLength: 9 }), (parts) => {
      const whole = parts.reduce((sum, part) => sum + part, 0)
      const percents = percentParts(parts)
      expect(percents.reduce((sum, part) => sum + part, 0)).toBe(whole === 0 ? 0 : 100)
      percents.forEach((percent, index) => {
        expect(Math.abs(percent - (whole === 0 ? 0 : (100 * parts[index]!) / whole))).toBeLessThan(1)
      })
    }),
  )
})
