import { expect, test } from 'vitest'
import { actorWith } from '#platform/testing.ts'
import { agreedWorld, incidentWorld, mail } from './testing.ts'

test('a declared incident has a number of its customer, a priority, and clocks that run', async () => {
  const { call, customer } = await agreedWorld()

  const { status, body, headers } = await call('POST', '/incidents', { customer: 'nordhafen logistics', ...mail })

  expect(status).toBe(201)
  expect(headers['etag']).toBe('"1"')
  expect(body).toMatchObject({ number: 'NL-1001', state: 'new', priority: 'p2', customer: { id: customer.id } })
  expect(body.clocks).toMatchObject([
    { metric: 'response', state: 'running', dueAt: '2026-03-02T09:00:00.000Z', targetSeconds: 3600, elapsedSeconds: 0 },
    {
      metric: 'resolution',
      state: 'running',
      dueAt: '2026-03-02T16:00:00.000Z',
      targetSeconds: 28_800,
      elapsedSeconds: 0,
    },
  ])
  expect(body.dueAt).toBe('2026-03-02T09:00:00.000Z')
})

test('the answer to a declaration is the incident as it is read afterwards', async () => {
  const { call, customer } = await agreedWorld()
  const made = async (path: string, body: object) => (await call('POST', path, body)).body
  const site = await made('/sites', { customer: customer.id, name: 'Hall 3', country: 'DE', timeZone: 'Europe/Berlin' })
  const service = await made('/services', { customer: customer.id, name: 'Mail', criticality: 2 })
  const team = await made('/teams', { name: 'Messaging' })

  const refers = { site: site.name, service: service.name, team: team.name, requester: 'mia@nordhafen.example' }
  const { status, body } = await call('POST', '/incidents', { customer: customer.id, ...mail, ...refers })

  expect(status).toBe(201)
  expect(body).toMatchObject({ state: 'assigned', site: { id: site.id }, team: { id: team.id } })
  expect((await call('GET', `/incidents/${body.id}`)).body).toEqual(body)
})

test('without an agreement an incident has a priority and no clock', async () => {
  const { call } = await incidentWorld()
  const { body } = await call('POST', '/incidents', { customer: 'Nordhafen Logistics', ...mail })
  expect(body).toMatchObject({ priority: 'p2', clocks: [], dueAt: null })
})

test('one of the provider’s people holds an incident, nobody else, and what is over takes no note', async () => {
  const { call, customer } = await incidentWorld()
  const { body } = await call('POST', '/incidents', { customer: customer.id, ...mail })
  const { body: ours } = await call('POST', '/people', { name: 'Ada' })
  const { body: theirs } = await call('POST', '/people', { name: 'Tom', customer: customer.id })
  const change = (what: object, version: number) =>
    call('PATCH', `/incidents/${body.id}`, what, { headers: { 'if-match': `"${version}"` } })
  expect((await change({ assignee: theirs.id }, 1)).body).toMatchObject({ code: 'incident.holder-inside' })
  expect((await change({ assignee: customer.id }, 1)).body).toMatchObject({ code: 'person.not-found' })
  expect((await change({ assignee: ours.id }, 1)).body).toMatchObject({ assignee: { name: 'Ada' } })
  const cancelled = await call('POST', `/incidents/${body.id}/transitions`, { to: 'cancelled', note: 'Nothing' })
  expect((await change({ note: 'Nobody reads this' }, cancelled.body.version)).body).toMatchObject({
    code: 'incident.note-over',
  })
})

test('what the lifecycle does not list is refused with a sentence in the caller’s language', async () => {
  const { call } = await incidentWorld()
  const { body: incident } = await call('POST', '/incidents', { customer: 'Nordhafen Logistics', ...mail })
  const german = { ...actorWith('staff', ['agent']), language: 'de' as const }
  const reply = await call('POST', `/incidents/${incident.id}/transitions`, { to: 'closed' }, { as: german })
  expect(reply.status).toBe(422)
  expect(reply.headers['content-type']).toContain('application/problem+json')
  expect(reply.body).toMatchObject({
    code: 'incident.cannot',
    detail: 'Eine Störung im Zustand „neu“ kann nicht „geschlossen“ werden.',
  })
})

