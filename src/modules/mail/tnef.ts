import { decodeText } from './charset.ts'

/** What Outlook wraps up in a `winmail.dat` (MS-OXTNEF) when it takes the recipient for another Outlook. */
export interface Unwrapped {
  readonly text: string | null
  readonly html: string | null
  readonly files: readonly { readonly name: string | null; readonly type: string | null; readonly content: Buffer }[]
}

const SIGNATURE = 0x223e9f78
/** Attributes by their number. */
const BODY = 0x800c
const [FILE_BEGINS, FILE_TITLE, FILE_DATA, FILE_PROPERTIES] = [0x9002, 0x8010, 0x800f, 0x9005]
const MESSAGE_PROPERTIES = 0x9003
const CODE_PAGE = 0x9007
/** Properties by their number. */
const [PLAIN, HTML, LONG_NAME, MEDIA_TYPE, OBJECT] = [0x1000, 0x1013, 0x3707, 0x370e, 0x3701]
/** Nobody sends so many. */
const MOST_FILES = 500

/** Its text and files, as far as they can be read; null when it is no such wrap. Never fails. */
export function unwrapped(bytes: Buffer): Unwrapped | null {
  if (bytes.length < 6 || bytes.readUInt32LE(0) !== SIGNATURE) return null
  let charset: string | null = null
  let text: string | null = null
  let html: string | null = null
  const files: { name: string | null; type: string | null; content: Buffer }[] = []
  for (const { id, value } of attributesIn(bytes)) {
    const file = files.at(-1)
    if (id === CODE_PAGE && value.length >= 4) charset = `windows-${value.readUInt32LE(0)}`
    else if (id === BODY) text = stringOf(value, charset)
    else if (id === FILE_BEGINS && files.length < MOST_FILES) {
      files.push({ name: null, type: null, content: Buffer.alloc(0) })
    } else if (id === MESSAGE_PROPERTIES) {
      const properties = propertiesIn(value, charset)
      text = wordsOf(properties.get(PLAIN)) ?? text
      const markup = properties.get(HTML)
      html = Buffer.isBuffer(markup) ? decodeText(markup, charset) : (markup ?? null)
    } else if (file !== undefined && id === FILE_TITLE) file.name ??= stringOf(value, charset)
    else if (file !== undefined && id === FILE_DATA) file.content = value
    else if (file !== undefined && id === FILE_PROPERTIES) {
      const properties = propertiesIn(value, charset)
      file.name = wordsOf(properties.get(LONG_NAME)) ?? file.name
      file.type = wordsOf(properties.get(MEDIA_TYPE)) ?? file.type
      const object = properties.get(OBJECT)
      if (file.content.length === 0 && Buffer.isBuffer(object)) file.content = object
    }
  }
  return { text, html, files: files.filter(({ content }) => content.length > 0) }
}

/** Level, number, length, value and a sum that nobody needs, one after the other until they end or make no sense. */
function* attributesIn(bytes: Buffer): Generator<{ readonly id: number; readonly value: Buffer }> {
  let at = 6
  while (at + 11 <= bytes.length) {
    const id = bytes.readUInt16LE(at + 1)
    const end = at + 9 + bytes.readUInt32LE(at + 5)
    if (end > bytes.length) return
    yield { id, value: bytes.subarray(at + 9, end) }
    at = end + 2
  }
}

type Property = string | Buffer
/** Bytes of a value by its kind; four where nothing is said. */
const WIDTHS = new Map([
  [0x05, 8],
  [0x06, 8],
  [0x07, 8],
  [0x14, 8],
  [0x40, 8],
  [0x48, 16],
])
const [STRING_8, STRING_16, BINARY, EMBEDDED] = [0x1e, 0x1f, 0x102, 0x0d]
const padded = (length: number) => (length + 3) & ~3

/** Those that are texts or bytes; what comes after something unknown is left out. */
function propertiesIn(bytes: Buffer, charset: string | null): ReadonlyMap<number, Property> {
  const found = new Map<number, Property>()
  try {
    let at = 4
    for (let left = bytes.readUInt32LE(0); left > 0; left--) {
      const kind = bytes.readUInt16LE(at)
      const id = bytes.readUInt16LE(at + 2)
      at += 4
      if (id >= 0x8000) {
        // Named ones bear their name: a number, or a text.
        const isText = bytes.readUInt32LE(at + 16) === 1
        at += 20 + (isText ? 4 + padded(bytes.readUInt32LE(at + 20)) : 4)
      }
      const many = (kind & 0x1000) !== 0
      const single = kind & ~0x1000
      const varies = single === STRING_8 || single === STRING_16 || single === BINARY || single === EMBEDDED
      let count = 1
      if (many || varies) {
        count = bytes.readUInt32LE(at)
        at += 4
      }
      for (; count > 0; count--) {
        if (!varies) {
          at += WIDTHS.get(single) ?? 4
          if (at > bytes.length) return found
          continue
        }
        const length = bytes.readUInt32LE(at)
        const value = bytes.subarray(at + 4, at + 4 + length)
        at += 4 + padded(length)
        if (single === STRING_8) found.set(id, stringOf(value, charset))
        else if (single === STRING_16) found.set(id, stringOf(value, 'utf-16le'))
        // An object begins with what it is.
        else found.set(id, single === EMBEDDED ? value.subarray(16) : value)
      }
    }
  } catch {
    // It ended in the middle.
  }
  return found
}

function stringOf(value: Buffer, charset: string | null): string {
  return decodeText(value, charset).replace(/\0[^]*$/, '')
}

function wordsOf(property: Property | undefined): string | null {
  return typeof property === 'string' && property !== '' ? property : null
}
