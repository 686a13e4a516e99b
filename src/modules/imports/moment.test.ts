import { expect, test } from 'vitest'
import { instantOf, orderOf, readMoment } from './moment.ts'

const iso = (text: string, order?: 'dmy' | 'mdy', zone = 'Europe/Berlin') => {
  const reading = readMoment(text, order)
  return reading && new Date(instantOf(reading, zone)).toISOString()
}

test.each([
  ['29/2/2016 01:16', 'dmy', '2016-02-29T00:16:00.000Z'],
  ['2/29/2016 1:16 PM', 'mdy', '2016-02-29T12:16:00.000Z'],
  ['2/29/16 12:05:09 am', 'mdy', '2016-02-28T23:05:09.000Z'],
  ['29.02.2016 01:16', undefined, '2016-02-29T00:16:00.000Z'],
  ['29.2.16', undefined, '2016-02-28T23:00:00.000Z'],
  ['29-02-2016 01:16:30', 'dmy', '2016-02-29T00:16:30.000Z'],
  ['2016-02-29 01:16:30', undefined, '2016-02-29T00:16:30.000Z'],
  ['2016/02/29 01:16', undefined, '2016-02-29T00:16:00.000Z'],
  ['2016-02-29T01:16:30.250', undefined, '2016-02-29T00:16:30.250Z'],
  ['2016-02-29T01:16:30Z', undefined, '2016-02-29T01:16:30.000Z'],
  ['2016-02-29T01:16:30.123456+05:30', undefined, '2016-02-28T19:46:30.123Z'],
  ['2016-02-29 01:16:30 -0800', undefined, '2016-02-29T09:16:30.000Z'],
  ['2016-02-29', undefined, '2016-02-28T23:00:00.000Z'],
  ['2016-02-29 24:00', undefined, '2016-02-29T23:00:00.000Z'],
] as const)('%s (%s) is %s', (text, order, instant) => {
  expect(iso(text, order)).toBe(instant)
})

test.each([
  ['a day that no month has', '30/2/2016', 'dmy'],
  ['a month that no year has', '1/13/2016', 'dmy'],
  ['an hour that no day has', '1/2/2016 25:00', 'dmy'],
  ['thirteen o’clock in the afternoon', '1/2/2016 13:00 PM', 'mdy'],
  ['a number', '42', 'dmy'],
  ['words', 'yesterday', 'dmy'],
  ['separators of two kinds', '1/2-2016', 'dmy'],
  ['an order that nobody gave', '1/2/2016', undefined],
] as const)('%s is no moment', (_, text, order) => {
  expect(readMoment(text, order)).toBeNull()
})

test('a time that is skipped in spring is read an hour later, one that comes twice in autumn the first time', () => {
  expect(iso('27/3/2016 02:30', 'dmy')).toBe('2016-03-27T01:30:00.000Z')
  expect(iso('30/10/2016 02:30', 'dmy')).toBe('2016-10-30T00:30:00.000Z')
})

test.each([
  [['1/2/2016', '29/2/2016 01:16'], 'dmy'],
  [['1/2/2016', '2/29/2016'], 'mdy'],
  [['1/2/2016', '12/11/2016 10:00'], 'either'],
  [['13/2/2016', '2/13/2016'], 'neither'],
  [['1.2.2016', '2016-02-13', 'word'], 'no-matter'],
  [[], 'no-matter'],
] as const)('%j: the order is %s', (texts, order) => {
  expect(orderOf(texts)).toBe(order)
})
