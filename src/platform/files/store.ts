import { createHash, randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Failure } from '#core/failure.ts'
import { configurationOf } from '#platform/configuration.ts'

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

/** A content that is kept. */
export interface KeptFile {
  /** In hexadecimal; names it for {@link openKept}. */
  readonly sha256: string
  /** In bytes. */
  readonly size: number
}

/**
 * Keeps a content of any size, as it streams by: on the disk whole or not at all, and once, however often it comes. It is
 * written through to the disk before the answer, so that what a transaction then refers to is there.
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
    const sha256 = hash.digest('hex')
    const path = pathOf(sha256)
    await mkdir(dirname(path), { recursive: true, mode: 0o700 })
    await rename(part, path)
    return { sha256, size }
  } catch (error) {
    await rm(part, { force: true })
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC') throw new Failure('unavailable', 'file.disk-full')
    throw error
  }
}

/** The first bytes of a kept content, by which its kind is known. */
export async function headOf(sha256: string, bytes = 4100): Promise<Buffer> {
  const file = await open(pathOf(sha256))
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(bytes), 0, bytes, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

/** A kept content as a stream; null when it is not there (any more). */
export async function openKept(sha256: string): Promise<Readable | null> {
  const path = pathOf(sha256)
  const found = await stat(path).catch(() => null)
  return found === null ? null : createReadStream(path)
}

/** Takes a content away; given a moment, only one that was kept before it and did not come again since. */
export async function removeKept(sha256: string, before?: Date): Promise<void> {
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
