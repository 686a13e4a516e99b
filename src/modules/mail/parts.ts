import { Buffer } from 'node:buffer'
import { buffer } from 'node:stream/consumers'
import { finished } from 'node:stream/promises'
import { type MimeNode, Splitter } from '@zone-eu/mailsplit'
import { type Headers, headersFrom } from './header.ts'

/** A part of a mail as MIME (RFC 2045) divides it; the mail itself is the outermost. */
export interface Part {
  /** Lower case; `text/plain` where nothing is said. */
  readonly type: string
  readonly charset: string | null
  readonly disposition: string | null
  readonly filename: string | null
  /** Long lines of the text are broken with a blank at their ends (RFC 3676). */
  readonly flowed: boolean
  readonly headers: Headers
  /** Without its transfer encoding; of a multipart what lies around its parts. A mail within is a part like any other. */
  readonly content: Buffer
  readonly children: readonly Part[]
}

/** Bytes of one header. Nobody writes so much; what is beyond is left out. */
const LONGEST_HEADER = 512 * 1024
/** Nobody sends so many; what is beyond is left out. */
const MOST_PARTS = 1000
const [LINE_FEED, RETURN] = [10, 13]

/**
 * Takes any bytes apart; never fails. The mails within a mail (`message/rfc822`) stay whole: what is written in them is not
 * written by the sender.
 *
 * @returns `cut` says that the mail has more parts or longer headers than anybody writes, and what is beyond is left out.
 */
export async function partsOf(raw: Uint8Array): Promise<{ readonly root: Part; readonly cut: boolean }> {
  const mended = withShortHeader(
    withLineFeeds(withoutBlankBeginning(Buffer.from(raw.buffer, raw.byteOffset, raw.length))),
  )
  const splitter = new Splitter({ ignoreEmbedded: true, maxHeadSize: 4 * LONGEST_HEADER, maxChildNodes: MOST_PARTS })
  const nodes: MimeNode[] = []
  const bodies = new Map<MimeNode, Buffer[]>()
  let cut = mended.cut
  splitter.on('data', (chunk) => {
    if (chunk.type === 'node') nodes.push(chunk)
    else if (chunk.node && 'value' in chunk && chunk.value && (chunk.type === 'body' || chunk.node.multipart)) {
      const into = bodies.get(chunk.node)
      if (into === undefined) bodies.set(chunk.node, [chunk.value])
      else into.push(chunk.value)
    }
  })
  splitter.end(mended.bytes)
  // It fails at nothing but its limits; what came before them counts.
  await finished(splitter).catch(() => {
    cut = true
  })
  const made = new Map<MimeNode, Part & { readonly children: Part[] }>()
  for (const node of nodes) {
    const part = { ...(await partOf(node, bodies.get(node) ?? [])), children: [] }
    made.set(node, part)
    if (node.parentNode) made.get(node.parentNode)?.children.push(part)
  }
  const root = nodes[0] && made.get(nodes[0])
  return { root: root ?? { ...nothing, content: mended.bytes }, cut }
}

const nothing: Part = {
  type: 'text/plain',
  charset: null,
  disposition: null,
  filename: null,
  flowed: false,
  headers: new Map(),
  content: Buffer.alloc(0),
  children: [],
}

async function partOf(node: MimeNode, body: readonly Buffer[]): Promise<Omit<Part, 'children'>> {
  return {
    type: node.contentType || 'text/plain',
    charset: node.charset || null,
    disposition: node.disposition || null,
    filename: node.filename ? node.filename.trim() : null,
    flowed: node.flowed,
    headers: node.headers ? headersFrom(node.headers.getList()) : new Map(),
    content: await decoded(node, body),
  }
}

async function decoded(node: MimeNode, body: readonly Buffer[]): Promise<Buffer> {
  if (node.encoding !== 'base64' && node.encoding !== 'quoted-printable') return Buffer.concat(body)
  const decoder = node.getDecoder()
  decoder.end(Buffer.concat(body))
  // What is no base64 is left as it is written: better odd than lost.
  return buffer(decoder).catch(() => Buffer.concat(body))
}

/** A byte order mark and empty lines before the header, which would end it before it began. */
function withoutBlankBeginning(raw: Buffer): Buffer {
  let start = raw[0] === 0xef && raw[1] === 0xbb && raw[2] === 0xbf ? 3 : 0
  while (raw[start] === LINE_FEED || raw[start] === RETURN) start++
  return raw.subarray(start)
}

/** Some programs end lines by carriage returns alone. */
function withLineFeeds(raw: Buffer): Buffer {
  if (raw.includes(LINE_FEED) || !raw.includes(RETURN)) return raw
  return Buffer.from(raw.map((byte) => (byte === RETURN ? LINE_FEED : byte)))
}

function withShortHeader(raw: Buffer): { readonly bytes: Buffer; readonly cut: boolean } {
  const ends = ['\n\n', '\n\r\n'].map((end) => raw.indexOf(end)).filter((at) => at >= 0)
  const end = ends.length > 0 ? Math.min(...ends) : raw.length
  if (end <= LONGEST_HEADER) return { bytes: raw, cut: false }
  const keep = Math.max(raw.lastIndexOf(LINE_FEED, LONGEST_HEADER), 0)
  return { bytes: Buffer.concat([raw.subarray(0, keep), raw.subarray(end)]), cut: true }
}
