import { newId } from '#core/id.ts'
import type { Context, Db } from '#platform/context.ts'
import { sendDue } from './jobs.ts'

/** A mail to one of those who sign in here, about what happened. Nobody else reads it, and nobody answers it. */
export interface Letter {
  readonly person: { readonly id: string; readonly name: string; readonly email: string }
  readonly subject: string
  readonly text: string
  /** The same for programs that show pages. */
  readonly html: string
  /** Ids of the facts that it tells; when it is sent, each has to be in their sight still. At least one. */
  readonly facts: readonly string[]
  /** Where they can have no more of them. */
  readonly unsubscribe: string
}

/** The mailbox that letters go out from: one for all customers before others, the oldest first; null when none sends. */
export async function sendingAddress(db: Db): Promise<{ readonly id: string; readonly address: string } | null> {
  const row = await db
    .selectFrom('mailAccount')
    .select(['id', 'address'])
    .where('smtpHost', 'is not', null)
    .where('paused', '=', false)
    .orderBy((by) => by('customerId', 'is not', null))
    .orderBy('createdAt')
    .limit(1)
    .executeTakeFirst()
  return row ?? null
}

/** Writes a letter into the outbox, in the program's transaction. @returns whether there is a mailbox that sends. */
export async function writeLetter(context: Context, letter: Letter): Promise<boolean> {
  const { db, now } = context
  const account = await sendingAddress(db)
  if (account === null) return false
  const id = newId(now.getTime())
  const { person, subject, text, html, facts, unsubscribe } = letter
  await db
    .insertInto('outgoingMail')
    .values({
      id,
      accountId: account.id,
      customerId: null,
      incidentId: null,
      // It tells several; by its own name it is one of a kind.
      factId: id,
      kind: 'notification',
      recipient: person.email,
      recipientName: person.name,
      messageId: `${id}.letter@${account.address.slice(account.address.lastIndexOf('@') + 1)}`,
      inReplyTo: null,
      thread: [],
      subject: subject.replace(/\s+/g, ' ').slice(0, 500).toWellFormed(),
      text,
      html: html.toWellFormed(),
      automatic: true,
      createdAt: now,
      dueAt: now,
      personId: person.id,
      facts: [...facts],
      unsubscribe,
    })
    .execute()
  await context.enqueue(sendDue, {})
  return true
}
