import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { type Actor, system } from '#platform/context.ts'
import { keepFilesIn } from '#platform/files/store.ts'
import { actorWith, inContext, type TestReply } from '#platform/testing.ts'
import { testWorld } from '../../testing.ts'
import { endLostCalls } from './call.ts'
import { signatureOf } from './signature.ts'

const office = { opens: 480, closes: 1080 }
const rules = { timeZone: 'Europe/Berlin', week: [[office], [office], [office], [office], [office], [], []] }
const targets = [{ metric: 'response', priority: 'p3', targetSeconds: 7200, attainmentBp: 9500 }]
const words = (en: string, de = en) => ({ de, en })
const HOUR = 3600

type World = Awaited<ReturnType<typeof testWorld>>

async function made(world: World, path: string, body: object, as?: Actor) {
  const reply = await world.call('POST', path, body, as === undefined ? {} : { as })
  expect(reply.status, reply.text).toBe(201)
  return reply.body
}

/** A customer with an agreement, somebody who decides, two who order, and a catalogue. */
async function company() {
  const world = await testWorld({ now: new Date('2026-03-02T09:00Z') })
  const customer = await made(world, '/customers', { name: 'Nordhafen', key: 'NHL', timeZone: 'Europe/Berlin' })
  const calendar = await made(world, '/calendars', { customer: customer.id, name: 'Hours', rules })
  const terms = { customer: customer.id, calendar: calendar.id, name: 'SLA', validFrom: '2026-01-01T00:00:00Z' }
  await made(world, '/agreements', { ...terms, targets, activate: true })
  await world.work()
  const desk = await made(world, '/teams', { name: 'Service desk' })
  const logistics = await made(world, '/teams', { name: 'Logistics' })
  const somebody = async (name: string, role: 'requester' | 'customer-stakeholder'): Promise<Actor> => {
    const email = `${name.toLowerCase()}@nordhafen.example`
    const { id } = await made(world, '/people', { name, email, customer: customer.id })
    const actor = { ...actorWith('customer', [role], [customer.id]), personId: id }
    const part = { customerId: customer.id, siteId: null, serviceId: null, requesterId: id }
    return role === 'requester' ? { ...actor, parts: [part], whole: [] } : actor
  }
  const people = {
    eva: await somebody('Eva', 'requester'),
    nils: await somebody('Nils', 'requester'),
    lena: await somebody('Lena', 'customer-stakeholder'),
  }
  const { id: agentId } = await made(world, '/people', { name: 'Ada', email: 'ada@provider.example' })
  const agent = { ...actorWith('staff', ['agent']), personId: agentId }
  const model = {
    key: 'model',
    kind: 'choice',
    label: words('Model', 'Modell'),
    purpose: words('What we buy'),
    required: true,
    options: [
      { value: 'light', label: words('Light', 'Leicht') },
      { value: 'strong', label: words('Strong', 'Stark') },
    ],
  }
  const reason = { key: 'reason', kind: 'text', label: words('Why'), purpose: words('Nobody knows'), required: false }
  const notebook = await made(world, '/catalogue-items', {
    name: words('Notebook', 'Notebook'),
    synonyms: { en: ['laptop'], de: ['Laptop', 'Klapprechner'] },
    description: words('A computer to carry around', 'Ein Rechner zum Mitnehmen'),
    fields: [model, reason],
    price: { amountMinor: 120_000, currency: 'EUR' },
    approval: [{ by: 'customer-stakeholder' }],
    plan: [
      { kind: 'people', title: words('Prepare it'), team: desk.id, stage: 1, seconds: 4 * HOUR, uses: ['model'] },
      { kind: 'people', title: words('Make the account'), team: desk.id, stage: 1, seconds: HOUR },
      { kind: 'people', title: words('Hand it over'), team: logistics.id, stage: 2, seconds: 4 * HOUR },
    ],
  })
  await world.call('POST', `/catalogue-items/${notebook.id}/transitions`, { to: 'published' })
  return { world, customer, desk, logistics, notebook, agent, ...people }
}

