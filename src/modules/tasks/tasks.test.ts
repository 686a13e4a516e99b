import { expect, test } from 'vitest'
import { actorWith } from '#platform/testing.ts'
import { testWorld } from '../../testing.ts'

test('tasks, appointments and checklists belong to an incident, which tells of each; time spent is told to its person and their lead alone', async () => {
  const { call } = await testWorld({ now: new Date('2026-03-02T09:00Z') })
  const admin = actorWith('staff', ['administrator'])
  const made = async (path: string, body: object, as = admin) => {
    const reply = await call('POST', path, body, { as })
    expect(reply.status, reply.text).toBe(201)
    return reply.body
  }
  const customer = await made('/customers', { name: 'Nordhafen' })
  const [mia, jon, lea] = [
    await made('/people', { name: 'Mia' }),
    await made('/people', { name: 'Jon' }),
    await made('/people', { name: 'Lea' }),
  ]
  const outsider = await made('/people', { name: 'Jule', customer: customer.id })
  const field = await made('/teams', { name: 'Field', members: [{ id: mia.id }, { id: jon.id }] })
  const stranger = await made('/teams', { name: 'Office', members: [{ id: lea.id }] })
  await made(`/people/${lea.id}/roles`, { role: 'resolver-lead', team: field.id })
  const agent = (person: { id: string }, roles: string[] = ['agent']) => ({
    ...actorWith('staff', roles),
    personId: person.id,
  })
  const incident = await made('/incidents', { customer: customer.id, title: 'Printer', impact: 'low', urgency: 'low' })
  const path = `/incidents/${incident.number}`
  const change = (of: string, body: object, version: number, as = agent(mia)) =>
    call('PATCH', of, body, { as, headers: { 'if-match': `"${version}"` } })

  const appointment = { from: '2026-03-03T08:00:00.000Z', to: '2026-03-03T09:00:00.000Z', zone: 'Europe/Berlin' }
  const visit = { title: 'Change the drum', team: 'Field', person: mia.id, appointment }
  const task = await made(`${path}/tasks`, visit, agent(jon))
  expect(task).toMatchObject({ state: 'open', team: { name: 'Field' }, person: { name: 'Mia' }, appointment })
  for (const [wrong, code] of [
    [{ appointment: { ...appointment, to: appointment.from } }, 'task.appointment-order'],
    [{ appointment: { ...appointment, zone: 'Mars/Base' } }, 'request.invalid'],
    [{ person: outsider.id }, 'task.person-inside'],
  ] as const) {
    const refused = await call('POST', `${path}/tasks`, { ...visit, ...wrong }, { as: agent(jon) })
    expect([refused.status, refused.body.code]).toEqual([400, code])
  }
  await made(`${path}/tasks`, { title: 'Order paper', dueAt: '2026-03-05T12:00:00Z' }, agent(jon))
  const listed = async (query: string, as = agent(mia)) =>
    (await call('GET', `/tasks?${query}`, undefined, { as })).body.items.map(({ title }: { title: string }) => title)
  expect(await listed('')).toEqual(['Change the drum', 'Order paper'])
  expect(await listed('person=me')).toEqual(['Change the drum'])
  expect(await listed('person=nobody')).toEqual(['Order paper'])
  expect(await listed(`team=${stranger.id}`)).toEqual([])
  const done = await change(`/tasks/${task.id}`, { state: 'done' }, task.version)
  expect(done.body).toMatchObject({ state: 'done', doneAt: '2026-03-02T09:00:00.000Z', version: 2 })
  expect((await change(`/tasks/${task.id}`, { state: 'open' }, task.version)).status).toBe(412)
  expect(await listed('')).toEqual(['Order paper'])

  const { items } = await made(`${path}/checklist`, { items: ['Drum in the car', 'Old drum back'] }, agent(jon))
  expect(items.map(({ text }: { text: string }) => text)).toEqual(['Drum in the car', 'Old drum back'])
  const ticked = await change(`/checklist-items/${items[0].id}`, { done: true }, 1)
  expect(ticked.body).toMatchObject({ text: 'Drum in the car', doneAt: '2026-03-02T09:00:00.000Z' })
  expect((await call('DELETE', `/checklist-items/${items[1].id}`, undefined, { as: agent(mia) })).status).toBe(204)

  // Whose time it is, and who leads them, see it: nobody else, whatever else they may.
  const booked = await made(
    `${path}/time`,
    { minutes: 45, day: '2026-03-02', billable: true, note: 'On site' },
    agent(mia),
  )
  expect(booked).toMatchObject({ minutes: 45, billable: true, own: true, person: { name: 'Mia' } })
  await made(`${path}/time`, { minutes: 5, day: '2026-03-02' }, agent(jon))
  const ahead = await call('POST', `${path}/time`, { minutes: 5, day: '2026-03-04' }, { as: agent(mia) })
  expect([ahead.status, ahead.body.code]).toEqual([400, 'time.not-yet'])
  const minutes = async (as: typeof admin) =>
    (await call('GET', `${path}/work`, undefined, { as })).body.time.map((each: { minutes: number }) => each.minutes)
  expect(await minutes(agent(mia))).toEqual([45])
  expect(await minutes(agent(jon))).toEqual([5])
  expect((await minutes(agent(lea, ['agent', 'resolver-lead']))).toSorted((a: number, b: number) => a - b)).toEqual([
    5, 45,
  ])
  // Where the rules for works councils hold, not even their lead, and no list says who works on what.
  const councils = async (worksCouncil: boolean) => {
    const { version } = (await call('GET', '/settings')).body
    await call('PATCH', '/settings', { worksCouncil }, { headers: { 'if-match': `"${version}"` } })
  }
  await councils(true)
  expect(await minutes(agent(lea, ['agent', 'resolver-lead']))).toEqual([])
  expect(await minutes(agent(mia))).toEqual([45])
  const list = '/incidents/export?format=csv&zone=UTC&columns=number&columns=assignee'
  expect((await call('GET', list)).text).not.toContain('Person')
  await councils(false)
  expect((await call('GET', list)).text).toContain('Person')
  expect(await minutes(admin)).toEqual([])
  expect(await minutes(actorWith('staff', ['service-manager']))).toEqual([])
  expect(await minutes(actorWith('auditor', ['auditor']))).toEqual([])
  const theirs = await call('DELETE', `/time-entries/${booked.id}`, undefined, { as: agent(lea) })
  expect(theirs.status).toBe(404)
  expect((await call('DELETE', `/time-entries/${booked.id}`, undefined, { as: agent(mia) })).status).toBe(204)

  // The history tells of all of it, inside; of time that it was booked, not how much.
  const timeline = (await call('GET', `${path}/timeline`)).body.items as {
    kind: string
    facts: object
    visibility: string
  }[]
  const told = timeline.filter(({ kind }) => /task|checklist|time/.test(kind))
  expect(told.map(({ kind }) => kind.replace('incident.', ''))).toEqual([
    'task-added',
    'task-added',
    'task-state',
    'checklist-added',
    'checklist-done',
    'checklist-removed',
    'time-booked',
    'time-booked',
    'time-removed',
  ])
  expect(new Set(told.map(({ visibility }) => visibility))).toEqual(new Set(['internal']))
  expect(told.filter(({ kind }) => kind.includes('time')).map(({ facts }) => facts)).toEqual([{}, {}, {}])

  // To a customer's people none of it is there.
  const outside = actorWith('customer', ['customer-stakeholder'], [customer.id])
  expect((await call('GET', `${path}/work`, undefined, { as: outside })).status).toBe(404)
  const seen = (await call('GET', `${path}/timeline`, undefined, { as: outside })).text
  for (const word of ['drum', 'checklist', 'time-booked']) expect(seen).not.toContain(word)
  expect((await call('GET', path, undefined, { as: outside })).body).toMatchObject({ hops: null, misroutes: null })
})

