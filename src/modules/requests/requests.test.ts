import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { Actor } from '#platform/context.ts'
import { keepFilesIn } from '#platform/files/store.ts'
import { type Company, company, HOUR, words } from './testing.ts'

/** What the test plays in. */
let here: Company

test('what somebody orders waits for who decides, is done in stages, and is delivered by the promised moment', async () => {
  here = await company()
  const { world, eva, nils, lena, agent } = here
  const ordered = await here.order(eva, { answers: { model: 'strong', reason: 'Mine is old' } })
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
  expect((await here.decided(id, 'approved', eva)).status).toBe(403)
  expect((await world.call('GET', `/requests/${id}`, undefined, { as: nils })).status).toBe(404)

  world.at('2026-03-03T09:00Z')
  const yes = await here.decided(id, 'approved')
  expect(yes.body).toMatchObject({ state: 'approved', waitSeconds: 24 * HOUR, lately: { approved: 1, of: 1 } })
  const approved = (await world.call('GET', `/requests/${id}`, undefined, { as: eva })).body
  expect(approved).toMatchObject({ state: 'fulfilling', promisedAt: '2026-03-03T17:00:00.000Z' })
  expect((await here.tasks(id)).map(({ state }: { state: string }) => state)).toEqual(['open', 'open', 'waiting'])
  const twice = await world.call(
    'POST',
    `/requests/${id}/approvals/${yes.body.id}/decision`,
    { decision: 'rejected', note: 'x' },
    { as: lena },
  )
  expect([twice.status, twice.body.code]).toEqual([422, 'request.decided'])

  const [first] = await here.tasks(id)
  const path = `/requests/${id}/tasks/${first.id}/transitions`
  expect((await world.call('POST', path, { to: 'started' }, { as: agent })).body).toMatchObject({
    state: 'started',
    assignee: { name: 'Ada' },
  })
  expect((await world.call('POST', path, { to: 'started' }, { as: eva })).status).toBe(404)
  await here.done(id, 0)
  expect((await here.tasks(id))[2].state).toBe('waiting')
  await here.done(id, 1)
  expect((await here.tasks(id))[2].state).toBe('open')
  world.at('2026-03-03T14:00Z')
  await here.done(id, 2, 'Handed over at dock 4')
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
  await here.done(id, 2)
  expect((await world.call('POST', `/requests/${id}/transitions`, { to: 'confirmed' }, { as: lena })).status).toBe(403)
  const right = await world.call('POST', `/requests/${id}/transitions`, { to: 'confirmed' }, { as: eva })
  expect(right.body.state).toBe('confirmed')
  const closed = await world.call('POST', `/requests/${id}/transitions`, { to: 'closed' })
  expect(closed.body.state).toBe('closed')
})

test('a no needs a reason and ends it; what was ordered keeps what it was ordered by', async () => {
  here = await company()
  const { world, eva, notebook } = here
  const { id } = (await here.order(eva)).body
  const without = await here.decided(id, 'rejected')
  expect([without.status, without.body.code]).toEqual([400, 'request.reason-needed'])
  await here.decided(id, 'rejected', here.lena, 'Next year')
  const rejected = (await world.call('GET', `/requests/${id}`, undefined, { as: eva })).body
  expect(rejected).toMatchObject({ state: 'rejected', promise: { state: 'cancelled' } })
  expect((await here.tasks(id)).every(({ state }: { state: string }) => state === 'cancelled')).toBe(true)

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
    const reply = await here.order(here.eva, body)
    expect([reply.status, reply.body.code]).toEqual([status, code])
  }

  const { world, eva, nils, lena } = here
  const { body } = await here.order(eva, { for: 'nils@nordhafen.example' })
  const seen = await world.call('GET', `/requests/${body.number}`, undefined, { as: nils })
  expect(seen.body).toMatchObject({ requester: { name: 'Nils' }, state: 'awaiting-approval' })
  const own = (await world.call('GET', '/requests?requester=me', undefined, { as: nils })).body.items
  expect(own.map(({ number }: { number: string }) => number)).toEqual([body.number])
  const cancelled = await world.call('POST', `/requests/${body.id}/transitions`, { to: 'cancelled' }, { as: nils })
  expect(cancelled.body.state).toBe('cancelled')

  const { body: draft } = await here.order(eva, { draft: true, answers: {} })
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
  const { id } = (await here.order(eva)).body
  const mine = async (as: Actor) => (await world.call('GET', '/approvals?mine=true', undefined, { as })).body.items
  const waiting = (await mine(lena)).find(({ request }: { request: { id: string } }) => request.id === id)
  expect(waiting).toMatchObject({
    mayDecide: true,
    by: 'customer-stakeholder',
    request: { answers: [{ value: 'light' }] },
  })
  expect(await mine(eva)).toEqual([])
  await here.decided(id, 'approved')
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
  const { id } = (await here.order(eva)).body
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