/** What the test plays in. */
let here: Awaited<ReturnType<typeof company>>

const order = (as: Actor, body: object = {}): Promise<TestReply> =>
  here.world.call('POST', '/requests', { item: here.notebook.id, answers: { model: 'light' }, ...body }, { as })

async function decided(id: string, decision: 'approved' | 'rejected', as: Actor = here.lena, note?: string) {
  const { items } = (await here.world.call('GET', `/requests/${id}/approvals`, undefined, { as })).body
  const waiting = items.find(({ state }: { state: string }) => state === 'waiting')
  return here.world.call('POST', `/requests/${id}/approvals/${waiting?.id}/decision`, { decision, note }, { as })
}

async function tasks(id: string) {
  return (await here.world.call('GET', `/requests/${id}/tasks`)).body.items
}

async function done(id: string, position: number, result?: string) {
  const task = (await tasks(id))[position]
  return here.world.call('POST', `/requests/${id}/tasks/${task.id}/transitions`, { to: 'done', result })
}

test('what somebody orders waits for who decides, is done in stages, and is delivered by the promised moment', async () => {
  here = await company()
  const { world, eva, nils, lena, agent } = here
  const ordered = await order(eva, { answers: { model: 'strong', reason: 'Mine is old' } })
  expect(ordered.status, ordered.text).toBe(201)
  expect(ordered.body).toMatchObject({
    number: 'REQ-NHL-1001',
    state: 'awaiting-approval',
    requester: { name: 'Eva' },
    price: { amountMinor: 120_000, currency: 'EUR' },
    promisedAt: null,
    // Eight hours of service time, if somebody says yes at once.
    promise: { state: 'paused', targetSeconds: 8 * HOUR, expectedAt: '2026-03-02T17:00:00.000Z' },
  })
  const { id } = ordered.body
  expect((await decided(id, 'approved', eva)).status).toBe(403)
  expect((await world.call('GET', `/requests/${id}`, undefined, { as: nils })).status).toBe(404)

  world.at('2026-03-03T09:00Z')
  const yes = await decided(id, 'approved')
  expect(yes.body).toMatchObject({ state: 'approved', waitSeconds: 24 * HOUR, lately: { approved: 1, of: 1 } })
  const approved = (await world.call('GET', `/requests/${id}`, undefined, { as: eva })).body
  expect(approved).toMatchObject({ state: 'fulfilling', promisedAt: '2026-03-03T17:00:00.000Z' })
  expect((await tasks(id)).map(({ state }: { state: string }) => state)).toEqual(['open', 'open', 'waiting'])
  const twice = await world.call(
    'POST',
    `/requests/${id}/approvals/${yes.body.id}/decision`,
    { decision: 'rejected', note: 'x' },
    { as: lena },
  )
  expect([twice.status, twice.body.code]).toEqual([422, 'request.decided'])

  const [first] = await tasks(id)
  const path = `/requests/${id}/tasks/${first.id}/transitions`
  expect((await world.call('POST', path, { to: 'started' }, { as: agent })).body).toMatchObject({
    state: 'started',
    assignee: { name: 'Ada' },
  })
  expect((await world.call('POST', path, { to: 'started' }, { as: eva })).status).toBe(404)
  await done(id, 0)
  expect((await tasks(id))[2].state).toBe('waiting')
  await done(id, 1)
  expect((await tasks(id))[2].state).toBe('open')
  world.at('2026-03-03T14:00Z')
  await done(id, 2, 'Handed over at dock 4')
  const delivered = (await world.call('GET', `/requests/${id}`, undefined, { as: eva })).body
  expect(delivered).toMatchObject({ state: 'delivered', promise: { state: 'met', elapsedSeconds: 5 * HOUR } })

  const explained = (await world.call('GET', `/requests/${id}/explanation`, undefined, { as: eva })).body
  expect(
    explained.steps.map(({ kind, countedSeconds }: { kind: string; countedSeconds: number }) => [kind, countedSeconds]),
  ).toEqual([
    ['pause', 0],
    ['run', 5 * HOUR],
  ])
  // What our people did is not told outside; what was decided is.
  const kinds = async (as?: Actor) =>
    (await world.call('GET', `/requests/${id}/timeline`, undefined, as && { as })).body.items.map(
      ({ kind }: { kind: string }) => kind,
    )
  expect(await kinds(eva)).not.toContain('request.task')
  expect(await kinds()).toContain('request.task')
  const outside = (await world.call('GET', `/requests/${id}/tasks`, undefined, { as: eva })).body.items
  expect(outside[2]).toMatchObject({ team: null, result: null, uses: [], state: 'done' })

  const not = await world.call(
    'POST',
    `/requests/${id}/transitions`,
    { to: 'fulfilling', note: 'No charger' },
    { as: eva },
  )
  expect(not.body).toMatchObject({ state: 'fulfilling', deliveredAt: null })
  await done(id, 2)
  expect((await world.call('POST', `/requests/${id}/transitions`, { to: 'confirmed' }, { as: lena })).status).toBe(403)
  const right = await world.call('POST', `/requests/${id}/transitions`, { to: 'confirmed' }, { as: eva })
  expect(right.body.state).toBe('confirmed')
  const closed = await world.call('POST', `/requests/${id}/transitions`, { to: 'closed' })
  expect(closed.body.state).toBe('closed')
})

