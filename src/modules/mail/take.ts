import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { newId } from '#core/id.ts'
import { type Answer, declareIncident, noteArrival, noteOrigin, takeAnswer } from '#modules/incidents'
import { requireCustomer } from '#modules/customers'
import { findOrCreateRequester } from '#modules/people'
import type { Context } from '#platform/context.ts'
import { withCommit } from '#platform/database.ts'
import type { AccountRow } from './account.ts'
import { mayBeAnswered } from './automatic.ts'
import { attachFiles, confirmMail, linkToOver } from './jobs.ts'
import { idsToLookUp, judge, type Judgement } from './judge.ts'
import { knownFor } from './known.ts'
import { languageIn } from './language.ts'
import type { RawMail } from './raw.ts'
import { isSealed, type Reading } from './reading.ts'
import { tellUndeliverable } from './send.ts'
import { customerOfSender } from './sender.ts'
import { sayOfMail } from './text.ts'
import type { Tokens } from './token.ts'

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

export interface Taken {
  readonly outcome: Fate
  readonly incidentId: string | null
}

/** More than so many mails of one sender that would open tickets, within so long, are held: machines talk to each other. */
const MOST_OF_ONE = 20
const WITHIN_MS = 10 * 60_000

/**
 * Takes a mail in, in the transaction of `context`: keeps what it was, and does what follows from it. The same mail is
 * taken once for each mailbox, however often and by however many processes this is done.
 *
 * @returns null when it was taken before.
 */
export async function takeMail(context: Context, arrived: Arrived, tokens: Tokens): Promise<Taken | null> {
  const { db } = context
  const { reading, account } = arrived
  // Two mailboxes may get the same mail at the same moment: whoever comes second finds the first.
  await sql`select pg_advisory_xact_lock(hashtext('mail'), hashtext(${reading.messageId}))`.execute(db)
  const id = await keep(context, arrived)
  if (id === null) return null
  const twin = await findTwin(context, id, arrived)
  if (twin !== null) {
    await settle(context, id, { ...twin, reason: 'refused.twin', recipient: '' })
    return twin
  }
  const judgement = judge(reading, await knownFor(db, reading, tokens))
  const customerId = await customerOf(context, judgement, arrived)
  return carryOut(context, { id, account, reading, receivedAt: arrived.receivedAt }, judgement, customerId)
}

/** A mail that was kept, and what is to be done with it. */
interface Kept {
  readonly id: string
  readonly account: Pick<AccountRow, 'teamId' | 'serviceId'>
  readonly reading: Reading
  readonly receivedAt: Date
}

/** Does what was judged, or lets it wait: for whose it is, or when one sender sends very many. */
export async function carryOut(
  context: Context,
  kept: Kept,
  judgement: Judgement,
  customerId: string | null,
  { braked = true }: { readonly braked?: boolean } = {},
): Promise<Taken> {
  const { id, reading } = kept
  const { outcome, reason, recipient, ticket } = judgement
  if (outcome === 'reply' && ticket !== null) {
    const author = await knownAuthor(context, reading, customerId)
    const answer: Answer = { text: said(reading.folded.said), quoted: said(reading.folded.quoted), author, mail: id }
    if ((await takeAnswer(context, ticket, answer)) === 'taken') {
      if (reading.files.length > 0) await context.enqueue(attachFiles, { mail: id })
      await settle(context, id, { outcome, reason, recipient, incidentId: ticket, customerId })
      return { outcome, incidentId: ticket }
    }
    const opened = await open(context, kept, { customerId, braked, reason: 'answer-over' })
    if (opened.incidentId !== null) await context.enqueue(linkToOver, { from: opened.incidentId, to: ticket })
    return opened
  }
  if (outcome === 'ticket') return open(context, kept, { customerId, braked, reason })
  if (ticket !== null) await noteArrival(context, ticket, { mail: id, outcome, reason, recipient })
  else if (reason === 'notice.undelivered') await findUndelivered(context, reading)
  await settle(context, id, { outcome, reason, recipient, incidentId: ticket, customerId })
  return { outcome, incidentId: ticket }
}

