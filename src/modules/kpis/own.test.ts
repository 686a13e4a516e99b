import { expect, test } from 'vitest'
import { rational } from '#core/rational.ts'
import { combined, formulaFault, formulaText, type KnownFigure, type OwnFormula } from './own.ts'

const counted = { formula: null, counted: true } as const
const known = new Map<string, KnownFigure>([
  ['K05', { ...counted, unit: 'duration' }],
  ['K10', { ...counted, unit: 'percent' }],
  ['K12', { ...counted, unit: 'days' }],
  ['K13', { ...counted, unit: 'count' }],
  ['K15', { ...counted, unit: 'money', counted: false }],
  ['K21', { ...counted, unit: 'percent' }],
  ['O1', { unit: 'percent', counted: true, formula: { kind: 'sum', unit: 'percent', parts: of('K10', 'K21') } }],
])

function of(...kpis: readonly string[]) {
  return kpis.map((kpi) => ({ kpi, weight: 1 }))
}

test.each<[string, string | null, OwnFormula, string | null]>([
  ['a share of a share', null, { kind: 'ratio', unit: 'percent', parts: of('K10', 'K21') }, null],
  ['so long for each', null, { kind: 'ratio', unit: 'duration', parts: of('K05', 'K13') }, null],
  ['one of another', null, { kind: 'ratio', unit: 'percent', parts: of('O1', 'K10') }, null],
  ['days over hours', null, { kind: 'ratio', unit: 'ratio', parts: of('K12', 'K05') }, 'own-kpi.units'],
  ['percent and days', null, { kind: 'sum', unit: 'percent', parts: of('K10', 'K12') }, 'own-kpi.units'],
  ['told in another unit', null, { kind: 'sum', unit: 'days', parts: of('K10', 'K21') }, 'own-kpi.unit'],
  ['of one', null, { kind: 'sum', unit: 'percent', parts: of('K10') }, 'own-kpi.several'],
  ['of three', null, { kind: 'ratio', unit: 'percent', parts: of('K10', 'K21', 'O1') }, 'own-kpi.two'],
  ['twice the same', null, { kind: 'sum', unit: 'percent', parts: of('K10', 'K10') }, 'own-kpi.twice'],
  ['of what nobody knows', null, { kind: 'sum', unit: 'percent', parts: of('K10', 'O9') }, 'own-kpi.unknown'],
  ['of what nobody records', null, { kind: 'sum', unit: 'money', parts: of('K15', 'K10') }, 'own-kpi.no-source'],
  ['of itself', 'O1', { kind: 'sum', unit: 'percent', parts: of('O1', 'K10') }, 'own-kpi.cycle'],
  [
    'without weight',
    null,
    { kind: 'weighted', unit: 'percent', parts: [{ kpi: 'K10', weight: 0 }, ...of('K21')] },
    'own-kpi.weights',
  ],
])('a figure %s', (_, key, formula, code) => {
  expect(formulaFault(key, formula, known)?.code ?? null).toBe(code)
})

test('a figure that is made of one that is made of it goes round in a circle', () => {
  const second: OwnFormula = { kind: 'sum', unit: 'percent', parts: of('O1', 'K21') }
  const round = new Map(known).set('O2', { unit: 'percent', counted: true, formula: second })
  expect(formulaFault('O1', { kind: 'sum', unit: 'percent', parts: of('O2', 'K10') }, round)).toEqual({
    code: 'own-kpi.cycle',
    values: { kpi: 'O2' },
  })
})

test.each([
  ['ratio', [rational(1, 2), rational(1, 4)], [2n, 1n]],
  ['ratio', [rational(1, 2), rational(0)], null],
  ['sum', [rational(1, 2), rational(1, 3)], [5n, 6n]],
  ['sum', [rational(1, 2), null], null],
  // (2 × 0.9 + 1 × 0.6) / 3.
  ['weighted', [rational(9, 10), rational(6, 10)], [4n, 5n]],
] as const)('a %s of %o', (kind, amounts, expected) => {
  const parts = [
    { kpi: 'K10', weight: 2 },
    { kpi: 'K21', weight: 1 },
  ]
  const amount = combined({ kind, unit: 'percent', parts }, amounts)
  expect(amount && [amount.numerator, amount.denominator]).toEqual(expected)
})

test('a weighted mean is written with its weights', () => {
  const parts = [
    { kpi: 'K10', weight: 2 },
    { kpi: 'K21', weight: 1 },
  ]
  expect(formulaText({ kind: 'weighted', unit: 'percent', parts })).toBe('(2 × K10 + 1 × K21) / 3')
})
