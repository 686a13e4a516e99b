/** A run of words: plain, strong, emphasised, code or a link. */
export interface Words {
  readonly text: string
  readonly as?: 'strong' | 'em' | 'code' | 'link'
  readonly to?: string
}

export type Block =
  | { readonly kind: 'title' | 'heading' | 'paragraph'; readonly words: readonly Words[] }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'picture'; readonly text: string; readonly file: string }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly (readonly Words[])[] }
  | {
      readonly kind: 'table'
      readonly head: readonly (readonly Words[])[]
      readonly rows: readonly (readonly (readonly Words[])[])[]
    }

/**
 * The part of Markdown that the guide and articles are written in: two levels of headings, paragraphs, pictures on a line of their own,
 * lists of one level, tables, code by four spaces or fences; strong, emphasised, code and links within words.
 */
export function readMarkdown(source: string): Block[] {
  const blocks: Block[] = []
  const lines = source.replaceAll('\r\n', '\n').split('\n')
  let at = 0
  const taken = (fits: (line: string) => boolean) => {
    const from = at
    while (at < lines.length && fits(lines[at]!)) at += 1
    return lines.slice(from, at)
  }
  while (at < lines.length) {
    const line = lines[at]!
    if (line.trim() === '') at += 1
    else if (line.startsWith('```')) {
      at += 1
      blocks.push({ kind: 'code', text: taken((each) => !each.startsWith('```')).join('\n') })
      at += 1
    } else if (line.startsWith('    ')) {
      const code = taken((each) => each.startsWith('    ') || each.trim() === '')
      blocks.push({
        kind: 'code',
        text: code
          .map((each) => each.slice(4))
          .join('\n')
          .trimEnd(),
      })
    } else if (PICTURE.test(line)) {
      at += 1
      const [, text = '', file = ''] = PICTURE.exec(line) ?? []
      blocks.push({ kind: 'picture', text, file })
    } else if (/^#{1,2} /.test(line)) {
      at += 1
      blocks.push({ kind: line.startsWith('## ') ? 'heading' : 'title', words: readWords(line.replace(/^#+ /, '')) })
    } else if (line.startsWith('|')) {
      const [head = '', , ...rows] = taken((each) => each.startsWith('|'))
      blocks.push({ kind: 'table', head: cells(head), rows: rows.map(cells) })
    } else if (ITEM.test(line)) {
      const items = taken((each) => ITEM.test(each)).map((each) => readWords(each.replace(ITEM, '')))
      blocks.push({ kind: 'list', ordered: /^\d/.test(line), items })
    } else {
      const words = taken((each) => each.trim() !== '' && !BLOCK.test(each)).join(' ')
      blocks.push({ kind: 'paragraph', words: readWords(words) })
    }
  }
  return blocks
}

const ITEM = /^(?:[-*]|\d+\.) /
const PICTURE = /^!\[([^\]]*)\]\(([^)\s]+)\)$/
const BLOCK = /^(?:#{1,2} |\||```|!\[|[-*] |\d+\. )/

/** Whether an address leads somewhere and does nothing else: the web, a mail, or a page of ours. */
export function isPlainAddress(address: string): boolean {
  return /^(?:https?:\/\/|mailto:)/i.test(address) || !/^[^/?#]*:/.test(address)
}

function cells(row: string): Words[][] {
  return row
    .replace(/^\|/, '')
    .replace(/\|\s*$/, '')
    .split('|')
    .map((cell) => readWords(cell.trim()))
}

function readWords(text: string): Words[] {
  const words: Words[] = []
  let from = 0
  for (const found of text.matchAll(/`([^`]+)`|\*\*([^*]+)\*\*|\*([^*]+)\*|\[([^\]]+)\]\(([^)\s]+)\)/g)) {
    if (found.index > from) words.push({ text: text.slice(from, found.index) })
    const [all, code, strong, em, label, to] = found
    if (code !== undefined) words.push({ text: code, as: 'code' })
    else if (strong !== undefined) words.push({ text: strong, as: 'strong' })
    else if (em !== undefined) words.push({ text: em, as: 'em' })
    else words.push({ text: label!, as: 'link', to: to! })
    from = found.index + all.length
  }
  if (from < text.length) words.push({ text: text.slice(from) })
  return words
}
