import { sql } from 'kysely'
import { Failure, invalid, notFound } from '#core/failure.ts'
import { newId } from '#core/id.ts'
import { barredFromAdministering, require } from '#core/may.ts'
import { requireCustomer } from '#modules/customers'
import { requireTeam } from '#modules/people'
import { requireServiceFor } from '#modules/services'
import { explaining } from '#platform/constraint.ts'
import type { Context, Db } from '#platform/context.ts'
import { audit } from '#platform/history.ts'
import { type AccountRow, sealSecrets } from './account.ts'
import type { MailAccount, MailAccountChange, MailServer, NewMailAccount } from './api.ts'
import { openMailbox } from './mailbox.ts'
import { type MailProblem, problemSentence, type Trouble, troubleOf } from './problem.ts'
import { openSender } from './sending.ts'

const meanings = { mail_account_address_key: 'mail.address-taken' } as const

type ShownRow = AccountRow & {
  readonly teamName: string | null
  readonly customerName: string | null
  readonly serviceName: string | null
  readonly unsent: number | null
  readonly unsentProblem: string | null
  readonly unsentDetail: string | null
}

function accounts(db: Db) {
  return db
    .selectFrom('mailAccount')
    .leftJoin('team', 'team.id', 'mailAccount.teamId')
    .leftJoin('customer', 'customer.id', 'mailAccount.customerId')
    .leftJoin('service', 'service.id', 'mailAccount.serviceId')
    .selectAll('mailAccount')
    .select(['team.name as teamName', 'customer.name as customerName', 'service.name as serviceName'])
    .select((row) => {
      const waiting = row
        .selectFrom('outgoingMail')
        .whereRef('outgoingMail.accountId', '=', 'mailAccount.id')
        .where('outgoingMail.dueAt', 'is not', null)
      const failed = waiting.where('outgoingMail.problem', 'is not', null).orderBy('outgoingMail.id').limit(1)
      return [
        waiting.select(({ fn }) => fn.countAll<number>().as('count')).as('unsent'),
        failed.select('outgoingMail.problem').as('unsentProblem'),
        failed.select('outgoingMail.problemDetail').as('unsentDetail'),
      ]
    })
}

/** `GET /mail-accounts`. */
export async function listAccounts({ db, actor }: Context): Promise<{ items: MailAccount[]; nextCursor: null }> {
  require(barredFromAdministering(actor))
  const rows = await accounts(db).orderBy('mailAccount.address').execute()
  return { items: rows.map((row) => shown(row, actor.language)), nextCursor: null }
}

async function readAccount({ db, actor }: Context, id: string): Promise<MailAccount> {
  const row = await accounts(db).where('mailAccount.id', '=', id).executeTakeFirst()
  if (row === undefined) throw notFound('mail.account.not-found')
  return shown(row, actor.language)
}

function shown(row: ShownRow, language: 'en' | 'de'): MailAccount {
  const { id, address, name, folder, userName, plusAddress, paused, checkedAt, failingSince, version } = row
  return {
    id,
    address,
    name,
    team: row.teamId === null ? null : { id: row.teamId, name: row.teamName! },
    customer: row.customerId === null ? null : { id: row.customerId, name: row.customerName! },
    service: row.serviceId === null ? null : { id: row.serviceId, name: row.serviceName! },
    imap: imapOf(row),
    folder,
    smtp: smtpOf(row),
    userName,
    oauth:
      row.signIn === 'password'
        ? null
        : { tokenUrl: row.oauthTokenUrl!, clientId: row.oauthClientId!, scope: row.oauthScope },
    plusAddress,
    paused,
    checkedAt,
    failingSince,
    trouble:
      row.problem === null
        ? null
        : standingOf(
            row,
            imapOf(row),
            { problem: row.problem as MailProblem, detail: row.problemDetail ?? '' },
            language,
          ),
    unsent: unsentOf(row, language),
    version,
  }
}

/** Behind the one that was refused, others to the same people wait their turn. */
function unsentOf(row: ShownRow, language: 'en' | 'de'): MailAccount['unsent'] {
  const { unsent: count, unsentProblem: problem, unsentDetail: detail } = row
  const server = smtpOf(row)
  if (problem === null || server === null) return null
  return {
    count: count ?? 0,
    ...standingOf(row, server, { problem: problem as MailProblem, detail: detail ?? '' }, language),
  }
}

function imapOf({ imapHost: host, imapPort: port, imapSecurity }: AccountRow): MailServer {
  return { host, port, security: imapSecurity as MailServer['security'] }
}

function smtpOf({ smtpHost: host, smtpPort: port, smtpSecurity }: AccountRow): MailServer | null {
  return host === null ? null : { host, port: port!, security: smtpSecurity as MailServer['security'] }
}

function standingOf(row: AccountRow, server: MailServer, trouble: Trouble, language: 'en' | 'de') {
  return { sentence: problemSentence(trouble, row, server, language), detail: trouble.detail || null }
}

