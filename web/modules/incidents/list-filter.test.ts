import { expect, test } from 'vitest'
import { conditionsOf, filterOf, isSameList, keptOf, listSearch, loosened, sortingOf } from './list-filter.ts'

test('a list without a word in its address shows what is open, the last changed first', () => {
  expect(filterOf(listSearch.parse({}), 'Europe/Berlin')).toMatchObject({ state: 'open', sort: '-updatedAt' })
})

test('what somebody typed wrongly into the address is as if it were not there', () => {
  const search = listSearch.parse({ state: 'broken', priority: 'p9', site: 'Hamburg', sort: 'color', q: '' })
  expect(filterOf(search, 'Europe/Berlin')).toMatchObject({
    state: 'open',
    priority: undefined,
    site: undefined,
    q: undefined,
    sort: '-updatedAt',
  })
})

test('all states are asked for by naming none', () => {
  expect(filterOf({ state: 'all' }, 'Europe/Berlin').state).toBeUndefined()
})

test('being open is a condition that can be loosened, all states are none', () => {
  expect(conditionsOf({ priority: ['p1'] })).toEqual(['priority', 'state'])
  expect(conditionsOf(loosened({ priority: ['p1'] }, 'state'))).toEqual(['priority'])
})

test('without its customer a list loses the site too, which is one of the customer', () => {
  const site = '01a1c4d6-0027-7cc7-af12-1aa57b082c23'
  expect(loosened({ customer: site, site }, 'customer')).toMatchObject({ customer: undefined, site: undefined })
})

test.each([
  ['dueAt', 'dueAt'],
  ['-dueAt', 'dueAt'],
  ['updatedAt', 'updatedAt'],
  ['-openedAt', '-openedAt'],
])('the head %s sorts by %s', (head, sorting) => {
  expect(sortingOf(head)).toBe(sorting)
})

test('days are meant where the reader is, and the zone is only named where days are', () => {
  expect(filterOf(listSearch.parse({ due: 'today' }), 'Europe/Berlin')).toMatchObject({ zone: 'Europe/Berlin' })
  expect(filterOf(listSearch.parse({ due: 'late' }), 'Europe/Berlin')).not.toHaveProperty('zone')
  const others = listSearch.parse({ openOn: '2026-03-31', zone: 'America/Chicago' })
  expect(filterOf(others, 'Europe/Berlin')).toMatchObject({ openOn: '2026-03-31', zone: 'America/Chicago' })
})

test('what is kept of a list comes back as the same list', () => {
  const search = listSearch.parse({ due: '2d', priority: ['p2', 'p1'], columns: 'due', sort: 'dueAt' })
  const kept = keptOf({ ...search, view: '01a1c4d6-0027-7cc7-af12-1aa57b082c23' })
  expect(kept).toEqual({ due: '2d', priority: ['p2', 'p1'], columns: ['due'], sort: 'dueAt' })
  expect(isSameList(keptOf(listSearch.parse(kept)), kept)).toBe(true)
  expect(isSameList(kept, { ...kept, due: '7d' })).toBe(false)
})
