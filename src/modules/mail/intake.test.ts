import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import { jobs, listeners, routes } from '#app'
import { newId } from '#core/id.ts'
import type { Context } from '#platform/context.ts'
import { system } from '#platform/context.ts'
import { transaction } from '#platform/database.ts'
import { silent } from '#platform/log.ts'
import { inContext, testCaller, testDatabase, type TestDatabase } from '#platform/testing.ts'
import { type Dovecot, noDovecot, PASSWORD, startDovecot } from './dovecot-testing.ts'
import { readAccounts, sealSecrets } from './account.ts'
import { mailIntake } from './intake.ts'
import { openMailbox, somethingNew, waitingIn } from './mailbox.ts'
import { keepMailsIn } from './raw.ts'
import { mailTokens } from './token.ts'

const missing = noDovecot()
if (missing !== null) process.stderr.write(`${missing}\n`)

let server: Dovecot
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plumbline-mails-'))
  keepMailsIn(folder)
  vi.stubEnv('PLUMBLINE_SECRET', Buffer.alloc(32, 7).toString('base64url'))
  if (missing === null) server = await startDovecot()
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await server?.end()
  await rm(folder, { recursive: true, force: true })
})

/** A program that reads mailboxes, until it is stopped or the test ends. */
function reading(database: TestDatabase, now: () => Date = () => new Date()) {
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

async function account(database: TestDatabase, { address, customerId, port = server.port, password = PASSWORD }: Box) {
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

async function world() {
  const database = await testDatabase()
  const call = testCaller(database, routes, { listeners, jobs })
  const customer = await call('POST', '/customers', { name: 'Kunde', key: 'KD' })
  return { database, call, customerId: customer.body.id as string }
}

let count = 0
function mail(subject: string, fields: Readonly<Record<string, string>> = {}, text = 'Er druckt nicht.'): string {
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

async function received(database: TestDatabase) {
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

const soon = { timeout: 15_000, interval: 50 }

test.skipIf(missing !== null)(
  'a mail becomes a ticket, its answer a note, and a notice goes where it belongs',
  async () => {
    const { database, call, customerId } = await world()
    await account(database, { address: 'a@dienst.example', customerId })
    reading(database)
    await server.deliver('a@dienst.example', mail('Drücker geht nicht', { 'Message-ID': '<first@kunde.example>' }))
    await vi.waitFor(async () => expect(await received(database)).toHaveLength(1), soon)
    const { items } = (await call('GET', `/incidents?customer=${customerId}`)).body
    expect(items).toMatchObject([{ title: 'Drücker geht nicht', channel: 'mail', requester: { name: 'Eva Muster' } }])
    const { id } = items[0]

    await call('POST', `/incidents/${id}/transitions`, { to: 'in-progress' })
    await call('POST', `/incidents/${id}/transitions`, { to: 'on-hold', reason: 'awaiting-requester' })
    const { tokenOf } = await mailTokens()
    const answer = { 'In-Reply-To': `<x.${tokenOf(id).toUpperCase()}@dienst.example>` }
    await server.deliver(
      'a@dienst.example',
      mail('Re: ja', answer, 'Seit heute.\r\n\r\n> Seit wann?'),
      mail('Weg', { ...answer, 'Auto-Submitted': 'auto-replied' }, 'Bin weg.'),
    )
    await vi.waitFor(async () => expect(await received(database)).toHaveLength(3), soon)
    expect((await received(database)).map(({ subject, outcome, number }) => [subject, outcome, number])).toEqual([
      ['Drücker geht nicht', 'ticket', 'KD-1001'],
      ['Re: ja', 'reply', 'KD-1001'],
      ['Weg', 'automatic', 'KD-1001'],
    ])
    const after = await call('GET', `/incidents/${id}`)
    expect(after.body.state).toBe('in-progress')
    const timeline = await call('GET', `/incidents/${id}/timeline`)
    const told = timeline.body.items.filter(({ kind }: { kind: string }) => /answer|mail/.test(kind))
    expect(told).toMatchObject([
      { kind: 'incident.mail', visibility: 'internal', facts: { outcome: 'ticket', files: 0 } },
      {
        kind: 'incident.answer',
        visibility: 'public',
        facts: { text: 'Seit heute.', quoted: '> Seit wann?', author: 'Eva Muster' },
      },
      { kind: 'incident.mail', visibility: 'internal', facts: { outcome: 'automatic' } },
    ])
    await vi.waitFor(async () => expect(await server.read('a@dienst.example')).toBe(3), soon)
  },
)

test.skipIf(missing !== null)(
  'the same mail is taken once: delivered again, to two mailboxes, read by two programs',
  async () => {
    const { database, customerId } = await world()
    for (const address of ['b@dienst.example', 'c@dienst.example']) await account(database, { address, customerId })
    const same = mail('Einmal')
    await server.deliver(
      'b@dienst.example',
      same,
      same,
      ...Array.from({ length: 15 }, (_, index) => mail(`Viele ${index}`)),
    )
    await server.deliver('c@dienst.example', same)
    reading(database)
    reading(database)
    await vi.waitFor(async () => expect(await received(database)).toHaveLength(17), soon)
    await vi.waitFor(async () => expect(await server.read('b@dienst.example')).toBe(17), soon)
    const { rows } = await database.pool.query('select count(*)::int as many from incident')
    expect(rows).toEqual([{ many: 16 }])
    const twice = (await received(database)).filter(({ subject }) => subject === 'Einmal')
    expect(twice.map(({ outcome }) => outcome)).toEqual(['ticket', 'ticket'])
    expect(new Set(twice.map(({ number }) => number)).size).toBe(1)
  },
)

test.skipIf(missing !== null)('another mail under the same Message-ID is taken, too', async () => {
  const { database, customerId } = await world()
  await account(database, { address: 'd@dienst.example', customerId })
  const fields = { 'Message-ID': '<always@drucker.example>' }
  await server.deliver('d@dienst.example', mail('Toner leer', fields), mail('Papier leer', fields))
  reading(database)
  await vi.waitFor(
    async () => expect((await received(database)).map(({ outcome }) => outcome)).toEqual(['ticket', 'ticket']),
    soon,
  )
})

test.skipIf(missing !== null)(
  'another program takes over when one dies, and a server that was away is read on',
  async () => {
    const { database, customerId } = await world()
    const id = await account(database, { address: 'e@dienst.example', customerId })
    const first = reading(database)
    await server.deliver('e@dienst.example', mail('1'))
    await vi.waitFor(async () => expect(await received(database)).toHaveLength(1), soon)
    // As if it were killed: the database notices that the connection with its locks is gone.
    await database.pool.query(`select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory'`)
    await expect(first.done).rejects.toThrow(/connection|terminat/i)
    reading(database)
    await server.deliver('e@dienst.example', mail('2'))
    await vi.waitFor(async () => expect(await received(database)).toHaveLength(2), soon)

    await server.stop()
    const problem = () =>
      database.db.selectFrom('mailAccount').select('problem').where('id', '=', id).executeTakeFirst()
    await vi.waitFor(async () => expect((await problem())?.problem).not.toBeNull(), soon)
    await server.start()
    await server.deliver('e@dienst.example', mail('3'))
    await vi.waitFor(async () => expect(await received(database)).toHaveLength(3), soon)
    await vi.waitFor(async () => expect((await problem())?.problem).toBeNull(), soon)
  },
)

test.skipIf(missing !== null)('a server that hung up before anybody listened is missed at once', async () => {
  const { database, customerId } = await world()
  await account(database, { address: 'g@dienst.example', customerId })
  const [row] = await readAccounts(database.db)
  const client = await openMailbox(database.db, row!)
  try {
    await server.stop()
    await vi.waitFor(() => expect(client.usable).toBe(false), soon)
    const signal = new AbortController().signal
    await expect(somethingNew(client, signal)).rejects.toMatchObject({ code: 'NoConnection' })
    await expect(waitingIn(client, 0, { unread: true })).rejects.toMatchObject({ code: 'NoConnection' })
  } finally {
    client.close()
    await server.start()
  }
})

test.skipIf(missing !== null)('what is nobody’s waits, and so does the twenty-first of one sender', async () => {
  const { database, customerId } = await world()
  await account(database, { address: 'f@dienst.example' })
  await database.db.insertInto('customerMailDomain').values({ customerId, domain: 'kunde.example' }).execute()
  await server.deliver(
    'f@dienst.example',
    mail('Fremd', { From: 'x@anderswo.example' }),
    ...Array.from({ length: 22 }, (_, index) => mail(`Sturm ${index}`, { From: 'alarm@mail.kunde.example' })),
  )
  reading(database)
  await vi.waitFor(async () => expect(await received(database)).toHaveLength(23), soon)
  const outcomes = Object.groupBy(await received(database), ({ outcome }) => outcome)
  expect(outcomes['unassigned']?.map(({ subject }) => subject)).toEqual(['Fremd'])
  expect([outcomes['ticket']?.length, outcomes['held']?.length]).toEqual([20, 2])
})

test.skipIf(missing !== null)('why a mailbox cannot be read is said', async () => {
  const { database } = await world()
  const wrong = await account(database, { address: 'g@dienst.example', password: 'wrong' })
  const closed = await account(database, { address: 'h@dienst.example', port: 1 })
  reading(database)
  const problems = async () =>
    new Map(
      (await database.db.selectFrom('mailAccount').select(['id', 'problem']).execute()).map((row) => [
        row.id,
        row.problem,
      ]),
    )
  await vi.waitFor(async () => expect((await problems()).get(wrong)).toBe('sign-in'), soon)
  await vi.waitFor(async () => expect((await problems()).get(closed)).toBe('refused'), soon)
})

test('an answer to what is over opens another ticket', async () => {
  const { database, call, customerId } = await world()
  const declared = await call('POST', '/incidents', {
    customer: customerId,
    title: 'Alt',
    impact: 'low',
    urgency: 'low',
  })
  const { id } = declared.body
  await call('POST', `/incidents/${id}/transitions`, { to: 'cancelled' })
  const { takeAnswer } = await import('#modules/incidents')
  const answer = {
    text: 'Doch!',
    quoted: '',
    author: { id: null, name: '', email: 'eva@kunde.example' },
    mail: newId(),
  }
  expect(await inContext(database, (context) => takeAnswer(context, id, answer))).toBe('over')
})

const PROGRAM = fileURLToPath(new URL('program-testing.ts', import.meta.url))
const KILLS = 5
const MANY = 130

test.skipIf(missing !== null)(
  // Ten times, with the whole program: `npm run bench -- mail-kills`.
  'two programs that are killed again and again neither lose nor double a mail',
  async () => {
    const { database, customerId } = await world()
    await account(database, { address: 'k@dienst.example', customerId })
    const mails = Array.from({ length: MANY }, (_, index) => mail(`Nr. ${index}`, { From: `p${index}@kunde.example` }))
    const begin = () => spawn(process.execPath, [PROGRAM, database.url, folder], { stdio: 'ignore' })
    const programs: ChildProcess[] = [begin(), begin()]
    onTestFinished(() => programs.forEach((each) => each.kill('SIGKILL')))
    const taken = async () =>
      (await database.pool.query<{ many: number }>('select count(*)::int as many from received_mail')).rows[0]!.many
    for (let kill = 0; kill < KILLS; kill += 1) {
      const before = await taken()
      await server.deliver('k@dienst.example', ...mails.splice(0, MANY / KILLS))
      // In the midst of it: the one that was not killed last reads by now.
      await vi.waitFor(async () => expect(await taken()).toBeGreaterThan(before), { timeout: 60_000, interval: 10 })
      programs[kill % 2]!.kill('SIGKILL')
      programs[kill % 2] = begin()
    }
    await vi.waitFor(async () => expect(await taken()).toBe(MANY), { timeout: 60_000, interval: 50 })
    const { rows } = await database.pool.query(
      'select count(*)::int as many, count(distinct title)::int as titles from incident',
    )
    expect(rows).toEqual([{ many: MANY, titles: MANY }])
  },
  // Some programs begin, which takes a while where others work, too.
  240_000,
)
