import { sql } from 'kysely'
import { momentText } from '#core/clock-text.ts'
import { languageOf } from '#core/text.ts'
import type { Context, Db } from '#platform/context.ts'
import type { JobWorld } from '#platform/worker.ts'
import { workspaceOf } from '#platform/workspace.ts'
import type { AccountRow } from './account.ts'
import { sendDue } from './jobs.ts'
import { type Outgoing, threadOf, writeOutgoing } from './outbox.ts'
import type { TemplateKind } from './template-kinds.ts'
import { sayOfMail } from './text.ts'
import { mailTokens } from './token.ts'

/** Facts that were told so long after they were written down are news to nobody. */
const NEWS_FOR_MS = 7 * 86_400_000

/**
 * Writes mails to an incident's requester about what a person of ours said to them or did since: each fact once, however
 * often this is done.
 */
export async function tellRequester(context: Context, incidentId: string): Promise<void> {
  const { db, now } = context
  const told = await addressed(db, incidentId)
  if (told === null) return
  const facts = await newsOf(db, incidentId, new Date(now.getTime() - NEWS_FOR_MS))
  if (facts.length === 0) return
  const tokens = await mailTokens()
  const thread = await threadOf(db, incidentId)
  for (const { id, kind, text } of facts) {
    const closes = kind === 'resolved' ? closesIn(told) : ''
    await db.executeQuery(await writeOutgoing(context, { ...told, kind, text, closes, thread, factId: id }, tokens))
  }
  await context.enqueue(sendDue, {})
}

/** Of confirmations so many go to the same address within so long. */
const CONFIRMED_AT_MOST = [
  { many: 1, withinMs: 60_000 },
  // A program that answers ours without showing that it is one would have us open tickets for ever.
  { many: 10, withinMs: 86_400_000 },
] as const

/** Confirms that mails arrived and are tickets now, each once, and nobody too often ({@link CONFIRMED_AT_MOST}). */
export async function confirmReceipts({ inTransaction }: JobWorld, mailIds: readonly string[]): Promise<void> {
  let some = false
  for (const id of mailIds) some = (await inTransaction((context) => confirmReceipt(context, id))) || some
  if (some) await inTransaction((context) => context.enqueue(sendDue, {}))
}

/** @returns whether there is something to be sent. */
async function confirmReceipt(context: Context, mailId: string): Promise<boolean> {
  const { db } = context
  const mail = await db
    .selectFrom('receivedMail')
    .select('incidentId')
    .where('id', '=', mailId)
    .where('outcome', '=', 'ticket')
    .executeTakeFirst()
  const told = mail === undefined || mail.incidentId === null ? null : await addressed(db, mail.incidentId)
  if (told === null) return false
  // Two that came together are confirmed one after the other, so that the second finds the first.
  await sql`select pg_advisory_xact_lock(hashtext(${workspaceOf(db).lock('mail receipt')}), hashtext(${told.recipient.email}))`.execute(
    db,
  )
  if (await wasToldEnough(context, told.recipient.email)) return false
  const thread = await threadOf(db, told.incident.id)
  const outgoing = { ...told, kind: 'received', text: '', thread, factId: mailId } as const
  await db.executeQuery(await writeOutgoing(context, outgoing, await mailTokens()))
  return true
}

async function wasToldEnough({ db, now }: Context, recipient: string): Promise<boolean> {
  const counts = CONFIRMED_AT_MOST.map(({ many, withinMs }) => {
    const from = new Date(now.getTime() - withinMs)
    return sql`count(*) filter (where created_at > ${from}) >= ${many}::int`
  })
  const longest = new Date(now.getTime() - Math.max(...CONFIRMED_AT_MOST.map(({ withinMs }) => withinMs)))
  const { rows } = await sql<{ isEnough: boolean }>`
    select ${sql.join(counts, sql` or `)} as is_enough from outgoing_mail
    where recipient = ${recipient} and kind = 'received' and created_at > ${longest}`.execute(db)
  return rows[0]!.isEnough
}

type Addressed = Pick<Outgoing, 'account' | 'customer' | 'recipient'> & {
  readonly incident: NonNullable<Outgoing['incident']>
  readonly closesAt: Date | null
  /** Where the customer is. */
  readonly zone: string
}

/** Until when whoever is told can still disagree, as a sentence; empty where nothing is closed by itself. */
function closesIn({ closesAt, zone, recipient: { language } }: Addressed): string {
  if (closesAt === null) return ''
  return sayOfMail(language, 'resolved.closes', {
    at: momentText(language, zone, closesAt.getTime(), closesAt.getUTCFullYear()),
  })
}

/** Somebody who is asked what they think of an incident, or of everything. */
export interface Asked extends Pick<Outgoing, 'customer' | 'recipient' | 'incident' | 'text' | 'factId'> {
  readonly link: string
  readonly teamId: string | null
}