test('a no needs a reason and ends it; what was ordered keeps what it was ordered by', async () => {
  here = await company()
  const { world, eva, notebook } = here
  const { id } = (await order(eva)).body
  const without = await decided(id, 'rejected')
  expect([without.status, without.body.code]).toEqual([400, 'request.reason-needed'])
  await decided(id, 'rejected', here.lena, 'Next year')
  const rejected = (await world.call('GET', `/requests/${id}`, undefined, { as: eva })).body
  expect(rejected).toMatchObject({ state: 'rejected', promise: { state: 'cancelled' } })
  expect((await tasks(id)).every(({ state }: { state: string }) => state === 'cancelled')).toBe(true)

  const item = (await world.call('GET', `/catalogue-items/${notebook.id}`)).body
  const { approval, plan } = item.inside
  const { service: _service, sites: _sites, ...content } = item
  const path = `/catalogue-items/${notebook.id}`
  const changed = { ...content, approval, plan, name: words('Portable'), price: null, fields: [] }
  const body = { ...changed, plan: plan.map((task: object) => ({ ...task, uses: [] })) }
  const reply = await world.call('PUT', path, body, { headers: { 'if-match': `"${item.version}"` } })
  expect(reply.body).toMatchObject({ name: words('Portable'), edition: 2 })
  const kept = (await world.call('GET', `/requests/${id}`, undefined, { as: eva })).body
  expect(kept).toMatchObject({ item: { name: words('Notebook') }, price: { amountMinor: 120_000 } })
  const back = { ...content, approval, plan }
  const again = await world.call('PUT', path, back, { headers: { 'if-match': `"${reply.body.version}"` } })
  expect(again.status, again.text).toBe(200)
  const { items } = (await world.call('GET', `${path}/versions`)).body
  expect(items.map(({ number }: { number: number }) => number)).toEqual([3, 2, 1])
})

