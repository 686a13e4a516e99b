import { expect, test } from 'vitest'
import { decoded, type Encoding } from './encoding.ts'

/** What is read of `bytes` when they come in pieces of a size. */
async function read(bytes: Buffer, { size = 4, given }: { size?: number; given?: Encoding } = {}) {
  async function* pieces() {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
  }
  const decoding = decoded(bytes.subarray(0, 64), pieces(), given)
  const chunks: Buffer[] = []
  for await (const chunk of decoding.chunks) chunks.push(chunk)
  return { text: Buffer.concat(chunks).toString(), encoding: decoding.encoding(), damaged: decoding.damaged() }
}

const text = 'Störung „Größe“ – 5 € 😀 λ'

test.each([1, 2, 3, 5, 7, 1000])('UTF-8 stays as it is when it comes in pieces of %d', async (size) => {
  expect(await read(Buffer.from(text), { size })).toEqual({ text, encoding: 'utf-8', damaged: false })
})

test.each([
  ['utf-16le', Buffer.from(`\uFEFF${text}`, 'utf16le')],
  ['utf-16be', Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()],
])('%s is known by its mark, which is not part of the text', async (encoding, bytes) => {
  expect(await read(bytes, { size: 3 })).toEqual({ text, encoding, damaged: false })
})

test('bytes that cannot be UTF-8 are windows-1252, also when they come late', async () => {
  const bytes = Buffer.concat([
    Buffer.from('plain, '.repeat(40)),
    Buffer.from([0x53, 0x74, 0xf6, 0x72, 0x75, 0x6e, 0x67, 0x20, 0x80, 0x92]),
  ])
  expect(await read(bytes)).toEqual({
    text: `${'plain, '.repeat(40)}Störung €’`,
    encoding: 'windows-1252',
    damaged: false,
  })
})

test('a single letter of windows-1252 at the very end is one', async () => {
  expect(await read(Buffer.from([0x6f, 0x6b, 0x20, 0xe9]))).toEqual({
    text: 'ok é',
    encoding: 'windows-1252',
    damaged: false,
  })
})

test('a broken byte in UTF-8 is damage, not another encoding', async () => {
  const bytes = Buffer.concat([Buffer.from('Störung über alles '), Buffer.from([0xff]), Buffer.from(' und weiter')])
  expect(await read(bytes)).toEqual({ text: 'Störung über alles \uFFFD und weiter', encoding: 'utf-8', damaged: true })
})

test('an encoding that is given holds', async () => {
  expect(await read(Buffer.from([0xa4]), { given: 'iso-8859-15' })).toMatchObject({
    text: '€',
    encoding: 'iso-8859-15',
  })
  expect(await read(Buffer.from([0x41, 0xf6]), { given: 'utf-8' })).toMatchObject({ text: 'A\uFFFD', damaged: true })
})
