import { expect, test } from 'vitest'
import { routes } from '#app'
import { newId } from '#core/id.ts'
import type { Actor } from '#platform/context.ts'
import { actorWith } from '#platform/testing.ts'
import { testStreams } from '#platform/testing/streams.ts'
import { testWorld } from '../../testing.ts'
import { berlin, targets } from './testing.ts'

const manager = actorWith('staff', ['administrator', 'service-manager'])
const secret = { title: 'Quite a secret', description: 'Someone was in', impact: 'high', urgency: 'medium' }

/** A customer with an agreement, a team that guards secrets, and people with roles in force. */
async function world() {
  const { call, made: ask, at, database, work } = await testWorld({ now: new Date('2026-03-02T08:00Z') })
  const made = (path: string, body: object) => ask('POST', path, body)
  const customer = await made('/customers', { name: 'Nordhafen', timeZone: 'Europe/Berlin' })
  await made('/calendars', { name: 'Office', customer: customer.id, rules: berlin })
  const terms = { calendar: 'Office', validFrom: '2026-01-01T00:00:00+01:00', targets, activate: true }
  await made('/agreements', { name: 'NHL-2026', customer: customer.id, ...terms })
  await work()
  const person = async (name: string, role: string, of: string | null = null) => {
    const theirs = role === 'customer-stakeholder' ? { customer: of } : {}
    const { id } = await made('/people', { name, email: `${name.toLowerCase()}@people.example`, ...theirs })
    await database.pool.query('insert into account (person_id, email) values ($1, $2) on conflict do nothing', [
      id,
      `${name.toLowerCase()}@people.example`,
    ])
    await database.pool.query(
      `insert into role_assignment (id, person_id, role, customer_id, valid_from) values ($1, $2, $3, $4, '2026-01-01')`,
      [newId(), id, role, of],
    )
    const access = of === null ? 'staff' : role === 'customer-stakeholder' ? 'customer' : 'limited'
    const actor: Actor = { ...actorWith(access, [role], of === null ? [] : [of]), personId: id }
    return { id: id as string, actor }
  }
  const mia = await person('Mia', 'agent')
  const guard = await made('/teams', { name: 'Guard', members: [{ id: mia.id }] })
  const site = await made('/sites', { customer: customer.id, name: 'Kai 3', timeZone: 'Europe/Berlin' })
  const change = async (id: string, body: object, as = manager) => {
    const { version } = (await call('GET', `/incidents/${id}`, undefined, { as })).body
    const reply = await call('PATCH', `/incidents/${id}`, body, { as, headers: { 'if-match': `"${version}"` } })
    expect(reply.status, reply.text).toBe(200)
  }
  return { call, made, at, database, work, customer, person, mia, guard, site, change }
}

test('a figure counts a confidential incident for everybody, and the rows under it add up without telling which it is', async () => {
  const { call, made, at, work, customer, person, mia, guard, site, change } = await world()
  const open = { customer: customer.id, impact: 'high', urgency: 'medium' }
  const plain = await made('/incidents', { ...open, title: 'Printer' })
  const hidden = await made('/incidents', { ...open, ...secret, site: site.id, team: guard.id })
  await change(hidden.id, { confidential: ['security'] })
  at('2026-03-04T12:00Z')
  for (const id of [plain.id, hidden.id]) {
    const to = { to: 'resolved', note: 'Done' }
    const reply = await call('POST', `/incidents/${id}/transitions`, to, { as: mia.actor })
    expect(reply.status, reply.text).toBe(200)
  }
  at('2026-03-05T12:00Z')
  await work()
  await call('POST', '/kpis/computations')
  await work()

  const outside = (await person('Jon', 'agent')).actor
  const theirs = (await person('Tom', 'customer-stakeholder', customer.id)).actor
  const elsewhere = await made('/customers', { name: 'Brackwater' })
  const ofOther = (await person('Eve', 'agent', elsewhere.id)).actor
  const tells = (text: string) =>
    [hidden.id, hidden.number, secret.title, site.id, 'Kai 3', 'Guard', mia.id].filter((word) => text.includes(word))
  const untold = {
    incidentId: null,
    clockId: null,
    number: null,
    title: null,
    reportedMet: null,
    exclusion: null,
    startedAt: null,
    dueAt: null,
    stoppedAt: null,
    metric: 'resolution',
    priority: 'p2',
    state: 'breached-stopped',
    targetSeconds: 8 * 3600,
    elapsedSeconds: 24 * 3600,
  }
  for (const [as, isInside] of [
    [mia.actor, true],
    [manager, false],
    [outside, false],
    [theirs, false],
  ] as const) {
    const asked = (path: string) => call('GET', path, undefined, { as })
    // Whole months are read from what is counted already, others from the clocks: both say the same.
    for (const period of ['from=2026-03-01&to=2026-04-01', 'from=2026-03-02&to=2026-03-20', '']) {
      const where = `customer=${customer.id}&${period}`
      expect((await asked(`/reports/attainment?${where}`)).body.total).toMatchObject({ met: 0, failed: 2 })
      const { body, text } = await asked(`/reports/attainment/cases?${where}&verdict=failed`)
      const numbers = body.items.map(({ number }: { number: string | null }) => number)
      expect(numbers).toHaveLength(2)
      expect(numbers).toContain(plain.number)
      expect(numbers).toContain(isInside ? hidden.number : null)
      expect(isInside ? [] : tells(text)).toEqual([])
      expect(body.items.filter(({ number }: { number: string | null }) => number === null)).toEqual(
        isInside ? [] : [untold],
      )
    }
    const days = 'openedFrom=2026-03-01&openedTo=2026-03-31&zone=Europe/Berlin'
    const listed = (await asked(`/incidents/count?customer=${customer.id}&${days}`)).body.count
    const { count } = (await asked(`/incidents/untold?customer=${customer.id}&month=2026-03&what=opened`)).body
    expect([listed, count]).toEqual(isInside ? [2, 0] : [1, 1])
    if (as === theirs) continue
    for (const key of ['K05', 'K10']) {
      const { body, text, status } = await asked(`/kpis/${key}/records?customer=${customer.id}&month=2026-03`)
      expect(status, text).toBe(200)
      expect([key, body.items.length, body.denominator]).toEqual([key, 2, 2])
      expect(body.items.filter(({ id }: { id: string | null }) => id === null)).toHaveLength(isInside ? 0 : 1)
      expect([key, isInside ? [] : tells(text)]).toEqual([key, []])
    }
  }
  // One page after the other, each row once.
  const first = (await call('GET', `/reports/attainment/cases?limit=1`, undefined, { as: outside })).body
  expect(first.items).toHaveLength(2)
  expect(first.nextCursor).toBeNull()
  // Who sees another customer alone has neither the figure nor the row.
  const none = await call('GET', '/reports/attainment/cases', undefined, { as: ofOther })
  expect(none.body.items).toEqual([])
  expect((await call('GET', '/reports/attainment', undefined, { as: ofOther })).body.total.failed).toBe(0)
})

