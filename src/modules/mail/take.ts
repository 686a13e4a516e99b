import { sql } from 'kysely'
import { newId } from '#core/id.ts'
import type { Declaration } from '#api/incidents'
import { type Answer, declareIncident, noteArrival, noteOrigin, takeAnswer } from '#modules/incidents'
import { requireCustomer } from '#modules/customers'
import { findOrCreateRequester } from '#modules/people'
import type { Context, Db } from '#platform/context.ts'
import { together } from '#platform/database.ts'
import { workspaceOf } from '#platform/workspace.ts'
import type { AccountRow } from './account.ts'
import { mayBeAnswered } from './automatic.ts'
import { attachFiles, confirmMail, linkToOver } from './jobs.ts'
import { idsToLookUp, judge, type Judgement } from './judge.ts'
import { type Arrived, type Fate, findTwin, hashOf, keep, MOST_OF_ONE, sentLately, settle } from './keep.ts'
import { knownFor } from './known.ts'
import { languageIn } from './language.ts'
import { isSealed, type Reading } from './reading.ts'
import { tellUndeliverable } from './send.ts'
import { customerOfSender } from './sender.ts'
import { sayOfMail } from './text.ts'
import type { Tokens } from './token.ts'

export interface Taken {
  readonly outcome: Fate
  readonly incidentId: string | null
}

/** What was decided, and whether its sender is to be told that it arrived. */
interface Decided extends Taken {
  readonly confirm?: boolean
}

/**
 * Takes a mail in, in the transaction of `context`: keeps what it was, and does what follows from it. The same mail is
 * taken once for each mailbox, however often and by however many processes this is done.
 *
 * @returns null when it was taken before.
 */
export async function takeMail(context: Context, arrived: Arrived, tokens: Tokens): Promise<Taken | null> {
  const [taken] = await takeMails(context, [arrived], tokens)
  return taken!
}

/**
 * Takes in as many of these mails of one mailbox as go well together in one transaction, in their order and from the first
 * on, at least one: those that depend on none before them, up to the first that changes a ticket which others may be at.
 *
 * @returns what became of them, of each as `takeMail` says.
 */
export async function takeMails(
  context: Context,
  arrived: readonly Arrived[],
  tokens: Tokens,
): Promise<readonly (Taken | null)[]> {
  const mails = independent(arrived)
  // Two mailboxes may get the same mail at the same moment: whoever comes second finds the first. In one order, so that
  // nobody waits for each other.
  await sql`select pg_advisory_xact_lock(hashtext(${workspaceOf(context.db).lock('mail')}), each.lock) from (
    select distinct hashtext(id) as lock from unnest(${mails.map(({ reading }) => reading.messageId)}::text[]) id
    order by 1) each`.execute(context.db)
  const taken: (Taken | null)[] = []
  const confirm: string[] = []
  const openedBy = new Map<string, number>()
  for (const mail of mails) {
    const id = newId(context.now.getTime())
    const sender = mail.reading.from?.address.toLowerCase() ?? ''
    const became = await takeOne(context, id, mail, { tokens, before: openedBy.get(sender) ?? 0 })
    taken.push(became && { outcome: became.outcome, incidentId: became.incidentId })
    if (became === null) continue
    if (became.confirm) confirm.push(id)
    const opened = became.outcome === 'ticket' || became.outcome === 'unassigned'
    if (opened) openedBy.set(sender, (openedBy.get(sender) ?? 0) + 1)
    else if (became.incidentId !== null) break
  }
  if (confirm.length > 0) await context.enqueue(confirmMail, { mails: confirm })
  return taken
}

/** What one of them did is not to be seen by the next before the commit: up to the first that speaks of another. */
function independent(arrived: readonly Arrived[]): readonly Arrived[] {
  const ids = new Set<string>()
  const end = arrived.findIndex(({ reading }) => {
    if (ids.has(reading.messageId) || idsToLookUp(reading).some((id) => ids.has(id))) return true
    ids.add(reading.messageId)
    return false
  })
  return end < 0 ? arrived : arrived.slice(0, end)
}

