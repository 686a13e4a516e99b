import { isUtf8 } from 'node:buffer'

/** First bytes of kinds of files, and what these are. */
const SIGNATURES: readonly (readonly [string, string, offset?: number])[] = [
  ['image/png', '\x89PNG\r\n\x1A\n'],
  ['image/jpeg', '\xFF\xD8\xFF'],
  ['image/gif', 'GIF8'],
  ['image/webp', 'WEBP', 8],
  ['image/bmp', 'BM'],
  ['image/tiff', 'II*\0'],
  ['image/tiff', 'MM\0*'],
  ['image/heic', 'ftypheic', 4],
  ['application/pdf', '%PDF-'],
  ['application/postscript', '%!PS'],
  ['application/rtf', '{\\rtf'],
  ['application/gzip', '\x1F\x8B'],
  ['application/x-7z-compressed', "7z\xBC\xAF'\x1C"],
  ['application/vnd.rar', 'Rar!\x1A\x07'],
  ['application/x-bzip2', 'BZh'],
  ['application/x-xz', '\xFD7zXZ\0'],
  ['application/x-tar', 'ustar', 257],
  ['application/x-msdownload', 'MZ'],
  ['application/x-executable', '\x7FELF'],
  ['application/x-mach-binary', '\xCF\xFA\xED\xFE'],
  ['application/java-vm', '\xCA\xFE\xBA\xBE'],
  ['application/x-ms-shortcut', 'L\0\0\0\x01\x14\x02\0'],
  ['application/vnd.ms-cab-compressed', 'MSCF'],
  ['application/x-iso9660-image', 'CD001', 32769],
  ['video/mp4', 'ftyp', 4],
  ['audio/mpeg', 'ID3'],
  ['audio/wav', 'WAVE', 8],
  ['audio/ogg', 'OggS'],
  ['application/vnd.ms-tnef', '\x78\x9F\x3E\x22'],
]

/** What programs of Microsoft kept their documents in before 2007, and mails until today. */
const COMPOUND = '\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1'

/** Names of entries that tell what a zip is. */
const IN_ZIP: readonly (readonly [string, string])[] = [
  ['application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'word/'],
  ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'xl/'],
  ['application/vnd.openxmlformats-officedocument.presentationml.presentation', 'ppt/'],
  ['application/java-archive', 'META-INF/MANIFEST.MF'],
]

/**
 * What a file is, by its content; its name and what the sender said of it decide only among kinds of text, and what no
 * content tells.
 */
export function contentTypeOf(content: Uint8Array, declared: string): string {
  const starts = (bytes: string, offset = 0) =>
    Buffer.from(content.subarray(offset, offset + bytes.length)).toString('latin1') === bytes
  if (starts('PK\x03\x04')) {
    const names = Buffer.from(content.subarray(0, 64 * 1024)).toString('latin1')
    return IN_ZIP.find(([, name]) => names.includes(name))?.[0] ?? 'application/zip'
  }
  if (starts(COMPOUND)) return /^application\/(msword|vnd\.ms-)/.test(declared) ? declared : 'application/x-cfb'
  // Two or three letters may begin a text just as well.
  const letters = isLetters(content.subarray(0, 4096))
  const known = SIGNATURES.find(([, bytes, offset]) => starts(bytes, offset) && !(letters && bytes.length <= 3))
  return known?.[0] ?? withoutSignature(content, declared)
}

function withoutSignature(content: Uint8Array, declared: string): string {
  const beginning = Buffer.from(content.subarray(0, 4096))
  if (!isLetters(beginning)) {
    // Text in another charset than UTF-8 has no zeros.
    if (isText(declared) && !beginning.includes(0)) return declared
    return isText(declared) || isSigned(declared) ? 'application/octet-stream' : declared
  }
  const text = beginning
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .trimStart()
  if (/^<svg\b|^<\?xml[^>]*>\s*(<!--.{0,500}?-->\s*)?(<!doctype svg[^>]*>\s*)?<svg\b/is.test(text))
    return 'image/svg+xml'
  if (/^<(!doctype html|html|head|body|script)\b/i.test(text)) return 'text/html'
  if (text.startsWith('#!')) return 'application/x-sh'
  return isSigned(declared) ? 'text/plain' : declared
}

/** Cut anywhere, the last character may be half. */
function isLetters(beginning: Uint8Array): boolean {
  return !beginning.includes(0) && [0, 1, 2, 3].some((cut) => isUtf8(beginning.subarray(0, beginning.length - cut)))
}

const isText = (type: string) => type.startsWith('text/')
/** Kinds that are known by their first bytes: what does not begin so is none of them. */
const isSigned = (type: string) => SIGNATURES.some(([each]) => each === type)
