import { isUtf8 } from 'node:buffer'
import libmime from 'libmime'

/** What begins Japanese letters in ISO-2022-JP, which else looks like ASCII. */
const JAPANESE = ['@', 'A', 'B'].map((end) => Buffer.from(`\u001B$${end}`))

/**
 * Text of bytes in the charset that somebody says they are in. Where nothing is said, or nothing that is true, it is
 * UTF-8 if it can be, and windows-1252 if not. Never fails; what fits nowhere becomes U+FFFD.
 */
export function decodeText(bytes: Uint8Array, charset: string | null): string {
  const given = charset === null ? null : decoderOf(charset)
  // Programs that wrote Latin letters for years call UTF-8 so, too; what is UTF-8 by chance is next to impossible.
  const mistaken = given?.encoding === 'windows-1252' && isUtf8(bytes)
  if (given !== null && given.encoding !== 'utf-8' && !mistaken) return given.decode(bytes)
  const beginning = Buffer.from(bytes.subarray(0, 64 * 1024))
  if (JAPANESE.some((letters) => beginning.includes(letters))) {
    return new TextDecoder('iso-2022-jp').decode(bytes)
  }
  return new TextDecoder(isUtf8(bytes) ? 'utf-8' : mostlyUtf8(bytes) ? 'utf-8' : 'windows-1252').decode(bytes)
}

/** A truncated character in UTF-8 does not make it another charset. */
function mostlyUtf8(bytes: Uint8Array): boolean {
  const text = new TextDecoder('utf-8').decode(bytes)
  const bad = text.split('\uFFFD').length - 1
  const good = text.match(/[\u0080-\uFFFC]/g)?.length ?? 0
  return good > 4 * bad
}

/** Null for a charset that nobody knows. */
function decoderOf(charset: string): TextDecoder | null {
  for (const label of [charset.trim(), libmime.normalizeCharset(charset)]) {
    // UTF-7 is not among those it knows, on purpose: it hides markup.
    try {
      return new TextDecoder(label)
    } catch {
      // The next spelling may do.
    }
  }
  return null
}
