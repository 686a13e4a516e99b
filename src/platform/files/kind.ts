/** What a file is, by its first bytes; its name may say anything. */
export type FileKind =
  | 'text'
  | 'empty'
  | 'gzip'
  | 'zip'
  | 'pdf'
  | 'excel'
  | 'office'
  | 'picture'
  | 'html'
  | 'xml'
  | 'json'
  | 'rtf'
  | 'archive'
  | 'database'
  | 'binary'

/** The first bytes of kinds that cannot be mistaken for text. */
const signatures: readonly (readonly [FileKind, readonly number[], offset?: number])[] = [
  ['gzip', [0x1f, 0x8b]],
  ['zip', [0x50, 0x4b, 0x03, 0x04]],
  // A zip without a single file in it.
  ['zip', [0x50, 0x4b, 0x05, 0x06]],
  ['pdf', [0x25, 0x50, 0x44, 0x46, 0x2d]],
  // Excel before 2007, and everything else of that time.
  ['excel', [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]],
  ['picture', [0x89, 0x50, 0x4e, 0x47]],
  ['picture', [0xff, 0xd8, 0xff]],
  ['picture', [0x47, 0x49, 0x46, 0x38]],
  ['picture', [0x57, 0x45, 0x42, 0x50], 8],
  ['rtf', [0x7b, 0x5c, 0x72, 0x74, 0x66]],
  ['archive', [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]],
  ['archive', [0x52, 0x61, 0x72, 0x21, 0x1a, 0x07]],
  ['archive', [0xfd, 0x37, 0x7a, 0x58, 0x5a]],
  ['archive', [0x42, 0x5a, 0x68]],
  ['archive', [0x28, 0xb5, 0x2f, 0xfd]],
  ['archive', [0x75, 0x73, 0x74, 0x61, 0x72], 257],
  ['database', [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65]],
  ['database', [0x50, 0x41, 0x52, 0x31]],
]

/** Tells a file by its first bytes; 64 KB of them are plenty. */
export function kindOf(head: Uint8Array): FileKind {
  const signature = signatures.find(([, bytes, offset = 0]) =>
    bytes.every((byte, index) => head[offset + index] === byte),
  )
  if (signature !== undefined) return signature[0]
  const text = beginning(head)
  if (text === null) return 'binary'
  if (text === '') return 'empty'
  if (/^<(!doctype html|html|head|body)\b/i.test(text)) return 'html'
  if (/^<(\?xml|[a-z][\w:.-]*[\s>])/i.test(text)) return 'xml'
  if (/^(\{\s*("|\}|$)|\[\s*[[{"])/.test(text)) return 'json'
  return 'text'
}

/** How bytes of UTF-16 lie, by its byte order mark or by where the zero bytes of Latin letters are; null for all else. */
export function utf16Of(head: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be'
  const length = Math.min(head.length, 4096) & ~1
  let even = 0
  let odd = 0
  for (let index = 0; index < length; index += 2) {
    if (head[index] === 0) even++
    if (head[index + 1] === 0) odd++
  }
  const pairs = length / 2
  if (pairs < 2) return null
  if (odd > pairs * 0.4 && even < pairs * 0.1) return 'utf-16le'
  if (even > pairs * 0.4 && odd < pairs * 0.1) return 'utf-16be'
  return null
}

/** The first characters without blanks before them, as far as telling kinds needs them; null when these bytes are no text. */
function beginning(head: Uint8Array): string | null {
  const utf16 = utf16Of(head)
  const text = new TextDecoder(utf16 ?? 'windows-1252').decode(head.subarray(0, 4096))
  if (utf16 === null && text.includes('\0')) return null
  // Read as a single-byte encoding, the byte order mark of UTF-8 is these three characters.
  return text.replace(/^(\uFEFF|ï»¿)/, '').trimStart()
}
