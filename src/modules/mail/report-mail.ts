import { sql } from 'kysely'
import { newId } from '#core/id.ts'
import type { Context } from '#platform/context.ts'
import { sendDue } from './jobs.ts'
import { htmlOf } from './outbox.ts'

/** A mail that says where something lies for somebody; what it says itself is nobody's secret. */
export interface ReportMail {
  readonly customerId: string
  readonly recipient: { readonly email: string; readonly name: string }
  readonly subject: string
  readonly text: string
  /** By which it goes to each of them once. */
  readonly factId: string
}

/** Writes it into the outbox, in the program's transaction. @returns whether there is a mailbox that sends. */
export async function writeReportMail(context: Context, mail: ReportMail): Promise<boolean> {
  const { db, now } = context
  const { rows } = await sql<{ readonly id: string; readonly address: string }>`
    select id, address from mail_account
    where smtp_host is not null and not paused and (customer_id is null or customer_id = ${mail.customerId})
    order by customer_id nulls last, created_at limit 1`.execute(db)
  const account = rows[0]
  if (account === undefined) return false
  const id = newId(now.getTime())
  await db
    .insertInto('outgoingMail')
    .values({
      id,
      accountId: account.id,
      customerId: mail.customerId,
      incidentId: null,
      factId: mail.factId,
      kind: 'message',
      recipient: mail.recipient.email,
      recipientName: mail.recipient.name,
      messageId: `${id}.report@${account.address.slice(account.address.lastIndexOf('@') + 1)}`,
      subject: mail.subject.replaceAll(/\s+/g, ' ').slice(0, 500).toWellFormed(),
      text: mail.text,
      html: htmlOf(mail.text),
      automatic: true,
      createdAt: now,
      dueAt: now,
    })
    .onConflict((conflict) => conflict.columns(['factId', 'recipient']).doNothing())
    .execute()
  await context.enqueue(sendDue, {})
  return true
}