/** Writes a mail that asks; false when there is no mailbox that sends. */
export async function askByMail(context: Context, { teamId, ...asked }: Asked): Promise<boolean> {
  const { db } = context
  const { incident, customer } = asked
  const ofIncident = incident === null ? null : await sendingAccount(db, { id: incident.id, teamId })
  const account = ofIncident ?? (await anyAccount(db, customer.id))
  if (account === null) return false
  const mail = { ...asked, account, kind: 'survey', thread: [] } as const
  await db.executeQuery(await writeOutgoing(context, mail, await mailTokens()))
  await context.enqueue(sendDue, {})
  return true
}

/** A mailbox of the customer, else one of nobody in particular. */
export async function anyAccount(db: Db, customerId: string): Promise<Pick<AccountRow, 'id' | 'address'> | null> {
  const { rows } = await sql<Pick<AccountRow, 'id' | 'address'>>`
    select id, address from mail_account
    where smtp_host is not null and not paused and (customer_id is null or customer_id = ${customerId})
    order by customer_id nulls last, created_at limit 1`.execute(db)
  return rows[0] ?? null
}

/** Whom mails about an incident go to, and from where; null when there is nobody, or no mailbox that sends. */
async function addressed(db: Db, incidentId: string): Promise<Addressed | null> {
  const row = await db
    .selectFrom('incident')
    .innerJoin('customer', 'customer.id', 'incident.customerId')
    .innerJoin('person', 'person.id', 'incident.requesterId')
    .select([
      'incident.id',
      'incident.number',
      'incident.title',
      'incident.teamId',
      'incident.closesAt',
      'customer.id as customerId',
      'customer.name as customerName',
      'customer.timeZone',
      'person.name as personName',
      'person.email',
      'person.language',
    ])
    .where('incident.id', '=', incidentId)
    .executeTakeFirst()
  if (row === undefined || row.email === null) return null
  const account = await sendingAccount(db, row)
  if (account === null) return null
  return {
    account,
    incident: { id: row.id, number: row.number, title: row.title },
    closesAt: row.closesAt,
    zone: row.timeZone,
    customer: { id: row.customerId, name: row.customerName },
    recipient: { name: row.personName, email: row.email, language: languageOf(row.language) },
  }
}

/** The mailbox through which an incident came, else the one of its team. */
export async function sendingAccount(
  db: Db,
  { id, teamId }: { readonly id: string; readonly teamId: string | null },
): Promise<Pick<AccountRow, 'id' | 'address'> | null> {
  const { rows } = await sql<Pick<AccountRow, 'id' | 'address'>>`
    select a.id, a.address from mail_account a
    left join lateral (select min(taken_at) as first from received_mail r
      where r.account_id = a.id and r.incident_id = ${id} and r.outcome in ('ticket', 'reply')) came on true
    where a.smtp_host is not null and not a.paused and (came.first is not null or a.team_id = ${teamId})
    order by came.first nulls last, a.created_at limit 1`.execute(db)
  return rows[0] ?? null
}

interface News {
  readonly id: string
  readonly kind: TemplateKind
  readonly text: string
}

/** What a person said or did that the requester is to hear of and was not told yet, in its order. */
async function newsOf(db: Db, incidentId: string, since: Date): Promise<readonly News[]> {
  const rows = await db
    .selectFrom('history')
    .innerJoin('incident', 'incident.id', 'history.subjectId')
    .select(['history.id', 'history.kind', 'history.facts'])
    .where('history.subjectId', '=', incidentId)
    .where('history.subjectType', '=', 'incident')
    .where('history.kind', 'in', ['incident.note', 'incident.state'])
    .where('history.visibility', '=', 'public')
    .where('history.recordedAt', '>', since)
    .where('history.occurredAt', '>', since)
    // What came from another system was told there, and nobody is told what they said themselves.
    .where('history.sourceKey', 'is', null)
    .where('history.actorId', 'is not', null)
    .whereRef('history.actorId', 'is distinct from', 'incident.requesterId')
    .where('history.id', 'not in', (query) =>
      query.selectFrom('outgoingMail').select('factId').where('outgoingMail.incidentId', '=', incidentId),
    )
    .orderBy('history.occurredAt')
    .orderBy('history.sequence')
    .orderBy('history.id')
    .execute()
  return rows.flatMap(({ id, kind, facts }): News[] => {
    const { to, reason, note, text } = facts as Readonly<Record<string, unknown>>
    if (kind === 'incident.note' && typeof text === 'string') return [{ id, kind: 'message', text }]
    if (typeof note !== 'string' || note === '') return []
    if (to === 'resolved') return [{ id, kind: 'resolved', text: note }]
    return to === 'on-hold' && reason === 'awaiting-requester' ? [{ id, kind: 'question', text: note }] : []
  })
}
