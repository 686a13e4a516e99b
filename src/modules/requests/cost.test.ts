import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { type Actor, system } from '#platform/context.ts'
import { actorWith, inContext } from '#platform/testing.ts'
import { endLostCalls } from './call.ts'
import { signatureOf } from './signature.ts'
import { type Company, company, HOUR, made, words } from './testing.ts'

/** What the test plays in. */
let here: Company

test('an item without hands is called for, signed, and answered at once or later', async () => {
  here = await company()
  const { world, eva } = here
  const heard: { readonly body: string; readonly signature: string }[] = []
  let answers = ''
  const other = createServer((asked, reply) => {
    let body = ''
    asked.on('data', (part: Buffer) => (body += part.toString()))
    asked.on('end', () => {
      heard.push({ body, signature: String(asked.headers['plumbline-signature']) })
      reply.setHeader('content-type', 'application/json').end(answers)
    })
  })
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void other.close())
  const url = `http://127.0.0.1:${(other.address() as AddressInfo).port}/orders`
  const secret = 'a secret of some length'
  process.env['PLUMBLINE_SECRET'] = Buffer.alloc(32, 7).toString('base64')
  const item = await made(world, '/catalogue-items', {
    name: words('Mailbox'),
    secret,
    plan: [{ kind: 'call', title: words('Make it'), stage: 1, seconds: HOUR, url }],
  })
  await world.call('POST', `/catalogue-items/${item.id}/transitions`, { to: 'published' })
  const ordered = async () => {
    const { body } = await here.order(eva, { item: item.id, answers: {} })
    await world.work()
    return body.id as string
  }
  const standing = async (id: string) => (await world.call('GET', `/requests/${id}`)).body.state

  // Nobody said that it may lie within.
  const forbidden = await ordered()
  expect(heard).toEqual([])
  expect((await here.tasks(forbidden))[0]).toMatchObject({
    state: 'failed',
    call: { state: 'failed', problem: 'private' },
  })

  const settings = await world.call('GET', '/settings')
  const match = { headers: { 'if-match': String(settings.headers['etag']) } }
  expect((await world.call('PATCH', '/settings', { outgoingNetworks: ['127.0.0.0/8'] }, match)).status).toBe(200)
  answers = '{"state":"done","message":"mailbox\\u0000 7"}'
  const atOnce = await ordered()
  expect(await standing(atOnce)).toBe('delivered')
  expect((await here.tasks(atOnce))[0]).toMatchObject({ state: 'done', result: 'mailbox 7' })
  const { body, signature } = heard[0]!
  const seconds = Number(/^t=(\d+),/.exec(signature)?.[1])
  expect(signature).toBe(signatureOf(secret, seconds, body))

  answers = ''
  const later = await ordered()
  expect(await standing(later)).toBe('fulfilling')
  const path = new URL((JSON.parse(heard[1]!.body) as { answerTo: string }).answerTo).pathname
  const wrong = await world.call(
    'POST',
    '/request-calls/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
    { state: 'done' },
    { as: null },
  )
  expect(wrong.status).toBe(404)
  expect((await world.call('POST', path, { state: 'done' }, { as: null })).status).toBe(204)
  expect(await standing(later)).toBe('delivered')
  // It holds once.
  expect((await world.call('POST', path, { state: 'failed' }, { as: null })).status).toBe(404)

  // Of what was taken and then forgotten somebody hears.
  const forgotten = await ordered()
  const look = (now: string) => inContext(world.database, endLostCalls, { actor: system, now: new Date(now) })
  await look('2026-03-03T09:30:00Z')
  expect((await here.tasks(forgotten))[0]).toMatchObject({ state: 'started', call: { state: 'accepted' } })
  await look('2026-03-03T11:00:00Z')
  expect((await here.tasks(forgotten))[0]).toMatchObject({
    state: 'failed',
    call: { state: 'failed', problem: 'timeout' },
  })
})

