import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, expect, vi } from 'vitest'
import { jobs, listeners, routes } from '#app'
import { system } from '#platform/context.ts'
import { silent } from '#platform/log.ts'
import { actorWith, inContext, testCaller, testDatabase } from '#platform/testing.ts'
import { testMailServer } from '#platform/testing/mail-server.ts'
import { keepFilesIn } from '#platform/files/store.ts'
import { readAccounts } from './account.ts'
import { keepMail, keepMailsIn } from './raw.ts'
import { readMail } from './reading.ts'
import { sendOutgoing } from './send.ts'
import { takeMail } from './take.ts'
import { mailTokens } from './token.ts'

/** Where the tests of a file keep mails and files, which go with them. */
export function keepsMails(): void {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'plumbline-mails-'))
    keepMailsIn(folder)
    keepFilesIn(join(folder, 'files'))
    vi.stubEnv('PLUMBLINE_SECRET', Buffer.alloc(32, 7).toString('base64url'))
  })
  afterAll(async () => {
    vi.unstubAllEnvs()
    await rm(folder, { recursive: true, force: true })
  })
}

/** A customer with a mailbox, whose mails arrive at `later` moments and are sent by the jobs themselves. */
export async function sendingWorld() {
  const { got, state, port } = await testMailServer()
  const database = await testDatabase()
  let now = new Date('2026-03-02T09:00Z')
  const call = testCaller(database, routes, { listeners, jobs, now: () => now })
  const { body: customer } = await call('POST', '/customers', { name: 'Kunde', key: 'KD', language: 'de' })
  const added = await call('POST', '/mail-accounts', {
    address: 'hilfe@dienst.example',
    name: 'Hilfe',
    customer: customer.id,
    imap: { host: '127.0.0.1', port: 1, security: 'none' },
    smtp: { host: '127.0.0.1', port, security: 'none' },
    userName: 'u',
    secret: 'geheim',
  })
  expect(added.status, added.text).toBe(201)
  const inTransaction = <Result>(act: Parameters<typeof inContext<Result>>[1]) =>
    inContext(database, act, { actor: system, now })
  /** @param size What is known of its size, where that is not what it has. */
  const arrive = async (raw: string, { size }: { readonly size?: number } = {}) => {
    const bytes = Buffer.from(raw)
    const [account] = await readAccounts(database.db)
    const arrived = {
      account: account!,
      raw: { ...(await keepMail(Readable.from([bytes]))), ...(size !== undefined && { size }) },
      reading: await readMail(bytes),
      receivedAt: now,
    }
    const tokens = await mailTokens()
    const queued: [string, object][] = []
    const taken = await inContext(
      database,
      (context) =>
        takeMail(
          { ...context, enqueue: async ({ name }, payload) => void queued.push([name, payload]) },
          arrived,
          tokens,
        ),
      { actor: system, now },
    )
    for (const [name, payload] of queued) await jobs.find(({ job }) => job.name === name)!.run(jobWorld(), payload)
    return taken!
  }
  const jobWorld = () => ({
    ...database,
    now: () => now,
    log: silent,
    signal: new AbortController().signal,
    inTransaction,
  })
  return {
    got,
    state,
    database,
    call,
    arrive,
    jobWorld,
    send: () => sendOutgoing(jobWorld()),
    later: (minutes: number) => (now = new Date(now.getTime() + minutes * 60_000)),
  }
}

export const mail = (id: string, more = '') =>
  `From: Eva Muster <eva@kunde.example>\nSubject: Drucker\nMessage-ID: <${id}@kunde.example>\n${more}\nEr druckt nicht.`
export const agent = actorWith('staff', ['agent', 'service-manager'])

export async function asAgent({ database }: Awaited<ReturnType<typeof sendingWorld>>) {
  await database.pool.query(`insert into person (id, name) values ($1, 'Anna Agent')`, [agent.personId])
  return { as: agent }
}
