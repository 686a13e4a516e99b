import { expect, test } from 'vitest'
import { actorWith } from '#platform/testing.ts'
import { testWorld } from '../../testing.ts'

const trouble = { title: 'The door is open', description: 'Nobody closed it', impact: 'low', urgency: 'low' }

async function world() {
  const { call } = await testWorld({ now: new Date('2026-03-02T09:00Z') })
  const made = async (path: string, body: object, as = actorWith('staff', ['administrator'])) => {
    const reply = await call('POST', path, body, { as })
    expect(reply.status, reply.text).toBeLessThan(300)
    return reply.body
  }
  const customer = await made('/customers', { name: 'Nordhafen' })
  return { call, made, customer }
}

test('what is resolved has a code of the list where the desk or everybody is asked for one, and is found by it', async () => {
  const { call, made, customer } = await world()
  const declared = (more = {}) => made('/incidents', { customer: customer.id, ...trouble, ...more })
  const resolve = async (id: string, more = {}) => {
    const reply = await call('POST', `/incidents/${id}/transitions`, { to: 'resolved', note: 'Closed it', ...more })
    return { status: reply.status, ...reply.body }
  }
  const settings = async (resolving: object) => {
    const { version, resolving: before } = (await call('GET', '/settings')).body
    return call(
      'PATCH',
      '/settings',
      { resolving: { ...before, ...resolving } },
      { headers: { 'if-match': `"${version}"` } },
    )
  }

  // A program that knows of no codes goes on as it did.
  const plain = await declared()
  expect(await resolve(plain.id)).toMatchObject({ status: 200, state: 'resolved', resolutionCode: null })
  const coded = await declared({ channel: 'monitoring', detectedAt: '2026-03-02T08:30:00Z' })
  expect(coded).toMatchObject({ detection: 'monitoring', detectedAt: '2026-03-02T08:30:00.000Z' })
  expect(await resolve(coded.id, { resolutionCode: 'magic' })).toMatchObject({
    status: 400,
    code: 'incident.resolution-code',
    errors: [{ path: 'resolutionCode' }],
  })
  expect(await resolve(coded.id, { resolutionCode: 'replaced', workaround: true })).toMatchObject({
    resolutionCode: 'replaced',
    workaround: true,
  })
  const numbers = async (code: string) =>
    (await call('GET', `/incidents?resolutionCode=${code}`)).body.items.map((each: { id: string }) => each.id)
  expect(await numbers('replaced')).toEqual([coded.id])
  expect(await numbers('none')).toEqual([plain.id])
  const table = await call('GET', '/incidents/export?format=csv&columns=title&columns=resolutionCode&language=de')
  expect(table.text).toContain('Gerät oder Teil getauscht')

  // Who asks for it of everybody is told what is missing, one after the other.
  expect((await settings({ needs: ['code', 'service'], everybody: true })).status).toBe(200)
  const strict = await declared()
  expect(await resolve(strict.id)).toMatchObject({
    status: 400,
    code: 'incident.resolving-needs',
    errors: [{ path: 'resolutionCode' }, { path: 'service' }],
  })
  expect(await resolve(strict.id, { resolutionCode: 'fixed' })).toMatchObject({ errors: [{ path: 'service' }] })
  const service = await made('/services', { customer: customer.id, name: 'Doors' })
  await call('PATCH', `/incidents/${strict.id}`, { service: service.id }, { headers: { 'if-match': '"1"' } })
  expect(await resolve(strict.id, { resolutionCode: 'fixed' })).toMatchObject({ state: 'resolved' })

  // A code that is no longer offered stays where it is and is not chosen any more.
  const { codes } = (await call('GET', '/settings')).body.resolving
  const without = codes.map((each: { code: string }) => ({ ...each, retired: each.code === 'fixed' }))
  await settings({ codes: without, needs: [], everybody: false })
  expect(await resolve((await declared()).id, { resolutionCode: 'fixed' })).toMatchObject({ status: 400 })
  expect((await call('GET', `/incidents/${strict.id}`)).body.resolutionCode).toBe('fixed')
  expect((await settings({ codes: [...codes, { ...codes[0], code: 'other' }] })).body.code).toBe('settings.code-twice')
})

test('what was found out is told to whom it concerns: the change that caused it to nobody at the customer', async () => {
  const { call, made, customer } = await world()
  const incident = await made('/incidents', { customer: customer.id, ...trouble })
  const found = { detection: 'supplier', causedByChange: 'CHG0031', workaround: true }
  const { body } = await call('PATCH', `/incidents/${incident.id}`, found, { headers: { 'if-match': '"1"' } })
  expect(body).toMatchObject(found)
  const theirs = { as: actorWith('customer', ['customer-stakeholder'], [customer.id]) }
  const seen = await call('GET', `/incidents/${incident.id}`, undefined, theirs)
  expect(seen.body).toMatchObject({ detection: 'supplier', workaround: true, causedByChange: null })
  expect((await call('GET', `/incidents/${incident.id}/timeline`, undefined, theirs)).text).not.toContain('CHG0031')
})

