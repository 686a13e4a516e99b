import { expect, test } from 'vitest'
import { kindOf, utf16Of } from './kind.ts'

const bytes = (text: string) => Buffer.from(text, 'latin1')

test.each([
  ['a table', bytes('number,state\r\n1,New\r\n'), 'text'],
  ['a table with a byte order mark', Buffer.from('\uFEFFnumber,state\n'), 'text'],
  ['UTF-16 with a byte order mark', Buffer.from('\uFEFFnumber;state\n', 'utf16le'), 'text'],
  ['UTF-16 without one', Buffer.from('number;state\n1;Neu\n', 'utf16le'), 'text'],
  ['letters of windows-1252', Buffer.from([0x53, 0x74, 0xf6, 0x72, 0x75, 0x6e, 0x67, 0x2c, 0x80]), 'text'],
  ['nothing', Buffer.alloc(0), 'empty'],
  ['blanks', bytes(' \r\n\t\n'), 'empty'],
  ['a PDF', bytes('%PDF-1.7\n%\xe2\xe3'), 'pdf'],
  ['a PNG', bytes('\x89PNG\r\n\x1a\n'), 'picture'],
  ['a JPEG', bytes('\xff\xd8\xff\xe0'), 'picture'],
  ['an old Excel file', bytes('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'), 'excel'],
  ['a zip', bytes('PK\x03\x04'), 'zip'],
  ['an empty zip', bytes('PK\x05\x06'), 'zip'],
  ['a gzip', bytes('\x1f\x8b\x08'), 'gzip'],
  ['a 7z', bytes('7z\xbc\xaf\x27\x1c'), 'archive'],
  ['a sign-in page', bytes('\n<!DOCTYPE html>\n<html>'), 'html'],
  ['XES', bytes('<?xml version="1.0"?><log>'), 'xml'],
  ['JSON', bytes('{"issues": []}'), 'json'],
  ['a list in JSON', bytes('[\n  {"key": "A-1"}]'), 'json'],
  ['a program', bytes('\x7fELF\x02\x01\x01\0\0\0'), 'binary'],
])('%s is told by its first bytes', (_, head, kind) => {
  expect(kindOf(head)).toBe(kind)
})

test.each([
  ['a word in brackets is no JSON', bytes('[Ticket],[State]\n'), 'text'],
  ['a comparison is no XML', bytes('<5 min,>5 min\n'), 'text'],
])('%s', (_, head, kind) => {
  expect(kindOf(head)).toBe(kind)
})

test('the order of bytes in UTF-16 is seen without a mark', () => {
  expect(utf16Of(Buffer.from('number;state', 'utf16le'))).toBe('utf-16le')
  expect(utf16Of(Buffer.from('number;state', 'utf16le').swap16())).toBe('utf-16be')
  expect(utf16Of(Buffer.from('number;state'))).toBeNull()
})
