import fastify from 'fastify'
import { expect, test } from 'vitest'
import { silent } from '#platform/log.ts'
import { actorWith } from '#platform/testing.ts'
import { testWorld } from '../../testing.ts'
import type { StatusContent } from './status-content.ts'
import { statusBoard } from './status-board.ts'
import { statusHtml } from './status-html.ts'

const began = new Date('2026-03-02T09:00:00Z')

/** A customer, and the status page as a process serves it. */
async function served() {
  const world = await testWorld({ now: began })
  let moment = began
  const { db, pool } = world.database
  const board = statusBoard()
  const server = fastify()
  board.serve(server)
  const refresh = () =>
    board.loop.run({
      db,
      pool,
      now: () => moment,
      log: silent,
      signal: new AbortController().signal,
      inTransaction: () => Promise.reject(new Error('It only reads.')),
    })
  const made = async (path: string, body: object) => {
    const reply = await world.call('POST', path, body)
    expect([200, 201], reply.text).toContain(reply.status)
    return reply.body
  }
  const customer = await made('/customers', { name: 'Mühle <Nord>', key: 'MN', timeZone: 'Europe/Berlin' })
  const service = await made('/services', { customer: customer.id, name: 'Orders & stock' })
  const page = await made('/status-pages', { customer: customer.id, audience: 'users' })
  const read = async (path = page.path as string, headers: Record<string, string> = {}) =>
    server.inject({ url: path, headers })
  const at = (minutes: number) => {
    moment = new Date(began.getTime() + minutes * 60_000)
    world.at(moment.toISOString())
  }
  return { ...world, made, customer, service, page, read, refresh, at }
}

test('a status page tells its audience in both languages what is known, and nothing else', async () => {
  const { made, call, customer, service, page, read, refresh, at, database } = await served()
  expect((await read()).statusCode).toBe(503)
  await refresh()
  const calm = await read()
  expect(calm.body).toContain('All services work as agreed.')
  expect(calm.headers['cache-control']).toBe('public, max-age=5')
  expect((await read(page.path, { 'if-none-match': String(calm.headers.etag) })).statusCode).toBe(304)
  const id = crypto.randomUUID()
  await database.pool.query('insert into person (id, name) values ($1, $2)', [id, 'Ada Lead'])
  const incident = await made('/incidents', {
    customer: customer.id,
    title: 'Mr Secret cannot order',
    impact: 'high',
    urgency: 'high',
    service: service.id,
  })
  const major = await made('/major-incidents', { incident: incident.id, criteria: ['executive'], commander: id })
  at(10)
  const tell = (audience: string, text: string, language = 'en') =>
    made(`/major-incidents/${major.id}/updates`, { audiences: [audience], language, text, nextMinutes: 30 })
  await tell('users', 'Write on paper, please. <b>')
  await tell('users', 'Bitte auf Papier schreiben.', 'de')
  await tell('customer', 'For the customer’s leaders')
  await tell('technicians', 'Database is full')
  // What is in memory is what is told, until the next look.
  expect((await read()).body).toBe(calm.body)
  await refresh()
  const { body } = await read()
  expect(body).toContain('Orders &amp; stock')
  expect(body).toContain('Mühle &lt;Nord&gt;')
  expect(body).toContain('Write on paper, please. &lt;b&gt;')
  expect(body).toContain('10:40')
  for (const hidden of ['Secret', 'Ada', 'MN-', 'leaders', 'Database is full', 'Papier', 'teams.example', '40 users'])
    expect(body).not.toContain(hidden)
  const leaders = await made('/status-pages', { customer: customer.id, audience: 'leaders' })
  const technicians = await made('/status-pages', { customer: customer.id, audience: 'technicians' })
  const impact = { affectedUsers: 40, businessImpact: 'No lorry leaves.', bridge: 'https://teams.example/1' }
  const { version } = (await call('GET', `/major-incidents/${major.id}`)).body
  const headers = { 'if-match': `"${version}"` }
  expect((await call('PATCH', `/major-incidents/${major.id}`, impact, { headers })).status).toBe(200)
  await refresh()
  const [above, beside] = [(await read(leaders.path)).body, (await read(technicians.path)).body]
  expect(above).toContain('40 users are affected.')
  expect(above).toContain('No lorry leaves.')
  for (const hidden of ['Database is full', 'MN-', 'teams.example']) expect(above).not.toContain(hidden)
  expect(beside).toContain('Database is full')
  expect(beside).toContain(`Incident ${incident.number}.`)
  expect(beside).toContain('https://teams.example/1')
  for (const each of [above, beside]) expect(each).not.toContain('Secret')
  const german = await read(page.path, { 'accept-language': 'de-AT,de;q=0.9' })
  expect(german.body).toContain('Bitte auf Papier schreiben.')
  expect((await read(`${page.path}?lang=en`, { 'accept-language': 'de' })).body).toBe(body)
})

test('an address that was taken back, and one that never was, lead to the same nothing', async () => {
  const { page, read, refresh, call, customer } = await served()
  await refresh()
  expect((await read()).statusCode).toBe(200)
  const again = await call('POST', '/status-pages', { customer: customer.id, audience: 'users' })
  expect(again).toMatchObject({ status: 409, body: { code: 'status-page.there-already' } })
  const agent = actorWith('staff', ['agent'])
  expect((await call('DELETE', `/status-pages/${page.id}`, undefined, { as: agent })).status).toBe(403)
  expect((await call('DELETE', `/status-pages/${page.id}`)).status).toBe(204)
  await refresh()
  const [revoked, unknown] = [await read(), await read('/status/never')]
  expect([revoked.statusCode, unknown.statusCode]).toEqual([404, 404])
  expect(revoked.body).toBe(unknown.body)
  expect((await call('GET', '/status-pages')).body.items).toEqual([])
})

test('what is over is told for a fortnight with how long it was', () => {
  const at = (day: number, hour: number) => new Date(Date.UTC(2026, 2, day, hour))
  const content: StatusContent = {
    fingerprint: '',
    customer: 'Mühle',
    timeZone: 'Europe/Berlin',
    language: 'de',
    provider: 'Lotwerk',
    current: [],
    past: [
      {
        state: 'review-done',
        services: ['Orders'],
        sites: [],
        since: at(2, 9),
        restoredAt: at(2, 11),
        nextUpdateDue: null,
        affectedUsers: null,
        businessImpact: null,
        number: null,
        bridge: null,
        updates: [{ at: at(2, 11), language: 'en', text: 'It works again.' }],
      },
    ],
  }
  const html = statusHtml(content, 'de', at(5, 9))
  expect(html).toContain('Alle Services laufen wie vereinbart.')
  expect(html).toMatch(/Orders<\/b> ab .*2\. März.* 10:00.*, 2 Std\. lang\./)
  expect(html).toContain('<p lang="en">It works again.</p>')
})
