import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import { jobs, listeners, routes } from '#app'
import { system } from '#platform/context.ts'
import { silent } from '#platform/log.ts'
import { actorWith, inContext, testCaller, testDatabase } from '#platform/testing.ts'
import { keepFilesIn } from '#platform/files/store.ts'
import { readAccounts } from './account.ts'
import { attachFilesOf } from './files.ts'
import { keepMail, keepMailsIn } from './raw.ts'
import { readMail } from './reading.ts'
import { sendOutgoing } from './send.ts'
import { takeMail } from './take.ts'
import { mailTokens } from './token.ts'

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

/** A real server that keeps what it is sent. `refuse` says with which reply it refuses a recipient. */
async function smtp() {
  const got: string[] = []
  const state: { refuse: (address: string) => number | null } = { refuse: () => null }
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onAuth: ({ password }, _, done) => (password === 'geheim' ? done(null, { user: 'u' }) : done(new Error('no'))),
    onRcptTo: ({ address }, _, done) => {
      const code = state.refuse(address)
      done(code === null ? null : Object.assign(new Error('refused'), { responseCode: code }))
    },
    onData: (stream, _, done) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        got.push(Buffer.concat(chunks).toString())
        done()
      })
    },
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())))
  return { got, state, port: (server.server.address() as { readonly port: number }).port }
}

