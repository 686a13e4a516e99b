import { expect, test } from 'vitest'
import { comboOf, matchKeys } from '#web/ui/key-combo.ts'

const plain = { ctrlKey: false, metaKey: false, altKey: false }

test('Ctrl and ⌘ are the same key, whatever the case', () => {
  expect(comboOf({ ...plain, key: 'k', ctrlKey: true })).toBe('mod+k')
  expect(comboOf({ ...plain, key: 'K', metaKey: true })).toBe('mod+k')
})

test('a character that a keyboard makes with Alt is that character', () => {
  expect(comboOf({ ...plain, key: '?', altKey: true })).toBe('?')
  expect(comboOf({ ...plain, key: 'ArrowUp', altKey: true })).toBe('alt+Up')
})

test('of two bindings for a key the first in the list has it', () => {
  const page = { keys: 'j', of: 'page' }
  expect(matchKeys([page, { keys: 'j', of: 'shell' }], null, 'j')).toBe(page)
  expect(matchKeys([page], null, 'k')).toBeNull()
})

test('a key that begins a pair waits for its second', () => {
  const today = { keys: 'g t' }
  expect(matchKeys([today], null, 'g')).toBe('wait')
  expect(matchKeys([today], 'g', 't')).toBe(today)
  expect(matchKeys([today], null, 't')).toBeNull()
})

test('after a first key that leads nowhere the second counts for itself', () => {
  const next = { keys: 'j' }
  expect(matchKeys([{ keys: 'g t' }, next], 'g', 'j')).toBe(next)
})
