import { createHash } from 'node:crypto'
import { newId } from '#core/id.ts'
import type { Context } from '#platform/context.ts'
import { withCommit } from '#platform/database.ts'
import type { AccountRow } from './account.ts'
import type { Judgement } from './judge.ts'
import type { RawMail } from './raw.ts'
import type { Reading } from './reading.ts'

/** A mail that lies in a mailbox. */
export interface Arrived {
  readonly account: AccountRow
  readonly raw: RawMail
  readonly reading: Reading
  /** When the mailbox got it. */
  readonly receivedAt: Date
}

/** What became of a mail here; `unassigned` waits for whose it is, `held` for somebody who lets it through. */
export type Fate = Judgement['outcome'] | 'unassigned' | 'held'

/** Keeps a mail that could not be taken in, for somebody to look at: it stops no other. */
export async function keepHeld(context: Context, arrived: Arrived): Promise<void> {
  await keep(context, { id: newId(context.now.getTime()), contentHash: hashOf(arrived.reading) }, arrived)
}

/** What a mail is known by here. */
export interface Mark {
  readonly id: string
  readonly contentHash: Buffer
}

/** As held, until it is settled. False when this mailbox's mail was kept before. */
export async function keep(
  { db, now }: Context,
  { id, contentHash }: Mark,
  { account, raw, reading, receivedAt }: Arrived,
): Promise<boolean> {
  const row = {
    id,
    accountId: account.id,
    messageId: reading.messageId,
    contentHash,
    outcome: 'held',
    reason: 'held.failed',
    fromName: (reading.from?.name ?? '').slice(0, 200).toWellFormed(),
    fromAddress: reading.from?.address.toLowerCase() ?? null,
    subject: reading.subject.slice(0, 1000).toWellFormed(),
    sentAt: reading.sentAt,
    receivedAt,
    takenAt: now,
    sha256: raw.sha256,
    size: raw.size,
    files: reading.files.length,
  }
  const insert = async (messageId: string) =>
    db
      .insertInto('receivedMail')
      .values({ ...row, messageId })
      .onConflict((conflict) => conflict.columns(['accountId', 'messageId']).doNothing())
      .returning('id')
      .executeTakeFirst()
  const inserted = await insert(reading.messageId)
  if (inserted !== undefined) return true
  const there = await db
    .selectFrom('receivedMail')
    .select('contentHash')
    .where('accountId', '=', account.id)
    .where('messageId', '=', reading.messageId)
    .executeTakeFirst()
  if (there?.contentHash.equals(contentHash)) return false
  // Some machines give all their mails one Message-ID.
  return (await insert(`${reading.messageId}#${contentHash.toString('base64url')}`)) !== undefined
}

/** Of what a mail says, whatever way it came. */
export function hashOf({ from, subject, sentAt, text, files }: Reading): Buffer {
  const hash = createHash('sha256').update(
    JSON.stringify([from?.address, subject, sentAt, text.toWellFormed(), files.map(({ name }) => name)]),
  )
  for (const { type, content } of files) {
    // Servers end lines as they like.
    const isLines = /^(text|message)\//.test(type)
    hash.update(isLines ? content.toString('latin1').replaceAll('\r', '') : content)
  }
  return hash.digest()
}

/** What became of the same mail of the same sender that came to another mailbox before; null when none did. */
export async function findTwin({ db }: Context, { id, contentHash }: Mark, { reading }: Arrived) {
  const row = await db
    .selectFrom('receivedMail')
    .select(['outcome', 'incidentId', 'customerId'])
    .where('messageId', '=', reading.messageId)
    .where('contentHash', '=', contentHash)
    .where('id', '!=', id)
    .orderBy('takenAt')
    .limit(1)
    .executeTakeFirst()
  // A twin of what waits is decided with the first: it waits for nobody itself.
  if (row === undefined) return null
  const waits = row.outcome === 'unassigned' || row.outcome === 'held'
  return { outcome: waits ? 'refused' : (row.outcome as Fate), incidentId: row.incidentId, customerId: row.customerId }
}

/** More than so many mails of one sender that would open tickets, within so long, are held: machines talk to each other. */
export const MOST_OF_ONE = 20
const WITHIN_MS = 10 * 60_000

/** How many mails of its sender asked for a ticket lately. */
export async function sentLately({ db, now }: Context, { from }: Reading): Promise<number> {
  if (from === null) return 0
  const { many } = await db
    .selectFrom('receivedMail')
    .select((select) => select.fn.countAll<number>().as('many'))
    .where('fromAddress', '=', from.address.toLowerCase())
    .where('takenAt', '>', new Date(now.getTime() - WITHIN_MS))
    .where('outcome', 'in', ['ticket', 'unassigned'])
    .executeTakeFirstOrThrow()
  return many
}

/** With the commit, since an incident that was just declared is written there. */
export async function settle(
  { db }: Context,
  id: string,
  change: {
    readonly outcome: Fate
    readonly reason: string
    readonly recipient: string
    readonly incidentId: string | null
    readonly customerId: string | null
  },
): Promise<void> {
  withCommit(db, [db.updateTable('receivedMail').set(change).where('id', '=', id)])
}
