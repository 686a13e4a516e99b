import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { actorWith } from '#platform/testing.ts'
import { testWorld } from '../../testing.ts'
import { PAUSED_AFTER, waitAfter } from './schedule.ts'
import { signedHeaders } from './signature.ts'
import { allowing, employ, type Got, receiver } from './testing.ts'

test('the signature is that of Standard Webhooks, one for each secret', () => {
  const id = 'msg_p5jXN8AQM9LWM0D4loKWxJek'
  const body = '{"test": 2432232314}'
  const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
  const headers = signedHeaders({ id, at: new Date(1_614_265_330_000), body }, [secret, secret])
  const signature = 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE='
  expect(headers).toEqual({
    'webhook-id': id,
    'webhook-timestamp': '1614265330',
    'webhook-signature': `${signature} ${signature}`,
  })
})

test('the next attempt follows later each time, a little apart from others, and after nine there is none', () => {
  const waits = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((attempts) => waitAfter(attempts, 0)!)
  expect(waits.toSorted((one, other) => one - other)).toEqual(waits)
  expect(waits[0]).toBe(5000)
  expect(waitAfter(1, 1)).toBe(5500)
  expect(waitAfter(10, 0)).toBeNull()
})

async function world() {
  const { call, work, at, database } = await testWorld()
  const made = async (path: string, body: object, status = 201) => {
    const reply = await call('POST', path, body, { as: manager })
    expect(reply.status, reply.text).toBe(status)
    return reply.body
  }
  const manager = actorWith('staff', ['administrator', 'service-manager'])
  await employ(database, manager)
  const allow = allowing(call)
  const customer = await made('/customers', { name: 'Nordhafen' })
  const declare = (title: string, more: object = {}) =>
    made('/incidents', { customer: customer.id, title, impact: 'high', urgency: 'high', ...more })
  return { call, work, at, made, allow, declare, customer, manager, database }
}

test('a fact is told once, signed, with what its owner sees, and an answer that fails is tried again until it is taken', async () => {
  const { call, work, at, made, allow, declare, manager } = await world()
  const { got, answer, url } = await receiver()
  await allow(['127.0.0.0/8'])
  const kinds = ['incident.opened', 'incident.note_added', 'incident.assigned']
  const { secret, ...webhook } = await made('/webhooks', { name: 'Pager', url, kinds })
  expect(webhook).toMatchObject({ owner: { name: 'Mia' }, pausedAt: null })
  expect(JSON.stringify((await call('GET', '/webhooks')).body)).not.toContain(secret)

  const incident = await declare('Scanner')
  const note = (text: string, visibility: string) =>
    call('POST', `/incidents/${incident.id}/notes`, { text, visibility }, { as: manager })
  await note('among ourselves', 'internal')
  answer.status = 500
  await work()
  expect(got).toHaveLength(1)
  const [{ headers, body }] = got as [Got]
  expect(JSON.parse(body)).toMatchObject({
    type: 'incident.opened',
    timestamp: '2026-03-02T09:00:00.000Z',
    data: { incident: { number: incident.number, title: 'Scanner', customer: { name: 'Nordhafen' } }, change: {} },
  })
  const signed = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64')
  expect(headers['webhook-signature']).toBe(`v1,${createHmac('sha256', key).update(signed).digest('base64')}`)

  const list = async (state = '') =>
    (await call('GET', `/webhooks/${webhook.id}/deliveries${state && `?state=${state}`}`)).body.items
  const [waiting] = await list('waiting')
  expect(waiting).toMatchObject({ kind: 'incident.opened', attempts: 1, last: { status: 500 } })
  const waits = Date.parse(waiting.dueAt) - Date.parse('2026-03-02T09:00:00Z')
  expect(waits).toBeGreaterThanOrEqual(5000)
  expect(waits).toBeLessThanOrEqual(5500)

  // What is due goes out with whatever goes out next, under the id that it had.
  answer.status = 204
  at('2026-03-02T09:00:06Z')
  await note('for the customer', 'public')
  await work()
  const kindsGot = got.map(({ body: each }) => JSON.parse(each).type as string)
  expect(kindsGot.filter((kind) => kind === 'incident.note_added')).toHaveLength(1)
  expect(kindsGot.filter((kind) => kind === 'incident.opened')).toHaveLength(2)
  expect(got.filter(({ headers: each }) => each['webhook-id'] === waiting.id)).toHaveLength(2)
  expect(await list()).toMatchObject([{ state: 'delivered' }, { state: 'delivered', attempts: 2 }])
  const page = (await call('GET', `/webhook-deliveries/${waiting.id}`)).body
  expect(page.log).toMatchObject([{ status: 204 }, { status: 500, answer: 'said' }])
  expect(page.body).toBe(body)

  expect((await call('POST', `/webhook-deliveries/${waiting.id}/replay`, {}, { as: manager })).status).toBe(200)
  const renewed = await made(`/webhooks/${webhook.id}/secret`, {}, 200)
  expect(renewed.secret).not.toBe(secret)
  await work()
  expect(got.at(-1)!.headers['webhook-id']).toBe(waiting.id)
  expect(String(got.at(-1)!.headers['webhook-signature']).split(' ')).toHaveLength(2)
})

