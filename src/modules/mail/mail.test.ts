import { mkdtemp, rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { actorWith, inContext, type TestDatabase } from '#platform/testing.ts'
import { type Context, system } from '#platform/context.ts'
import { silent } from '#platform/log.ts'
import { testWorld } from '../../testing.ts'
import { readAccounts } from './account.ts'
import { keepMail, keepMailsIn } from './raw.ts'
import { readMail } from './reading.ts'
import { takeMail } from './take.ts'
import { mailTokens } from './token.ts'
import { mailJobs } from './worker.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plumbline-mails-'))
  keepMailsIn(folder)
  vi.stubEnv('PLUMBLINE_SECRET', Buffer.alloc(32, 7).toString('base64url'))
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await rm(folder, { recursive: true, force: true })
})

const now = new Date('2026-03-02T09:00Z')
const box = {
  address: 'Hilfe@dienst.example',
  imap: { host: 'imap.dienst.example', port: 993, security: 'tls' },
  userName: 'hilfe',
  secret: 'geheim',
}

/** A mail that came to the only mailbox there is. */
async function arrive(database: TestDatabase, raw: string) {
  const bytes = Buffer.from(raw.replaceAll('\n', '\r\n'))
  const [account] = await readAccounts(database.db)
  const kept = await keepMail(Readable.from([bytes]))
  const [reading, tokens] = [await readMail(bytes), await mailTokens()]
  return inContext(
    database,
    (context) => takeMail(context, { account: account!, raw: kept, reading, receivedAt: now }, tokens),
    { actor: system, now },
  )
}

async function boxedWorld(account: object = {}) {
  const world = await testWorld({ now })
  const { body: customer } = await world.call('POST', '/customers', { name: 'Kunde', key: 'KD' })
  const added = await world.call('POST', '/mail-accounts', { ...box, ...account })
  expect(added.status, added.text).toBe(201)
  return { ...world, customer, account: added.body }
}

test('a mailbox is kept by administrators, its password is never told, nor given to another server', async () => {
  const { call, account } = await boxedWorld()
  expect(account).toMatchObject({ address: 'hilfe@dienst.example', oauth: null, trouble: null })
  const list = await call('GET', '/mail-accounts')
  expect(list.text).not.toContain('geheim')
  const as = actorWith('staff', ['agent'])
  expect((await call('GET', '/mail-accounts', undefined, { as })).status).toBe(403)
  const headers = { 'if-match': '"1"' }
  const imap = { ...box.imap, host: 'imap.elsewhere.example' }
  const elsewhere = await call('PATCH', `/mail-accounts/${account.id}`, { imap }, { headers })
  expect([elsewhere.status, elsewhere.body.code]).toEqual([400, 'mail.secret-needed'])
  const paused = await call('PATCH', `/mail-accounts/${account.id}`, { paused: true }, { headers })
  expect(paused.body).toMatchObject({ paused: true, version: 2 })
  const twice = await call('POST', '/mail-accounts', box)
  expect(twice.body.code).toBe('mail.address-taken')
})

test('a trial of a mailbox says in a sentence what is wrong', async () => {
  const imap = { host: '127.0.0.1', port: 1, security: 'none' }
  const { call, account } = await boxedWorld({ imap, smtp: { ...imap, port: 2 } })
  const { body } = await call('POST', `/mail-accounts/${account.id}/trial`)
  expect(body.imap.sentence).toBe(
    'Nobody answers at 127.0.0.1, port 1. Check the port, and whether a firewall is between.',
  )
  expect(body.smtp.sentence).toContain('port 2')
})

