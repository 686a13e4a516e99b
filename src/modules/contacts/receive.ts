import { Failure } from '#core/failure.ts'
import { newId } from '#core/id.ts'
import { takeAnswer } from '#modules/incidents'
import type { Context } from '#platform/context.ts'
import { unseal } from '#platform/seal.ts'
import type { HandedMessage } from './api.ts'
import { sealedFor, tellIncident } from './actions.ts'
import { requireContact } from './queries.ts'
import { isSigned } from './signature.ts'

interface Handed {
  readonly message: HandedMessage
  /** The body as it came, of which the signature was made. */
  readonly text: string
  readonly signature: string | undefined
}

/**
 * Takes a message of another program, once. It goes to the contact of its conversation, and on to the incident that this
 * led to; when that is over, or there is none, a new contact begins.
 */
export async function receiveMessage(context: Context, sourceId: string, { message, text, signature }: Handed) {
  const { db, now } = context
  if (signature === undefined) throw new Failure('unauthenticated', 'contact.signature')
  // Locked: two messages of one conversation at the same time would each begin a contact.
  const source = await db
    .selectFrom('contactSource')
    .select(['id', 'customerId', 'channel', 'secret'])
    .where('id', '=', sourceId)
    .where('active', '=', true)
    .forUpdate()
    .executeTakeFirst()
  const secret = source === undefined ? null : await unseal(source.secret, sealedFor(source.id))
  if (source === undefined || secret === null || !isSigned({ signature, text, secret }, now))
    throw new Failure('unauthenticated', 'contact.signature')

  const before = await db
    .selectFrom('contactMessage')
    .innerJoin('contact', 'contact.id', 'contactMessage.contactId')
    .leftJoin('incident', 'incident.id', 'contact.incidentId')
    .select(['contact.id', 'incident.number'])
    .where('contactMessage.sourceId', '=', source.id)
    .where('contactMessage.messageId', '=', message.messageId)
    .executeTakeFirst()
  if (before !== undefined) return { contact: before.id, incident: before.number, known: true }

  const going = await goingOn(context, source.id, message.conversation)
  const told = going?.incidentId ? await tellGoing(context, going.incidentId, message) : null
  const contactId = going === undefined || told === 'over' ? await begin(context, source, message) : going.id
  await db
    .insertInto('contactMessage')
    .values({
      id: newId(now.getTime()),
      customerId: source.customerId,
      contactId,
      sourceId: source.id,
      messageId: message.messageId,
      author: message.author,
      name: message.name,
      text: message.text,
      sentAt: message.sentAt ?? now,
    })
    .execute()
  // What came before the incident was over belongs to it still.
  const after = told === 'over' && going?.incidentId ? going.incidentId : null
  if (after !== null) await tellIncident(context, after, await requireContact(db, contactId))
  return { contact: contactId, incident: told === 'over' ? null : (going?.number ?? null), known: false }
}

/** The contact that a conversation goes on in: one that is open, or that led to an incident. */
async function goingOn({ db }: Context, sourceId: string, conversation: string) {
  return db
    .selectFrom('contact')
    .leftJoin('incident', 'incident.id', 'contact.incidentId')
    .select(['contact.id', 'contact.incidentId', 'incident.number'])
    .where('contact.sourceId', '=', sourceId)
    .where('contact.conversation', '=', conversation)
    .where('contact.outcome', 'in', ['open', 'incident', 'attached'])
    .orderBy('contact.startedAt', 'desc')
    .orderBy('contact.id', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** What the caller writes is an answer there. Nobody proved to us who it is, so it is in the name that they give. */
async function tellGoing(context: Context, incidentId: string, { author, name, email, text }: HandedMessage) {
  if (author !== 'caller') return null
  return takeAnswer(context, incidentId, { text, quoted: '', author: { id: null, name, email: email ?? '' } })
}

const LONGEST_SUBJECT = 120

async function begin(
  { db, now }: Context,
  { id: sourceId, customerId, channel }: { readonly id: string; readonly customerId: string; readonly channel: string },
  { conversation, text, name, email, phone, sentAt = now }: HandedMessage,
): Promise<string> {
  const id = newId(now.getTime())
  const known =
    email === undefined
      ? undefined
      : await db
          .selectFrom('person')
          .select(['id', 'name'])
          .where('customerId', '=', customerId)
          .where('email', '=', email)
          .executeTakeFirst()
  const subject = text.split('\n')[0]!.slice(0, LONGEST_SUBJECT).trim().toWellFormed()
  await db
    .insertInto('contact')
    .values({
      id,
      customerId,
      channel,
      outcome: 'open',
      subject: subject || conversation,
      startedAt: sentAt > now ? now : sentAt,
      recordedAt: now,
      personId: known?.id ?? null,
      callerName: name || (known?.name ?? ''),
      callerEmail: email ?? null,
      callerPhone: phone ?? null,
      sourceId,
      conversation,
    })
    .execute()
  return id
}
