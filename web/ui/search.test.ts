import { expect, test } from 'vitest'
import { z } from 'zod'
import { manyOf, oneOf, optional, parseSearch, writeSearch } from '#web/ui/search.ts'

test('what is written is read again, lists too', () => {
  const search = { q: 'Wi-Fi & "Halle 3"', state: ['new', 'held'], customer: '123' }
  expect(parseSearch(writeSearch(search))).toEqual(search)
})

test('what is not chosen leaves no trace in the address', () => {
  expect(writeSearch({ q: '', state: [], customer: undefined })).toBe('')
})

test('an address that somebody typed never breaks a page', () => {
  const filters = z.object({
    state: manyOf(['new', 'held']),
    sort: oneOf(['dueAt', '-updatedAt']),
    customer: optional(z.uuid()),
  })
  expect(filters.parse({ state: ['held', 'nonsense'], sort: 'sideways', customer: 'nobody' })).toEqual({
    state: ['held'],
    sort: 'dueAt',
    customer: undefined,
  })
  expect(filters.parse({ state: 'new' })).toMatchObject({ state: ['new'], sort: 'dueAt' })
})
