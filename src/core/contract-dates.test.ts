import { expect, test } from 'vitest'
import { dueDays, endOf, termDays } from '#core/contract-dates.ts'
import { daysBetween, monthsAfter, occurrences, readRecurrence, writeRecurrence } from '#core/recurrence.ts'

test.each([
  ['FREQ=MONTHLY', '2026-01-31', ['2026-01-31', '2026-02-28', '2026-03-31', '2026-04-30']],
  ['FREQ=MONTHLY;BYMONTHDAY=-1', '2026-01-05', ['2026-01-31', '2026-02-28', '2026-03-31', '2026-04-30']],
  ['FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=15', '2026-01-20', ['2026-04-15']],
  ['FREQ=WEEKLY;INTERVAL=4', '2026-02-02', ['2026-02-02', '2026-03-02', '2026-03-30', '2026-04-27']],
  ['FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=1', '2024-02-29', ['2026-03-01']],
  ['FREQ=YEARLY', '2024-02-29', ['2026-02-28']],
])('%s from %s', (text, start, expected) => {
  const rule = readRecurrence(text)!
  expect(occurrences(rule, { start, from: '2026-01-01', to: '2026-05-01' })).toEqual(expected)
  expect(readRecurrence(writeRecurrence(rule))).toEqual(rule)
})

test.each([
  '',
  'FREQ=HOURLY',
  'FREQ=MONTHLY;BYDAY=1MO',
  'FREQ=MONTHLY;INTERVAL=0',
  'FREQ=WEEKLY;BYMONTHDAY=1',
  'FREQ=MONTHLY;FREQ=WEEKLY',
  'FREQ=YEARLY;BYMONTH=13',
])('a rule that is not understood is none: %s', (text) => expect(readRecurrence(text)).toBeNull())

const contract = {
  startsOn: '2024-01-01',
  endsOn: '2027-01-01',
  noticeDays: 90,
  options: [
    { name: 'First year more', months: 12, noticeDays: 120, usedOn: null },
    { name: 'Second year more', months: 12, noticeDays: 60, usedOn: null },
  ],
}

test('the last days to give notice and to use the next option are reckoned from the end', () => {
  expect(termDays(contract, '2026-01-01', '2028-01-01')).toEqual([
    { kind: 'option', on: '2026-09-03', name: 'First year more' },
    { kind: 'notice', on: '2026-10-03', name: null },
    { kind: 'end', on: '2026-12-31', name: null },
  ])
  const [first, second] = contract.options
  const longer = { ...contract, options: [{ ...first!, usedOn: '2026-08-01' }, second!] }
  expect(endOf(longer)).toBe('2028-01-01')
  expect(termDays(longer, '2027-01-01', '2028-01-01').map(({ on }) => on)).toEqual([
    '2027-10-03',
    '2027-11-02',
    '2027-12-31',
  ])
  expect(termDays({ ...contract, endsOn: null }, '2020-01-01', '2030-01-01')).toEqual([])
})

test('an obligation falls due by its rule until the contract is over', () => {
  const monthly = { rule: 'FREQ=MONTHLY;BYMONTHDAY=5', firstOn: '2026-10-05' }
  const span = { from: '2026-11-01', to: '2027-06-01', end: '2027-01-01' }
  expect(dueDays(monthly, span)).toEqual(['2026-11-05', '2026-12-05'])
  expect(dueDays({ rule: null, firstOn: '2026-12-01' }, span)).toEqual(['2026-12-01'])
  expect(dueDays({ rule: null, firstOn: '2027-02-01' }, span)).toEqual([])
  expect(daysBetween('2026-02-27', '2026-03-01')).toBe(2)
  expect(monthsAfter('2026-01-31', -2)).toBe('2025-11-30')
})
