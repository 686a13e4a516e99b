import { expect, test } from 'vitest'
import type { Actor } from '#platform/context.ts'
import { actorWith } from '#platform/testing.ts'
import { testWorld } from '../../testing.ts'

async function world() {
  const made = await testWorld({ now: new Date('2026-03-02T08:00Z') })
  const { call } = made
  const add = async (path: string, body: object) => {
    const reply = await call('POST', path, body)
    expect(reply.status, reply.text).toBe(201)
    return reply.body
  }
  const customer = await add('/customers', { name: 'Nordhafen', key: 'NHL' })
  const other = await add('/customers', { name: 'Rheinwerk', key: 'RHW' })
  const published = async (body: object) => {
    const { id } = await add('/articles', { language: 'en', text: 'Turn it off and on.', ...body })
    for (const to of ['review', 'published']) {
      const reply = await call('POST', `/articles/${id}/transitions`, { to })
      expect(reply.status, reply.text).toBe(200)
    }
    return id as string
  }
  const { id: personId } = await add('/people', { name: 'Eva', email: 'eva@nordhafen.example', customer: customer.id })
  const part = { customerId: customer.id, siteId: null, serviceId: null, requesterId: personId }
  const eva: Actor = { ...actorWith('customer', ['requester'], [customer.id]), personId, parts: [part], whole: [] }
  const titles = async (query: string, as?: Actor) => {
    const reply = await call('GET', `/articles${query}`, undefined, as && { as })
    expect(reply.status, reply.text).toBe(200)
    return reply.body.items.map(({ title }: { title: string }) => title)
  }
  return { ...made, add, customer, other, published, eva, titles }
}

test('a customer’s people find what is for all and for them, once it is published, and nothing else', async () => {
  const { add, call, customer, other, published, eva, titles } = await world()
  await published({ title: 'Printer for all', audience: 'user' })
  await published({ title: 'Printer of Nordhafen', audience: 'customer', customer: customer.id })
  const hidden = [
    await published({ title: 'Printer of Rheinwerk', audience: 'customer', customer: other.id }),
    await published({ title: 'Printer, our way', audience: 'agent' }),
    await published({ title: 'Printer of Nordhafen, our way', audience: 'agent', customer: customer.id }),
    (await add('/articles', { title: 'Printer, begun', language: 'en', audience: 'user' })).id,
  ]

  for (const query of ['?q=printers', '?q=prin', '']) {
    expect((await titles(query, eva)).toSorted()).toEqual(['Printer for all', 'Printer of Nordhafen'])
  }
  expect(await titles('?q=printer')).toHaveLength(6)
  for (const id of hidden) {
    expect((await call('GET', `/articles/${id}`, undefined, { as: eva })).status).toBe(404)
    expect((await call('POST', `/articles/${id}/votes`, { helpful: true }, { as: eva })).status).toBe(404)
    expect((await call('POST', `/articles/${id}/uses`, undefined, { as: eva })).status).toBe(404)
  }
})

test('stems are found in the language of the article, and who works for one customer writes for that one alone', async () => {
  const { call, customer, published, titles } = await world()
  await published({ title: 'Störungen am Drucker beheben', text: 'Walzen reinigen.', language: 'de', audience: 'user' })
  expect(await titles('?q=St%C3%B6rung')).toHaveLength(1)
  expect(await titles('?q=gereinigte+Walze')).toHaveLength(1)
  expect(await titles('?q=Fahrrad')).toEqual([])
  expect(await titles('?within=title&q=Drucker+gest%C3%B6rt')).toHaveLength(1)
  expect(await titles('?within=title&q=Walze')).toEqual([])

  const as = actorWith('limited', ['agent'], [customer.id])
  const draft = { title: 'Ours', language: 'en' }
  expect((await call('POST', '/articles', draft, { as })).body.code).toBe('may.own-customers')
  const own = await call('POST', '/articles', { ...draft, audience: 'customer', customer: customer.id }, { as })
  expect(own.status, own.text).toBe(201)
})

test('an article goes from draft to published by review, and is looked at again after a year', async () => {
  const { add, call } = await world()
  const { id, version } = await add('/articles', { title: 'How to', language: 'en', audience: 'user' })
  const step = (to: string) => call('POST', `/articles/${id}/transitions`, { to })
  expect((await step('published')).body.code).toBe('article.no-such-step')
  await step('review')
  expect((await step('published')).body).toMatchObject({ state: 'published', reviewDue: '2027-03-02' })
  const headers = { 'if-match': `"${version}"` }
  expect((await call('PATCH', `/articles/${id}`, { title: 'x' }, { headers })).status).toBe(412)
  const general = { 'if-match': `"${version + 2}"` }
  const wrong = await call('PATCH', `/articles/${id}`, { audience: 'customer' }, { headers: general })
  expect(wrong.body.code).toBe('article.customer-needed')
})

