import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { Failure } from '#core/failure.ts'

/**
 * The same bytes, as long as they are what they were when they were kept. The last piece is held back until that is known,
 * so that nobody takes for whole what a disk has changed: the stream then fails with `file.damaged`.
 *
 * @param sha256 Of the whole content, in hexadecimal.
 */
export function intact(bytes: Readable, sha256: string): Readable {
  return Readable.from(checked(bytes, sha256), { objectMode: false })
}

async function* checked(bytes: Readable, sha256: string): AsyncGenerator<Buffer> {
  const hash = createHash('sha256')
  let held: Buffer | undefined
  for await (const piece of bytes as AsyncIterable<Buffer>) {
    hash.update(piece)
    if (held !== undefined) yield held
    held = piece
  }
  if (hash.digest('hex') !== sha256) throw new Failure('unavailable', 'file.damaged', { sha256 })
  if (held !== undefined) yield held
}