test('an order that does not fit is refused, one for a colleague is in the sight of both, a draft is its writer’s', async () => {
  here = await company()
  for (const [body, status, code] of [
    [{ answers: {} }, 400, 'request.answer-wrong'],
    [{ answers: { model: 'golden' } }, 400, 'request.answer-wrong'],
    [{ for: 'x@elsewhere.example' }, 400, 'request.for-wrong'],
    [{ customer: 'Nobody' }, 404, 'customer.not-found'],
  ] as const) {
    const reply = await order(here.eva, body)
    expect([reply.status, reply.body.code]).toEqual([status, code])
  }

  const { world, eva, nils, lena } = here
  const { body } = await order(eva, { for: 'nils@nordhafen.example' })
  const seen = await world.call('GET', `/requests/${body.number}`, undefined, { as: nils })
  expect(seen.body).toMatchObject({ requester: { name: 'Nils' }, state: 'awaiting-approval' })
  const own = (await world.call('GET', '/requests?requester=me', undefined, { as: nils })).body.items
  expect(own.map(({ number }: { number: string }) => number)).toEqual([body.number])
  const cancelled = await world.call('POST', `/requests/${body.id}/transitions`, { to: 'cancelled' }, { as: nils })
  expect(cancelled.body.state).toBe('cancelled')

  const { body: draft } = await order(eva, { draft: true, answers: {} })
  expect(draft.state).toBe('draft')
  expect((await world.call('GET', `/requests/${draft.id}`, undefined, { as: lena })).status).toBe(404)
  const move = (answers: object) =>
    world.call('POST', `/requests/${draft.id}/transitions`, { to: 'submitted', answers }, { as: eva })
  expect((await move({})).status).toBe(400)
  const offer = (to: string) => world.call('POST', `/catalogue-items/${here.notebook.id}/transitions`, { to })
  expect((await offer('withdrawn')).status).toBe(200)
  expect((await move({ model: 'light' })).body.code).toBe('catalogue-item.not-found')
  expect((await offer('published')).status).toBe(200)
  expect((await move({ model: 'light' })).body.state).toBe('awaiting-approval')
})

test('who decides sees it in one list and says yes from there; a customer reads only the comments that are for them', async () => {
  here = await company()
  const { world, lena, eva } = here
  const { id } = (await order(eva)).body
  const mine = async (as: Actor) => (await world.call('GET', '/approvals?mine=true', undefined, { as })).body.items
  const waiting = (await mine(lena)).find(({ request }: { request: { id: string } }) => request.id === id)
  expect(waiting).toMatchObject({
    mayDecide: true,
    by: 'customer-stakeholder',
    request: { answers: [{ value: 'light' }] },
  })
  expect(await mine(eva)).toEqual([])
  await decided(id, 'approved')
  expect((await mine(lena)).some(({ request }: { request: { id: string } }) => request.id === id)).toBe(false)

  const say = (text: string, visibility: string, as?: Actor) =>
    world.call('POST', `/requests/${id}/comments`, { text, visibility }, as && { as })
  await say('Is out of stock', 'internal')
  await say('We ordered it', 'public')
  await say('Thank you', 'internal', eva)
  const { items } = (await world.call('GET', `/requests/${id}/timeline`, undefined, { as: eva })).body
  const said = items.filter(({ kind }: { kind: string }) => kind === 'request.comment')
  expect(said.map(({ facts }: { facts: { text: string } }) => facts.text)).toEqual(['We ordered it', 'Thank you'])
})

