import { Readable } from 'node:stream'
import type { ImapFlow } from 'imapflow'
import type { Waiting } from './mailbox.ts'
import { keepMail, type RawMail, rawMailBytes } from './raw.ts'
import { readMail, type Reading } from './reading.ts'

/** A mail of a mailbox that lies on our disk. */
export interface Fetched {
  readonly uid: number
  readonly receivedAt: Date
  readonly raw: RawMail
  readonly reading: Reading
}

/** In bytes. Larger ones are fetched alone and written to the disk as they come. */
const SMALL = 1024 ** 2
/** So many are kept and read at the same time while others are taken in, and then taken in together. */
const TOGETHER = 16

/** Small ones that follow each other together, large ones alone, in their order. */
export function grouped(waiting: readonly Waiting[]): readonly (readonly Waiting[])[] {
  const groups: Waiting[][] = []
  for (const mail of waiting) {
    const last = groups.at(-1)
    if (last !== undefined && mail.size <= SMALL && last[0]!.size <= SMALL) last.push(mail)
    else groups.push([mail])
  }
  return groups
}

/** Mails of a group in their order, a few at a time, the next while these are taken in; those that are gone are left out. */
export async function* fetched(client: ImapFlow, group: readonly Waiting[]): AsyncGenerator<readonly Fetched[]> {
  const coming = fewAtATime(kept(client, group))
  let next = promised(coming)
  try {
    for (;;) {
      const { value, done } = await next
      if (done) return
      next = promised(coming)
      const mails = await Promise.all(value)
      yield mails
    }
  } finally {
    await next.catch(() => undefined)
    await coming.return(undefined)
  }
}

/** What fails fails where it is waited for. */
function promised<Item>(coming: AsyncGenerator<Item>): Promise<IteratorResult<Item, unknown>> {
  const next = coming.next()
  next.catch(() => undefined)
  return next
}

async function* fewAtATime(source: AsyncGenerator<Work>): AsyncGenerator<readonly Promise<Fetched>[]> {
  let few: Promise<Fetched>[] = []
  for await (const { whole } of source) {
    few.push(whole)
    if (few.length < TOGETHER) continue
    yield few
    few = []
  }
  if (few.length > 0) yield few
}

/** Boxed: a generator would wait for a promise before it hands it on. */
interface Work {
  readonly whole: Promise<Fetched>
}

function begun(work: Promise<Fetched>): Work {
  work.catch(() => undefined)
  return { whole: work }
}

async function* kept(client: ImapFlow, group: readonly Waiting[]): AsyncGenerator<Work> {
  const [first] = group
  if (first !== undefined && first.size > SMALL) {
    const { content } = await client.download(String(first.uid), undefined, { uid: true })
    if (content !== undefined) yield begun(keptAndRead(first, content))
    return
  }
  const byUid = new Map(group.map((mail) => [mail.uid, mail]))
  const uids = group.map(({ uid }) => uid).join(',')
  for await (const { uid, source } of client.fetch(uids, { uid: true, source: true }, { uid: true })) {
    const mail = byUid.get(uid)
    if (mail !== undefined && source !== undefined) yield begun(keptAndRead(mail, source))
  }
}

async function keptAndRead({ uid, receivedAt }: Waiting, source: Buffer | Readable): Promise<Fetched> {
  const isWhole = Buffer.isBuffer(source)
  const raw = await keepMail(isWhole ? Readable.from([source]) : source)
  return { uid, receivedAt, raw, reading: await readMail(isWhole ? source : await rawMailBytes(raw.sha256)) }
}
