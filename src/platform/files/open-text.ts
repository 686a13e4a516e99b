import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { pipeline, type Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { Failure, invalid } from '#core/failure.ts'
import { type FileKind, kindOf } from './kind.ts'
import { openZipEntry } from './zip.ts'

/** A text file as it lies on the disk, perhaps packed: its bytes, unpacked. To be read once, and closed. */
export interface TextFile {
  readonly packing: 'none' | 'gzip' | 'zip'
  /** The name inside a zip. */
  readonly inside: string | null
  /** On the disk, in bytes. */
  readonly size: number
  /** Of `size`, how many have been read. */
  readonly bytesRead: () => number
  /** The first bytes, unpacked; `chunks` begin with them too. */
  readonly head: Buffer
  readonly chunks: AsyncIterable<Buffer>
  readonly close: () => void
}

/** Enough to tell kinds, encodings and delimiters by. */
const HEAD = 64 * 1024
const CHUNK = 64 * 1024

/**
 * Nothing that people write packs this well: CSV with a constant in each field comes to about a hundred. The first bytes
 * are let through, so that a small file of equal rows is none the worse.
 */
const MOST_PACKED = 300
const UNBRAKED = 64 * 1024 ** 2
/** A text beyond this takes hours, whatever it is. */
const LARGEST = 32 * 1024 ** 3

export interface OpenOptions {
  /** What the text is to be: a table unless said. */
  readonly as?: 'table' | 'xml'
  /** Which file of a `.zip`; without it there has to be one alone. */
  readonly entry?: string
}

/**
 * Opens a file whose content is text: plain, `.gz`, or alone in a `.zip`. What it is is told by its bytes, not by its name.
 */
export async function openText(path: string, options: OpenOptions = {}): Promise<TextFile> {
  const { head, size } = await beginningOf(path)
  const kind = kindOf(head)
  if (kind === 'gzip') return unpacked(gunzipped(path), { packing: 'gzip', inside: null, size }, options)
  if (kind === 'zip') {
    const { stream, name, packedSize, unpackedSize } = await openZipEntry(path, options.entry)
    const file = await unpacked({ stream, bytesRead: () => 0 }, { packing: 'zip', inside: name, size }, options)
    // How far a zip was read is known by what came out of it.
    const share = packedSize / Math.max(1, unpackedSize)
    return { ...file, bytesRead: () => Math.min(size, Math.round(file.bytesRead() * share)) }
  }
  requireText(kind, options)
  const stream = createReadStream(path, { highWaterMark: CHUNK })
  return {
    packing: 'none',
    inside: null,
    size,
    bytesRead: () => stream.bytesRead,
    head,
    chunks: stream,
    close: () => stream.destroy(),
  }
}

async function beginningOf(path: string): Promise<{ head: Buffer; size: number }> {
  const handle = await open(path).catch((error: NodeJS.ErrnoException) => {
    throw new Failure('invalid', error.code === 'ENOENT' ? 'file.not-there' : 'file.unreadable', { path })
  })
  try {
    const stats = await handle.stat()
    if (!stats.isFile()) throw invalid('file.unreadable', { path })
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD), 0, HEAD, 0)
    return { head: buffer.subarray(0, bytesRead), size: stats.size }
  } finally {
    await handle.close()
  }
}

function gunzipped(path: string): { stream: Readable; bytesRead: () => number } {
  const file = createReadStream(path, { highWaterMark: CHUNK })
  const stream = createGunzip({ chunkSize: CHUNK })
  // What goes wrong arrives at whoever reads `stream`.
  pipeline(file, stream, () => undefined)
  return { stream, bytesRead: () => file.bytesRead }
}

async function unpacked(
  { stream, bytesRead }: { stream: Readable; bytesRead: () => number },
  about: { readonly packing: 'gzip' | 'zip'; readonly inside: string | null; readonly size: number },
  options: OpenOptions,
): Promise<TextFile> {
  let out = 0
  const source = braked()
  const first: Buffer[] = []
  let held = 0
  while (held < HEAD) {
    const next = await source.next()
    if (next.done) break
    first.push(next.value)
    held += next.value.length
  }
  const head = Buffer.concat(first)
  try {
    requireText(kindOf(head), { ...options, packed: true })
  } catch (error) {
    stream.destroy()
    throw error
  }
  return {
    ...about,
    bytesRead: about.packing === 'zip' ? () => out : bytesRead,
    head: head.subarray(0, HEAD),
    chunks: all(),
    close: () => stream.destroy(),
  }

  async function* all(): AsyncGenerator<Buffer> {
    if (head.length > 0) yield head
    yield* source
  }

  async function* braked(): AsyncGenerator<Buffer> {
    try {
      for await (const chunk of stream as AsyncIterable<Buffer>) {
        out += chunk.length
        if (out > LARGEST) throw invalid('file.too-long', { gigabytes: LARGEST / 1024 ** 3 })
        if (out > UNBRAKED && out > MOST_PACKED * about.size) throw invalid('file.bomb', { times: MOST_PACKED })
        yield chunk
      }
    } catch (error) {
      throw error instanceof Failure || isOfSystem(error) ? error : invalid('file.damaged', { packing: about.packing })
    }
  }
}

/** An error of the disk, not of what is on it. */
function isOfSystem(error: unknown): boolean {
  return /^E[A-Z]+$/.test((error as NodeJS.ErrnoException).code ?? '')
}

function requireText(
  kind: FileKind,
  { packed = false, as = 'table' }: OpenOptions & { readonly packed?: boolean },
): void {
  if (kind === (as === 'xml' ? 'xml' : 'text')) return
  if (kind === 'empty') throw invalid('file.empty')
  if (packed && (kind === 'gzip' || kind === 'zip')) throw invalid('file.nested')
  throw invalid(as === 'xml' ? 'file.no-xml' : 'file.wrong-kind', { kind })
}