test('files of a request are seen by whose it is and by nobody else of the customer who only orders; ours stay ours', async () => {
  here = await company()
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-files-'))
  keepFilesIn(folder)
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const { world, eva, nils, agent } = here
  const { id } = (await order(eva)).body
  const add = (name: string, as: Actor, visibility = 'internal') =>
    world.call('POST', `/requests/${id}/attachments?name=${name}&visibility=${visibility}`, Buffer.from(name), { as })
  const names = async (as: Actor) =>
    (await world.call('GET', `/requests/${id}/attachments`, undefined, { as })).body.items?.map(
      ({ name }: { name: string }) => name,
    )
  // What she adds is for both sides, whatever she says.
  expect((await add('plan.txt', eva)).body).toMatchObject({ visibility: 'public', addedBy: null })
  const ours = (await add('offer.txt', agent)).body
  expect([await names(agent), await names(eva), await names(nils)]).toEqual([
    ['plan.txt', 'offer.txt'],
    ['plan.txt'],
    undefined,
  ])
  expect((await add('forged.txt', nils)).status).toBe(404)
  const file = `/requests/${id}/attachments/${ours.id}`
  expect((await world.call('GET', `${file}/file`, undefined, { as: eva })).status).toBe(404)
  const headers = { 'if-match': `"${ours.version}"` }
  expect((await world.call('PATCH', file, { visibility: 'public' }, { as: agent, headers })).status).toBe(200)
  expect((await world.call('GET', `${file}/file`, undefined, { as: eva })).bytes.toString()).toBe('offer.txt')
  const { items } = (await world.call('GET', `/requests/${id}/timeline`, undefined, { as: eva })).body
  const told = items.filter(({ kind }: { kind: string }) => kind.startsWith('request.att'))
  expect(told.map(({ facts }: { facts: { name: string } }) => facts.name)).toEqual(['plan.txt', 'offer.txt'])
})

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
    const { body } = await order(eva, { item: item.id, answers: {} })
    await world.work()
    return body.id as string
  }
  const standing = async (id: string) => (await world.call('GET', `/requests/${id}`)).body.state

  // Nobody said that it may lie within.
  const forbidden = await ordered()
  expect(heard).toEqual([])
  expect((await tasks(forbidden))[0]).toMatchObject({
    state: 'failed',
    call: { state: 'failed', problem: 'private' },
  })

  const settings = await world.call('GET', '/settings')
  const match = { headers: { 'if-match': String(settings.headers['etag']) } }
  expect((await world.call('PATCH', '/settings', { outgoingNetworks: ['127.0.0.0/8'] }, match)).status).toBe(200)
  answers = '{"state":"done","message":"mailbox\\u0000 7"}'
  const atOnce = await ordered()
  expect(await standing(atOnce)).toBe('delivered')
  expect((await tasks(atOnce))[0]).toMatchObject({ state: 'done', result: 'mailbox 7' })
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
  expect((await tasks(forgotten))[0]).toMatchObject({ state: 'started', call: { state: 'accepted' } })
  await look('2026-03-03T11:00:00Z')
  expect((await tasks(forgotten))[0]).toMatchObject({ state: 'failed', call: { state: 'failed', problem: 'timeout' } })
})

test('what nobody reads, refuses or adds to is counted with what it costs', async () => {
  here = await company()
  const { world, eva, agent } = here
  const { id } = (await order(eva, { answers: { model: 'light', reason: 'So' } })).body
  world.at('2026-03-02T13:00Z')
  await decided(id, 'approved')
  await done(id, 0)
  await done(id, 1)
  world.at('2026-03-02T15:00Z')
  await done(id, 2)
  const report = async () => (await world.call('GET', '/reports/bureaucracy')).body
  const fieldOf = async (wanted: string) => (await report()).fields.find(({ key }: { key: string }) => key === wanted)
  // A task that was done needed the one; nobody opened the other.
  expect(await fieldOf('model')).toMatchObject({ filled: 1, used: 1 })
  expect(await fieldOf('reason')).toMatchObject({ filled: 1, used: 0, lastUsedAt: null })
  await world.call('POST', `/requests/${id}/readings`, { fields: ['reason', 'nothing'] }, { as: eva })
  expect(await fieldOf('reason')).toMatchObject({ used: 0 })
  await world.call('POST', `/requests/${id}/readings`, { fields: ['reason', 'nothing'] }, { as: agent })
  expect(await fieldOf('reason')).toMatchObject({ used: 1, lastUsedAt: '2026-03-02T15:00:00.000Z' })

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
  const ordered = (await order(eva)).body
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
  const { searches } = (await world.call('GET', `/reports/bureaucracy?customer=${customer.id}`)).body
  expect(searches).toMatchObject({
    searches: 4,
    withoutResult: 3,
    words: [{ words: 'kaffeemaschine', times: 3 }],
    rare: 0,
  })
})
