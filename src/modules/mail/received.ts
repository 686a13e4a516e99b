import { sql } from 'kysely'
import { notFound, refused } from '#core/failure.ts'
import { barredFromManaging, barredFromWorking, require } from '#core/may.ts'
import { requireCustomer } from '#modules/customers'
import type { Context, Db } from '#platform/context.ts'
import { audit } from '#platform/history.ts'
import type { FileReply } from '#platform/http.ts'
import { keyOf, pageFrom } from '#platform/paging.ts'
import { containing } from '#platform/text-search.ts'
import type { Became, ReceivedMail } from './api.ts'
import { bodyOf } from './body.ts'
import { remotePictures } from './html.ts'
import { judge } from './judge.ts'
import { knownFor } from './known.ts'
import { rawMailBytes, rawMailStream, READ_AT_MOST } from './raw.ts'
import { readMail } from './reading.ts'
import { carryOut } from './take.ts'
import { reasonOf } from './text.ts'
import { mailTokens } from './token.ts'

function mails(db: Db) {
  return db
    .selectFrom('receivedMail')
    .innerJoin('mailAccount', 'mailAccount.id', 'receivedMail.accountId')
    .leftJoin('customer', 'customer.id', 'receivedMail.customerId')
    .leftJoin('incident', 'incident.id', 'receivedMail.incidentId')
    .select([
      'receivedMail.id',
      'receivedMail.accountId',
      'mailAccount.address',
      'receivedMail.customerId',
      'customer.name as customerName',
      'receivedMail.outcome',
      'receivedMail.reason',
      'receivedMail.recipient',
      'receivedMail.incidentId',
      'incident.number',
      'receivedMail.fromName',
      'receivedMail.fromAddress',
      'receivedMail.subject',
      'receivedMail.receivedAt',
      'receivedMail.size',
      'receivedMail.files',
      'receivedMail.sha256',
      'receivedMail.emptiedAt',
    ])
    .select(sql<string>`received_mail.received_at::text`.as('key'))
}

type Row = Awaited<ReturnType<ReturnType<typeof mails>['executeTakeFirstOrThrow']>>

function shown(row: Row, language: 'en' | 'de'): ReceivedMail {
  const { id, accountId, address, customerId, customerName, incidentId, number } = row
  return {
    id,
    account: { id: accountId, name: address },
    customer: customerId === null || customerName === null ? null : { id: customerId, name: customerName },
    outcome: row.outcome as ReceivedMail['outcome'],
    reason: reasonOf({ reason: row.reason as never, recipient: row.recipient }, language),
    incident: incidentId === null || number === null ? null : { id: incidentId, number },
    from: { name: row.fromName, address: row.fromAddress },
    subject: row.subject,
    receivedAt: row.receivedAt,
    size: row.size,
    files: row.files,
    emptiedAt: row.emptiedAt,
  }
}

interface Filter {
  readonly outcome?: string | undefined
  readonly waiting?: boolean | undefined
  readonly q?: string | undefined
  readonly limit: number
  readonly cursor?: string | undefined
}

/** `GET /received-mails`, the newest first. */
export async function listMails(
  { db, actor }: Context,
  { outcome, waiting, q, limit, cursor }: Filter,
): Promise<{ items: ReceivedMail[]; nextCursor: string | null }> {
  require(barredFromWorking(actor))
  const after = keyOf(cursor, ['moment', 'id'])
  const rows = await mails(db)
    .$if(outcome !== undefined, (query) => query.where('receivedMail.outcome', '=', outcome!))
    // Of one that was emptied nothing can become any more.
    .$if(waiting === true, (query) =>
      query.where('receivedMail.outcome', 'in', ['unassigned', 'held']).where('receivedMail.emptiedAt', 'is', null),
    )
    .$if(q !== undefined && q !== '', (query) =>
      query.where((where) =>
        where.or([
          where('receivedMail.subject', 'ilike', containing(q!)),
          where('receivedMail.fromAddress', 'ilike', containing(q!)),
          where('receivedMail.fromName', 'ilike', containing(q!)),
        ]),
      ),
    )
    .$if(after !== undefined, (query) =>
      query.where(
        sql<boolean>`(received_mail.received_at, received_mail.id) < (${after![0]}::timestamptz, ${after![1]}::uuid)`,
      ),
    )
    .orderBy('receivedMail.receivedAt', 'desc')
    .orderBy('receivedMail.id', 'desc')
    .limit(limit + 1)
    .execute()
  const { items, nextCursor } = pageFrom(rows, limit, ({ key, id }) => [key, id])
  return { items: items.map((row) => shown(row, actor.language)), nextCursor }
}

