import { expect, test } from 'vitest'
import { lackingToResolve, resolutionName, usualResolving } from './resolution.ts'

const nothing = { code: null, category: null, service: null }
const all = { ...usualResolving, needs: ['code', 'category', 'service'] as const }

test.each([
  ['nothing but a code is asked for, and it is missing', usualResolving, nothing, ['code']],
  ['everything is asked for and nothing is there', all, nothing, ['code', 'category', 'service']],
  ['a service is there', all, { ...nothing, service: { id: '1' } }, ['code', 'category']],
  ['an empty category is none', all, { code: 'fixed', category: '', service: {} }, ['category']],
  ['nothing is asked for', { ...all, needs: [] }, nothing, []],
  ['there is no code to choose', { ...usualResolving, codes: [] }, nothing, []],
  [
    'all codes are retired',
    { ...usualResolving, codes: usualResolving.codes.map((each) => ({ ...each, retired: true })) },
    nothing,
    [],
  ],
])('%s', (_, resolving, resolved, lacking) => {
  expect(lackingToResolve(resolving, resolved)).toEqual(lacking)
})

test('a code is called by its name in the language, and one that nobody listed by itself', () => {
  expect(resolutionName(usualResolving, 'replaced', 'de')).toBe('Gerät oder Teil getauscht')
  expect(resolutionName(usualResolving, 'Solved (Permanently)', 'de')).toBe('Solved (Permanently)')
})
