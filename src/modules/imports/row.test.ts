import { describe, expect, test } from 'vitest'
import type { ImportMapping } from './mapping.ts'
import { type Remark, rowReader } from './row.ts'

const mapping: ImportMapping = {
  form: 'tickets',
  columns: {
    number: 'no',
    openedAt: 'opened',
    updatedAt: 'updated',
    resolvedAt: 'resolved',
    closedAt: 'closed',
    state: 'state',
    pauseReason: 'why',
    priority: 'prio',
    impact: 'impact',
    title: 'title',
    symptom: 'symptom',
    category: 'category',
  },
  states: { Warten: 'on-hold', Offen: 'new', Fertig: 'closed', Behoben: 'resolved' },
  priorities: {},
  levels: {},
  missing: ['', '?'],
  defaults: {},
  dateOrder: 'dmy',
}
const header = [
  'no',
  'opened',
  'updated',
  'resolved',
  'closed',
  'state',
  'why',
  'prio',
  'impact',
  'title',
  'symptom',
  'category',
]
const whole = {
  no: 'A-1',
  opened: '1/3/2026 09:00',
  updated: '1/3/2026 10:00',
  state: 'Offen',
  prio: '2 - High',
  impact: '3',
  title: 'Mail',
}

function read(values: Readonly<Record<string, string>>, change: Partial<ImportMapping> = {}) {
  const remarks: Remark[] = []
  const reader = rowReader({
    header,
    source: 'csv',
    mapping: { ...mapping, ...change },
    zone: 'UTC',
    now: Date.UTC(2026, 5, 1),
    remark: (remark) => remarks.push(remark),
  })
  const row = reader.read({ line: 7, fields: header.map((name) => values[name] ?? '') })
  return { row, remarks: remarks.map(({ code, column, value }) => [code, column, value]) }
}

test('a row is read in our words', () => {
  expect(read({ ...whole, state: ' warten ', why: 'Awaiting Caller' })).toMatchObject({
    row: {
      key: 'A-1',
      line: 7,
      at: Date.UTC(2026, 2, 1, 10),
      openedAt: Date.UTC(2026, 2, 1, 9),
      state: 'on-hold:awaiting-requester',
      priority: 'p2',
      impact: 'low',
      urgency: null,
      title: 'Mail',
      category: null,
    },
    remarks: [],
  })
})

test('a ticket without a title is called by its symptom and category', () => {
  expect(read({ ...whole, title: '?', symptom: 'Symptom 72', category: 'Category 55' }).row?.title).toBe(
    'Symptom 72, Category 55',
  )
  const columns = { ...mapping.columns, description: 'why' }
  expect(read({ ...whole, title: '', why: 'It hums.\nAnd glows.' }, { columns }).row?.title).toBe('It hums.')
})

describe('a row is not taken', () => {
  test.each([
    ['without its number', { no: '?' }, 'row.no-number', 'no', null],
    ['without a date of its opening', { opened: '' }, 'row.no-date', 'opened', null],
    ['with a date that is none', { opened: '31/2/2026' }, 'row.date', 'opened', '31/2/2026'],
    ['of the future', { updated: '1/7/2026' }, 'row.future', 'updated', '1/7/2026'],
    ['of a past in which there was no such system', { opened: '1/3/1926' }, 'row.past', 'opened', '1/3/1926'],
    ['with a state that nobody knows', { state: '-100' }, 'row.state', 'state', '-100'],
    [
      'that was resolved before it was opened',
      { resolved: '28/2/2026' },
      'row.over-before-opening',
      'resolved',
      '28/2/2026',
    ],
    ['that is closed, and nothing says since when', { state: 'Fertig', updated: '' }, 'row.no-end', 'state', 'Fertig'],
  ])('%s', (_, change, code, column, value) => {
    expect(read({ ...whole, ...change })).toEqual({ row: null, remarks: [[code, column, value]] })
  })
})

describe('a row is taken without a value', () => {
  test.each([
    ['that is a word nobody knows', { prio: 'Purple' }, ['value.priority', 'prio', 'Purple'], { priority: null }],
    ['that is no date', { closed: 'soon' }, ['value.date', 'closed', 'soon'], { closedAt: null }],
    [
      'of the future',
      { resolved: '1/7/2027', state: 'Behoben' },
      ['value.out-of-time', 'resolved', '1/7/2027'],
      { resolvedAt: null },
    ],
  ])('%s', (_, change, remark, values) => {
    const { row, remarks } = read({ ...whole, ...change })
    expect(row).toMatchObject(values)
    expect(remarks).toEqual([remark])
  })

  test('in a log also one that says it was over before the opening, for the other rows tell what happened', () => {
    const { row, remarks } = read({ ...whole, resolved: '28/2/2026' }, { form: 'changes' })
    expect(row).toMatchObject({ resolvedAt: null })
    expect(remarks).toEqual([['value.over-before-opening', 'resolved', '28/2/2026']])
  })
})

test('a change dated before the opening happens with it', () => {
  const { row, remarks } = read({ ...whole, updated: '1/3/2026 08:59' }, { form: 'changes' })
  expect(row?.at).toBe(row?.openedAt)
  expect(remarks).toEqual([['value.before-opening', 'updated', '1/3/2026 08:59']])
})

test('a row that was cut says where', () => {
  const remarks: Remark[] = []
  const reader = rowReader({
    header,
    source: 'csv',
    mapping,
    zone: 'UTC',
    now: 0,
    remark: (remark) => remarks.push(remark),
  })
  expect(reader.read({ line: 9, fields: ['A-1'], flaw: 'cut' })).toBeNull()
  expect(reader.read({ line: 8, fields: ['A-1'], flaw: 'width' })).toBeNull()
  expect(remarks).toMatchObject([
    { line: 9, code: 'row.cut' },
    { line: 8, code: 'row.width', facts: { found: 1, expected: 12 } },
  ])
})

test('a ticket without a number is known by what its row says', () => {
  const { number: _, ...columns } = mapping.columns
  const one = read(whole, { columns })
  expect(one.row?.key).toBe(read(whole, { columns }).row?.key)
  expect(one.row?.key).not.toBe(read({ ...whole, title: 'Printer' }, { columns }).row?.key)
})

test('the name of a row does not depend on the zone its dates are read in', () => {
  const stampIn = (zone: string) =>
    rowReader({ header, source: 'csv', mapping, zone, now: Date.UTC(2026, 5, 1), remark: () => undefined }).read({
      line: 2,
      fields: header.map((name) => (whole as Record<string, string>)[name] ?? ''),
    })
  expect(stampIn('Asia/Tokyo')?.stamp).toBe(stampIn('America/New_York')?.stamp)
  expect(stampIn('Asia/Tokyo')?.at).not.toBe(stampIn('America/New_York')?.at)
})
