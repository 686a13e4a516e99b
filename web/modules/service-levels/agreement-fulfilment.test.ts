import { expect, test } from 'vitest'
import { anotherFulfilment, readFulfilment, typedFulfilment } from './agreement-fulfilment.ts'

const promises = [
  { targetSeconds: 57_600, attainmentBp: 9500 },
  { service: 's', targetSeconds: 172_800, days: { count: 2, reading: 'same-time' as const }, attainmentBp: 9000 },
  { item: 'i', targetSeconds: 5400, attainmentBp: 9950 },
]

test('what was promised for orders is typed and read as it was', () => {
  const typed = typedFulfilment(promises, (count) => `${count} days`)

  expect(typed.map(({ what, time, share }) => [what, time, share])).toEqual([
    ['', '16 h', '95'],
    ['service s', '2 days', '90'],
    ['item i', '1:30 h', '99.5'],
  ])
  expect(readFulfilment(typed)).toEqual(promises)
})

test('a promise without a time cannot be read', () => {
  expect(readFulfilment([anotherFulfilment([])])).toBe(null)
})