test('refusals, explanations and tables call states and reasons as the installation does', async () => {
  const { call, at, customer, database } = await agreedWorld()
  const words = {
    en: { states: { closed: 'Archived' }, reasons: {} },
    de: { states: { new: 'Frisch', 'on-hold': 'Geparkt' }, reasons: { 'awaiting-supplier': 'beim Zulieferer' } },
  }
  await database.pool.query(`insert into setting (name, value) values ('installation', $1)`, [{ words }])
  const { body: incident } = await call('POST', '/incidents', { customer: customer.id, ...mail })
  const german = { as: { ...actorWith('staff', ['agent']), language: 'de' as const } }
  const move = (body: object, as = {}) => call('POST', `/incidents/${incident.id}/transitions`, body, as)

  expect((await move({ to: 'closed' }, german)).body.detail).toContain('„Frisch“ kann nicht „geschlossen“')
  expect((await move({ to: 'closed' })).body.detail).toBe('An incident that is new cannot become Archived.')
  await move({ to: 'in-progress' })
  await move({ to: 'on-hold', reason: 'awaiting-supplier' })
  at('2026-03-02T10:00Z')
  const resolution = incident.clocks.find(({ metric }: { metric: string }) => metric === 'resolution')
  const { body } = await call('GET', `/incidents/${incident.id}/clocks/${resolution.id}/explanation`, undefined, german)
  const sentences = body.steps.map(({ sentence }: { sentence: string }) => sentence).join(' ')
  expect(sentences).toMatch(/Währenddessen Geparkt \(beim Zulieferer\)|: beim Zulieferer\./)
  const table = await call(
    'GET',
    '/incidents/export?format=csv&zone=UTC&columns=number&columns=state',
    undefined,
    german,
  )
  expect(table.text).toContain(`${incident.number};Geparkt`)
})

test('what is said to have happened before an incident was opened is refused, and changes nothing', async () => {
  const { call, at, customer } = await agreedWorld()
  const { body: incident } = await call('POST', '/incidents', { customer: customer.id, ...mail })
  at('2026-03-02T10:00Z')
  const german = { ...actorWith('staff', ['agent']), language: 'de' as const }
  const begin = (occurredAt: string) =>
    call('POST', `/incidents/${incident.number}/transitions`, { to: 'in-progress', occurredAt }, { as: german })

  const refused = await begin('2026-03-02T07:59:59.999Z')

  expect(refused.status).toBe(400)
  expect(refused.body).toMatchObject({ code: 'incident.before-opening', errors: [{ path: 'occurredAt' }] })
  expect(refused.body.detail).toContain(`${incident.number} wurde am Mo., 2. März 2026, 09:00 (Europe/Berlin) eröffnet`)
  expect((await call('GET', `/incidents/${incident.number}`)).body).toMatchObject({ state: 'new', respondedAt: null })
  expect((await begin('2026-03-02T08:00:00.000Z')).body).toMatchObject({ state: 'in-progress' })
})

test('a pause cannot end before it begins, nor anything be told of before the last step', async () => {
  const { call, at, customer } = await agreedWorld()
  const { body: incident } = await call('POST', '/incidents', { customer: customer.id, ...mail })
  at('2026-03-02T10:00Z')
  const step = (to: string, occurredAt: string) =>
    call('POST', `/incidents/${incident.number}/transitions`, { to, occurredAt, reason: 'awaiting-requester' })

  await step('in-progress', '2026-03-02T08:30:00Z')
  expect((await step('on-hold', '2026-03-02T09:00:00Z')).status).toBe(200)
  const refused = await step('in-progress', '2026-03-02T08:59:59Z')
  expect(refused.status).toBe(400)
  expect(refused.body).toMatchObject({ code: 'incident.out-of-order', errors: [{ path: 'occurredAt' }] })
  expect(refused.body.detail).toContain('since Mon, 2 Mar 2026, 10:00 (Europe/Berlin)')
  expect((await call('GET', `/incidents/${incident.number}`)).body).toMatchObject({ state: 'on-hold' })
  expect((await step('in-progress', '2026-03-02T09:00:00Z')).body).toMatchObject({ state: 'in-progress' })
})

