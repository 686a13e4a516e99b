import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { actorWith } from '#platform/testing.ts'
import { testWorld } from '../../testing.ts'
import { phoneEnding } from './contact.ts'
import { isSigned, signatureOf } from './signature.ts'

process.env['PLUMBLINE_SECRET'] ??= Buffer.alloc(32, 7).toString('base64url')

const agent = actorWith('staff', ['agent'])

test.each([
  ['+49 711 5551234', '15551234'],
  ['0711/555-1234', '15551234'],
  ['0049 (711) 555 1234', '15551234'],
  ['4711', null],
  ['Mia', null],
])('%s is known by its last digits', (typed, ending) => {
  expect(phoneEnding(typed)).toBe(ending)
})

test('a signature holds for one text, one secret and five minutes', () => {
  const now = new Date('2026-03-02T09:00Z')
  const seconds = String(now.getTime() / 1000)
  const secret = 'a secret'
  const signature = `t=${seconds},v1=${signatureOf({ seconds, text: 'hello', secret })}`
  expect(isSigned({ signature, text: 'hello', secret }, now)).toBe(true)
  expect(isSigned({ signature, text: 'hello!', secret }, now)).toBe(false)
  expect(isSigned({ signature, text: 'hello', secret: 'another' }, now)).toBe(false)
  expect(isSigned({ signature, text: 'hello', secret }, new Date('2026-03-02T09:05:01Z'))).toBe(false)
  expect(isSigned({ signature: 'v1=abc', text: 'hello', secret }, now)).toBe(false)
  expect(isSigned({ signature: undefined, text: 'hello', secret }, now)).toBe(false)
})

