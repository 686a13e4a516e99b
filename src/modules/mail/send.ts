import { sql } from 'kysely'
import type { Transporter } from 'nodemailer'
import { noteArrival, sees } from '#modules/incidents'
import { actorsOf } from '#modules/people'
import { transaction } from '#platform/database.ts'
import { announce, namedFacts } from '#platform/history.ts'
import type { Context } from '#platform/context.ts'
import type { JobWorld, Loop } from '#platform/worker.ts'
import { type AccountRow, readAccounts } from './account.ts'
import { letterWithheld } from './jobs.ts'
import { MARK } from './known.ts'
import { troubleOf } from './problem.ts'
import { forgetAccess } from './oauth.ts'
import { openSender } from './sending.ts'
import { mailTokens, type Tokens } from './token.ts'

/** Whoever has a mail in hand and is not heard of for so long has died with it. */
const LEASE_MS = 10 * 60_000
const FIRST_AGAIN_MS = 60_000
const LAST_AGAIN_MS = 4 * 3_600_000
/** After so long nobody waits for it any more. */
const GIVE_UP_MS = 5 * 86_400_000
const BATCH = 50

/** Sends what is due, and again what could not be sent. */
export const mailSending: Loop = {
  name: 'mail.send',
  run: async (world) => {
    await sendOutgoing(world)
    const row = await world.db
      .selectFrom('outgoingMail')
      .select('dueAt')
      .where('dueAt', 'is not', null)
      .orderBy('dueAt')
      .limit(1)
      .executeTakeFirst()
    // What is due waits for one before it, or for another process.
    return row === undefined ? null : new Date(Math.max(row.dueAt!.getTime(), world.now().getTime() + 2000))
  },
}

interface Due {
  readonly id: string
  readonly accountId: string
  readonly incidentId: string | null
  readonly recipient: string
  readonly recipientName: string
  readonly messageId: string
  readonly inReplyTo: string | null
  readonly thread: readonly string[]
  readonly subject: string
  readonly text: string
  readonly html: string
  readonly automatic: boolean
  readonly attempts: number
  readonly createdAt: Date
  /** Of ours, to whom it is a letter. */
  readonly personId: string | null
  readonly facts: readonly string[]
  readonly unsubscribe: string | null
}

/** Sends all that is due, each by one process, and to each recipient in the order in which it was written. */
export async function sendOutgoing(world: JobWorld): Promise<void> {
  const senders = new Map<string, Promise<Transporter>>()
  const tokens = await mailTokens()
  try {
    for (;;) {
      const due = await takeDue(world)
      if (due.length === 0 || world.signal.aborted) return
      const accounts = new Map((await readAccounts(world.db)).map((account) => [account.id, account]))
      for (const mail of due) {
        const account = accounts.get(mail.accountId)!
        const sender = senders.get(account.id) ?? openSender(world.db, account)
        senders.set(account.id, sender)
        // A token that could not be fetched is asked for again with the next mail.
        sender.catch(() => senders.delete(account.id))
        await send(world, mail, { account, sender, tokens })
      }
    }
  } finally {
    for (const sender of senders.values()) void sender.then((each) => each.close()).catch(() => undefined)
  }
}

/** Takes what is due into its hand, for as long as the lease: of each recipient the first alone. */
async function takeDue({ db, now }: JobWorld): Promise<readonly Due[]> {
  const at = now()
  const { rows } = await sql<Due>`
    update outgoing_mail set begun_at = ${at}, attempts = attempts + 1, due_at = ${new Date(at.getTime() + LEASE_MS)}
    where id in (
      select m.id from outgoing_mail m join mail_account a on a.id = m.account_id
      where m.due_at <= ${at} and a.smtp_host is not null and not a.paused
        and not exists (select from outgoing_mail b where b.recipient = m.recipient and b.due_at is not null and b.id < m.id)
      order by m.due_at, m.id limit ${BATCH} for update of m skip locked)
    returning id, account_id as "accountId", incident_id as "incidentId", recipient, recipient_name as "recipientName",
      message_id as "messageId", in_reply_to as "inReplyTo", thread, subject, text, html, automatic, attempts,
      created_at as "createdAt", person_id as "personId", facts, unsubscribe`.execute(db)
  return rows.toSorted((one, other) => (one.id < other.id ? -1 : 1))
}

interface By {
  readonly account: AccountRow
  readonly sender: Promise<Transporter>
  readonly tokens: Tokens
}

