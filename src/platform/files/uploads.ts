import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Failure, invalid, refused } from '#core/failure.ts'
import { configurationOf } from '#platform/configuration.ts'

let folder: string | undefined

/** Keeps files that people send in this folder, for the whole process. Without it, in the data folder of the environment. */
export function keepUploadsIn(path: string): void {
  folder = path
}

/** Where the uploaded file of that id is, or would be. */
export function uploadPath(id: string): string {
  return join(folder ?? join(configurationOf(process.env).dataFolder, 'imports'), id)
}

export interface Upload {
  readonly size: number
  readonly sha256: Buffer
}

/** The largest file that is taken in, in bytes. */
export const LARGEST_UPLOAD = 4 * 1024 ** 3

/** Writes a file that is being sent; it is there whole or not at all. In the place of an earlier one of that id. */
export async function receiveUpload(id: string, bytes: Readable): Promise<Upload> {
  const path = uploadPath(id)
  const part = `${path}.part`
  await mkdir(join(path, '..'), { recursive: true, mode: 0o700 })
  const hash = createHash('sha256')
  let size = 0
  async function* counted(): AsyncGenerator<Buffer> {
    for await (const chunk of bytes as AsyncIterable<Buffer>) {
      size += chunk.length
      if (size > LARGEST_UPLOAD)
        throw new Failure('too-large', 'file.too-large', { gigabytes: LARGEST_UPLOAD / 1024 ** 3 })
      hash.update(chunk)
      yield chunk
    }
  }
  try {
    await pipeline(counted, createWriteStream(part, { mode: 0o600 }))
    if (size === 0) throw invalid('file.empty')
    await rename(part, path)
  } catch (error) {
    await rm(part, { force: true })
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC') throw new Failure('unavailable', 'file.disk-full')
    throw error
  }
  return { size, sha256: hash.digest() }
}

/** Where the uploaded file of that id is. Fails when it is not there (any more). */
export async function requireUpload(id: string): Promise<string> {
  const path = uploadPath(id)
  const found = await stat(path).catch(() => null)
  if (found === null) throw refused('file.gone')
  return path
}

/** In days: what nobody made anything of by then is thrown away. */
const KEPT_DAYS = 14

/** Takes away what was sent and never used. */
export async function removeOldUploads(now: Date, days = KEPT_DAYS): Promise<void> {
  for (const path of await oldUploads(now, days)) await rm(path, { force: true })
}

/** How many {@link removeOldUploads} would take away. */
export async function countOldUploads(now: Date, days: number): Promise<number> {
  return (await oldUploads(now, days)).length
}

async function oldUploads(now: Date, days: number): Promise<string[]> {
  const old: string[] = []
  for (const name of await readdir(uploadPath('.')).catch(() => [])) {
    const path = uploadPath(name)
    const found = await stat(path).catch(() => null)
    if (found?.isFile() && now.getTime() - found.mtimeMs > days * 86_400_000) old.push(path)
  }
  return old
}

/** Takes an uploaded file away; nothing when there is none. */
export async function removeUpload(id: string): Promise<void> {
  await rm(uploadPath(id), { force: true })
}

/** The SHA-256 of files on the disk, one after the other. */
export async function sha256Of(paths: readonly string[]): Promise<Buffer> {
  const hash = createHash('sha256')
  for (const path of paths) {
    for await (const chunk of createReadStream(path, { highWaterMark: 1024 ** 2 })) hash.update(chunk as Buffer)
  }
  return hash.digest()
}