test('a mail of nobody known waits, is assigned, and its domain remembered', async () => {
  const { call, database, customer } = await boxedWorld()
  const raw = (id: string) =>
    `From: Eva <eva@kunde.example>\nSubject: Drücker <${id}>\nMessage-ID: <${id}@kunde.example>\nContent-Type: text/html; charset=utf-8\n\n<p>Siehe <b>hier</b><img src="https://track.example/1.gif"></p>`
  expect(await arrive(database, raw('1'))).toMatchObject({ outcome: 'unassigned' })
  const waiting = await call('GET', '/received-mails?waiting=true')
  expect(waiting.body.items).toMatchObject([{ outcome: 'unassigned', from: { address: 'eva@kunde.example' } }])
  const { id } = waiting.body.items[0]
  const read = await call('GET', `/received-mails/${id}`)
  expect(read.body).toMatchObject({ text: 'Siehe hier', html: '<p>Siehe <b>hier</b></p>', parts: [], pictures: 1 })
  // In a frame of its own it runs nothing, and fetches pictures only when somebody asked for them.
  const view = await call('GET', `/received-mails/${id}/view`)
  expect(view.text).not.toContain('track.example')
  expect(view.headers['content-security-policy']).toMatch(/^default-src 'none'; img-src data:; .*sandbox allow-popups/)
  const fetched = await call('GET', `/received-mails/${id}/view?pictures=true`)
  expect(fetched.text).toContain('<img src="https://track.example/1.gif" />')
  expect(fetched.headers['content-security-policy']).toContain('img-src data: https:;')
  expect((await call('GET', `/received-mails/${id}/raw`)).bytes.toString()).toContain('track.example')

  const assigned = await call('POST', `/received-mails/${id}/assignment`, { customer: 'Kunde', remember: true })
  expect(assigned.body.outcome).toBe('ticket')
  const incident = await call('GET', `/incidents/${assigned.body.incidentId}`)
  expect(incident.body).toMatchObject({ title: 'Drücker <1>', description: 'Siehe hier', channel: 'mail' })
  const again = await call('POST', `/received-mails/${id}/assignment`, { customer: 'Kunde' })
  expect(again.body.code).toBe('mail.not-waiting')
  const domains = await call('GET', `/customers/${customer.id}/mail-domains`)
  expect(domains.body.domains).toEqual(['kunde.example'])
  expect(await arrive(database, raw('2').replace('eva@', 'max@'))).toMatchObject({ outcome: 'ticket' })
})

test('an answer to a closed incident opens another that is linked to it', async () => {
  const { call, database, customer } = await boxedWorld()
  const first = await call('POST', '/incidents', { customer: customer.id, title: 'Alt', impact: 'low', urgency: 'low' })
  await call('POST', `/incidents/${first.body.id}/transitions`, { to: 'cancelled' })
  const { tokenOf } = await mailTokens()
  const raw = `From: eva@kunde.example\nSubject: Re: Alt\nIn-Reply-To: <1.${tokenOf(first.body.id)}@dienst.example>\n\nDoch!`
  const taken = await arrive(database, raw)
  expect(taken).toMatchObject({ outcome: 'ticket' })
  expect(taken?.incidentId).not.toBe(first.body.id)
  const link = mailJobs.find(({ job }) => job.name === 'mail.link')!
  const inTransaction = <Result>(act: (context: Context) => Promise<Result>) =>
    inContext(database, act, { actor: system, now })
  const world = { ...database, now: () => now, log: silent, signal: new AbortController().signal, inTransaction }
  // It may be done twice.
  for (const _ of [1, 2]) await link.run(world, { from: taken!.incidentId, to: first.body.id })
  const links = await call('GET', `/incidents/${first.body.id}/links`)
  expect(links.body.items).toMatchObject([{ kind: 'relates-to', incident: { id: taken!.incidentId } }])
})

test('a mail that waits can be put aside, and is still there to be read', async () => {
  const { call, database } = await boxedWorld()
  await arrive(database, 'From: spam@anderswo.example\nSubject: Gewonnen!\n\nHallo')
  const { id } = (await call('GET', '/received-mails?waiting=true')).body.items[0]
  expect((await call('POST', `/received-mails/${id}/dismissal`)).body.outcome).toBe('refused')
  expect((await call('GET', '/received-mails?waiting=true')).body.items).toEqual([])
  expect((await call('GET', '/received-mails?outcome=refused')).body.items).toMatchObject([{ id }])
})

