import { expect, test } from 'vitest'
import { withRejected } from './import-words.tsx'

const mapping = {
  form: 'tickets',
  columns: {},
  states: { Parked: 'on-hold' },
  priorities: {},
  levels: {},
  missing: [],
  defaults: {},
} as const

test('a word that only came up when the whole file was read is asked for, with how often it stood there', () => {
  const rejected = [
    { code: 'row.state', value: '-100' },
    { code: 'row.state', value: '-100' },
    { code: 'row.date', value: '31.2.2026' },
    { code: 'row.state', value: null },
  ]
  expect(withRejected([], rejected, { ...mapping, missing: [] })).toEqual([{ field: 'state', word: '-100', rows: 2 }])
})

test('a word whose meaning was said is not asked for again', () => {
  expect(withRejected([], [{ code: 'row.state', value: 'Parked' }], { ...mapping, missing: [] })).toEqual([])
})

test('a word of the first rows is asked for once', () => {
  const known = { field: 'state', word: 'Odd', rows: 5 } as const
  expect(withRejected([known], [{ code: 'row.state', value: 'Odd' }], { ...mapping, missing: [] })).toEqual([known])
})