/** A letter to one of our people came back. */
async function findUndelivered(context: Context, reading: Reading): Promise<void> {
  const ids = idsToLookUp(reading)
  if (ids.length === 0) return
  const letter = await context.db
    .selectFrom('outgoingMail')
    .select('personId')
    .where('messageId', 'in', ids)
    .where('personId', 'is not', null)
    .limit(1)
    .executeTakeFirst()
  if (letter !== undefined) await tellUndeliverable(context, letter.personId!)
}

interface Opening {
  readonly customerId: string | null
  readonly braked: boolean
  readonly reason: string
}

async function open(context: Context, kept: Kept, { customerId, braked, reason }: Opening): Promise<Taken> {
  const { id, account, reading, receivedAt } = kept
  if (braked && (await sendsTooMany(context, reading))) {
    await settle(context, id, { outcome: 'held', reason: 'held.many', recipient: '', incidentId: null, customerId })
    return { outcome: 'held', incidentId: null }
  }
  if (customerId === null) {
    await settle(context, id, {
      outcome: 'unassigned',
      reason: 'unassigned',
      recipient: '',
      incidentId: null,
      customerId,
    })
    return { outcome: 'unassigned', incidentId: null }
  }
  const { from, folded } = reading
  // Who is met for the first time is called as their mail says.
  if (from !== null) {
    const language = languageIn(folded.said) ?? (await requireCustomer(context.db, customerId)).language
    await findOrCreateRequester(context, customerId, from.address, { name: from.name, language })
  }
  const incident = await declareIncident(context, {
    customer: customerId,
    title: titleOf(reading, context.actor.language),
    description: said([folded.said, folded.quoted].filter(Boolean).join('\n\n')) || unreadable(reading, context),
    impact: 'medium',
    urgency: 'medium',
    channel: 'mail',
    ...(account.teamId !== null && { team: account.teamId }),
    ...(await aboutService(context, account, customerId)),
    ...(from !== null && { requester: from.address }),
    // A mailbox that was read late got it earlier; what its clock says may lie ahead of ours.
    ...(receivedAt < context.now && { occurredAt: receivedAt }),
  })
  noteOrigin(context, { id: incident.id, customerId }, { mail: id, files: reading.files.length })
  if (reading.files.length > 0) await context.enqueue(attachFiles, { mail: id })
  if (mayBeAnswered(reading)) await context.enqueue(confirmMail, { mail: id })
  await settle(context, id, { outcome: 'ticket', reason, recipient: '', incidentId: incident.id, customerId })
  return { outcome: 'ticket', incidentId: incident.id }
}

/** What mails of this mailbox are about; nothing when the sender's customer has no such service. */
async function aboutService({ db }: Context, { serviceId }: Pick<AccountRow, 'serviceId'>, customerId: string) {
  if (serviceId === null) return {}
  const { rows } = await sql`
    select from service where id = ${serviceId} and (customer_id is null or customer_id = ${customerId})`.execute(db)
  return rows.length === 0 ? {} : { service: serviceId }
}

/** In characters: what a ticket's text may be. The rest is in the raw mail. */
const LONGEST_TEXT = 500_000
const LONGEST_TITLE = 400

function said(text: string): string {
  return text.slice(0, LONGEST_TEXT).toWellFormed()
}

/** Nobody is to wonder why there is no text. */
function unreadable(reading: Reading, { actor }: Context): string {
  return isSealed(reading) ? sayOfMail(actor.language, 'sealed') : ''
}

function titleOf({ subject, text, from }: Reading, language: 'en' | 'de'): string {
  const first = text.split('\n').find((line) => line.trim() !== '')
  const title = (subject.trim() || first?.trim()) ?? ''
  const words = title || sayOfMail(language, 'no-subject', { from: from?.address ?? '–' })
  return words.slice(0, LONGEST_TITLE).toWellFormed().trim()
}

