import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, onTestFinished, vi } from 'vitest'
import { jobs, listeners, routes } from '#app'
import { newId } from '#core/id.ts'
import type { Context } from '#platform/context.ts'
import { system } from '#platform/context.ts'
import { transaction } from '#platform/database.ts'
import { silent } from '#platform/log.ts'
import { testCaller, testDatabase, type TestDatabase } from '#platform/testing.ts'
import { type Dovecot, noDovecot, PASSWORD, startDovecot } from './dovecot-testing.ts'
import { sealSecrets } from './account.ts'
import { mailIntake } from './intake.ts'
import { keepMailsIn } from './raw.ts'

/** Why mailboxes cannot be tried here; null when they can. */
export const missing = noDovecot()
if (missing !== null) process.stderr.write(`${missing}\n`)

let started: Dovecot | undefined
let kept = ''

/** For a file of tests: a server for mailboxes, and where mails are kept. */
export function hasMailboxes(): void {
  beforeAll(async () => {
    kept = await mkdtemp(join(tmpdir(), 'plumbline-mails-'))
    keepMailsIn(kept)
    vi.stubEnv('PLUMBLINE_SECRET', Buffer.alloc(32, 7).toString('base64url'))
    if (missing === null) started = await startDovecot()
  })
  afterAll(async () => {
    vi.unstubAllEnvs()
    await started?.end()
    await rm(kept, { recursive: true, force: true })
  })
}

/** That server, once a test runs. */
export function dovecot(): Dovecot {
  if (started === undefined) throw new Error('The server runs within tests.')
  return started
}

/** Where mails are kept. */
export const keptIn = () => kept

/** A program that reads mailboxes, until it is stopped or the test ends. */
export function reading(database: TestDatabase, now: () => Date = () => new Date()) {
  const stopping = new AbortController()
  const inTransaction = <Result>(work: (context: Context) => Promise<Result>) =>
    transaction(database.db, system, 'read write', (tx) =>
      work({ db: tx, actor: system, now: now(), requestId: 'test', listeners: {}, enqueue: async () => undefined }),
    )
  const done = mailIntake({ look: 200, again: 100 }).run({
    ...database,
    now,
    log: silent,
    signal: stopping.signal,
    inTransaction,
  })
  const stop = async () => {
    stopping.abort()
    await done.catch(() => undefined)
  }
  onTestFinished(stop)
  return { stop, done }
}

interface Box {
  readonly address: string
  readonly customerId?: string
  readonly port?: number
  readonly password?: string
}

/** A mailbox that is read. */
export async function account(
  database: TestDatabase,
  { address, customerId, port = dovecot().port, password = PASSWORD }: Box,
) {
  const id = newId()
  const { secret } = await sealSecrets(id, { secret: password })
  await database.db
    .insertInto('mailAccount')
    .values({
      id,
      address,
      customerId: customerId ?? null,
      imapHost: '127.0.0.1',
      imapPort: port,
      imapSecurity: 'none',
      userName: address,
      signIn: 'password',
      secret: secret!,
      createdAt: new Date(),
    })
    .execute()
  return id
}

/** A customer. */
export async function mailWorld() {
  const database = await testDatabase()
  const call = testCaller(database, routes, { listeners, jobs })
  const customer = await call('POST', '/customers', { name: 'Kunde', key: 'KD' })
  return { database, call, customerId: customer.body.id as string }
}

let count = 0
/** A mail of its own Message-ID. */
export function mail(
  subject: string,
  fields: Readonly<Record<string, string>> = {},
  text = 'Er druckt nicht.',
): string {
  count += 1
  const all = {
    From: 'Eva Muster <eva@kunde.example>',
    To: 'hilfe@dienst.example',
    Subject: subject,
    Date: 'Mon, 2 Mar 2026 09:00:00 +0100',
    'Message-ID': `<${count}@kunde.example>`,
    'Content-Type': 'text/plain; charset=utf-8',
    ...fields,
  }
  const header = Object.entries(all).map(([name, value]) => `${name}: ${value}`)
  return [...header, '', text].join('\r\n')
}

/** What was taken in, by subject. */
export async function received(database: TestDatabase) {
  return database.db
    .selectFrom('receivedMail')
    .leftJoin('incident', 'incident.id', 'receivedMail.incidentId')
    .select([
      'receivedMail.subject',
      'receivedMail.outcome',
      'receivedMail.reason',
      'incident.number',
      'incident.title',
    ])
    .orderBy('receivedMail.subject')
    .orderBy('receivedMail.takenAt')
    .execute()
}

/** Mails come when they come. */
export const soon = { timeout: 15_000, interval: 50 }