test('contacts are taken, answered, logged and attached, counted by channel, and opened from the figures', async () => {
  const world = await testWorld({ now: new Date('2026-03-02T09:00Z') })
  const { call, at } = world
  const made = async (path: string, body: object, as = agent) => {
    const reply = await call('POST', path, body, { as })
    expect(reply.status, reply.text).toBe(201)
    return reply.body
  }
  const admin = actorWith('staff', ['administrator'])
  const customer = await made('/customers', { name: 'Nordhafen' }, admin)
  const other = await made('/customers', { name: 'Südpark' }, admin)
  const caller = { name: 'Jule Petersen', email: 'jule@nordhafen.example', phone: '+49 40 5551234' }
  const take = (body: object) => made('/contacts', { customer: 'Nordhafen', channel: 'phone', ...body })

  // Answered at once: a contact alone.
  const first = await take({ subject: 'Where is the printer?', outcome: 'answered', handleSeconds: 40, caller })
  expect(first).toMatchObject({ outcome: 'answered', incident: null, caller: { name: 'Jule Petersen' } })
  expect(first.caller.id).not.toBeNull()

  // Logged as an incident with what was typed; resolved while they were still talking.
  const second = await take({ subject: 'No network', details: 'Since this morning', caller: { id: first.caller.id } })
  expect(second.outcome).toBe('open')
  const logged = await made(`/contacts/${second.id}/incident`, { impact: 'low', urgency: 'low' })
  expect(logged).toMatchObject({ outcome: 'incident', incident: { title: 'No network' } })
  const incident = (await call('GET', `/incidents/${logged.incident.number}`)).body
  expect(incident).toMatchObject({
    channel: 'phone',
    description: 'Since this morning',
    requester: { name: 'Jule Petersen' },
  })
  at('2026-03-02T09:10Z')
  await call('POST', `/incidents/${incident.id}/transitions`, { to: 'resolved', note: 'Plugged in' }, { as: agent })
  const twice = await call('POST', `/contacts/${second.id}/incident`, { impact: 'low', urgency: 'low' }, { as: agent })
  expect([twice.status, twice.body.code]).toEqual([422, 'contact.settled'])

  // Another call about the same: attached, told there, and counted in no first-contact resolution.
  const third = await take({ subject: 'Still no network', incident: incident.number, caller: { id: first.caller.id } })
  expect(third.outcome).toBe('attached')
  const { items } = (await call('GET', `/incidents/${incident.id}/timeline`)).body
  expect(items.at(-1)).toMatchObject({
    kind: 'incident.contact',
    visibility: 'internal',
    facts: { channel: 'phone', subject: 'Still no network', caller: 'Jule Petersen' },
  })
  // Logged, and not resolved yet.
  const walkUp = await take({ channel: 'walk-up', subject: 'Screen broken' })
  await made(`/contacts/${walkUp.id}/incident`, { impact: 'low', urgency: 'low' })

  const { body: report } = await call('GET', '/reports/contacts?customer=Nordhafen&from=2026-03-02&to=2026-03-02')
  expect(report).toEqual({
    contacts: 4,
    open: 0,
    first: { numerator: 2, denominator: 3 },
    channels: [
      { channel: 'phone', contacts: 3, incidents: 1, first: { numerator: 2, denominator: 2 } },
      { channel: 'walk-up', contacts: 1, incidents: 1, first: { numerator: 0, denominator: 1 } },
    ],
  })
  const listed = async (query: string) =>
    (await call('GET', `/contacts?${query}`)).body.items.map(({ subject }: { subject: string }) => subject)
  expect(await listed('first=settled')).toEqual(['No network', 'Where is the printer?'])
  expect(await listed('first=not-settled')).toEqual(['Screen broken'])
  expect(await listed('channel=walk-up')).toEqual(['Screen broken'])
  expect(await listed('q=040/555-1234')).toEqual(['Where is the printer?'])
  expect((await call('GET', '/reports/contacts?from=2026-03-03')).body).toMatchObject({ contacts: 0, first: null })

  // Reopened, it was not settled at the first contact after all.
  await call('POST', `/incidents/${incident.id}/transitions`, { to: 'in-progress' }, { as: agent })
  expect(await listed('first=settled')).toEqual(['Where is the printer?'])

  // Who calls is found by name, address and number, with what is open of theirs.
  for (const q of ['petersen', 'jule@', '0 40 555 12 34']) {
    const found = (await call('GET', `/callers?q=${encodeURIComponent(q)}`)).body.items
    expect(found, q).toMatchObject([
      { name: 'Jule Petersen', customer: { name: 'Nordhafen' }, open: [{ number: incident.number }] },
    ])
  }

  // Whatever belongs to two customers is refused, and what was changed meanwhile is not written over.
  const foreign = await made('/contacts', { customer: other.id, channel: 'phone', subject: 'Question' })
  const crossed = await call(
    'PATCH',
    `/contacts/${foreign.id}`,
    { incident: incident.number },
    {
      as: agent,
      headers: { 'if-match': '"1"' },
    },
  )
  expect([crossed.status, crossed.body.code]).toEqual([400, 'contact.other-customer'])
  const change = { outcome: 'answered', handleSeconds: 60 }
  const changed = await call('PATCH', `/contacts/${foreign.id}`, change, { as: agent, headers: { 'if-match': '"1"' } })
  expect(changed.body).toMatchObject({ outcome: 'answered', handleSeconds: 60, version: 2 })
  const late = await call('PATCH', `/contacts/${foreign.id}`, change, { as: agent, headers: { 'if-match': '"1"' } })
  expect(late.status).toBe(412)

  // None of it is a customer's business, and another customer's people are not among the callers.
  const outside = actorWith('customer', ['customer-stakeholder'], [customer.id])
  expect((await call('GET', '/contacts', undefined, { as: outside })).status).toBe(404)
  const limited = actorWith('limited', ['agent'], [other.id])
  expect((await call('GET', '/contacts', undefined, { as: limited })).body.items).toHaveLength(1)
  expect((await call('GET', '/callers?q=petersen', undefined, { as: limited })).body.items).toEqual([])

  // A chat hands its messages over: signed, each once, into a contact, and on into its incident.
  at('2026-03-02T10:00Z')
  const source = await made('/contact-sources', { name: 'Chat of the intranet', customer: customer.id }, admin)
  const hand = (message: object, secret: string = source.secret, id: string = source.id) => {
    const seconds = String(Date.parse('2026-03-02T10:00Z') / 1000)
    const text = JSON.stringify(message)
    const signature = `t=${seconds},v1=${signatureOf({ seconds, text, secret })}`
    const headers = { 'x-plumbline-signature': signature }
    return call('POST', `/contact-sources/${id}/messages`, message, { as: null, headers })
  }
  const hello = { conversation: 'c-1', messageId: 'm-1', name: 'Jule', email: 'jule@nordhafen.example', text: 'Hello?' }
  expect((await hand(hello, 'guessed')).status).toBe(401)
  expect((await hand(hello, source.secret, randomUUID())).status).toBe(401)
  const [one, again] = await Promise.all([hand(hello), hand(hello)])
  expect([one.status, again.status]).toEqual([200, 200])
  expect(one.body.contact).toBe(again.body.contact)
  expect([one, again].filter(({ body }) => body.known)).toHaveLength(1)
  await hand({ ...hello, messageId: 'm-2', author: 'bot', text: 'A colleague will be with you.' })
  const chat = (await call('GET', `/contacts/${one.body.contact}`)).body
  expect(chat).toMatchObject({ channel: 'chat', outcome: 'open', subject: 'Hello?', caller: { id: first.caller.id } })
  expect(chat.messages.map(({ text }: { text: string }) => text)).toEqual(['Hello?', 'A colleague will be with you.'])

  const fromChat = await made(`/contacts/${chat.id}/incident`, { title: 'Chat', impact: 'low', urgency: 'low' })
  const { number } = fromChat.incident
  await call('POST', `/incidents/${number}/transitions`, { to: 'in-progress' }, { as: agent })
  await call('POST', `/incidents/${number}/transitions`, { to: 'on-hold', reason: 'awaiting-requester' }, { as: agent })
  const answer = await hand({ ...hello, messageId: 'm-3', text: 'Here is the serial number' })
  expect(answer.body).toEqual({ contact: chat.id, incident: number, known: false })
  expect((await call('GET', `/incidents/${number}`)).body.state).toBe('in-progress')
  const told = (await call('GET', `/incidents/${number}/timeline`)).body.items
  expect(told.filter(({ kind }: { kind: string }) => kind === 'incident.answer')).toMatchObject([
    { facts: { text: 'Here is the serial number', author: 'Jule' } },
  ])

  // When that is over, another contact begins.
  await call('POST', `/incidents/${number}/transitions`, { to: 'cancelled' }, { as: agent })
  const anew = await hand({ ...hello, messageId: 'm-4', text: 'And another thing' })
  expect(anew.body).toMatchObject({ incident: null, known: false })
  expect(anew.body.contact).not.toBe(chat.id)

  const ended = await call('DELETE', `/contact-sources/${source.id}`, undefined, { as: admin })
  expect(ended.status).toBe(204)
  expect((await hand({ ...hello, messageId: 'm-5' })).status).toBe(401)
})

