import { expect, test } from 'vitest'
import { type CsvOptions, type CsvRow, LONGEST_FIELD, readCsv } from './csv.ts'
import type { TextFile } from './open-text.ts'

function fileOf(bytes: Buffer, size = 1024): TextFile {
  async function* pieces() {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
  }
  return {
    packing: 'none',
    inside: null,
    size: bytes.length,
    bytesRead: () => 0,
    head: bytes.subarray(0, 65536),
    chunks: pieces(),
    close: () => undefined,
  }
}

async function read(text: string | Buffer, options: CsvOptions & { size?: number } = {}) {
  const csv = await readCsv(fileOf(Buffer.from(text as string), options.size), options)
  const rows: CsvRow[] = []
  for await (const row of csv.rows) rows.push(row)
  return { ...csv, rows }
}

test.each([
  [',', 'number,state\n1,New\n2,"Closed, done"\n'],
  [';', 'number;state\n1;New\n2;Closed, done\n'],
  ['\t', 'number\tstate\n1\tNew\n2\tClosed, done\n'],
  ['|', 'number|state\n1|New\n2|Closed, done\n'],
])('a table delimited by %j is read without being told', async (delimiter, text) => {
  const csv = await read(text)
  expect(csv.delimiter).toBe(delimiter)
  expect(csv.header).toEqual(['number', 'state'])
  expect(csv.rows.map(({ fields }) => fields[1])).toEqual(['New', 'Closed, done'])
})

test('the line that tells Excel the delimiter is not the header', async () => {
  const csv = await read('sep=;\r\na;b\r\n1,5;2,5\r\n')
  expect(csv).toMatchObject({ delimiter: ';', header: ['a', 'b'] })
  expect(csv.rows).toEqual([{ line: 3, fields: ['1,5', '2,5'] }])
})

test('a byte order mark is no part of the first name', async () => {
  expect((await read('\uFEFFnumber,state\n1,New\n')).header).toEqual(['number', 'state'])
})

test('names that come twice or not at all can be told apart', async () => {
  expect((await read('a,,a,b\n1,2,3,4\n')).header).toEqual(['a', 'Column 2', 'a (2)', 'b'])
})

test.each([
  ['line feeds', '\n'],
  ['carriage returns and line feeds', '\r\n'],
  ['carriage returns', '\r'],
])('rows that end with %s know their lines', async (_, end) => {
  const text = ['a,b', '1,x', `2,"two\nlines, ""quoted"""`, '', '3,y'].join(end)
  const { rows } = await read(text, { size: 3 })
  expect(rows.map(({ line, fields }) => [line, ...fields])).toEqual([
    [2, '1', 'x'],
    [3, '2', 'two\nlines, "quoted"'],
    [6, '3', 'y'],
  ])
})

test('a line break of two characters within quotes is one line', async () => {
  const { rows } = await read('a,b\r\n1,"x\r\ny\r\nz"\r\n2,w\r\n')
  expect(rows.map(({ line }) => line)).toEqual([2, 5])
})

test('a quote in the middle of a value is a quote', async () => {
  const { rows } = await read('a,b\n1,24" screen\n2,"the "big" one"\n3,z\n')
  expect(rows.map(({ fields }) => fields[0])).toEqual(['1', '2', '3'])
  expect(rows[0]!.fields[1]).toBe('24" screen')
})

test('rows with too few or too many fields are told apart from one that was cut', async () => {
  const { rows } = await read('a,b,c\n1,2,3\n1,2\n1,2,3,4\n1,2,3,\n1,2')
  expect(rows.map(({ line, flaw }) => [line, flaw])).toEqual([
    [2, undefined],
    [3, 'width'],
    [4, 'width'],
    [5, undefined],
    [6, 'cut'],
  ])
})

test('a file that ends within a quoted value was cut in that row, and the rows before it are good', async () => {
  const { rows } = await read('a,b\n1,x\n2,"and then\nit was')
  expect(rows).toEqual([
    { line: 2, fields: ['1', 'x'] },
    { line: 3, fields: [], flaw: 'cut' },
  ])
})

test('a quote that swallows the rest of a long file is not taken for a cut row', async () => {
  const text = `a,b\n1,x\n2,"oops\n${'3,y\n'.repeat(2000)}`
  await expect(read(text)).rejects.toMatchObject({ code: 'file.quote-open', values: { line: 3 } })
})

test('ten megabytes in one field are refused with their row, and the rows around it are good', async () => {
  const text = `a,b\n1,x\n2,${'y'.repeat(10 * LONGEST_FIELD)}\n3,z\n`
  const { rows } = await read(text, { size: 64 * 1024 })
  expect(rows.map(({ line, flaw }) => [line, flaw])).toEqual([
    [2, undefined],
    [3, 'long'],
    [4, undefined],
  ])
})

test('a row without an end is refused before it fills the memory', async () => {
  const text = `a,b\n1,x\n2,"${'y\n'.repeat(15 * 1024 ** 2)}`
  await expect(read(text, { size: 256 * 1024 })).rejects.toMatchObject({
    code: 'file.row-too-long',
    values: { line: 3 },
  })
})

test('a file of windows-1252 says so', async () => {
  const csv = await read(Buffer.from('a;b\n1;Störung\n', 'latin1'))
  expect(csv.encoding()).toBe('windows-1252')
  expect(csv.rows[0]!.fields[1]).toBe('Störung')
})

test('stopping in the middle leaves nothing behind', async () => {
  const text = `a,b\n${'1,x\n'.repeat(100_000)}`
  const csv = await readCsv(fileOf(Buffer.from(text), 16 * 1024))
  let seen = 0
  for await (const _ of csv.rows) if (++seen === 10) break
  expect(seen).toBe(10)
})
