import { fileTypeFromBuffer } from 'file-type'
import { kindOf } from '#platform/files/kind.ts'

/** What a browser shows without running anything in it. A drawing (SVG) or a page may hold scripts, so it is only saved. */
const SHOWN = new Set([
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'image/avif',
  'image/apng',
  'application/pdf',
  'text/plain',
])

export const UNKNOWN = 'application/octet-stream'

/** Media type of a file by its first bytes, whatever its name says. */
export async function typeOf(head: Uint8Array): Promise<string> {
  const found = await fileTypeFromBuffer(head)
  if (found !== undefined) return found.mime
  return kindOf(head) === 'text' ? 'text/plain' : UNKNOWN
}

/** Whether a file of that type may be shown in the page. */
export function maybeShown(type: string): boolean {
  return SHOWN.has(type)
}

/**
 * A name as it is kept: without folders, control characters and what turns the direction of writing, which make
 * `exe.txt` of `txt.exe`. Never empty.
 */
export function nameOf(given: string): string {
  const last = given.split(/[/\\]/).at(-1) ?? ''
  const plain = last.replaceAll(/[\p{Cc}\p{Bidi_Control}]/gu, '').trim()
  return (plain.replace(/^\.+/, '') || 'file').slice(0, 255)
}
