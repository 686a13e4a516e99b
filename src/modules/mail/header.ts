import addressparser from 'nodemailer/lib/addressparser'
import libmime from 'libmime'
import { decodeText } from './charset.ts'

/** Fields of a header by their names in lower case, in their order, unfolded but otherwise as they were written. */
export type Headers = ReadonlyMap<string, readonly string[]>

/** Somebody as a mail names them. */
export interface Mailbox {
  /** Empty where only the address is given. */
  readonly name: string
  /** As written, but its domain in lower case. */
  readonly address: string
}

/** In characters. Taking apart what is longer takes long and helps nobody. */
const LONGEST_FIELD = 64 * 1024

/** @param lines Each with its continuations, a character per byte. */
export function headersFrom(lines: readonly { readonly key: string; readonly line: string }[]): Headers {
  const headers = new Map<string, string[]>()
  for (const { key, line } of lines) {
    const value = line.slice(line.indexOf(':') + 1, LONGEST_FIELD)
    const text = decodeText(Buffer.from(value, 'latin1'), null)
      .replace(/[\r\n\t\0]+/g, ' ')
      .trim()
    const name = key.trim().toLowerCase()
    const values = headers.get(name)
    if (values === undefined) headers.set(name, [text])
    else values.push(text)
  }
  return headers
}

/** The first field of that name as it was written; empty when there is none. */
export function field(headers: Headers, name: string): string {
  return headers.get(name)?.[0] ?? ''
}

/** The first field of that name that says something, with its encoded words (RFC 2047) read. */
export function words(headers: Headers, name: string): string {
  return readable(headers.get(name)?.find((value) => value !== '') ?? '')
}

function readable(value: string): string {
  // Some write words of UTF-8 cut within a character: joined first they are whole again, which the library does.
  const text = value.includes('=?') ? libmime.decodeWords(value) : value
  // Control characters are no text, and the database takes no zero.
  return text.replace(/\p{Cc}+/gu, ' ').trim()
}

/** Everybody whom the fields of that name list, those of groups too; what is no address is left out. */
export function mailboxes(headers: Headers, name: string): readonly Mailbox[] {
  return (headers.get(name) ?? []).flatMap((value) =>
    addressparser(value, { flatten: true }).flatMap((found) => {
      const address = addressIn(found.address) ?? addressIn(found.name)
      if (address === null) return []
      const called = readable(found.name)
      return [{ name: called === address ? '' : called, address }]
    }),
  )
}

const ADDRESS = /[^\s<>()[\],;:"@\\]{1,128}@[^\s<>()[\],;:"@\\]{1,255}/

function addressIn(text: string): string | null {
  const found = ADDRESS.exec(readable(text))?.[0].replace(/\.$/, '')
  if (found === undefined) return null
  const at = found.lastIndexOf('@')
  return found.slice(0, at) + found.slice(at).toLowerCase()
}

/** Message-IDs in the fields of that name, without brackets, in their order. */
export function messageIds(headers: Headers, name: string): readonly string[] {
  return (headers.get(name) ?? []).flatMap(idsIn)
}

/** Message-IDs in a text, without brackets: those in brackets, or else whatever looks like one. */
export function idsIn(text: string): readonly string[] {
  const bracketed = [...text.matchAll(/<\s*([^<>\s]{1,900})\s*>/g)].map(([, id]) => id!)
  return bracketed.length > 0 ? bracketed : text.split(/\s+/).filter((each) => /^[^\s@<>]+@[^\s@<>]+$/.test(each))
}

/** The moment that a `Date` field means; null when it means none. */
export function momentOf(value: string): Date | null {
  const moment = new Date(value.replace(/\([^)]*\)/g, ' ').trim())
  return Number.isNaN(moment.getTime()) || moment.getUTCFullYear() < 1971 ? null : moment
}

/** What stands before the first parameter of a field such as `Content-Type`, in lower case, and its parameters. */
export function parameters(value: string): {
  readonly value: string
  readonly params: Readonly<Record<string, string>>
} {
  const parsed = libmime.parseHeaderValue(value, { stripComments: true })
  return { value: parsed.value.trim().toLowerCase(), params: parsed.params }
}
