import { expect, test } from 'vitest'
import { csvLine, harmless } from './table.ts'

test.each([
  ['=HYPERLINK("http://evil")', `'=HYPERLINK("http://evil")`],
  ['@SUM(A1)', `'@SUM(A1)`],
  ['+cmd|x', `'+cmd|x`],
  ['-2+3', `'-2+3`],
  ['\t=1+1', `'\t=1+1`],
  [' =1+1', `' =1+1`],
  ['-12.5', '-12.5'],
  ['+49', '+49'],
  ['a=b', 'a=b'],
  ['-100', '-100'],
])('%j is written as %j', (cell, written) => {
  expect(harmless(cell)).toBe(written)
})

test('a line can be read again', () => {
  expect(csvLine([1, 'a,b', 'say "x"', null, 'two\nlines'])).toBe('1,"a,b","say ""x""",,"two\nlines"\r\n')
})