test('two people who save the same incident: the second is told, and nothing of it is written', async () => {
  const { call } = await agreedWorld()
  const { body: incident } = await call('POST', '/incidents', { customer: 'Nordhafen Logistics', ...mail })
  const first = await call(
    'PATCH',
    `/incidents/${incident.id}`,
    { title: 'Mail is down in Hamburg' },
    { headers: { 'if-match': '"1"' } },
  )
  const second = await call(
    'PATCH',
    `/incidents/${incident.id}`,
    { title: 'Mail is slow' },
    { headers: { 'if-match': '"1"' } },
  )
  const blind = await call('PATCH', `/incidents/${incident.id}`, { title: 'Mail is slow' })
  expect(first.status).toBe(200)
  expect(second).toMatchObject({ status: 412, body: { code: 'request.moved-on' } })
  expect(blind).toMatchObject({ status: 428, body: { code: 'request.unmatched' } })
  const { body } = await call('GET', `/incidents/${incident.id}`)
  expect(body).toMatchObject({ title: 'Mail is down in Hamburg', version: 2 })
})

test('the same Idempotency-Key declares one incident, and another request under it is refused', async () => {
  const { call } = await agreedWorld()
  const body = { customer: 'Nordhafen Logistics', ...mail }
  const headers = { 'idempotency-key': 'a-1' }
  const first = await call('POST', '/incidents', body, { headers })
  const again = await call('POST', '/incidents', body, { headers })
  const other = await call('POST', '/incidents', { ...body, title: 'Another' }, { headers })
  expect(again.body.number).toBe(first.body.number)
  expect(again.status).toBe(201)
  expect(other).toMatchObject({ status: 409, body: { code: 'request.key-reused' } })
  const { body: list } = await call('GET', '/incidents')
  expect(list.items).toHaveLength(1)
})

test('a list is served in pages by each order, without a gap or a double', async () => {
  const { call, at } = await agreedWorld()
  for (let minute = 10; minute < 15; minute++) {
    at(`2026-03-02T08:${minute}:00Z`)
    await call('POST', '/incidents', { customer: 'Nordhafen Logistics', ...mail, title: `Case ${minute}` })
  }
  for (const [sort, expected] of [
    ['-updatedAt', '14 13 12 11 10'],
    ['-openedAt', '14 13 12 11 10'],
    ['dueAt', '10 11 12 13 14'],
  ] as const) {
    const seen: string[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const { body }: { body: { items: { title: string }[]; nextCursor: string | null } } = await call(
        'GET',
        `/incidents?sort=${sort}&limit=2${cursor && `&cursor=${cursor}`}`,
      )
      seen.push(...body.items.map(({ title }) => title.slice(5)))
      cursor = body.nextCursor
    }
    expect(seen.join(' ')).toBe(expected)
  }
})

test('a search finds words in title, description and number, also by their beginning', async () => {
  const { call } = await agreedWorld()
  await call('POST', '/incidents', {
    customer: 'Nordhafen Logistics',
    ...mail,
    description: 'Der Übertragungsknoten antwortet nicht.',
  })
  await call('POST', '/incidents', { customer: 'Nordhafen Logistics', ...mail, title: 'Printer jams' })
  const found = async (q: string) =>
    (await call('GET', `/incidents?q=${encodeURIComponent(q)}`)).body.items.map(({ title }: { title: string }) => title)
  expect(await found('übertragung')).toEqual(['Mail is down'])
  expect(await found('prin jam')).toEqual(['Printer jams'])
  expect(await found('NL-1002')).toEqual(['Printer jams'])
  expect(await found("' or 1=1 --")).toEqual([])
})

