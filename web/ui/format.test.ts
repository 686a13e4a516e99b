import { describe, expect, test } from 'vitest'
import { formatIn } from '#web/ui/format.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const en = formatIn('en', 'Europe/Berlin')
const de = formatIn('de', 'Europe/Berlin')

describe('durations', () => {
  test.each([
    ['hours and minutes', 2 * HOUR + 58 * MINUTE, '2 h 58', '2:58 Std.'],
    ['whole hours', 16 * HOUR, '16 h', '16 Std.'],
    ['a single digit of minutes', HOUR + 5 * MINUTE, '1 h 05', '1:05 Std.'],
    ['under an hour', 22 * MINUTE + 59_999, '22 min', '22 Min.'],
    ['under a minute', 12_400, '12 s', '12 Sek.'],
    ['many hours stay hours', 1234 * HOUR, '1,234 h', '1.234 Std.'],
    ['too late is written like too early', -22 * MINUTE, '22 min', '22 Min.'],
  ])('%s', (_, ms, english, german) => {
    expect(en.duration(ms).replaceAll('\u00a0', ' ')).toBe(english)
    expect(de.duration(ms).replaceAll('\u00a0', ' ')).toBe(german)
  })

  test('a number and its unit stay on one line', () => {
    expect(`${en.duration(2 * HOUR + 58 * MINUTE)}${de.duration(16 * HOUR)}`).not.toContain(' ')
  })

  test('in a column every figure has hours and minutes, and nothing is 0', () => {
    expect([0, 5 * HOUR, 8 * MINUTE].map((ms) => en.durationCell(ms))).toEqual([
      '0',
      '5\u00a0h\u00a000',
      '0\u00a0h\u00a008',
    ])
    expect([0, 5 * HOUR, 8 * MINUTE].map((ms) => de.durationCell(ms))).toEqual(['0', '5:00', '0:08'])
  })
})

describe('shares', () => {
  test('the count comes in words of the language', () => {
    expect(en.ratio({ numerator: 11_149, denominator: 17_552 })).toBe('11,149 of 17,552')
    expect(de.ratio({ numerator: 11_149, denominator: 17_552 })).toBe('11.149 von 17.552')
  })

  test('a small sample has no percentage', () => {
    expect(en.percent({ numerator: 12, denominator: 12 })).toBeNull()
    expect(en.percent({ numerator: 0, denominator: 0 })).toBeNull()
  })

  test('a single miss among thousands is never written as 100 %, a single hit never as 0 %', () => {
    expect(en.percent({ numerator: 9999, denominator: 10_000 })).toBe('99.99 %')
    expect(en.percent({ numerator: 99_999, denominator: 100_000 })).toBe('99.99 %')
    expect(en.percent({ numerator: 1, denominator: 5000 })).toBe('0.1 %')
    expect(de.percent({ numerator: 4999, denominator: 5000 })).toBe('99,9 %')
    expect(en.percent({ numerator: 5000, denominator: 5000 })).toBe('100.0 %')
  })

  test('the look’s own example', () => {
    expect(en.percent({ numerator: 41, denominator: 46 })).toBe('89.1 %')
    expect(de.percent({ numerator: 41, denominator: 46 })).toBe('89,1 %')
  })

  test('a target has no more digits than it needs', () => {
    expect([9500, 9950, 10_000].map((bp) => de.basisPoints(bp))).toEqual(['95 %', '99,5 %', '100 %'])
  })
})

describe('times', () => {
  const friday = new Date('2026-11-06T13:10:00Z')

  test('of 24 hours, in the zone asked for', () => {
    expect(en.time(friday)).toBe('14:10')
    expect(en.time(friday, 'Asia/Kolkata')).toBe('18:40')
    expect(en.time(new Date('2026-11-05T23:00:00Z'))).toBe('00:00')
  })

  test('a stretch within a day names the day once', () => {
    expect(en.stretch(friday, new Date('2026-11-06T17:00:00Z'))).toBe('Fri 14:10–18:00')
    expect(en.stretch(friday, new Date('2026-11-09T07:00:00Z'))).toBe('Fri 14:10–Mon 08:00')
    expect(de.stretch(friday, new Date('2026-11-09T07:00:00Z'))).toBe('Fr 14:10–Mo 08:00')
  })

  test('a stretch that began more than a week before needs its dates', () => {
    const long = en.stretch(friday, new Date('2026-11-20T07:00:00Z'))
    expect(long).toContain('6 Nov')
    expect(long).toContain('20 Nov')
  })

  test('months and zones', () => {
    expect(en.month('2026-10')).toBe('October 2026')
    expect(de.month('2026-03')).toBe('März 2026')
    expect(en.zone('Europe/Berlin', friday)).toBe('Berlin, UTC+1')
    expect(en.zone('America/St_Johns', friday)).toBe('St Johns, UTC−3:30')
    expect(en.zone('UTC')).toBe('UTC')
  })
})

test('sizes of files', () => {
  expect([999, 12_300, 25_900_000].map((bytes) => en.bytes(bytes))).toEqual(['999 B', '12 kB', '26 MB'])
  expect(de.bytes(4_200)).toBe('4,2 kB')
})

test.each([
  ['on the same day only the time', '2026-11-10T12:40Z', '13:40'],
  ['within the week the weekday too', '2026-11-11T07:40Z', 'Wed 08:40'],
])('beside another moment %s is told', (_, at, text) => {
  const near = new Date('2026-11-10T09:42Z')
  expect(formatIn('en', 'Europe/Berlin').timeNear(new Date(at), near)).toBe(text)
})