test('those who know of it name further readers and take that back, and its history tells both', async () => {
  const { call, made, customer, person, mia, guard, change } = await world()
  const [jon, tom] = [await person('Jon', 'agent'), await person('Tom', 'customer-stakeholder', customer.id)]
  const ann = await person('Ann', 'works-council-reader')
  const incident = await made('/incidents', { customer: customer.id, ...secret, team: guard.id })
  const path = `/incidents/${incident.id}`
  const as = mia.actor
  const named = (personId: string, by = as) => call('POST', `${path}/readers`, { person: personId }, { as: by })
  expect((await named(jon.id)).body.code).toBe('incident.not-confidential')
  await change(incident.id, { confidential: ['privacy'] })
  const sees = async (who: { actor: Actor }) => (await call('GET', path, undefined, { as: who.actor })).status

  expect((await named(jon.id, jon.actor)).status).toBe(404)
  const possible = await call('GET', `${path}/possible-readers`, undefined, { as })
  expect(possible.body.items.map(({ name }: { name: string }) => name)).toEqual(['Jon', 'Tom'])
  const refused = await named(ann.id)
  expect([refused.status, refused.body.code]).toEqual([422, 'incident.reader-without-role'])

  expect((await named(jon.id)).body.items).toMatchObject([{ person: { name: 'Jon' }, namedBy: 'Mia' }])
  expect((await named(jon.id)).body.items).toHaveLength(1)
  expect((await named(tom.id)).status).toBe(201)
  expect([await sees(jon), await sees(tom)]).toEqual([200, 200])
  expect((await call('GET', `${path}/readers`, undefined, { as: tom.actor })).status).toBe(404)
  expect((await call('GET', `${path}/possible-readers`, undefined, { as })).body.items).toEqual([])

  const taken = (personId: string, by: Actor) =>
    call('DELETE', `${path}/readers/${personId}`, undefined, { as: by }).then(({ status }) => status)
  expect(await taken(ann.id, as)).toBe(404)
  expect(await taken(tom.id, as)).toBe(204)
  // Also from themselves.
  expect(await taken(jon.id, jon.actor)).toBe(204)
  expect([await sees(jon), await sees(tom)]).toEqual([404, 404])
  const { body } = await call('GET', `${path}/timeline`, undefined, { as })
  const told = body.items.filter(({ kind }: { kind: string }) => kind.startsWith('incident.reader'))
  expect(told.map(({ kind, actor, facts }: Record<string, unknown>) => [kind, actor, facts])).toEqual([
    ['incident.reader-named', 'Mia', { person: jon.id, name: 'Jon' }],
    ['incident.reader-named', 'Mia', { person: tom.id, name: 'Tom' }],
    ['incident.reader-withdrawn', 'Mia', { person: tom.id, name: 'Tom' }],
    ['incident.reader-withdrawn', 'Jon', { person: jon.id, name: 'Jon' }],
  ])

  // What everybody may know of again nobody is named for.
  await named(jon.id)
  await change(incident.id, { confidential: [] }, as)
  await change(incident.id, { confidential: ['privacy'] }, as)
  expect(await sees(jon)).toBe(404)
})

