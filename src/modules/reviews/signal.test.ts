import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { shares, signalOf } from './signal.ts'

/** DOMAIN §3.12, XMR-01: mean hours to restore, by month. */
const hours = [9.2, 8.7, 9.6, 9.1, 8.4, 9.9, 9.3, 8.8, 9.5, 9.0, 8.6, 9.4]
const free = { least: 0, most: Infinity }

test('limits are provisional from six months, and none before', () => {
  expect(signalOf([...hours.slice(0, 5), 9], free)).toEqual({ kind: 'unknown', why: 'few-months' })
  expect(signalOf([...hours.slice(0, 6), 9], free)).toMatchObject({ limits: { months: 6, provisional: true } })
  expect(signalOf([...hours, 9], free)).toMatchObject({ limits: { months: 12, provisional: false } })
})

describe('a month is news', () => {
  const steady = [50, 52, 50, 52, 50, 52, 50, 52, 50, 52, 50, 52]

  test.each([
    ['not within the limits', hours, 10.4, { kind: 'none' }],
    ['outside of them', hours, 11.4, { kind: 'higher', pattern: 'outside' }],
    ['outside below', hours, 7.0, { kind: 'lower', pattern: 'outside' }],
    [
      'after eight on one side of the mean',
      [...steady.slice(0, 5), 51.5, 52, 51.5, 52, 51.5, 52, 51.6],
      51.9,
      { kind: 'higher', pattern: 'run' },
    ],
    [
      'after six falls in a row',
      [50, 54, 50, 54, 50, 54, 53, 52.5, 52, 51.5, 51, 50.9],
      50.5,
      { kind: 'lower', pattern: 'drift' },
    ],
    [
      'leaning twice in three months',
      [9, 11, 9, 11, 9, 11, 9, 11, 9, 11, 9, 14.5],
      14.6,
      { kind: 'higher', pattern: 'outer' },
    ],
    ['never when it was not measured', hours, null, { kind: 'unknown', why: 'few-months' }],
  ] as const)('%s', (_, before, last, expected) => {
    expect(signalOf([...before, last], free)).toMatchObject(expected)
  })

  test('and mirrored it is news the other way', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 7, maxLength: 13 }), (values) => {
        const all = { least: -Infinity, most: Infinity }
        const signal = signalOf(values, all)
        const mirrored = signalOf(
          values.map((value) => -value),
          all,
        )
        const opposite = { higher: 'lower', lower: 'higher', none: 'none', unknown: 'unknown' } as const
        expect(mirrored.kind).toBe(opposite[signal.kind])
      }),
    )
  })
})

test('a month without a case has no share: not 0, and not 100', () => {
  expect(
    shares([
      { month: '2026-09', met: 0, failed: 0 },
      { month: '2026-10', met: 3, failed: 1 },
    ]),
  ).toEqual([null, 75])
})