test('a mail whose words were taken away says when, instead of failing, and waits for nobody', async () => {
  const { call, database } = await boxedWorld()
  await arrive(database, 'From: eva@anderswo.example\nSubject: Drucker\n\nHallo')
  const { id } = (await call('GET', '/received-mails?waiting=true')).body.items[0]
  const emptied = `from_name = '', from_address = null, subject = '', recipient = '', emptied_at = $1`
  await database.pool.query(`update received_mail set ${emptied}`, [now])

  const read = await call('GET', `/received-mails/${id}`)
  expect(read.body).toMatchObject({ emptiedAt: now.toISOString(), subject: '', text: '', html: null, parts: [] })
  expect((await call('GET', '/received-mails?waiting=true')).body.items).toEqual([])
  const refusals = [
    await call('GET', `/received-mails/${id}/raw`),
    await call('GET', `/received-mails/${id}/view`),
    await call('POST', `/received-mails/${id}/assignment`, { customer: 'Kunde' }),
  ]
  expect(refusals.map(({ status, body }) => [status, body.code])).toEqual(refusals.map(() => [422, 'mail.emptied']))
  expect(refusals[0]!.body.detail).toMatch(/^What this mail said was deleted on .* and is no more\.$/)
})

test('what a mail says is changed for everybody or one customer, in fields that there are', async () => {
  const { call, customer } = await boxedWorld()
  const path = '/mail-templates/received/de'
  const own = { customer: customer.id, subject: 'Da: {title}', body: 'Hallo {name}, {number}' }
  const wrong = await call('PUT', path, { ...own, body: 'Hallo {vorname}' })
  expect([wrong.status, wrong.body.code, wrong.body.errors[0].path]).toEqual([400, 'mail.template-field', 'body'])
  expect(wrong.body.detail).toContain('{vorname}')
  expect((await call('PUT', path, own)).body).toMatchObject({ origin: 'customer' })
  const of = async (query: string) => {
    const { body } = await call('GET', `/mail-templates${query}`)
    return body.items.find(
      (each: { kind: string; language: string }) => each.kind === 'received' && each.language === 'de',
    )
  }
  expect(await of(`?customer=${customer.id}`)).toMatchObject({ subject: 'Da: {title}', origin: 'customer' })
  expect(await of('')).toMatchObject({ subject: '{title} [{number}]', origin: 'program' })
  await call('DELETE', `${path}?customer=${customer.id}`)
  expect(await of(`?customer=${customer.id}`)).toMatchObject({ origin: 'program' })
})

test('what comes to a mailbox is about its service, as far as the sender’s customer has it', async () => {
  const { call, database, account, customer } = await boxedWorld()
  const { body: other } = await call('POST', '/customers', { name: 'Andere', key: 'AN' })
  await call('PUT', `/customers/${other.id}/mail-domains`, { domains: ['andere.example'] })
  await call('POST', '/services', { name: 'Druck', customer: customer.id })
  const change = (body: object, version: number) =>
    call('PATCH', `/mail-accounts/${account.id}`, body, { headers: { 'if-match': `"${version}"` } })
  expect((await change({ service: 'Druck' }, 1)).body.code).toBe('service.not-found')
  const set = await change({ customer: customer.id, service: 'Druck' }, 1)
  expect(set.body).toMatchObject({ service: { name: 'Druck' }, customer: { name: 'Kunde' } })
  await arrive(database, 'From: eva@kunde.example\nSubject: Papierstau\nMessage-ID: <1@x>\n\nEs staut sich.')
  await arrive(database, 'From: otto@andere.example\nSubject: Toner leer\nMessage-ID: <2@x>\n\nEr ist leer.')
  const { items } = (await call('GET', '/incidents?sort=-openedAt')).body
  expect(
    items
      .map(({ title, service }: { title: string; service: { name: string } | null }) => [title, service?.name])
      .toSorted(),
  ).toEqual([
    ['Papierstau', 'Druck'],
    ['Toner leer', undefined],
  ])
  expect((await change({ customer: other.id }, 2)).body).toMatchObject({ service: null, customer: { name: 'Andere' } })
})