/** @param before So many of its sender opened tickets in this transaction before it. */
async function takeOne(
  context: Context,
  id: string,
  arrived: Arrived,
  { tokens, before }: { readonly tokens: Tokens; readonly before: number },
): Promise<Decided | null> {
  const { db } = context
  const { reading, account, receivedAt } = arrived
  const mark = { id, contentHash: hashOf(reading) }
  const [isNew, twin, known, ofSender, lately] = await together([
    keep(context, mark, arrived),
    findTwin(context, mark, arrived),
    knownFor(db, reading, tokens),
    customerOfSender(db, reading, account),
    sentLately(context, reading),
  ] as const)
  if (!isNew) return null
  if (twin !== null) {
    await settle(context, id, { ...twin, reason: 'refused.twin', recipient: '' })
    return twin
  }
  const judgement = judge(reading, known)
  const customerId = judgement.ticket === null ? ofSender : await customerOfTicket(db, judgement.ticket)
  const tooMany = lately + before >= MOST_OF_ONE
  return decide(context, { id, account, reading, receivedAt }, judgement, { customerId, tooMany })
}

/** A mail that was kept, and what is to be done with it. */
interface Kept {
  readonly id: string
  readonly account: Pick<AccountRow, 'teamId' | 'serviceId'>
  readonly reading: Reading
  readonly receivedAt: Date
}

/** Does what was judged about a mail that waited, however many its sender sent. */
export async function carryOut(
  context: Context,
  kept: Kept,
  judgement: Judgement,
  customerId: string | null,
): Promise<Taken> {
  const { outcome, incidentId, confirm } = await decide(context, kept, judgement, { customerId, tooMany: false })
  if (confirm) await context.enqueue(confirmMail, { mails: [kept.id] })
  return { outcome, incidentId }
}

/** Whose a mail is, and whether its sender sent very many. */
interface Sender {
  readonly customerId: string | null
  readonly tooMany: boolean
}

/** Does what was judged, or lets it wait: for whose it is, or when one sender sends very many. */
async function decide(context: Context, kept: Kept, judgement: Judgement, sender: Sender): Promise<Decided> {
  const { customerId } = sender
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
    const opened = await open(context, kept, { ...sender, reason: 'answer-over' })
    if (opened.incidentId !== null) await context.enqueue(linkToOver, { from: opened.incidentId, to: ticket })
    return opened
  }
  if (outcome === 'ticket') return open(context, kept, { ...sender, reason })
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

async function open(
  context: Context,
  kept: Kept,
  { customerId, tooMany, reason }: Sender & { readonly reason: string },
): Promise<Decided> {
  const { id, account, reading, receivedAt } = kept
  if (tooMany) {
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
  const [requester, about] = await together([
    from === null ? null : requesterOf(context, customerId, reading),
    aboutService(context, account, customerId),
  ] as const)
  const declaration: Declaration = {
    customer: customerId,
    title: titleOf(reading, context.actor.language),
    description: said([folded.said, folded.quoted].filter(Boolean).join('\n\n')) || unreadable(reading, context),
    impact: 'medium',
    urgency: 'medium',
    channel: 'mail',
    ...(account.teamId !== null && { team: account.teamId }),
    ...about,
    // A mailbox that was read late got it earlier; what its clock says may lie ahead of ours.
    ...(receivedAt < context.now && { occurredAt: receivedAt }),
  }
  const incident = await declareIncident(context, declaration, requester ?? undefined)
  noteOrigin(context, { id: incident.id, customerId }, { mail: id, files: reading.files.length })
  if (reading.files.length > 0) await context.enqueue(attachFiles, { mail: id })
  await settle(context, id, { outcome: 'ticket', reason, recipient: '', incidentId: incident.id, customerId })
  return { outcome: 'ticket', incidentId: incident.id, confirm: mayBeAnswered(reading) }
}

/** Who is met for the first time is called as their mail says. */
async function requesterOf(context: Context, customerId: string, { from, folded }: Reading) {
  const language = languageIn(folded.said) ?? (await requireCustomer(context.db, customerId)).language
  return findOrCreateRequester(context, customerId, from!.address, { name: from!.name, language })
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

async function customerOfTicket(db: Db, ticket: string): Promise<string> {
  const row = await db.selectFrom('incident').select('customerId').where('id', '=', ticket).executeTakeFirstOrThrow()
  return row.customerId
}