async function requireMail({ db, actor }: Context, id: string): Promise<Row> {
  require(barredFromWorking(actor))
  const row = await mails(db).where('receivedMail.id', '=', id).executeTakeFirst()
  if (row === undefined) throw notFound('mail.not-found')
  return row
}

async function rawOf({ sha256, emptiedAt }: Row): Promise<Buffer> {
  if (emptiedAt !== null) throw refused('mail.emptied', { on: emptiedAt })
  return rawMailBytes(sha256).catch(() => {
    throw refused('mail.gone')
  })
}

/** The bytes of a mail that the caller may see. */
export async function rawOfReceived(context: Context, id: string): Promise<Buffer> {
  return rawOf(await requireMail(context, id))
}

/** `GET /received-mails/:id`. */
export async function readReceived(context: Context, id: string) {
  const row = await requireMail(context, id)
  if (row.emptiedAt !== null)
    return {
      ...shown(row, context.actor.language),
      text: '',
      quoted: '',
      html: null,
      pictures: 0,
      cut: false,
      parts: [],
    }
  const reading = await readMail(await rawOf(row))
  const { folded, html, files } = reading
  return {
    ...shown(row, context.actor.language),
    text: folded.said,
    quoted: folded.quoted,
    html,
    pictures: remotePictures(bodyOf(reading.root).html ?? ''),
    cut: row.size > READ_AT_MOST,
    parts: files.map(({ name, type, content }) => ({ name, type, size: content.length })),
  }
}

/** `GET /received-mails/:id/raw`. */
export async function sendRaw(context: Context, id: string): Promise<FileReply> {
  const row = await requireMail(context, id)
  await rawOf(row)
  return { file: rawMailStream(row.sha256), type: 'message/rfc822', name: `${row.id}.eml` }
}

/** `GET /received-mails/:id/parts/:index`: saved, never shown, whatever it says it is. */
export async function sendPart(context: Context, id: string, index: number): Promise<FileReply> {
  const row = await requireMail(context, id)
  // Its last file would be half.
  if (row.size > READ_AT_MOST) throw refused('mail.part-cut')
  const { files } = await readMail(await rawOf(row))
  const file = files[index]
  if (file === undefined) throw notFound('mail.part.not-found')
  return { file: file.content, type: 'application/octet-stream', name: file.name }
}

/** `POST /received-mails/:id/assignment`. */
export async function assignMail(
  context: Context,
  id: string,
  { customer, remember }: { readonly customer: string; readonly remember: boolean },
): Promise<Became> {
  const row = await lockWaiting(context, id)
  const { id: customerId } = await requireCustomer(context.db, customer)
  const domain = row.fromAddress?.split('@')[1]
  if (remember && domain !== undefined) {
    require(barredFromManaging(context.actor))
    await context.db
      .insertInto('customerMailDomain')
      .values({ customerId, domain })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }
  await tell(context, row, 'assigned')
  return takeAgain(context, row, customerId)
}

/** `POST /received-mails/:id/release`. */
export async function releaseMail(context: Context, id: string): Promise<Became> {
  const row = await lockWaiting(context, id)
  await tell(context, row, 'released')
  return takeAgain(context, row, row.customerId)
}

/** `POST /received-mails/:id/dismissal`. */
export async function dismissMail(context: Context, id: string): Promise<Became> {
  const row = await lockWaiting(context, id)
  await context.db
    .updateTable('receivedMail')
    .set({ outcome: 'refused', reason: 'refused.dismissed' })
    .where('id', '=', id)
    .execute()
  await tell(context, row, 'dismissed')
  return { outcome: 'refused', incidentId: null }
}

async function lockWaiting(context: Context, id: string): Promise<Row> {
  await requireMail(context, id)
  await context.db.selectFrom('receivedMail').select('id').where('id', '=', id).forUpdate().execute()
  const row = await requireMail(context, id)
  if (row.outcome !== 'unassigned' && row.outcome !== 'held') throw refused('mail.not-waiting')
  return row
}

/** What would have been done when it came, had it not waited. */
async function takeAgain(context: Context, row: Row, customerId: string | null): Promise<Became> {
  const { db } = context
  const reading = await readMail(await rawOf(row))
  const judgement = judge(reading, await knownFor(db, reading, await mailTokens()))
  // The columns that everybody who works may read; the team is for the program alone.
  const account = await db
    .selectFrom('mailAccount')
    .select(['teamId', 'serviceId'])
    .where('id', '=', row.accountId)
    .executeTakeFirstOrThrow()
  return carryOut(context, { id: row.id, account, reading, receivedAt: row.receivedAt }, judgement, customerId)
}

async function tell(context: Context, { id, customerId }: Row, what: 'assigned' | 'released' | 'dismissed') {
  await audit(context, { action: `mail.${what}`, subjectType: 'received-mail', subjectId: id, customerId })
}