async function send(world: JobWorld, mail: Due, { account, sender, tokens }: By): Promise<void> {
  const { db, now, log } = world
  const { personId } = mail
  const inSight = personId === null ? null : await stillInSight(world, { ...mail, personId })
  if (personId !== null && inSight !== 'all') {
    await world.inTransaction(async (context) => {
      await context.db
        .updateTable('outgoingMail')
        .set({ dueAt: null, begunAt: null, failedAt: now(), problem: 'out-of-sight', text: '', html: '' })
        .where('id', '=', mail.id)
        .execute()
      if (inSight !== null && inSight.length > 0) {
        await context.enqueue(letterWithheld, { person: personId, facts: [...inSight] })
      }
    })
    return
  }
  try {
    await (await sender).sendMail(messageOf(mail, account, tokens))
  } catch (error) {
    const { problem, detail } = troubleOf(error)
    if (problem === 'sign-in') forgetAccess(account.id)
    log.warn({ mail: mail.id, problem, detail }, 'mail not sent')
    const over = isForGood(error) || now().getTime() - mail.createdAt.getTime() > GIVE_UP_MS
    const again = Math.min(FIRST_AGAIN_MS * 2 ** (mail.attempts - 1), LAST_AGAIN_MS)
    await world.inTransaction(async (context) => {
      await context.db
        .updateTable('outgoingMail')
        .set({
          begunAt: null,
          problem,
          problemDetail: detail,
          dueAt: over ? null : new Date(now().getTime() + again),
          failedAt: over ? now() : null,
        })
        .where('id', '=', mail.id)
        .execute()
      if (over && mail.personId !== null) await tellUndeliverable(context, mail.personId)
      if (!over || mail.incidentId === null) return
      const facts = { outcome: 'bounce', reason: 'notice.undelivered', recipient: mail.recipient }
      await noteArrival(context, mail.incidentId, facts)
    })
    return
  }
  await db
    .updateTable('outgoingMail')
    .set({ sentAt: now(), dueAt: null, begunAt: null, problem: null, problemDetail: null })
    .where('id', '=', mail.id)
    .execute()
}

/** Tells whoever wrote to a person of ours that their address takes no mail. */
export async function tellUndeliverable(context: Context, personId: string): Promise<void> {
  const about = { subjectType: 'person', subjectId: personId, customerId: null } as const
  await announce(context, namedFacts(context, [{ ...about, kind: 'mail.undeliverable' }]))
}

/** Of what a letter tells that which its reader may see now, not when it was written; asked of the database in their name. */
async function stillInSight(
  { db, inTransaction }: JobWorld,
  { personId, facts, incidentId }: { readonly personId: string } & Pick<Due, 'facts' | 'incidentId'>,
): Promise<'all' | readonly string[]> {
  const actor = (await inTransaction((context) => actorsOf(context, [personId]))).get(personId)
  if (actor === undefined) return []
  return transaction(db, actor, 'read only', async (tx) => {
    if (incidentId !== null && !(await sees(tx, incidentId))) return []
    if (facts.length === 0) return 'all'
    const rows = await tx.selectFrom('history').select('id').where('id', 'in', facts).execute()
    const seen = new Set(rows.map(({ id }) => id))
    return seen.size === new Set(facts).size ? 'all' : [...seen]
  })
}

/** The server will never take this mail; that it does not let us in is another matter, which somebody mends. */
function isForGood(error: unknown): boolean {
  const { responseCode, code } = error as { readonly responseCode?: number; readonly code?: string }
  return responseCode !== undefined && responseCode >= 500 && ['EENVELOPE', 'EMESSAGE'].includes(code ?? '')
}

function messageOf(mail: Due, { address, name, plusAddress }: AccountRow, { tokenOf, mark }: Tokens) {
  const [local, domain] = [address.slice(0, address.lastIndexOf('@')), address.slice(address.lastIndexOf('@') + 1)]
  const bracketed = (id: string) => `<${id}>`
  return {
    from: { name, address },
    to: { name: mail.recipientName, address: mail.recipient },
    ...(plusAddress &&
      mail.incidentId !== null &&
      mail.personId === null && { replyTo: { name, address: `${local}+${tokenOf(mail.incidentId)}@${domain}` } }),
    messageId: bracketed(mail.messageId),
    ...(mail.inReplyTo !== null && { inReplyTo: bracketed(mail.inReplyTo) }),
    ...(mail.thread.length > 0 && { references: mail.thread.map(bracketed) }),
    date: mail.createdAt,
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    headers: {
      [MARK]: mark,
      'X-Auto-Response-Suppress': mail.automatic ? 'All' : 'OOF, AutoReply',
      ...(mail.automatic && { 'Auto-Submitted': mail.personId === null ? 'auto-replied' : 'auto-generated' }),
      ...(mail.unsubscribe !== null && { 'List-Unsubscribe': `<${mail.unsubscribe}>` }),
    },
  }
}
