/** One element of BER (X.690): its tag, and where its content lies. */
interface Element {
  readonly tag: number
  readonly start: number
  readonly end: number
  /** Where the next one begins. */
  readonly next: number
}

const [SEQUENCE, OBJECT_ID, OCTETS, OCTETS_IN_PARTS, EXPLICIT] = [0x30, 0x06, 0x04, 0x24, 0xa0]
/** `1.2.840.113549.1.7.2` */
const SIGNED_DATA = Buffer.from('2a864886f70d010702', 'hex')
/** Nobody nests so deep. */
const DEEPEST = 40

/**
 * The mail that lies within its own signature (S/MIME, RFC 8551, 3.5.2). Whether the signature is true is not asked: what a
 * mail says is not trusted either way.
 *
 * @returns null when there is none, as in an encrypted mail, which nobody here can read. Never fails.
 */
export function signedContent(bytes: Buffer): Buffer | null {
  const outer = childrenOf(bytes, elementAt(bytes, 0, 0), SEQUENCE)
  const [kind, wrapped] = outer
  if (kind?.tag !== OBJECT_ID || !bytes.subarray(kind.start, kind.end).equals(SIGNED_DATA)) return null
  const [signed] = childrenOf(bytes, wrapped, EXPLICIT)
  // Version, digests, and then what was signed.
  const [, , what] = childrenOf(bytes, signed, SEQUENCE)
  const [, content] = childrenOf(bytes, what, SEQUENCE)
  const [octets] = childrenOf(bytes, content, EXPLICIT)
  return octets === undefined ? null : octetsOf(bytes, octets)
}

function octetsOf(bytes: Buffer, element: Element): Buffer | null {
  if (element.tag === OCTETS) return bytes.subarray(element.start, element.end)
  if (element.tag !== OCTETS_IN_PARTS) return null
  const parts = childrenOf(bytes, element, OCTETS_IN_PARTS).map((part) => octetsOf(bytes, part))
  return Buffer.concat(parts.filter((part) => part !== null))
}

function childrenOf(bytes: Buffer, element: Element | null | undefined, tag: number): readonly Element[] {
  if (!element || element.tag !== tag) return []
  const children: Element[] = []
  for (let at = element.start; at < element.end;) {
    const child = elementAt(bytes, at, 0)
    if (child === null) break
    children.push(child)
    at = child.next
  }
  return children
}

/** Null where there is none, or it reaches beyond the end. */
function elementAt(bytes: Buffer, at: number, depth: number): Element | null {
  const tag = bytes[at]
  const first = bytes[at + 1]
  if (tag === undefined || first === undefined || depth > DEEPEST) return null
  if (first < 0x80) return within(bytes, { tag, start: at + 2, end: at + 2 + first, next: at + 2 + first })
  const count = first & 0x7f
  if (count > 0) {
    if (count > 4 || at + 2 + count > bytes.length) return null
    const start = at + 2 + count
    const end = start + bytes.readUIntBE(at + 2, count)
    return within(bytes, { tag, start, end, next: end })
  }
  // It ends where two zeros stand instead of its next part.
  const start = at + 2
  let end = start
  while (bytes[end] !== 0 || bytes[end + 1] !== 0) {
    const child = elementAt(bytes, end, depth + 1)
    if (child === null) return null
    end = child.next
  }
  return { tag, start, end, next: end + 2 }
}

function within(bytes: Buffer, element: Element): Element | null {
  return element.end <= bytes.length ? element : null
}
