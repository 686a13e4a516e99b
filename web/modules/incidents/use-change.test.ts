import { expect, test } from 'vitest'
import { collides, editedOf } from './use-change.ts'

const before = { title: 'Mail is down', site: 'hamburg' }

test('only what was edited is sent', () => {
  expect(editedOf(before, { title: 'Mail is slow', site: 'hamburg' })).toEqual({ title: 'Mail is slow' })
})

test('a change of something else does not disturb whoever edits', () => {
  expect(collides(before, { title: 'Mail is down', site: 'bremen' }, { title: 'Mail is slow' })).toBe(false)
})

test('a change of the same thing is put before whoever edits', () => {
  expect(collides(before, { title: 'Mail does not send', site: 'hamburg' }, { title: 'Mail is slow' })).toBe(true)
})

test('two who change the same thing to the same do not disturb each other', () => {
  expect(collides(before, { title: 'Mail is slow', site: 'hamburg' }, { title: 'Mail is slow' })).toBe(false)
})