test('a customer’s stakeholder sees the own incidents without who works on them, and no other', async () => {
  const { call, customer } = await agreedWorld()
  const { body: other } = await call('POST', '/customers', { name: 'Brackwater Retail' })
  await call('POST', '/teams', { name: 'Network EU' })
  const { body: own } = await call('POST', '/incidents', { customer: customer.id, ...mail, team: 'Network EU' })
  const { body: foreign } = await call('POST', '/incidents', { customer: other.id, ...mail, title: 'Secret trouble' })
  await call('POST', `/incidents/${own.id}/notes`, { text: 'They pay late.' })
  const as = actorWith('customer', ['customer-stakeholder'], [customer.id])

  const list = await call('GET', '/incidents', undefined, { as })
  expect(list.body.items).toMatchObject([{ id: own.id, team: null, assignee: null }])
  expect((await call('GET', `/incidents/${foreign.number}`, undefined, { as })).status).toBe(404)
  expect((await call('GET', '/incidents?q=secret', undefined, { as })).body.items).toEqual([])
  expect((await call('GET', `/incidents?customer=${other.id}`, undefined, { as })).status).toBe(404)
  expect((await call('GET', '/incidents?team=Network%20EU', undefined, { as })).status).toBe(403)
  expect((await call('GET', '/reports/attainment?groupBy=team', undefined, { as })).status).toBe(403)
  const timeline = await call('GET', `/incidents/${own.id}/timeline`, undefined, { as })
  expect(timeline.text).not.toContain('They pay late')
  expect(timeline.body.items.map(({ kind }: { kind: string }) => kind)).toEqual(['incident.opened'])
  expect((await call('POST', '/incidents', { customer: customer.id, ...mail }, { as })).status).toBe(404)
})

test('whoever opens an incident gets its history along: what the timeline tells them, from where it goes on', async () => {
  const { call, customer } = await agreedWorld()
  const { body: own } = await call('POST', '/incidents', { customer: customer.id, ...mail })
  await call('POST', `/incidents/${own.id}/notes`, { text: 'They pay late.' })
  await call('POST', `/incidents/${own.id}/notes`, { text: 'We are on it.', visibility: 'public' })
  const stakeholder = actorWith('customer', ['customer-stakeholder'], [customer.id])
  for (const [as, kinds] of [
    [undefined, ['incident.opened', 'incident.note', 'incident.note', 'incident.responded']],
    [stakeholder, ['incident.opened', 'incident.note', 'incident.responded']],
  ] as const) {
    const who = as && { as }
    for (const id of [own.id, own.number]) {
      const told = await call('GET', `/incidents/${id}/timeline`, undefined, who)
      const { history, ...incident } = (await call('GET', `/incidents/${id}?history=1000`, undefined, who)).body
      expect(history).toEqual(told.body)
      expect(history.items.map(({ kind }: { kind: string }) => kind)).toEqual(kinds)
      expect(incident).toEqual((await call('GET', `/incidents/${id}`, undefined, who)).body)
    }
    const { body: opened } = await call('GET', `/incidents/${own.id}?history=1`, undefined, who)
    const rest = await call('GET', `/incidents/${own.id}/timeline?cursor=${opened.history.nextCursor}`, undefined, who)
    expect([...opened.history.items, ...rest.body.items].map(({ kind }: { kind: string }) => kind)).toEqual(kinds)
  }
  const stranger = actorWith('customer', ['customer-stakeholder'], [])
  expect((await call('GET', `/incidents/${own.id}?history=9`, undefined, { as: stranger })).status).toBe(404)
  // A number that looks like the beginning of an id made for a moment is a number.
  for (const path of ['10000000000000799?history=5', '10000000000000799/timeline'])
    expect((await call('GET', `/incidents/${path}`)).status).toBe(404)
  expect((await call('GET', `/incidents/${own.id}?history=0`)).status).toBe(400)
})
