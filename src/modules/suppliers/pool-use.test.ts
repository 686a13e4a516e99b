import { expect, test } from 'vitest'
import { mostOf, poolUse } from './pool-use.ts'

test('what nobody looked at yet is neither filled nor short', () => {
  const open = { quantity: 10, delivered: null, accepted: null }
  expect(poolUse(40, [open])).toMatchObject({ ordered: 10, short: 0, filled: null })
  expect(poolUse(40, [open, { quantity: 34, delivered: 33, accepted: 31 }])).toEqual({
    committed: 40,
    ordered: 44,
    delivered: 33,
    accepted: 31,
    short: 3,
    used: { numerator: 44, denominator: 40 },
    filled: { numerator: 31, denominator: 34 },
  })
})

test.each([
  [40, 1000, 44],
  [45, 1000, 49],
  [40, 0, 40],
])('of %i and %i basis points of flexibility %i can be called off', (committed, flexBp, most) => {
  expect(mostOf({ committed, flexBp })).toBe(most)
})
