import { expect, test } from 'vitest'
import { conditionsOf, filterOf, listSearch, loosened, sortingOf } from './list-filter.ts'

test('a list without a word in its address shows what is open, the last changed first', () => {
  expect(filterOf(listSearch.parse({}))).toMatchObject({ state: 'open', sort: '-updatedAt' })
})

test('what somebody typed wrongly into the address is as if it were not there', () => {
  const search = listSearch.parse({ state: 'broken', priority: 'p9', site: 'Hamburg', sort: 'color', q: '' })
  expect(filterOf(search)).toMatchObject({
    state: 'open',
    priority: undefined,
    site: undefined,
    q: undefined,
    sort: '-updatedAt',
  })
})

test('all states are asked for by naming none', () => {
  expect(filterOf({ state: 'all' }).state).toBeUndefined()
})

test('being open is a condition that can be loosened, all states are none', () => {
  expect(conditionsOf({ priority: 'p1' })).toEqual(['priority', 'state'])
  expect(conditionsOf(loosened({ priority: 'p1' }, 'state'))).toEqual(['priority'])
})

test('without its customer a list loses the site too, which is one of the customer', () => {
  const site = '01a1c4d6-0027-7cc7-af12-1aa57b082c23'
  expect(loosened({ customer: site, site }, 'customer')).toMatchObject({ customer: undefined, site: undefined })
})

test.each([
  ['dueAt', 'dueAt'],
  ['-dueAt', 'dueAt'],
  ['updatedAt', '-updatedAt'],
  ['-openedAt', '-openedAt'],
])('the head %s sorts by %s', (head, sorting) => {
  expect(sortingOf(head)).toBe(sorting)
})