/** `POST /mail-accounts`. */
export async function addAccount(context: Context, account: NewMailAccount): Promise<MailAccount> {
  require(barredFromAdministering(context.actor))
  const { db, now } = context
  const id = newId(now.getTime())
  const { address } = account
  const columns = await columnsOf(context, id, account, null)
  await explaining(meanings, { address }, () =>
    db
      .insertInto('mailAccount')
      .values({ ...columns, id, address, createdAt: now } as never)
      .execute(),
  )
  await audit(context, { action: 'mail-account.added', subjectType: 'mail-account', subjectId: id, facts: { address } })
  return readAccount(context, id)
}

/** `PATCH /mail-accounts/:id`. */
export async function changeAccount(
  context: Context,
  id: string,
  version: number,
  change: MailAccountChange,
): Promise<MailAccount> {
  require(barredFromAdministering(context.actor))
  const { db } = context
  const before = await db.selectFrom('mailAccount').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  if (before === undefined) throw notFound('mail.account.not-found')
  if (before.version !== version) throw new Failure('moved-on', 'request.moved-on')
  // A sealed password for a server is no business of another server.
  const elsewhere = change.imap !== undefined && change.imap.host !== before.imapHost
  const sendsElsewhere = change.smtp !== undefined && change.smtp !== null && change.smtp.host !== before.smtpHost
  const asksElsewhere = change.oauth !== undefined && change.oauth?.tokenUrl !== before.oauthTokenUrl
  if ((elsewhere || sendsElsewhere || asksElsewhere) && change.secret === undefined) {
    throw invalid('mail.secret-needed', {}, { errors: [{ path: 'secret', message: '' }] })
  }
  const columns = await columnsOf(context, id, change, before)
  await explaining(meanings, { address: change.address ?? before.address }, () =>
    db
      .updateTable('mailAccount')
      .set({ ...columns, version: sql<number>`version + 1`, problem: null, problemDetail: null, failingSince: null })
      .where('id', '=', id)
      .execute(),
  )
  await audit(context, {
    action: 'mail-account.changed',
    subjectType: 'mail-account',
    subjectId: id,
    facts: { fields: Object.keys(change) },
  })
  return readAccount(context, id)
}

async function columnsOf(
  { db }: Context,
  id: string,
  account: MailAccountChange,
  before: Pick<AccountRow, 'customerId'> | null,
) {
  const { address, name, team, customer, service, imap, folder, smtp, userName, secret, oauth, plusAddress, paused } =
    account
  const teamId = team ? (await requireTeam(db, team)).id : team
  const customerId = customer ? (await requireCustomer(db, customer)).id : customer
  const of = customerId === undefined ? (before?.customerId ?? null) : customerId
  const serviceId = service ? (await requireServiceFor(db, of, service)).id : service
  // Another customer has other services.
  const orphaned = service === undefined && customerId !== undefined && customerId !== (before?.customerId ?? null)
  return {
    ...(address !== undefined && { address }),
    ...(name !== undefined && { name }),
    ...(teamId !== undefined && { teamId }),
    ...(customerId !== undefined && { customerId }),
    ...(orphaned && { serviceId: null }),
    ...(serviceId !== undefined && { serviceId }),
    ...(imap && { imapHost: imap.host, imapPort: imap.port, imapSecurity: imap.security }),
    ...(folder !== undefined && { folder }),
    ...(smtp !== undefined && {
      smtpHost: smtp?.host ?? null,
      smtpPort: smtp?.port ?? null,
      smtpSecurity: smtp?.security ?? null,
    }),
    ...(userName !== undefined && { userName }),
    ...(oauth !== undefined && {
      signIn: oauth === null ? 'password' : 'oauth',
      oauthTokenUrl: oauth?.tokenUrl ?? null,
      oauthClientId: oauth?.clientId ?? null,
      oauthScope: oauth?.scope ?? null,
    }),
    ...(plusAddress !== undefined && { plusAddress }),
    ...(paused !== undefined && { paused }),
    ...(await sealSecrets(id, { secret, oauthClientSecret: oauth === null ? null : oauth?.clientSecret })),
  }
}

/** `POST /mail-accounts/:id/trial`. Outside of any transaction: servers may take their time. */
export async function tryAccount({ db, actor }: Pick<Context, 'db' | 'actor'>, id: string) {
  require(barredFromAdministering(actor))
  const row = await db.selectFrom('mailAccount').selectAll().where('id', '=', id).executeTakeFirst()
  if (row === undefined) throw notFound('mail.account.not-found')
  const said = async (server: MailServer, work: () => Promise<unknown>) => {
    try {
      await work()
      return null
    } catch (error) {
      return standingOf(row, server, troubleOf(error), actor.language)
    }
  }
  const smtp = smtpOf(row)
  const [imap, sending] = await Promise.all([
    said(imapOf(row), async () => (await openMailbox(db, row)).logout()),
    smtp === null
      ? null
      : said(smtp, async () => {
          const sender = await openSender(db, row)
          try {
            await sender.verify()
          } finally {
            sender.close()
          }
        }),
  ])
  return { imap, smtp: sending }
}
