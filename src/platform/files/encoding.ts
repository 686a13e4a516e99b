import { isAscii, isUtf8 } from 'node:buffer'
import { utf16Of } from './kind.ts'

/** Encodings that text is read in. ISO 8859-1 is read as windows-1252, which has letters where it has control characters. */
export const encodings = [
  'utf-8',
  'utf-16le',
  'utf-16be',
  'windows-1252',
  'iso-8859-15',
  'windows-1250',
  'macintosh',
] as const
export type Encoding = (typeof encodings)[number]

/** Text on its way to UTF-8, and what is known of how it was written. */
export interface Decoding {
  /** Of what was read so far: bytes that are no UTF-8 may come late. */
  readonly encoding: () => Encoding
  /** Bytes that fit no encoding, read as U+FFFD. */
  readonly damaged: () => boolean
  readonly chunks: AsyncIterable<Buffer>
}

/**
 * Turns bytes into UTF-8. Without `given`, UTF-16 is known by its first bytes; all else is UTF-8 until bytes come that
 * cannot be. If all before them was ASCII, the text is windows-1252 from there on; if there was UTF-8 before, they are
 * damage.
 *
 * @param head The first bytes, which `chunks` begin with too.
 */
export function decoded(head: Uint8Array, chunks: AsyncIterable<Buffer>, given?: Encoding): Decoding {
  const utf16 = utf16Of(head)
  let encoding: Encoding = given ?? utf16 ?? 'utf-8'
  let damaged = false
  return {
    encoding: () => encoding,
    damaged: () => damaged,
    chunks: encoding === 'utf-8' ? fromUtf8() : fromOther(chunks, encoding),
  }

  async function* fromUtf8(): AsyncGenerator<Buffer> {
    let rest: Buffer = Buffer.alloc(0)
    let plain = true
    let other: TextDecoder | undefined
    for await (const chunk of chunks) {
      if (other !== undefined) {
        yield Buffer.from(other.decode(chunk, { stream: true }))
        continue
      }
      const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
      const end = wholeCharacters(bytes)
      const whole = bytes.subarray(0, end)
      if (isUtf8(whole)) {
        rest = bytes.subarray(end)
        plain &&= isAscii(whole)
        yield whole
        continue
      }
      const utf8 = given === 'utf-8' || !plain || mostlyUtf8(whole)
      if (utf8) damaged = true
      else encoding = 'windows-1252'
      other = new TextDecoder(utf8 ? 'utf-8' : 'windows-1252')
      rest = Buffer.alloc(0)
      yield Buffer.from(other.decode(bytes, { stream: true }))
    }
    if (other !== undefined) {
      yield Buffer.from(other.decode())
    } else if (rest.length > 0) {
      // The last character was cut, or was none of UTF-8 at all.
      if (plain && given === undefined) encoding = 'windows-1252'
      else damaged = true
      yield Buffer.from(new TextDecoder(encoding).decode(rest))
    }
  }
}

async function* fromOther(chunks: AsyncIterable<Buffer>, encoding: Encoding): AsyncGenerator<Buffer> {
  const decoder = new TextDecoder(encoding)
  for await (const chunk of chunks) yield Buffer.from(decoder.decode(chunk, { stream: true }))
  yield Buffer.from(decoder.decode())
}

/** Where the last character that is all there ends: a character of UTF-8 may lie across two chunks. */
function wholeCharacters(bytes: Uint8Array): number {
  const { length } = bytes
  for (let back = 1; back <= Math.min(3, length); back++) {
    const byte = bytes[length - back]!
    if (byte < 0x80) return length
    if (byte < 0xc0) continue
    const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2
    return needed > back ? length - back : length
  }
  return length
}

/** Whether bytes that are not all UTF-8 have more of its characters than of bytes that cannot be. */
function mostlyUtf8(bytes: Uint8Array): boolean {
  const text = new TextDecoder('utf-8').decode(bytes)
  let good = 0
  let bad = 0
  for (const character of text) {
    if (character === '\uFFFD') bad++
    else if (character > '\u007F') good++
  }
  return good > bad
}
