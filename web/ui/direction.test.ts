import { expect, test } from 'vitest'
import { isolate, isolateAll } from './direction.ts'

test.each([
  ['Arabic', 'الطابعة لا تعمل'],
  ['Hebrew', 'מדפסת 3'],
  ['a mark that turns what follows', '\u202egnp.exe'],
])('%s is kept apart from the words around it', (_, text) => {
  expect(isolate(text)).toBe(`\u2068${text}\u2069`)
  expect(isolateAll({ title: text, count: 3 })).toEqual({ title: `\u2068${text}\u2069`, count: 3 })
})

test.each(['Der Drucker in Halle 3', '打印机坏了', '🖨️ 🔥', ''])('%s stays as it is', (text) => {
  expect(isolate(text)).toBe(text)
})
