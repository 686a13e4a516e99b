import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import JSZip from 'jszip'
import { expect, onTestFinished, test } from 'vitest'
import { openText } from './open-text.ts'

async function fileOf(bytes: Buffer | string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-files-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const path = join(folder, 'export')
  await writeFile(path, bytes)
  return path
}

async function zipOf(files: Readonly<Record<string, Buffer | string>>): Promise<Buffer> {
  const zip = new JSZip()
  for (const [name, content] of Object.entries(files)) zip.file(name, content)
  return zip.generateAsync({ type: 'nodebuffer', compression: 'DEFLATE' })
}

async function contentOf(bytes: Buffer | string) {
  const file = await openText(await fileOf(bytes))
  const chunks: Buffer[] = []
  for await (const chunk of file.chunks) chunks.push(chunk)
  file.close()
  return { text: Buffer.concat(chunks).toString(), file }
}

const table = `number,state\n${Array.from({ length: 20_000 }, (_, index) => `INC${index},New\n`).join('')}`

test('a plain file, a gzip and a zip give the same text', async () => {
  const plain = await contentOf(table)
  const gzip = await contentOf(gzipSync(table))
  const zip = await contentOf(await zipOf({ 'incident.csv': table }))
  expect([plain.text, gzip.text, zip.text].map((text) => text === table)).toEqual([true, true, true])
  expect([plain.file.packing, gzip.file.packing, zip.file.packing]).toEqual(['none', 'gzip', 'zip'])
  expect(zip.file.inside).toBe('incident.csv')
})

test('all of the file is read in the end, however it is packed', async () => {
  for (const bytes of [Buffer.from(table), gzipSync(table), await zipOf({ 'a.csv': table })]) {
    const { file } = await contentOf(bytes)
    expect(file.bytesRead() / file.size).toBeGreaterThan(0.9)
    expect(file.bytesRead()).toBeLessThanOrEqual(file.size)
  }
})

test('what archivers add by themselves, and a note beside the table, do no harm', async () => {
  const zip = await zipOf({ '__MACOSX/._a.csv': 'x', 'README.md': 'an export', 'a.csv': table, '.DS_Store': 'y' })
  expect((await contentOf(zip)).file.inside).toBe('a.csv')
})

const opening = async (bytes: Buffer | string) => {
  const file = await openText(await fileOf(bytes))
  for await (const _ of file.chunks);
}

test.each([
  ['an empty file', async () => '', 'file.empty', {}],
  ['a file of blanks', async () => ' \r\n ', 'file.empty', {}],
  ['an empty file, packed', async () => gzipSync(''), 'file.empty', {}],
  ['a PDF', async () => '%PDF-1.7', 'file.wrong-kind', { kind: 'pdf' }],
  ['a PNG', async () => Buffer.from('89504e470d0a1a0a', 'hex'), 'file.wrong-kind', { kind: 'picture' }],
  ['a web page', async () => '<!doctype html><title>Sign in</title>', 'file.wrong-kind', { kind: 'html' }],
  [
    'an Excel workbook',
    async () => zipOf({ '[Content_Types].xml': '<Types/>', 'xl/workbook.xml': '<w/>' }),
    'file.wrong-kind',
    { kind: 'excel' },
  ],
  [
    'a Word document',
    async () => zipOf({ '[Content_Types].xml': '<Types/>', 'word/document.xml': '<w/>' }),
    'file.wrong-kind',
    { kind: 'office' },
  ],
  ['a PDF in a zip', async () => zipOf({ 'report.csv': '%PDF-1.7' }), 'file.wrong-kind', { kind: 'pdf' }],
  ['a zip in a zip', async () => zipOf({ 'inner.zip': await zipOf({ 'a.csv': 'a,b' }) }), 'file.nested', {}],
  ['a gzip in a gzip', async () => gzipSync(gzipSync(table)), 'file.nested', {}],
  [
    'two tables in a zip',
    async () => zipOf({ 'a.csv': table, 'b.csv': table }),
    'file.zip-many',
    { names: 'a.csv, b.csv' },
  ],
  ['a zip with nothing in it', async () => zipOf({}), 'file.zip-empty', {}],
  ['a gzip that was cut off', async () => gzipSync(table).subarray(0, 2000), 'file.damaged', { packing: 'gzip' }],
  [
    'a zip that was cut off',
    async () => (await zipOf({ 'a.csv': table })).subarray(0, 2000),
    'file.damaged',
    { packing: 'zip' },
  ],
])('%s is refused, and what it is is said', async (_, bytes, code, values) => {
  await expect(opening(await bytes())).rejects.toMatchObject({ code, values })
})

test('a file that is not there is said to be not there', async () => {
  await expect(openText('/nowhere/export.csv')).rejects.toMatchObject({ code: 'file.not-there' })
})

test('a bomb is not read to its end', async () => {
  const bomb = gzipSync(Buffer.alloc(200 * 1024 ** 2, 'a'))
  expect(bomb.length).toBeLessThan(300_000)
  let read = 0
  const file = await openText(await fileOf(bomb))
  const reading = async () => {
    for await (const chunk of file.chunks) read += chunk.length
  }
  await expect(reading()).rejects.toMatchObject({ code: 'file.bomb' })
  expect(read).toBeLessThan(100 * 1024 ** 2)
})