async function world() {
  const { got, state, port } = await smtp()
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
  const arrive = async (raw: string) => {
    const bytes = Buffer.from(raw)
    const [account] = await readAccounts(database.db)
    const arrived = {
      account: account!,
      raw: await keepMail(Readable.from([bytes])),
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

const mail = (id: string, more = '') =>
  `From: Eva Muster <eva@kunde.example>\nSubject: Drucker\nMessage-ID: <${id}@kunde.example>\n${more}\nEr druckt nicht.`
const agent = actorWith('staff', ['agent', 'service-manager'])

async function asAgent({ database }: Awaited<ReturnType<typeof world>>) {
  await database.pool.query(`insert into person (id, name) values ($1, 'Anna Agent')`, [agent.personId])
  return { as: agent }
}

test('whoever wrote is told that it arrived, hears what is said to them, and is known when they answer', async () => {
  const all = await world()
  const { got, call, arrive, send, later } = all
  const as = await asAgent(all)
  const { incidentId } = await arrive(mail('1'))
  await send()
  expect(got).toHaveLength(1)
  const first = await readMail(Buffer.from(got[0]!))
  expect(first.text).toContain('KD-1001')
  expect([first.from?.name, first.recipients[0]?.address, first.answers]).toEqual([
    'Hilfe',
    'eva@kunde.example',
    ['1@kunde.example'],
  ])
  expect(first.headers.get('auto-submitted')).toEqual(['auto-replied'])
  // Our own mail that comes back begins nothing.
  expect(await arrive(got[0]!)).toMatchObject({ outcome: 'refused' })

  later(5)
  await call('POST', `/incidents/${incidentId}/notes`, { text: 'Wir <prüfen> das.', visibility: 'public' }, as)
  await call('POST', `/incidents/${incidentId}/notes`, { text: 'Geheim.', visibility: 'internal' }, as)
  await call('POST', `/incidents/${incidentId}/transitions`, { to: 'in-progress' }, as)
  await call(
    'POST',
    `/incidents/${incidentId}/transitions`,
    { to: 'on-hold', reason: 'awaiting-requester', note: 'Welches Modell?' },
    as,
  )
  await call.work()
  await send()
  expect(got).toHaveLength(3)
  const [, note, question] = await Promise.all(got.map((raw) => readMail(Buffer.from(raw))))
  expect(note?.text).toContain('Wir <prüfen> das.')
  expect(note?.html).toContain('Wir &lt;prüfen&gt; das.')
  expect(note?.headers.has('auto-submitted')).toBe(false)
  expect(question?.text).toContain('Welches Modell?')
  expect(got.join()).not.toContain('Geheim')

  const answered = await arrive(mail('2', `In-Reply-To: <${question!.messageId}>\n`))
  expect(answered).toEqual({ outcome: 'reply', incidentId })
  expect((await call('GET', `/incidents/${incidentId}`)).body.state).toBe('in-progress')
  await call('POST', `/incidents/${incidentId}/transitions`, { to: 'resolved', note: 'Kabel getauscht.' }, as)
  await call.work()
  await call.work()
  await send()
  expect(got).toHaveLength(4)
  expect((await readMail(Buffer.from(got[3]!))).text).toContain('Kabel getauscht.')
})

test('machines get no confirmation, and nobody more than one a minute', async () => {
  const { got, arrive, send, later } = await world()
  await arrive(mail('1'))
  await arrive(mail('2'))
  await arrive(mail('3', 'List-Id: <a.example>\n').replace('eva@', 'max@'))
  await arrive(mail('4', 'Auto-Submitted: auto-generated\n').replace('eva@', 'robot@'))
  await send()
  expect(got).toHaveLength(1)
  later(2)
  await arrive(mail('5'))
  await send()
  expect(got).toHaveLength(2)
})

test('a server that was away for a day gets everything later, once and in its order', async () => {
  const all = await world()
  const { got, state, call, arrive, send, later } = all
  const as = await asAgent(all)
  const { incidentId } = await arrive(mail('1'))
  state.refuse = () => 451
  for (const text of ['Erstens', 'Zweitens', 'Drittens']) {
    later(1)
    await call('POST', `/incidents/${incidentId}/notes`, { text, visibility: 'public' }, as)
    await call.work()
  }
  for (let hour = 0; hour < 24; hour += 1) {
    await send()
    later(60)
  }
  expect(got).toHaveLength(0)
  state.refuse = () => null
  later(5 * 60)
  await Promise.all([send(), send()])
  await send()
  const texts = await Promise.all(got.map(async (raw) => (await readMail(Buffer.from(raw))).text))
  expect(texts.map((text) => /Erstens|Zweitens|Drittens|Nummer|number/.exec(text)?.[0])).toEqual([
    expect.stringMatching(/Nummer|number/),
    'Erstens',
    'Zweitens',
    'Drittens',
  ])
})

test('an address that the server does not know is told in the history, and is not tried again', async () => {
  const { got, state, call, arrive, send, later } = await world()
  state.refuse = () => 550
  const { incidentId } = await arrive(mail('1'))
  await send()
  later(600)
  await send()
  expect(got).toHaveLength(0)
  const { body } = await call('GET', `/incidents/${incidentId}/timeline`)
  expect(body.items.at(-1)).toMatchObject({
    kind: 'incident.mail',
    facts: { outcome: 'bounce', recipient: 'eva@kunde.example' },
  })
})

test('files of a mail are there beside its incident, once', async () => {
  const { database, call, arrive } = await world()
  const parts = `Content-Type: multipart/mixed; boundary=b\n\n--b\n\nBild anbei.\n--b\nContent-Type: image/png; name=Bild.png\nContent-Transfer-Encoding: base64\n\niVBORw0KGgoAAAANSUhEUg==\n--b--\n`
  const { incidentId } = await arrive(
    `From: eva@kunde.example\nSubject: Drucker\nMessage-ID: <1@kunde.example>\nMIME-Version: 1.0\n${parts}`,
  )
  const { rows } = await database.pool.query<{ id: string }>('select id from received_mail')
  await attachFilesOf(
    { ...jobWorldOf(database), inTransaction: (act) => inContext(database, act, { actor: system }) },
    rows[0]!.id,
  )
  const { body } = await call('GET', `/incidents/${incidentId}/attachments`)
  expect(body.items).toMatchObject([{ name: 'Bild.png', type: 'image/png', visibility: 'public' }])
})

function jobWorldOf(database: Awaited<ReturnType<typeof testDatabase>>) {
  return { ...database, now: () => new Date(), log: silent, signal: new AbortController().signal }
}

test('whoever reported what many suffer from reads how it stands, once, in the thread of their own report', async () => {
  const all = await world()
  const { got, call, arrive, send, database } = all
  const as = await asAgent(all)
  const parent = await arrive(mail('1'))
  await arrive(mail('2').replaceAll('Eva Muster <eva@', 'Otto <otto@'))
  await arrive(mail('3').replaceAll('Eva Muster <eva@', 'Otto <otto@'))
  const declared = await call(
    'POST',
    '/major-incidents',
    { incident: parent.incidentId, criteria: ['many-users'], commander: agent.personId },
    as,
  )
  expect(declared.status, declared.text).toBe(201)
  const { items } = (await call('GET', '/incidents?sort=-openedAt')).body
  const children = items.map(({ id }: { id: string }) => id).filter((id: string) => id !== parent.incidentId)
  const joined = await call('POST', `/major-incidents/${declared.body.id}/children`, { incidents: children }, as)
  expect(joined.status, joined.text).toBeLessThan(300)
  await send()
  got.length = 0
  const tell = jobs.find(({ job }) => job.name === 'mail.update')!
  const updates = () =>
    database.db
      .selectFrom('history')
      .select(['id', 'subjectId', 'occurredAt'])
      .where('kind', '=', 'major-incident.update')
      .execute()
  const english = { audiences: ['users'], language: 'en', text: 'We look for the cause.', nextMinutes: 30 }
  expect((await call('POST', `/major-incidents/${declared.body.id}/updates`, english, as)).status).toBe(201)
  for (const { id, subjectId, occurredAt } of await updates())
    await tell.run(all.jobWorld(), { subjectId, factId: id, at: occurredAt.toISOString() })
  await send()
  expect(got.filter((each) => each.includes('Diese Nachricht gibt es nur auf Englisch.'))).toHaveLength(2)
  got.length = 0
  const update = {
    audiences: ['users', 'technicians'],
    language: 'de',
    text: 'Der Spooler läuft wieder an.',
    nextMinutes: 30,
  }
  for (const [language, text] of [
    ['de', update.text],
    ['en', 'The spooler comes back.'],
  ] as const)
    expect(
      (await call('POST', `/major-incidents/${declared.body.id}/updates`, { ...update, language, text }, as)).status,
    ).toBe(201)
  const told = await updates()
  for (const { id, subjectId, occurredAt } of [...told, ...told])
    await tell.run(all.jobWorld(), { subjectId, factId: id, at: occurredAt.toISOString() })
  await send()
  expect(got.map((each) => /^To: (.*)\r$/m.exec(each)![1]!).toSorted()).toEqual([
    'Eva Muster <eva@kunde.example>',
    'Otto <otto@kunde.example>',
  ])
  const letter = got.find((each) => each.includes('otto@'))!
  expect(letter).toContain('Der Spooler l=C3=A4uft wieder an.')
  expect(letter).toContain('10:30')
  expect(letter).toMatch(/^In-Reply-To:/m)
  expect(letter).toMatch(/^Subject: Re: Drucker \[KD-1002\]/m)
})
