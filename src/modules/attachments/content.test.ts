import { expect, test } from 'vitest'
import { nameOf } from './content.ts'

test.each([
  ['C:\\Users\\a\\scan.pdf', 'scan.pdf'],
  ['/etc/passwd', 'passwd'],
  ['..', 'file'],
  ['.htaccess', 'htaccess'],
  ['gpj.\u202eexe', 'gpj.exe'],
  ['Übersicht.xlsx', 'Übersicht.xlsx'],
  [`${'a'.repeat(300)}.txt`, 'a'.repeat(255)],
])('%s is kept as %s', (given, kept) => expect(nameOf(given)).toBe(kept))
