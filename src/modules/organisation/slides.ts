import type { Readable } from 'node:stream'
import { barredFromAdministering, barredFromInside, require } from '#core/may.ts'
import type { Context } from '#platform/context.ts'
import { LARGEST_MASTER, readSlideMaster, type SlideMaster, tooLarge } from '#platform/documents/slide-master.ts'
import { audit } from '#platform/history.ts'
import { findSlideMasterShown, writeSlideMaster } from './queries.ts'

/** `GET /slide-master`. */
export async function readSlides({ db, actor }: Context): Promise<Pick<SlideMaster, 'name' | 'sha256'> | null> {
  require(barredFromInside(actor))
  return findSlideMasterShown(db)
}

/** Reads a presentation that is being sent; fails as soon as it is larger than one may be, and when it cannot be used. */
export async function receiveSlideMaster(bytes: Readable, name: string): Promise<SlideMaster> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of bytes as AsyncIterable<Buffer>) {
    size += part.length
    if (size > LARGEST_MASTER) throw tooLarge(LARGEST_MASTER)
    parts.push(part)
  }
  return readSlideMaster(Buffer.concat(parts), name)
}

/** Takes a master for all slides that are made from now on; null takes it away. */
export async function changeSlideMaster(
  context: Context,
  master: SlideMaster | null,
): Promise<Pick<SlideMaster, 'name' | 'sha256'> | null> {
  require(barredFromAdministering(context.actor))
  await writeSlideMaster(context.db, master, context.now)
  await audit(context, {
    action: 'slide-master.changed',
    subjectType: 'settings',
    facts: master === null ? { name: null } : { name: master.name, sha256: master.sha256 },
  })
  return findSlideMasterShown(context.db)
}
