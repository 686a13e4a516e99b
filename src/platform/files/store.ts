import { createHash, randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Failure } from '#core/failure.ts'
import { configurationOf } from '#platform/configuration.ts'
import { type Bucket, bucketAt } from './bucket.ts'
import { intact } from './intact.ts'
import { foundIn } from './scanner.ts'

let folder: string | undefined

/** Keeps files in this folder, for the whole process. Without it, in the data folder of the environment. */
export function keepFilesIn(path: string): void {
  folder = path
}

function storeFolder(): string {
  return folder ?? join(configurationOf(process.env).dataFolder, 'files')
}

/** Where the file of that content is, or would be; two levels, so that no folder has more than some thousands. */
function pathOf(sha256: string): string {
  if (!/^[0-9a-f]{64}$/.test(sha256)) throw new Error('This names no file.')
  return join(storeFolder(), sha256.slice(0, 2), sha256.slice(2, 4), sha256)
}

let buckets: { readonly of: string; readonly bucket: Bucket } | undefined

/** Where contents are kept instead of the folder, if the environment says so. */
function bucket(): Bucket | null {
  const { bucket: settings } = configurationOf(process.env)
  if (settings === undefined) return null
  const of = JSON.stringify(settings)
  if (buckets?.of !== of) buckets = { of, bucket: bucketAt(settings) }
  return buckets.bucket
}

/** A content that is kept. */
export interface KeptFile {
  /** In hexadecimal; names it for {@link openKept}. */
  readonly sha256: string
  /** In bytes. */
  readonly size: number
}

/**
 * Keeps a content of any size, as it streams by: whole or not at all, and once, however often it comes. It is written
 * through to the disk, or answered for by the store, before the answer, so that what a transaction then refers to is there.
 * Where a scanner is there, it has looked at it before.
 *
 * @param most In bytes; more is refused.
 */
export async function keepFile(bytes: Readable, most: number): Promise<KeptFile> {
  const within = storeFolder()
  await mkdir(within, { recursive: true, mode: 0o700 })
  const part = join(within, `${randomUUID()}.part`)
  const hash = createHash('sha256')
  let size = 0
  async function* counted(): AsyncGenerator<Buffer> {
    for await (const chunk of bytes as AsyncIterable<Buffer>) {
      size += chunk.length
      if (size > most) throw new Failure('too-large', 'file.too-large-for', { megabytes: Math.floor(most / 1024 ** 2) })
      hash.update(chunk)
      yield chunk
    }
  }
  try {
    await pipeline(counted, createWriteStream(part, { mode: 0o600, flush: true }))
    await requireHarmless(part)
    const sha256 = hash.digest('hex')
    const remote = bucket()
    if (remote === null) {
      const path = pathOf(sha256)
      await mkdir(dirname(path), { recursive: true, mode: 0o700 })
      await rename(part, path)
    } else {
      await remote.put(sha256, part)
      await rm(part, { force: true })
    }
    return { sha256, size }
  } catch (error) {
    await rm(part, { force: true })
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC') throw new Failure('unavailable', 'file.disk-full')
    throw error
  }
}

async function requireHarmless(path: string): Promise<void> {
  const { clamd } = configurationOf(process.env)
  const virus = clamd === undefined ? null : await foundIn(path, clamd)
  if (virus !== null) throw new Failure('invalid', 'file.virus', { virus })
}

/** The first bytes of a kept content, by which its kind is known. */
export async function headOf(sha256: string, bytes = 4100): Promise<Buffer> {
  const remote = bucket()
  if (remote !== null) {
    const stream = await remote.open(sha256, bytes)
    return stream === null ? Buffer.alloc(0) : Buffer.concat(await stream.toArray())
  }
  const file = await open(pathOf(sha256))
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(bytes), 0, bytes, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

/**
 * A kept content as a stream, which fails when it is not what was kept; null when it is not there (any more).
 *
 * @param checked False for who copies it as it is, whatever became of it.
 */
export async function openKept(sha256: string, { checked = true } = {}): Promise<Readable | null> {
  const remote = bucket()
  const bytes = remote === null ? await openHere(sha256) : await remote.open(sha256)
  return bytes !== null && checked ? intact(bytes, sha256) : bytes
}

async function openHere(sha256: string): Promise<Readable | null> {
  const path = pathOf(sha256)
  const found = await stat(path).catch(() => null)
  return found === null ? null : createReadStream(path)
}

/** Takes a content away; given a moment, only one that was kept before it and did not come again since. */
export async function removeKept(sha256: string, before?: Date): Promise<void> {
  const remote = bucket()
  if (remote !== null) {
    const putAt = before === undefined ? null : await remote.putAt(sha256)
    if (before === undefined || (putAt !== null && putAt < before)) await remote.remove(sha256)
    return
  }
  const path = pathOf(sha256)
  const found = await stat(path).catch(() => null)
  if (found !== null && (before === undefined || found.mtime < before)) await rm(path, { force: true })
}

/** Takes away what was begun before a moment and never came to its end. */
export async function removeParts(before: Date): Promise<void> {
  for (const name of await readdir(storeFolder()).catch(() => [])) {
    const path = join(storeFolder(), name)
    const found = name.endsWith('.part') ? await stat(path).catch(() => null) : null
    if (found !== null && found.mtime < before) await rm(path, { force: true })
  }
}
