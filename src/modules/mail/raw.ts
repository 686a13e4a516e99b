import { createHash, randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Failure } from '#core/failure.ts'
import { configurationOf } from '#platform/configuration.ts'
import { intact } from '#platform/files/intact.ts'

/** A mail as it came, in a file named by its hash. */
export interface RawMail {
  readonly sha256: Buffer
  readonly size: number
}

/** Read of a mail in bytes. What is longer is kept, but read no further: nobody writes so much, they attach it. */
export const READ_AT_MOST = 64 * 1024 ** 2

let folder: string | undefined

/** Keeps mails in this folder, for the whole process. Without it, in the data folder of the environment. */
export function keepMailsIn(path: string): void {
  folder = path
}

function pathOf(sha256: Buffer): string {
  const name = sha256.toString('hex')
  return join(folder ?? join(configurationOf(process.env).dataFolder, 'mails'), name.slice(0, 2), name)
}

/** Keeps a mail; it is there whole or not at all, and the same one once. It is on the disk when this returns. */
export async function keepMail(bytes: Readable): Promise<RawMail> {
  const base = join(pathOf(Buffer.alloc(32)), '../..')
  const part = join(base, `${randomUUID()}.part`)
  await mkdir(base, { recursive: true, mode: 0o700 })
  const hash = createHash('sha256')
  let size = 0
  const counting = new Transform({
    transform: (chunk: Buffer, _, done) => {
      hash.update(chunk)
      size += chunk.length
      done(null, chunk)
    },
  })
  try {
    // Only what is safely there may be marked as read in the mailbox.
    await pipeline(bytes, counting, createWriteStream(part, { mode: 0o600, flush: true }))
    const sha256 = hash.digest()
    await mkdir(join(pathOf(sha256), '..'), { recursive: true, mode: 0o700 })
    await rename(part, pathOf(sha256))
    return { sha256, size }
  } catch (error) {
    await rm(part, { force: true })
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC') throw new Failure('unavailable', 'file.disk-full')
    throw error
  }
}

/** A kept mail as it came. Fails when it is not there, or not what it was (any more). */
export function rawMailStream(sha256: Buffer): Readable {
  return intact(createReadStream(pathOf(sha256)), sha256.toString('hex'))
}

/** As much of a kept mail as is read. Fails when it is not there (any more). */
export async function rawMailBytes(sha256: Buffer): Promise<Buffer> {
  const file = await open(pathOf(sha256))
  try {
    const { size } = await file.stat()
    const bytes = Buffer.alloc(Math.min(size, READ_AT_MOST))
    const { bytesRead } = await file.read(bytes, 0, bytes.length, 0)
    return bytes.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

/** Takes a mail away for good; nothing happens where it is gone already. */
export async function removeRawMail(sha256: Buffer): Promise<void> {
  await rm(pathOf(sha256), { force: true })
}