test('what somebody called to order leads to the request, once, and to none of another customer', async () => {
  const { call, database } = await testWorld({ now: new Date('2026-03-02T09:00Z') })
  const as = actorWith('staff', ['administrator', 'agent'])
  await database.pool.query(`insert into person (id, name) values ($1, 'Mia')`, [as.personId])
  const made = async (path: string, body: object) => {
    const reply = await call('POST', path, body, { as })
    expect([200, 201], reply.text).toContain(reply.status)
    return reply.body
  }
  const customer = await made('/customers', { name: 'Nordhafen', key: 'NH' })
  await made('/customers', { name: 'Südpark', key: 'SP' })
  const team = await made('/teams', { name: 'Desk' })
  const item = await made('/catalogue-items', {
    name: { de: 'Maus', en: 'Mouse' },
    plan: [
      {
        kind: 'people',
        title: { de: 'Bringen', en: 'Bring' },
        team: team.id,
        stage: 1,
        seconds: 3600,
        uses: [],
        url: null,
      },
    ],
  })
  await made(`/catalogue-items/${item.id}/transitions`, { to: 'published' })
  const order = (of: string, whom: string) => made('/requests', { item: item.id, customer: of, for: whom })
  const [own, foreign] = [
    await order('Nordhafen', 'jule@nordhafen.example'),
    await order('Südpark', 'a@suedpark.example'),
  ]
  const contact = await made('/contacts', { customer: customer.id, channel: 'phone', subject: 'A mouse, please' })
  const tell = (request: string, version: number) =>
    call('PATCH', `/contacts/${contact.id}`, { request }, { headers: { 'if-match': `"${version}"` } })
  expect((await tell(foreign.number, 1)).status).toBe(404)
  expect((await tell(own.number, 1)).body).toMatchObject({ outcome: 'request', request: { number: own.number } })
  expect((await tell(own.number, 2)).body.code).toBe('contact.settled')
})