test('after many failures nothing more is sent until somebody resumes it, and who is gone is not asked again', async () => {
  const { call, work, made, allow, declare, manager, database } = await world()
  const { got, answer, url } = await receiver()
  await allow(['127.0.0.0/8'])
  const { id } = await made('/webhooks', { name: 'Pager', url, kinds: ['incident.opened'] })
  await database.pool.query(
    `insert into account (person_id, email) values ($1, 'mia@desk.example') on conflict do nothing`,
    [manager.personId],
  )
  answer.status = 503
  const { delivery } = await made(`/webhooks/${id}/trial`, {}, 202)
  await work()
  for (let failures = 1; failures < PAUSED_AFTER; failures++) {
    expect((await call('POST', `/webhook-deliveries/${delivery}/replay`, {}, { as: manager })).status).toBe(200)
    await work()
  }
  expect(got).toHaveLength(PAUSED_AFTER)
  const paused = (await call('GET', `/webhooks/${id}`)).body
  expect(paused).toMatchObject({ pauseReason: 'failing', failures: PAUSED_AFTER, waiting: 1 })
  expect((await call('GET', '/notifications', undefined, { as: manager })).body.items).toMatchObject([
    {
      kind: 'webhook',
      title: 'The webhook Pager is paused: what it was told failed again and again',
      path: `/webhooks/${id}`,
    },
  ])
  const refused = await call('POST', `/webhook-deliveries/${delivery}/replay`, {}, { as: manager })
  expect([refused.status, refused.body.code]).toEqual([422, 'webhook.paused'])
  await declare('Nobody is told')
  await work()
  expect(got).toHaveLength(PAUSED_AFTER)

  answer.status = 410
  const headers = { 'if-match': `"${paused.version}"` }
  const resumed = await call('PATCH', `/webhooks/${id}`, { paused: false }, { as: manager, headers })
  expect(resumed.body).toMatchObject({ pausedAt: null, failures: 0 })
  await declare('It is gone')
  await work()
  expect((await call('GET', `/webhooks/${id}`)).body).toMatchObject({ pauseReason: 'gone' })
})

test('what could not be sent is not sent any more when its owner has lost sight of the incident', async () => {
  const { call, work, at, made, allow, declare, manager, database } = await world()
  const { got, answer, url } = await receiver()
  await allow(['127.0.0.0/8'])
  const { id } = await made('/webhooks', { name: 'Pager', url, kinds: ['incident.opened'] })
  answer.status = 503
  await declare('Scanner')
  await work()
  expect(got).toHaveLength(1)
  const other = await made('/customers', { name: 'Other' })
  const narrow = 'update role_assignment set customer_id = $1 where person_id = $2'
  await database.pool.query(narrow, [other.id, manager.personId])
  at('2026-03-02T09:10:00Z')
  await made(`/webhooks/${id}/trial`, {}, 202)
  await work()
  expect(got).toHaveLength(2)
  const { items } = (await call('GET', `/webhooks/${id}/deliveries`)).body
  expect(items).toMatchObject([
    { kind: 'webhook.trial' },
    { kind: 'incident.opened', state: 'failed', last: { problem: 'out-of-sight' } },
  ])
})

test('nothing leads into a network of our own that nobody allowed', async () => {
  const { call, work, made } = await world()
  const { got, url } = await receiver()
  const { id } = await made('/webhooks', { name: 'Pager', url, kinds: ['incident.opened'] })
  const { delivery } = await made(`/webhooks/${id}/trial`, {}, 202)
  await work()
  expect(got).toEqual([])
  expect((await call('GET', `/webhook-deliveries/${delivery}`)).body.log).toMatchObject([{ problem: 'private' }])
})

test('whose owner may no longer see a customer is told nothing of it; who works for some customers names one', async () => {
  const { call, work, made, allow, declare, customer, manager, database } = await world()
  const { got, url } = await receiver()
  await allow(['127.0.0.0/8'])
  const webhook = { name: 'Pager', url, kinds: ['incident.opened'] }
  const { id } = await made('/webhooks', webhook)
  const other = await made('/customers', { name: 'Other' })
  await database.pool.query('update role_assignment set customer_id = $1 where person_id = $2', [
    other.id,
    manager.personId,
  ])
  await declare('Not theirs')
  await work()
  expect(got).toEqual([])

  const as = { ...actorWith('limited', ['service-manager', 'agent'], [customer.id]), personId: manager.personId }
  const forAll = await call('POST', '/webhooks', webhook, { as })
  expect([forAll.status, forAll.body.code]).toEqual([403, 'may.own-customers'])
  expect((await call('POST', '/webhooks', { ...webhook, customer: customer.id }, { as })).status).toBe(201)
  expect((await call('GET', '/webhooks', undefined, { as })).body.items).toMatchObject([
    { customer: { name: 'Nordhafen' } },
  ])
  expect((await call('GET', `/webhooks/${id}/deliveries`, undefined, { as })).status).toBe(404)
  const agent = actorWith('staff', ['agent'])
  expect((await call('GET', '/webhooks', undefined, { as: agent })).status).toBe(403)
})
