import libmime from 'libmime'
import { decodeText } from './charset.ts'
import { contentTypeOf } from './content-type.ts'
import { field } from './header.ts'
import { htmlOfText, textOfHtml } from './html.ts'
import type { Part } from './parts.ts'
import { type Unwrapped, unwrapped } from './tnef.ts'

/** A file that came with a mail. */
export interface MailFile {
  /** As the sender called it; made up where they did not. Never a path. */
  readonly name: string
  /** By its content. */
  readonly type: string
  /** By which the HTML refers to it, without brackets; null when it does not. */
  readonly contentId: string | null
  /** Shown within the text rather than beside it. */
  readonly inline: boolean
  readonly content: Buffer
}

/** What a mail says. */
export interface Body {
  readonly text: string
  /** As it was sent, unsafe; null when there is none. */
  readonly html: string | null
  readonly files: readonly MailFile[]
}

interface Said {
  readonly text: string | null
  readonly html: string | null
  /** The same once more, in a wrap of Outlook; it counts where nothing else is said. */
  readonly wrapped?: Pick<Unwrapped, 'text' | 'html'>
}

/** Text and HTML of a mail, each made from the other where it is missing in part, and all else as files. */
export function bodyOf(root: Part): Body {
  const files: MailFile[] = []
  const { text, html } = unwrappedFirst(saidIn(root, files))
  const said = tidy(text ?? (html === null ? '' : textOfHtml(html)))
  return { text: said === '' ? tidy(beforeParts(root)) : said, html, files }
}

function unwrappedFirst({ text, html, wrapped }: Said): Said {
  const isSaid = wrapped === undefined || html !== null || (text !== null && text.trim() !== '')
  return isSaid ? { text, html } : { text: wrapped.text, html: wrapped.html }
}

/** Some programs write the text where only old mail programs look: before the first part. */
function beforeParts({ type, children, content }: Part): string {
  if (!type.startsWith('multipart/') || children.length === 0) return ''
  const text = decodeText(content, null).split(/^--/m, 1)[0]!
  return /multi-?part (message|mail|s\/mime)|mime|encoded message/i.test(text) ? '' : text
}

function saidIn(part: Part, files: MailFile[]): Said {
  if (part.type.startsWith('multipart/') && part.children.length > 0) {
    const said = part.children.map((child) => saidIn(child, files))
    return part.type === 'multipart/alternative' ? oneOf(said) : allOf(said)
  }
  if (isShown(part)) {
    const text = textOf(part)
    return part.type === 'text/html' ? { text: null, html: text } : { text, html: null }
  }
  const wrap = isWrap(part) ? unwrapped(part.content) : null
  if (wrap !== null && (wrap.files.length > 0 || wrap.text !== null || wrap.html !== null)) {
    for (const { name, type, content } of wrap.files) {
      const inner = { ...part, filename: name, type: type?.toLowerCase() ?? 'application/octet-stream', content }
      files.push(fileOf({ ...inner, disposition: 'attachment', headers: new Map() }, files.length))
    }
    return { text: null, html: null, wrapped: wrap }
  }
  if (part.content.length > 0) files.push(fileOf(part, files.length))
  return { text: null, html: null }
}

const isWrap = ({ type, filename }: Part) =>
  /^application\/(vnd\.)?ms-tnef$/.test(type) || filename?.toLowerCase() === 'winmail.dat'

/** Alternatives say the same; the last that somebody understands is the best. */
function oneOf(said: readonly Said[]): Said {
  return {
    text: said.find(({ text }) => text !== null && text.trim() !== '')?.text ?? null,
    html: said.findLast(({ html }) => html !== null)?.html ?? null,
    ...wrapIn(said),
  }
}

/** Parts that follow each other. Where one is HTML, all are shown so; each is part of the text. */
function allOf(said: readonly Said[]): Said {
  const spoken = said.filter(({ text, html }) => text !== null || html !== null)
  if (spoken.length < 2) return { ...(spoken[0] ?? { text: null, html: null }), ...wrapIn(said) }
  const texts = spoken.map(({ text, html }) => text ?? textOfHtml(html ?? ''))
  const htmls = spoken.map(({ text, html }) => html ?? htmlOfText(text ?? ''))
  return {
    text: texts.join('\n\n'),
    html: spoken.some(({ html }) => html !== null) ? htmls.join('\n') : null,
    ...wrapIn(said),
  }
}

function wrapIn(said: readonly Said[]): Pick<Said, 'wrapped'> {
  const wrapped = said.find((each) => each.wrapped !== undefined)?.wrapped
  return wrapped === undefined ? {} : { wrapped }
}

function isShown({ type, disposition, filename, headers }: Part): boolean {
  if (type === 'text/html' || type === 'text/plain') {
    return disposition === 'attachment' ? false : filename === null || disposition === 'inline' || isUnnamed(headers)
  }
  // A multipart whose parts cannot be found is read as it is written.
  return type.startsWith('multipart/') || type === 'text'
}

/** The name is one of the part's type alone, which some programs give to the text itself. */
const isUnnamed = (headers: Part['headers']) => !field(headers, 'content-disposition') && !field(headers, 'content-id')

/** Text of a part of text, its lines ended by line feeds. */
export function textOf(part: Part): string {
  const text = decodeText(part.content, part.charset)
    .replace(/\r\n?/g, '\n')
    .replace(/\0|\uFEFF/g, '')
  return part.flowed && part.type === 'text/plain'
    ? libmime.decodeFlowed(text, /delsp\s*=\s*"?yes/i.test(field(part.headers, 'content-type')))
    : text
}

function fileOf(part: Part, index: number): MailFile {
  const type = contentTypeOf(part.content, part.type)
  const id = field(part.headers, 'content-id').replace(/^<|>$/g, '').trim()
  return {
    name: nameOf(part) ?? `${part.type === 'message/rfc822' ? 'mail' : 'part'}-${index + 1}.${extension(type)}`,
    type: part.type === 'message/rfc822' ? part.type : type,
    contentId: id === '' ? null : id,
    inline: part.disposition === 'inline' || (id !== '' && part.disposition !== 'attachment'),
    content: part.content,
  }
}

/** In characters; file systems take no more. */
const LONGEST_NAME = 200

function nameOf({ filename }: Part): string | null {
  const name = (filename ?? '')
    .split(/[/\\]/)
    .at(-1)!
    .replace(/[\p{Cc}\u202A-\u202E\u2066-\u2069]/gu, '')
    .trim()
  if (name === '' || /^\.+$/.test(name)) return null
  return name.length <= LONGEST_NAME ? name : name.slice(0, LONGEST_NAME - 10) + name.slice(-10)
}

function extension(type: string): string {
  return type === 'message/rfc822' ? 'eml' : libmime.detectExtension(type)
}

/** Without blanks at ends of lines, and no more than two empty lines in a row. */
function tidy(text: string): string {
  return text
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .replace(/\n{4,}/g, '\n\n\n')
    .trim()
}