test('from a ticket to an article in one step, for its customer’s people alone', async () => {
  const { add, call, customer } = await world()
  const told = { customer: customer.id, title: 'Scanner dead', description: 'No light.', impact: 'low', urgency: 'low' }
  const incident = await add('/incidents', told)
  await call('POST', `/incidents/${incident.id}/transitions`, { to: 'resolved', note: 'Cable changed.' })
  const article = await add('/articles', { incident: incident.number, language: 'en' })
  expect(article).toMatchObject({
    title: 'Scanner dead',
    audience: 'customer',
    customer: { name: 'Nordhafen' },
    state: 'draft',
    text: '## What is the case\n\nNo light.\n\n## What helps\n\nCable changed.',
  })
})

test('readers say whether it helped, each with one voice, and how often it was opened is counted', async () => {
  const { call, eva, published } = await world()
  const id = await published({ title: 'Printer for all', audience: 'user' })
  expect((await call('POST', `/articles/${id}/uses`, undefined, { as: eva })).status).toBe(204)
  await call('POST', `/articles/${id}/votes`, { helpful: true }, { as: eva })
  const again = await call('POST', `/articles/${id}/votes`, { helpful: false }, { as: eva })
  expect(again.body).toMatchObject({ used: 1, helpful: 0, unhelpful: 1, owner: null })
})

test('a translation knows the words that it was made of, says when these changed, and tells nobody of what they may not see', async () => {
  const { add, call, published, eva } = await world()
  const id = await published({ title: 'VPN', audience: 'user', knownError: true })
  const made = await add('/articles', { source: id, language: 'de' })
  expect(made).toMatchObject({ title: 'VPN', knownError: true, source: { id, language: 'en', behind: false } })
  const again = await call('POST', '/articles', { source: id, language: 'de' })
  expect([again.status, again.body.code]).toEqual([422, 'article.translated-already'])

  const read = async (of: string, as?: Actor) => (await call('GET', `/articles/${of}`, undefined, as && { as })).body
  const change = async (of: string, body: object) => {
    const reply = await call('PATCH', `/articles/${of}`, body, {
      headers: { 'if-match': `"${(await read(of)).version}"` },
    })
    expect(reply.status, reply.text).toBe(200)
  }
  await change(id, { reviewDue: '2027-01-01' })
  expect((await read(made.id)).source.behind).toBe(false)
  await change(id, { text: 'Choose another gateway.' })
  expect((await read(made.id)).source.behind).toBe(true)
  expect((await read(id)).translations).toMatchObject([{ id: made.id, language: 'de', behind: true }])
  expect((await read(id, eva)).translations).toEqual([])
  await change(made.id, { upToDate: true })
  expect((await read(made.id)).source.behind).toBe(false)

  for (const to of ['review', 'published']) await call('POST', `/articles/${made.id}/transitions`, { to })
  await change(id, { audience: 'agent' })
  expect((await read(made.id, eva)).source).toBeNull()
})

test('an article that helped stays with the incident, once, and only one that its people may read', async () => {
  const { add, call, customer, other, published, eva } = await world()
  const service = await add('/services', { customer: customer.id, name: 'Print' })
  const { number } = await add('/incidents', {
    customer: customer.id,
    service: service.id,
    title: 'Printer',
    impact: 'low',
    urgency: 'low',
  })
  const good = await published({ title: 'Printer for all', audience: 'user' })
  const foreign = await published({ title: 'Printer of Rheinwerk', audience: 'customer', customer: other.id })
  const draft = (await add('/articles', { title: 'Begun', language: 'en', audience: 'user' })).id
  const at = (id: string) => `/incidents/${number}/articles/${id}`

  for (let time = 0; time < 2; time++)
    expect((await call('PUT', at(good))).body.items).toMatchObject([{ id: good, title: 'Printer for all' }])
  expect((await call('PUT', at(foreign))).body.code).toBe('article.of-another')
  expect((await call('PUT', at(draft))).body.code).toBe('article.not-published')
  expect((await call('GET', `/incidents/${number}/articles`, undefined, { as: eva })).status).toBe(404)
  expect((await call('DELETE', at(good))).body.items).toEqual([])
})
