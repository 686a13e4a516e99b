import { expect, test } from 'vitest'
import { begunName, piecesOf, stillNamed, withName } from './mention.ts'

test.each([
  ['@', ''],
  ['please @Ad', 'Ad'],
  ['(@Ada Qu', 'Ada Qu'],
  ['@Ada Quist and', null],
  ['ada@desk.example', null],
  ['@Jürgen-', 'Jürgen-'],
  ['nothing', null],
])('behind the @ of “%s” stands %s', (text, expected) => {
  expect(begunName(text, text.length)).toBe(expected)
})

test('a name that is chosen takes the place of what was begun', () => {
  expect(withName('ask @Ad about it', 7, 'Ada Quist')).toEqual({ text: 'ask @Ada Quist about it', caret: 15 })
})

test('who is told is who still stands in the text, once', () => {
  const ada = { id: '1', name: 'Ada Quist' }
  expect(stillNamed('@Ada Quist, look', [ada, ada, { id: '2', name: 'Ben' }])).toEqual([ada])
})

test('the longer of two names that begin alike is the one that is marked', () => {
  const mentions = [
    { id: '1', name: 'Ada' },
    { id: '2', name: 'Ada Quist' },
  ]
  expect(piecesOf('so @Ada Quist (and @Ada)', mentions)).toEqual([
    { text: 'so ', isName: false },
    { text: '@Ada Quist', isName: true },
    { text: ' (and ', isName: false },
    { text: '@Ada', isName: true },
    { text: ')', isName: false },
  ])
})