test('of a confidential incident nobody learns but who works on it, who reported it, and auditors', async () => {
  const { call, made, customer } = await world()
  const [mia, jon, lea] = [
    await made('/people', { name: 'Mia' }),
    await made('/people', { name: 'Jon' }),
    await made('/people', { name: 'Lea' }),
  ]
  const reporter = await made('/people', { name: 'Tom', customer: customer.id, email: 'tom@nordhafen.example' })
  const guard = await made('/teams', { name: 'Guard', members: [{ id: mia.id }] })
  const office = await made('/teams', { name: 'Office', members: [{ id: jon.id }] })
  const agent = (person: { id: string }) => ({ ...actorWith('staff', ['agent']), personId: person.id })
  const manager = { ...actorWith('staff', ['administrator', 'service-manager']), personId: lea.id }
  const tom = { ...actorWith('customer', ['customer-stakeholder'], [customer.id]), personId: reporter.id }
  const others = actorWith('customer', ['customer-stakeholder'], [customer.id])
  const auditor = actorWith('auditor', ['auditor'])

  const plain = await made('/incidents', { customer: customer.id, ...trouble, title: 'Printer' })
  const incident = await made('/incidents', { customer: customer.id, ...trouble, requester: 'tom@nordhafen.example' })
  const path = `/incidents/${incident.id}`
  const raised = { source: 'internal', direction: 'to-management', kind: 'hierarchic', level: 1 }
  await made('/escalations', { incident: incident.number, reason: 'Quite a secret', ...raised }, manager)
  await made(`${path}/tasks`, { title: 'Quite a secret' }, manager)
  await made(`${path}/links`, { kind: 'relates-to', to: plain.number }, manager)
  const change = async (body: object, as = manager) => {
    const { version } = (await call('GET', path, undefined, { as: auditor })).body
    return call('PATCH', path, body, { as, headers: { 'if-match': `"${version}"` } })
  }
  expect((await change({ confidential: ['security'] })).body.code).toBe('incident.nobody-to-know')
  const changed = await change({ confidential: ['security'], team: guard.id })
  expect(changed.body, changed.text).toMatchObject({ confidential: ['security'], team: { name: 'Guard' } })

  const sees = async (as: typeof manager | typeof tom | typeof auditor) => {
    const asked = { as }
    const one = await call('GET', path, undefined, asked)
    const list = await call('GET', '/incidents?q=door', undefined, asked)
    const count = await call('GET', '/incidents/count', undefined, asked)
    const table = await call('GET', '/incidents/export?format=csv&columns=title&columns=number', undefined, asked)
    expect(table.text.includes(incident.number)).toBe(one.status === 200)
    expect(list.body.items.length).toBe(one.status === 200 ? 1 : 0)
    return [one.status, count.body.count]
  }
  expect(await sees(agent(mia))).toEqual([200, 2])
  expect(await sees(tom)).toEqual([200, 2])
  expect(await sees(auditor)).toEqual([200, 2])
  for (const as of [manager, agent(jon), others]) expect(await sees(as)).toEqual([404, 1])
  // Nor by what hangs on it, whatever is asked.
  for (const each of [`${path}/timeline`, `${path}/work`, `${path}/links`, `${path}/notes`])
    expect((await call('GET', each, undefined, { as: agent(jon) })).status).toBe(404)
  for (const each of ['/tasks', '/escalations', `/incidents/${plain.id}/links`, '/audit', '/today']) {
    const { text, status } = await call('GET', each, undefined, { as: manager })
    // That something was done to an id which leads nowhere stays in the log: its chain has to be whole.
    const secrets = [incident.number, incident.title, 'secret', ...(each === '/audit' ? [] : [incident.id])]
    expect([each, status, secrets.filter((word) => text.includes(word))]).toEqual([each, 200, []])
  }
  expect((await call('POST', `${path}/notes`, { text: 'Hello' }, { as: agent(jon) })).status).toBe(404)

  // Whoever hands it on loses it; whoever gets it sees it, and takes the confidence back.
  expect((await change({ team: office.id }, agent(mia))).status).toBe(200)
  expect(await sees(agent(mia))).toEqual([404, 1])
  expect(await sees(agent(jon))).toEqual([200, 2])
  const noted = await call('POST', `${path}/notes`, { text: 'It is closed now' }, { as: agent(jon) })
  expect(noted.status).toBe(201)
  expect((await change({ confidential: [] }, agent(jon))).body).toMatchObject({ confidential: [] })
  expect(await sees(manager)).toEqual([200, 2])
})