test('its circle hears at once that it changed, and nobody else does', async () => {
  const { call, made, database, customer, person, mia, guard, change } = await world()
  const [jon, eve] = [await person('Jon', 'agent'), await person('Eve', 'agent')]
  const people: Readonly<Record<string, Actor>> = {
    mia: mia.actor,
    jon: jon.actor,
    eve: eve.actor,
    auditor: actorWith('auditor', ['auditor']),
  }
  const { listen } = await testStreams(database, routes, people)
  const incident = await made('/incidents', { customer: customer.id, ...secret, team: guard.id })
  await change(incident.id, { confidential: ['privacy'] })
  expect((await call('POST', `/incidents/${incident.id}/readers`, { person: eve.id }, { as: mia.actor })).status).toBe(
    201,
  )
  const [toMia, toJon, toEve, toAuditor] = await Promise.all(['mia', 'jon', 'eve', 'auditor'].map(listen))
  const noted = await call('POST', `/incidents/${incident.id}/notes`, { text: 'Look' }, { as: mia.actor })
  expect(noted.status, noted.text).toBe(201)
  for (const next of [toMia!, toEve!, toAuditor!]) expect(await next()).toContain(incident.number)
  // What Jon hears first is what everybody may know of.
  const plain = await made('/incidents', { customer: customer.id, title: 'Printer', impact: 'low', urgency: 'low' })
  const told = await toJon!()
  expect(told).toContain(plain.number)
  expect(told).not.toContain(incident.number)
})

test('the data-protection officer reads it and changes nothing, and each look is written down', async () => {
  const { call, made, customer, person, guard, change } = await world()
  const officer = await person('Dora', 'data-protection-officer')
  const as: Actor = { ...actorWith('customer', ['data-protection-officer']), personId: officer.id }
  const plain = await made('/incidents', { customer: customer.id, title: 'Printer', impact: 'low', urgency: 'low' })
  const hidden = await made('/incidents', { customer: customer.id, ...secret, team: guard.id })
  await change(hidden.id, { confidential: ['privacy', 'security'] })

  const list = await call('GET', '/privacy/incidents', undefined, { as })
  expect(list.body.items).toMatchObject([
    { number: hidden.number, customer: { name: 'Nordhafen' }, confidential: ['privacy', 'security'] },
  ])
  const one = await call('GET', `/privacy/incidents/${hidden.number}`, undefined, { as })
  expect(one.body.incident).toMatchObject({ title: secret.title, description: secret.description })
  expect(one.body.history.map(({ kind }: { kind: string }) => kind)).toContain('incident.confided')
  expect((await call('GET', `/privacy/incidents/${plain.number}`, undefined, { as })).status).toBe(404)
  for (const path of [`/incidents/${hidden.id}`, `/incidents/${hidden.id}/timeline`])
    expect((await call('GET', path, undefined, { as })).status).toBe(404)
  expect((await call('POST', `/incidents/${hidden.id}/notes`, { text: 'I' }, { as })).status).toBe(404)

  // Who administers is neither.
  const barred = await call('GET', '/privacy/incidents', undefined, { as: manager })
  expect([barred.status, barred.body.code]).toEqual([403, 'may.confided'])
  const { body } = await call('GET', '/audit?action=incident.read', undefined, {
    as: actorWith('auditor', ['auditor']),
  })
  expect(
    body.items.map(({ actor, subjectId, facts }: Record<string, unknown>) => [actor, subjectId, facts]),
  ).toMatchObject([
    [{ id: officer.id }, hidden.id, {}],
    [{ id: officer.id }, null, { listed: [hidden.id] }],
  ])
})

test('the portal tells nobody which service a confidential outage disturbs', async () => {
  const { call, made, customer, person, mia, guard, change } = await world()
  const theirs = (await person('Tom', 'customer-stakeholder', customer.id)).actor
  const service = await made('/services', { customer: customer.id, name: 'Shop floor' })
  const outage = await made('/incidents', {
    customer: customer.id,
    title: 'Dark',
    impact: 'high',
    urgency: 'high',
    service: service.id,
    team: guard.id,
  })
  await made('/major-incidents', { incident: outage.id, criteria: ['standstill'], commander: mia.id })
  const kinds = async () =>
    (await call('GET', '/portal/search?q=shop', undefined, { as: theirs })).body.items.map(
      ({ kind }: { kind: string }) => kind,
    )
  expect(await kinds()).toContain('disturbance')
  await change(outage.id, { confidential: ['security'] })
  expect(await kinds()).not.toContain('disturbance')
})