test('a hand-over has a note for whoever gets it; before work began it was routed wrongly, after that it is a hop', async () => {
  const { call } = await testWorld({ now: new Date('2026-03-02T09:00Z') })
  const agent = actorWith('staff', ['administrator'])
  const made = async (path: string, body: object) => (await call('POST', path, body, { as: agent })).body
  const customer = await made('/customers', { name: 'Nordhafen' })
  for (const name of ['Network', 'Mail', 'Print']) await made('/teams', { name })
  const order = { customer: customer.id, title: 'Slow', impact: 'low', urgency: 'low', team: 'Network' }
  let incident = await made('/incidents', order)
  const hand = async (body: object) => {
    const headers = { 'if-match': `"${incident.version}"` }
    const reply = await call('PATCH', `/incidents/${incident.id}`, body, { as: agent, headers })
    expect(reply.status, reply.text).toBe(200)
    incident = reply.body
    return [incident.hops, incident.misroutes]
  }
  expect(await hand({ team: 'Mail', note: 'The network is fine' })).toEqual([0, 1])
  incident = await made(`/incidents/${incident.id}/transitions`, { to: 'in-progress' })
  expect(await hand({ team: 'Print', note: 'Only the print mails' })).toEqual([1, 1])
  expect(await hand({ note: 'Nobody gets it, but it is to be read' })).toEqual([1, 1])
  const { items } = (await call('GET', `/incidents/${incident.id}/timeline`)).body
  const notes = items.flatMap(
    ({ kind, visibility, facts }: { kind: string; visibility: string; facts: { note?: string; text?: string } }) =>
      facts.note || facts.text ? [[kind, visibility, facts.note ?? facts.text]] : [],
  )
  expect(notes).toEqual([
    ['incident.assigned', 'internal', 'The network is fine'],
    ['incident.assigned', 'internal', 'Only the print mails'],
    ['incident.note', 'internal', 'Nobody gets it, but it is to be read'],
  ])
})