/** Who wrote it: somebody of the customer or a colleague of ours; without an id when it is anybody else. */
async function knownAuthor({ db }: Context, { from }: Reading, customerId: string | null) {
  const email = from?.address ?? ''
  const person = await db
    .selectFrom('person')
    .select(['id', 'name'])
    .where('email', '=', email.toLowerCase())
    .where((where) => where.or([where('customerId', '=', customerId), where('customerId', 'is', null)]))
    .orderBy(sql`customer_id is null`)
    .limit(1)
    .executeTakeFirst()
  return { id: person?.id ?? null, name: person?.name ?? from?.name ?? '', email }
}

/** Whose a mail is: its ticket's customer, else its sender's. */
async function customerOf(
  { db }: Context,
  { ticket }: Judgement,
  { reading, account }: Arrived,
): Promise<string | null> {
  if (ticket === null) return customerOfSender(db, reading, account)
  const row = await db.selectFrom('incident').select('customerId').where('id', '=', ticket).executeTakeFirstOrThrow()
  return row.customerId
}

/** Keeps a mail that could not be taken in, for somebody to look at: it stops no other. */
export async function keepHeld(context: Context, arrived: Arrived): Promise<void> {
  await keep(context, arrived)
}

/** As held, until it is settled. Null when this mailbox's mail was kept before. */
async function keep({ db, now }: Context, { account, raw, reading, receivedAt }: Arrived): Promise<string | null> {
  const contentHash = hashOf(reading)
  const row = {
    id: newId(now.getTime()),
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
  if (inserted !== undefined) return inserted.id
  const there = await db
    .selectFrom('receivedMail')
    .select('contentHash')
    .where('accountId', '=', account.id)
    .where('messageId', '=', reading.messageId)
    .executeTakeFirst()
  if (there?.contentHash.equals(contentHash)) return null
  // Some machines give all their mails one Message-ID.
  return (await insert(`${reading.messageId}#${contentHash.toString('base64url')}`))?.id ?? null
}

/** Of what a mail says, whatever way it came. */
function hashOf({ from, subject, sentAt, text, files }: Reading): Buffer {
  const hash = createHash('sha256').update(
    JSON.stringify([from?.address, subject, sentAt, text.toWellFormed(), files.map(({ name }) => name)]),
  )
  for (const { content } of files) hash.update(content)
  return hash.digest()
}

/** What became of the same mail of the same sender that came to another mailbox before; null when none did. */
async function findTwin({ db }: Context, id: string, { reading }: Arrived) {
  const row = await db
    .selectFrom('receivedMail')
    .select(['outcome', 'incidentId', 'customerId'])
    .where('messageId', '=', reading.messageId)
    .where('contentHash', '=', hashOf(reading))
    .where('id', '!=', id)
    .orderBy('takenAt')
    .limit(1)
    .executeTakeFirst()
  // A twin of what waits is decided with the first: it waits for nobody itself.
  if (row === undefined) return null
  const waits = row.outcome === 'unassigned' || row.outcome === 'held'
  return { outcome: waits ? 'refused' : (row.outcome as Fate), incidentId: row.incidentId, customerId: row.customerId }
}

async function sendsTooMany({ db, now }: Context, { from }: Reading): Promise<boolean> {
  if (from === null) return false
  const { many } = await db
    .selectFrom('receivedMail')
    .select((select) => select.fn.countAll<number>().as('many'))
    .where('fromAddress', '=', from.address.toLowerCase())
    .where('takenAt', '>', new Date(now.getTime() - WITHIN_MS))
    .where('outcome', 'in', ['ticket', 'unassigned'])
    .executeTakeFirstOrThrow()
  return many >= MOST_OF_ONE
}

/** With the commit, since an incident that was just declared is written there. */
async function settle(
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
