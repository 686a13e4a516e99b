import { newId } from '#core/id.ts'
import type { Context } from '#platform/context.ts'
import { sendDue } from './jobs.ts'
import { htmlOf } from './outbox.ts'
import { anyAccount, sendingAccount } from './tell.ts'

/** What the program writes to people of ours about an incident. */
interface Notice {
  readonly incident: { readonly id: string; readonly customerId: string; readonly teamId: string | null }
  readonly personIds: readonly string[]
  readonly subject: string
  readonly text: string
  /** By which it goes to each of them once. */
  readonly factId: string
}

/**
 * Writes letters to people of ours into the outbox. Nobody answers them: they bear no sign of the ticket, since an answer to
 * that is read by the customer. Whether each still sees the incident is asked again when theirs is sent.
 *
 * @param personIds Those who see the incident.
 * @returns Why nothing goes out, or null.
 */
export async function writeNotice(context: Context, notice: Notice): Promise<'no-address' | 'no-mailbox' | null> {
  const { db, now } = context
  const { incident, personIds, text, factId } = notice
  const people = await db
    .selectFrom('person')
    .select(['id', 'name', 'email'])
    .where('id', 'in', [...personIds])
    .where('customerId', 'is', null)
    .where('email', 'is not', null)
    .execute()
  if (people.length === 0) return 'no-address'
  const account = (await sendingAccount(db, incident)) ?? (await anyAccount(db, incident.customerId))
  if (account === null) return 'no-mailbox'
  const domain = account.address.slice(account.address.lastIndexOf('@') + 1)
  const subject = notice.subject.replace(/\s+/g, ' ').trim().slice(0, 500).toWellFormed()
  const rows = people.map(({ id: personId, name, email }) => {
    const id = newId(now.getTime())
    return {
      id,
      accountId: account.id,
      customerId: incident.customerId,
      incidentId: incident.id,
      factId,
      kind: 'message',
      recipient: email!,
      recipientName: name,
      messageId: `${id}.letter@${domain}`,
      subject,
      text,
      html: htmlOf(text),
      automatic: true,
      createdAt: now,
      dueAt: now,
      personId,
    }
  })
  await db
    .insertInto('outgoingMail')
    .values(rows)
    .onConflict((conflict) => conflict.columns(['factId', 'recipient']).doNothing())
    .execute()
  await context.enqueue(sendDue, {})
  return null
}
