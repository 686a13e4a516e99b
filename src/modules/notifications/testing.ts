import { createDecipheriv, createECDH, type ECDH, hkdfSync, randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { expect, onTestFinished } from 'vitest'
import { jobs, listeners, routes } from '#app'
import { newId } from '#core/id.ts'
import { actorsOf } from '#modules/people'
import { type Actor, system } from '#platform/context.ts'
import { silent } from '#platform/log.ts'
import { inContext, testCaller, testDatabase } from '#platform/testing.ts'
import { testMailServer } from '#platform/testing/mail-server.ts'
import type { JobWorld } from '#platform/worker.ts'

/**
 * A push service that answers with what `state.status` says, and the browser behind it: what comes is opened with the keys
 * that the browser alone has (RFC 8291), as it would be shown there.
 */
async function pushService() {
  const state = { status: 201, got: 0 }
  const shown: unknown[] = []
  const browser = createECDH('prime256v1')
  browser.generateKeys()
  const auth = randomBytes(16)
  const take = async (request: IncomingMessage, reply: ServerResponse) => {
    state.got += 1
    const sealed = await buffer(request)
    if (state.status < 300) shown.push(JSON.parse(opened(sealed, browser, auth)))
    reply.writeHead(state.status).end()
  }
  const server = createServer((request, reply) => void take(request, reply))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => new Promise<void>((resolve) => void server.close(() => resolve())))
  const keys = { p256dh: browser.getPublicKey('base64url'), auth: auth.toString('base64url') }
  return { state, shown, keys, url: `http://127.0.0.1:${(server.address() as { readonly port: number }).port}/one` }
}

/** The text of a message of one record (RFC 8188), by the order of its bytes and not by the code that made it. */
function opened(sealed: Buffer, browser: ECDH, auth: Buffer): string {
  const [salt, keyEnd] = [sealed.subarray(0, 16), 21 + sealed.readUInt8(20)]
  const theirs = sealed.subarray(21, keyEnd)
  const derived = (key: Buffer, from: Buffer, info: string | Buffer, length: number) =>
    Buffer.from(hkdfSync('sha256', key, from, info, length))
  const both = Buffer.concat([Buffer.from('WebPush: info\0'), browser.getPublicKey(), theirs])
  const key = derived(browser.computeSecret(theirs), auth, both, 32)
  const decipher = createDecipheriv(
    'aes-128-gcm',
    derived(key, salt, 'Content-Encoding: aes128gcm\0', 16),
    derived(key, salt, 'Content-Encoding: nonce\0', 12),
  )
  decipher.setAuthTag(sealed.subarray(-16))
  const plain = Buffer.concat([decipher.update(sealed.subarray(keyEnd, -16)), decipher.final()])
  return plain.subarray(0, plain.lastIndexOf(2)).toString()
}

/** Two customers, and people of all kinds who can sign in; mails and push messages go to servers of the test's own. */
export async function notificationWorld() {
  const mail = await testMailServer()
  const push = await pushService()
  const database = await testDatabase()
  let now = new Date('2026-03-02T09:00Z')
  const call = testCaller(database, routes, { listeners, jobs, now: () => now })
  const made = async (path: string, body: object) => {
    const reply = await call('POST', path, body)
    expect(reply.status, reply.text).toBe(201)
    return reply.body
  }
  const customer = await made('/customers', { name: 'Nordhafen', key: 'NHL' })
  const foreign = await made('/customers', { name: 'Brackwater', key: 'BRA' })
  const team = await made('/teams', { name: 'Netz' })
  // The push service of the test lies within.
  const settings = await call('GET', '/settings')
  const match = { headers: { 'if-match': String(settings.headers['etag']) } }
  await call('PATCH', '/settings', { outgoingNetworks: ['127.0.0.0/8'] }, match)
  await made('/mail-accounts', {
    address: 'desk@dienst.example',
    imap: { host: '127.0.0.1', port: 1, security: 'none' },
    smtp: { host: '127.0.0.1', port: mail.port, security: 'none' },
    userName: 'u',
    secret: 'geheim',
  })
  /** Somebody with an account and one role. */
  const join = async (name: string, role: string, of: string | null = null) => {
    const id = newId()
    const { pool } = database
    const own = ['customer-stakeholder', 'requester'].includes(role) ? of : null
    const email = `${name.toLowerCase()}@x.example`
    await pool.query(
      `insert into person (id, name, email, language, customer_id, time_zone, created_at) values ($1, $2, $3, 'en', $4, 'Europe/Berlin', now())`,
      [id, name, email, own],
    )
    await pool.query(`insert into account (person_id, email) values ($1, $2)`, [id, email])
    await pool.query(
      `insert into role_assignment (id, person_id, role, customer_id, valid_from) values ($1, $2, $3, $4, '2026-01-01')`,
      [newId(), id, role, of],
    )
    return id
  }
  /** As they would ask now. */
  const as = async (id: string): Promise<Actor> => {
    const actors = await inContext(database, (context) => actorsOf(context, [id]), { actor: system, now })
    return actors.get(id)!
  }
  const of = async (id: string, query = '') =>
    (await call('GET', `/notifications${query}`, undefined, { as: await as(id) })).body.items as {
      id: string
      kind: string
      title: string
      text: string
      about: string
      path: string
    }[]
  const queued: [string, object][] = []
  const jobWorld = (): JobWorld => ({
    ...database,
    now: () => now,
    log: silent,
    signal: new AbortController().signal,
    inTransaction: (act) =>
      inContext(
        database,
        (context) =>
          act({ ...context, listeners, enqueue: async ({ name }, payload) => void queued.push([name, payload]) }),
        { actor: system, now },
      ),
  })
  /** Does what is queued, by requests and by jobs. */
  const work = async () => {
    await call.work()
    for (const [name, payload] of queued.splice(0)) {
      await jobs.find(({ job }) => job.name === name)!.run(jobWorld(), payload)
    }
  }
  return {
    mail,
    push,
    database,
    call,
    made,
    customer,
    foreign,
    team,
    join,
    as,
    of,
    jobWorld,
    work,
    /** Sends what lies in the outbox. */
    send: () => jobs.find(({ job }) => job.name === 'mail.send')!.run(jobWorld(), {}),
    at: (next: string) => (now = new Date(next)),
    declare: (more: object = {}) =>
      made('/incidents', { customer: customer.id, title: 'Scanner', impact: 'low', urgency: 'low', ...more }),
  }
}
