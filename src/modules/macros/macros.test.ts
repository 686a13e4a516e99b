import { expect, test } from 'vitest'
import { actorWith } from '#platform/testing.ts'
import { testWorld } from '../../testing.ts'
import { filledText, requireKnownFields, type TextValues } from './fields.ts'

const values: TextValues = {
  number: 'NH-1',
  title: 'No {me} mail',
  customer: 'Nordhafen',
  requester: 'Jule',
  site: '',
  service: 'Mail',
  team: 'First line',
  category: '',
  me: 'Mia',
}

test.each([
  ['Hello {requester}, we look at {number}.', 'Hello Jule, we look at NH-1.'],
  ['{title}', 'No {me} mail'],
  ['At {site} {unheard}', 'At  {unheard}'],
  ['', ''],
])('%s is filled once, from the record', (text, filled) => {
  expect(filledText(text, values)).toBe(filled)
})

test('a text with an unknown field is refused, one without is not', () => {
  expect(() => requireKnownFields('Hello {requester}')).not.toThrow()
  expect(() => requireKnownFields('Hello {requestor}')).toThrow('macro.field')
})

test('words and macros are somebody’s own, a team’s or everybody’s, and a macro takes all of its steps or none', async () => {
  const { call } = await testWorld({ now: new Date('2026-03-02T09:00Z') })
  const admin = actorWith('staff', ['administrator'])
  const made = async (path: string, body: object, as = admin) => {
    const reply = await call('POST', path, body, { as })
    expect(reply.status, reply.text).toBe(201)
    return reply.body
  }
  const customer = await made('/customers', { name: 'Nordhafen', language: 'de' })
  const other = await made('/customers', { name: 'Südpark' })
  const mia = await made('/people', { name: 'Mia Holt' })
  const jon = await made('/people', { name: 'Jon Weiss' })
  const network = await made('/teams', { name: 'Network', members: [{ id: mia.id, kind: 'direct' }] })
  const agentMia = { ...actorWith('staff', ['agent']), personId: mia.id as string }
  const agentJon = { ...actorWith('staff', ['agent']), personId: jon.id as string }

  // An unknown field is found out when it is saved.
  const template = { name: 'Hello', language: 'de', text: 'Hallo {requestor}' }
  const refused = await call('POST', '/text-templates', template, {
    as: agentMia,
    headers: { 'accept-language': 'de' },
  })
  expect([refused.status, refused.body.code]).toEqual([400, 'macro.field'])
  expect(refused.body.detail).toMatch(/\{requestor\}.*\{requester\}/)
  const own = await made(
    '/text-templates',
    { ...template, text: 'Hallo {requester}, {number} liegt bei {me}.' },
    agentMia,
  )
  await made('/text-templates', { name: 'Bye', language: 'en', scope: 'everybody', text: 'Yours, {me}' })
  await made('/text-templates', { name: 'South', language: 'en', scope: 'everybody', customer: other.id, text: 'Hi' })
  const forAll = await call('POST', '/text-templates', { ...template, text: 'x', scope: 'everybody' }, { as: agentMia })
  expect(forAll.status).toBe(403)
  const names = async (as: typeof admin) =>
    (await call('GET', '/text-templates', undefined, { as })).body.items.map(({ name }: { name: string }) => name)
  expect(await names(agentMia)).toEqual(['Bye', 'Hello', 'South'])
  expect(await names(agentJon)).toEqual(['Bye', 'South'])
  const stolen = await call('DELETE', `/text-templates/${own.id}`, undefined, { as: agentJon })
  expect(stolen.status).toBe(404)

  // A team's is for those in it.
  const hold = { name: 'Ask back', text: 'Bitte die Seriennummer, {requester}.', visibility: 'public' }
  const macro = { ...hold, scope: 'team', team: 'Network', toState: 'on-hold', reason: 'awaiting-requester' }
  const outside = await call('POST', '/macros', macro, { as: agentJon })
  expect([outside.status, outside.body.code]).toEqual([400, 'macro.other-team'])
  const { reason: _reason, ...withoutReason } = macro
  expect((await call('POST', '/macros', withoutReason, { as: agentMia })).body.code).toBe('incident.reason-needed')
  expect((await call('POST', '/macros', { name: 'Nothing' }, { as: agentMia })).body.code).toBe('macro.nothing')
  const askBack = await made('/macros', { ...macro, category: 'hardware', toTeam: network.id, takes: true }, agentMia)

  const incident = await made('/incidents', {
    customer: customer.id,
    title: 'No mail',
    impact: 'low',
    urgency: 'low',
    requester: 'jule@nordhafen.example',
  })
  const ready = (await call('GET', `/incidents/${incident.id}/ready-words`, undefined, { as: agentMia })).body
  // The customer's language first; what is for another customer not at all.
  expect(ready.templates.map(({ name, text }: { name: string; text: string }) => [name, text])).toEqual([
    ['Hello', `Hallo ${incident.requester.name}, ${incident.number} liegt bei Mia Holt.`],
    ['Bye', 'Yours, Mia Holt'],
  ])
  expect(ready.macros).toMatchObject([{ name: 'Ask back', possible: false }])

  // From new there is no way to on hold: refused, and nothing of it was done.
  const use = (id: string, as = agentMia) => call('POST', `/incidents/${incident.id}/macros`, { macro: id }, { as })
  const early = await use(askBack.id)
  expect([early.status, early.body.code]).toEqual([422, 'macro.not-here'])
  await call('POST', `/incidents/${incident.id}/transitions`, { to: 'in-progress' }, { as: agentMia })
  expect((await use(askBack.id, agentJon)).status).toBe(404)
  const used = await use(askBack.id)
  expect(used.body).toMatchObject({
    state: 'on-hold',
    pauseReason: 'awaiting-requester',
    category: 'hardware',
    team: { name: 'Network' },
    assignee: { name: 'Mia Holt' },
  })
  const { items } = (await call('GET', `/incidents/${incident.id}/timeline`)).body
  const note = items.find(({ kind }: { kind: string }) => kind === 'incident.note')
  expect(note).toMatchObject({
    visibility: 'public',
    actor: 'Mia Holt',
    facts: { text: `Bitte die Seriennummer, ${incident.requester.name}.` },
  })

  // What resolves is said with it.
  const solved = await made('/macros', { name: 'Done', text: 'Restarted {service}', toState: 'resolved' }, agentMia)
  const done = await call(
    'POST',
    `/incidents/${incident.id}/macros`,
    { macro: solved.id, text: 'Restarted twice' },
    { as: agentMia },
  )
  expect(done.body).toMatchObject({ state: 'resolved', resolution: 'Restarted twice' })

  // Nobody looks into what is closed any more, and it says what to do instead.
  await call('POST', `/incidents/${incident.id}/transitions`, { to: 'closed' }, { as: agentMia })
  for (const visibility of ['internal', 'public']) {
    const late = await call(
      'POST',
      `/incidents/${incident.id}/notes`,
      { text: 'One more thing', visibility },
      { as: agentMia },
    )
    expect([late.status, late.body.code]).toEqual([422, 'incident.note-over'])
    expect(late.body.detail).toMatch(/Reopen it, or log another/)
  }
})