test('a visit is accepted, on the way, begun, and done with the way there and its parts, or fails with why', async () => {
  const { call, at } = await testWorld({ now: new Date('2026-03-02T09:00Z') })
  const admin = actorWith('staff', ['administrator'])
  const made = async (path: string, body: object) => (await call('POST', path, body, { as: admin })).body
  const customer = await made('/customers', { name: 'Nordhafen' })
  const mia = await made('/people', { name: 'Mia' })
  const agent = { ...actorWith('staff', ['agent']), personId: mia.id }
  const incident = await made('/incidents', { customer: customer.id, title: 'Printer', impact: 'low', urgency: 'low' })
  const appointment = { from: '2026-03-02T10:00:00Z', to: '2026-03-02T11:00:00Z', zone: 'Europe/Berlin' }
  let task = await made(`/incidents/${incident.id}/tasks`, { title: 'Change the drum', appointment })
  expect(task).toMatchObject({ kind: 'field', state: 'open', person: null, parts: [] })
  const step = async (body: object) => {
    const reply = await call('PATCH', `/tasks/${task.id}`, body, {
      as: agent,
      headers: { 'if-match': `"${task.version}"` },
    })
    if (reply.status === 200) task = reply.body
    return reply.body
  }

  expect(await step({ state: 'accepted' })).toMatchObject({
    person: { name: 'Mia' },
    acceptedAt: '2026-03-02T09:00:00.000Z',
  })
  expect(await step({ state: 'en-route' })).toMatchObject({ departedAt: '2026-03-02T09:00:00.000Z' })
  expect((await step({ kind: 'remote' })).code).toBe('task.not-there')
  at('2026-03-02T09:35Z')
  expect(await step({ state: 'started' })).toMatchObject({ travelMinutes: 35, startedAt: '2026-03-02T09:35:00.000Z' })
  expect(await step({ state: 'failed' })).toMatchObject({ code: 'task.reason-needed', errors: [{ path: 'failedFor' }] })
  expect(await step({ state: 'failed', failedFor: 'Nobody opened' })).toMatchObject({
    failedFor: 'Nobody opened',
    doneAt: null,
  })
  const waiting = (await call('GET', '/tasks', undefined, { as: agent })).body.items
  expect(waiting).toEqual([])
  expect((await step({ state: 'started' })).detail).toBe(
    'A task that is not successful does not become “being worked on”.',
  )
  expect(await step({ state: 'open' })).toMatchObject({ failedFor: null, failedAt: null, departedAt: null })
  const parts = [{ name: 'Drum DR-2', quantity: 2 }]
  expect(await step({ state: 'done', parts, travelMinutes: 20 })).toMatchObject({
    state: 'done',
    parts,
    travelMinutes: 20,
  })
  expect((await step({ state: 'open', parts: [{ name: 'Drum', quantity: 0 }] })).code).toBe('request.invalid')
  const remote = await made(`/incidents/${incident.id}/tasks`, { title: 'Call back' })
  const onTheWay = await call(
    'PATCH',
    `/tasks/${remote.id}`,
    { state: 'en-route' },
    { as: agent, headers: { 'if-match': '"1"' } },
  )
  expect([onTheWay.status, onTheWay.body.code]).toEqual([422, 'task.cannot'])

  const { items } = (await call('GET', `/incidents/${incident.id}/timeline`, undefined, { as: agent })).body
  const told = items.filter(({ kind }: { kind: string }) => kind === 'incident.task-state')
  expect(told.map(({ facts }: { facts: { to: string; reason?: string } }) => [facts.to, facts.reason ?? ''])).toEqual([
    ['accepted', ''],
    ['en-route', ''],
    ['started', ''],
    ['failed', 'Nobody opened'],
    ['open', ''],
    ['done', ''],
  ])
})
