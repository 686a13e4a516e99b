import { expect, test } from 'vitest'
import { agreedVerdict } from './attainment-verdict.ts'

const exact = { smallSample: 'as-is', roundTo: null } as const
const tally = (met: number, failed: number) => ({ met, failed, excluded: 0 })

test.each([
  ['what is hoped for', 99, 1, 'met', 'expected'],
  ['what is to be met', 96, 4, 'met', 'target'],
  ['what must not be missed', 92, 8, 'missed', 'minimum'],
  ['less than that', 89, 11, 'missed', 'below'],
  ['nothing measured (ATT-05)', 0, 0, 'not-measured', 'not-measured'],
] as const)('the highest level that is reached is told: %s', (_, met, failed, outcome, level) => {
  const levels = { targetBp: 9500, expectedBp: 9800, minimumBp: 9000 }
  expect(agreedVerdict('resolution', tally(met, failed), { levels, terms: exact, before: [] })).toMatchObject({
    outcome,
    level,
    minimumSample: 20,
  })
})

test('ATT-02: eleven of twelve is met with the allowance of one, and the allowance is told', () => {
  const terms = { smallSample: 'allowance', roundTo: null } as const
  const verdict = agreedVerdict('resolution', tally(11, 1), { levels: { targetBp: 9500 }, terms, before: [] })
  expect(verdict).toMatchObject({ outcome: 'met', level: 'target', allowance: 1, attainment: { denominator: 12 } })
})

test('ATT-04: a small period is judged together with those before it, and its own figure stays', () => {
  const terms = { smallSample: 'roll-over', roundTo: null } as const
  const before = [tally(9, 0), tally(10, 0)]
  const verdict = agreedVerdict('resolution', tally(8, 1), { levels: { targetBp: 9500 }, terms, before })
  expect(verdict).toMatchObject({
    outcome: 'met',
    periods: 3,
    judged: { numerator: 27, denominator: 28 },
    attainment: { numerator: 8, denominator: 9 },
  })
})

test('ATT-06: 94.996 % is 95 % where the agreement rounds to two decimals, and else it is not', () => {
  const some = tally(23_749, 1251)
  const verdict = (roundTo: number | null) =>
    agreedVerdict('resolution', some, { levels: { targetBp: 9500 }, terms: { ...exact, roundTo }, before: [] }).outcome
  expect([verdict(2), verdict(null)]).toEqual(['met', 'missed'])
})
