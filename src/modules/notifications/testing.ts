import { createServer } from 'node:http'
import { SMTPServer } from 'smtp-server'
import { expect, onTestFinished } from 'vitest'
import { jobs, listeners, routes } from '#app'
import { newId } from '#core/id.ts'
import { actorsOf } from '#modules/people'
import { type Actor, system } from '#platform/context.ts'
import { silent } from '#platform/log.ts'
import { inContext, testCaller, testDatabase } from '#platform/testing.ts'
import type { JobWorld } from '#platform/worker.ts'

/** A real mail server that keeps what it is sent, and refuses recipients for whom `refuse` gives a code. */
async function smtp() {
  const got: string[] = []
  const state: { refuse: (address: string) => number | null } = { refuse: () => null }
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onAuth: (_, __, done) => done(null, { user: 'u' }),
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

/** A push service that answers with what `state.status` says and counts. */
async function pushService() {
  const state = { status: 201, got: 0 }
  const server = createServer((request, reply) => {
    state.got += 1
    request.resume().on('end', () => reply.writeHead(state.status).end())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => new Promise<void>((resolve) => void server.close(() => resolve())))
  return { state, url: `http://127.0.0.1:${(server.address() as { readonly port: number }).port}/one` }
}

/** Two customers, and people of all kinds who can sign in; mails and push messages go to servers of the test's own. */
export async function notificationWorld() {
  const mail = await smtp()
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