test('what nobody reads, refuses or adds to is counted with what it costs', async () => {
  here = await company()
  const { world, eva, agent } = here
  const { id } = (await here.order(eva, { answers: { model: 'light', reason: 'So' } })).body
  world.at('2026-03-02T13:00Z')
  await here.decided(id, 'approved')
  await here.done(id, 0)
  await here.done(id, 1)
  world.at('2026-03-02T15:00Z')
  await here.done(id, 2)
  const report = async () => (await world.call('GET', '/reports/bureaucracy')).body
  const fieldOf = async (wanted: string) => (await report()).fields.find(({ key }: { key: string }) => key === wanted)
  // A task that was done needed the one; nobody opened the other.
  expect(await fieldOf('model')).toMatchObject({ filled: 1, used: 1 })
  expect(await fieldOf('reason')).toMatchObject({ filled: 1, used: 0, lastUsedAt: null })
  await world.call('POST', `/requests/${id}/readings`, { fields: ['reason', 'nothing'] }, { as: eva })
  expect(await fieldOf('reason')).toMatchObject({ used: 0 })
  await world.call('POST', `/requests/${id}/readings`, { fields: ['reason', 'nothing'] }, { as: agent })
  expect(await fieldOf('reason')).toMatchObject({ used: 1, lastUsedAt: '2026-03-02T15:00:00.000Z' })
  const ordered = (await world.call('GET', `/requests/${id}`)).body
  const use = await world.call('GET', `/catalogue-items/${ordered.item.id}/field-use`)
  expect(use.body.fields).toEqual([
    expect.objectContaining({ key: 'model', filled: 1, used: 1 }),
    { key: 'reason', filled: 1, used: 1, lastUsedAt: '2026-03-02T15:00:00.000Z' },
  ])
  expect(
    (await world.call('GET', `/catalogue-items/${ordered.item.id}/field-use`, undefined, { as: agent })).status,
  ).toBe(403)
  // Nor is it told to who manages others.
  const other = (await world.call('POST', '/customers', { name: 'Anderswo', key: 'AW' })).body
  const stranger = actorWith('limited', ['service-manager'], [other.id])
  const asked = await world.call('GET', `/catalogue-items/${ordered.item.id}/field-use`, undefined, { as: stranger })
  const told = asked.body.fields ?? []
  expect(told).toEqual([])

  const { approvals, handOffs, requests } = await report()
  expect(requests).toBe(1)
  expect(approvals).toMatchObject([
    { level: 1, approved: 1, of: 1, waitHours: 4, shareOfLeadTime: { numerator: 4 * HOUR, denominator: 6 * HOUR } },
  ])
  // Two hours lay there, and nothing was said or needed.
  expect(handOffs).toMatchObject([{ title: words('Hand it over'), done: 1, empty: 1, waitHours: 2, hours: 2 }])
  // Each figure opens to its rows.
  const { item } = approvals[0]
  const rows = async (path: string) => (await world.call('GET', path)).body.items
  expect(await rows(`/approvals?decided=true&item=${item.id}&level=1`)).toHaveLength(1)
  expect(await rows(`/requests?item=${item.id}&field=reason`)).toHaveLength(1)
  expect(await rows(`/request-tasks?state=done&item=${item.id}&position=2`)).toHaveLength(1)
})

test('one search finds what can be ordered, was ordered and reported; what nobody finds is counted without who it was', async () => {
  here = await company()
  const { world, eva, nils, customer, agent } = here
  const report = { title: 'Notebook does not start' }
  const reported = (await world.call('POST', '/reports', report, { as: eva })).body
  const ordered = (await here.order(eva)).body
  const find = async (q: string, as: Actor) =>
    (await world.call('GET', `/portal/search?q=${encodeURIComponent(q)}`, undefined, { as })).body.items.map(
      ({ kind, number, title }: { kind: string; number: string | null; title: string }) => [kind, number ?? title],
    )
  expect(await find('notebook', eva)).toEqual([
    ['request', ordered.number],
    ['report', reported.number],
    ['item', 'Notebook'],
  ])
  // A colleague finds what can be ordered, by what it is called besides, and nothing of hers.
  for (const called of ['notebook', 'Laptop', 'klapprech', 'Rechner']) {
    expect(await find(called, nils)).toEqual([['item', 'Notebook']])
  }
  // So with a slip of the finger; what is like nothing finds nothing.
  for (const [typed, found] of [
    ['Notbook', [['item', 'Notebook']]],
    ['laptpo', [['item', 'Notebook']]],
    ['Kaffeemaschine', []],
  ] as const)
    expect(await find(typed, nils), typed).toEqual(found)
  const service = await made(world, '/services', { customer: customer.id, name: 'Scanners' })
  const outage = { customer: customer.id, title: 'All scanners dead', impact: 'high', urgency: 'high' }
  const { number } = await made(world, '/incidents', { ...outage, service: service.id })
  const declared = { incident: number, criteria: ['standstill'], commander: agent.personId }
  await made(world, '/major-incidents', declared)
  // That it is disturbed, and nothing of the incident.
  expect(await find('scanner', nils)).toEqual([
    ['disturbance', 'Scanners'],
    ['service', 'Scanners'],
  ])
  for (const q of ['Kaffeemaschine 4711', 'Kaffeemaschine', 'kaffeemaschine eva@nordhafen.example', 'notebook']) {
    expect((await world.call('POST', '/portal/searches', { q }, { as: nils })).status).toBe(204)
  }
  // How long it took to find is counted by day; more than an hour was no looking.
  for (const [seconds, status] of [
    [30, 204],
    [30, 204],
    [90, 204],
    [3601, 400],
  ] as const)
    expect((await world.call('POST', '/portal/finds', { seconds }, { as: nils })).status).toBe(status)
  const finds = await world.database.pool.query('select seconds, times from portal_find order by seconds')
  expect(finds.rows).toEqual([
    { seconds: 30, times: 2 },
    { seconds: 90, times: 1 },
  ])
  const { searches } = (await world.call('GET', `/reports/bureaucracy?customer=${customer.id}`)).body
  expect(searches).toMatchObject({
    searches: 4,
    withoutResult: 3,
    words: [{ words: 'kaffeemaschine', times: 3 }],
    rare: 0,
  })
})
