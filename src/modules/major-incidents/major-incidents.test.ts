import { expect, test } from 'vitest'
import { newId } from '#core/id.ts'
import type { Actor } from '#platform/context.ts'
import { actorWith, inContext } from '#platform/testing.ts'
import { testWorld } from '../../testing.ts'
import { majorIncidentNews } from './news.ts'

const MINUTE = 60_000
const began = new Date('2026-03-02T09:00:00Z')
const later = (minutes: number) => new Date(began.getTime() + minutes * MINUTE).toISOString()

/** A customer's outage at nine, and people who can lead. */
async function outage() {
  const world = await testWorld({ now: began })
  const made = async (path: string, body: object, as?: Actor) => {
    const reply = await world.call('POST', path, body, as && { as })
    expect([200, 201], `${path} ${reply.text}`).toContain(reply.status)
    return reply.body
  }
  const customer = await made('/customers', { name: 'Mühle Nord', key: 'MN', timeZone: 'Europe/Berlin' })
  const service = await made('/services', { customer: customer.id, name: 'Shop floor' })
  const site = await made('/sites', { customer: customer.id, name: 'Werk 1' })
  const person = async (name: string) => {
    const id = newId(began.getTime())
    await world.database.pool.query('insert into person (id, name) values ($1, $2)', [id, name])
    return id
  }
  const commander = await person('Ada Lead')
  const log = (title: string, more: object = {}) =>
    made('/incidents', { customer: customer.id, title, impact: 'high', urgency: 'high', ...more })
  const incident = await log('Barcode scanners do not connect', { service: service.id, site: site.id })
  const declare = (more: object = {}, as?: Actor) =>
    made('/major-incidents', { incident: incident.number, criteria: ['standstill'], commander, ...more }, as)
  const to = (id: string, state: string, more: object = {}, as?: Actor) =>
    world.call('POST', `/major-incidents/${id}/transitions`, { to: state, ...more }, as && { as })
  const stakeholder = actorWith('customer', ['customer-stakeholder'], [customer.id])
  return { ...world, made, customer, service, site, incident, log, commander, person, declare, to, stakeholder }
}

test('an agent declares, the first word is due in half an hour, and a major incident is led by whom it names', async () => {
  const { call, declare, to, commander, incident } = await outage()
  const agent = actorWith('staff', ['agent'])
  const major = await declare({}, agent)
  expect(major).toMatchObject({
    state: 'declared',
    commander: { id: commander, name: 'Ada Lead' },
    services: [{ name: 'Shop floor' }],
    affectedUsers: null,
    nextUpdateDue: later(30),
    updates: { onTime: 0, due: 0 },
  })
  expect((await to(major.id, 'investigating', {}, agent)).status).toBe(403)
  const named: Actor = { ...agent, personId: commander }
  expect((await to(major.id, 'investigating', {}, named)).status).toBe(200)
  expect((await to(major.id, 'restored', {}, named)).body.code).toBe('major-incident.cannot')
  const second = await call('POST', '/major-incidents', { incident: incident.id, criteria: ['executive'], commander })
  expect(second).toMatchObject({ status: 409, body: { code: 'major-incident.there-already' } })
})

test('a candidate needs somebody who leads before it is declared, and is dismissed with a reason', async () => {
  const { declare, to, log, made, commander, call, stakeholder, incident } = await outage()
  const major = await declare({ candidate: true, commander: undefined })
  expect((await to(major.id, 'declared')).body.code).toBe('major-incident.commander-needed')
  expect((await call('GET', `/major-incidents/${major.id}`, undefined, { as: stakeholder })).status).toBe(404)
  expect((await call('GET', '/major-incidents', undefined, { as: stakeholder })).body.items).toEqual([])
  expect((await to(major.id, 'declared', { commander })).body).toMatchObject({
    state: 'declared',
    declaredAt: later(0),
  })
  const other = await log('One scanner is slow')
  const candidate = await made('/major-incidents', {
    incident: other.number,
    candidate: true,
    criteria: ['other'],
    criteriaWords: 'The board asks',
  })
  expect((await to(candidate.id, 'dismissed')).body.code).toBe('major-incident.reason-needed')
  expect((await to(candidate.id, 'dismissed', { reason: 'One device' })).body.dismissedReason).toBe('One device')
  const ids = (await call('GET', `/major-incidents?incident=${incident.number}`)).body.items
  expect(ids.map(({ id }: { id: string }) => id)).toEqual([major.id])
  expect((await call('GET', '/major-incidents/counts')).body).toMatchObject({ candidates: 0, current: 1, overdue: 0 })
})

test('restored is recorded on the incident too, and it is over only once it held as long as was said', async () => {
  const { call, at, declare, to, incident } = await outage()
  const { id } = await declare()
  at(later(40))
  for (const state of ['investigating', 'mitigated']) expect((await to(id, state)).status).toBe(200)
  const restored = await to(id, 'restored', { occurredAt: later(40), note: 'Access points restarted' })
  expect(restored.body).toMatchObject({ state: 'restored', restoredAt: later(40), incident: { state: 'restored' } })
  expect((await call('GET', `/incidents/${incident.number}`)).body.state).toBe('restored')
  expect((await to(id, 'monitoring', { stabilityMinutes: 60 })).body.monitoringUntil).toBe(later(100))
  expect((await to(id, 'stood-down')).body).toMatchObject({ code: 'major-incident.not-stable' })
  at(later(100))
  expect((await to(id, 'stood-down')).body).toMatchObject({ state: 'stood-down', nextUpdateDue: null })
  await to(id, 'review-open')
  expect((await to(id, 'review-done')).body.code).toBe('major-incident.report-needed')
})

test('updates are told to whom they are for, promise the next one, and a late one is a gap in the timeline', async () => {
  const { call, made, at, declare, stakeholder } = await outage()
  const { id } = await declare()
  const update = (audiences: readonly string[], text: string, more: object = {}) =>
    made(`/major-incidents/${id}/updates`, { audiences, language: 'en', text, ...more })
  at(later(20))
  expect(await update(['leaders'], 'Costs unknown', { nextMinutes: 30 })).toEqual({
    sentAt: later(20),
    nextUpdateDue: later(50),
  })
  at(later(65))
  expect(await update(['customer', 'users'], 'We are on it')).toMatchObject({ nextUpdateDue: later(125) })
  const hypothesis = await made(`/major-incidents/${id}/log`, { kind: 'hypothesis', text: 'Certificate ran out' })
  const finding = { kind: 'finding', hypothesis: hypothesis.id, standing: 'refuted', text: 'Valid until 2027' }
  await made(`/major-incidents/${id}/log`, finding)
  await made(`/major-incidents/${id}/log`, { kind: 'decision', text: 'Roll back', decidedBy: 'Ada' })
  expect((await call('GET', `/major-incidents/${id}`)).body.updates).toEqual({ onTime: 1, due: 2 })
  const timeline = (await call('GET', `/major-incidents/${id}/timeline`)).body
  expect(timeline.timeZone).toBe('Europe/Berlin')
  const gap = timeline.items.find(({ of }: { of: string }) => of === 'gap')
  expect(gap).toMatchObject({ at: later(50), until: later(65) })
  const moments = timeline.items.map((entry: { at: string }) => entry.at)
  expect(moments).toEqual(moments.toSorted())
  const theirs = await call('GET', `/major-incidents/${id}/timeline`, undefined, { as: stakeholder })
  expect(theirs.text).toContain('We are on it')
  for (const inside of ['Costs unknown', 'Certificate', 'Roll back', 'Ada', 'standstill', 'gap'])
    expect(theirs.text).not.toContain(inside)
  const page = await call('GET', `/major-incidents/${id}`, undefined, { as: stakeholder })
  expect(page.body).toMatchObject({ state: 'declared', commander: null, criteria: [], bridge: '', updates: null })
})

test('what is likely part of it is suggested, attached in bulk, and resolved with the words of the parent', async () => {
  const { call, at, log, declare, made, service, incident } = await outage()
  const { id } = await declare()
  at(later(10))
  const alike = await log('Barcode scanner does not connect in hall 3')
  const same = await log('Nothing works', { service: service.id })
  await log('New mouse')
  const elsewhere = await made('/customers', { name: 'Other', key: 'OT' })
  const foreign = await made('/incidents', {
    customer: elsewhere.id,
    title: 'Barcode scanners do not connect',
    impact: 'low',
    urgency: 'low',
  })
  const { items } = (await call('GET', `/major-incidents/${id}/suggestions`)).body
  expect(items.map(({ number, why }: { number: string; why: string[] }) => [number, why])).toEqual([
    [alike.number, ['words']],
    [same.number, ['service']],
  ])
  const manager = actorWith('staff', ['major-incident-manager'])
  const numbers = [alike.number, same.number, foreign.number, incident.number, 'MN-99999']
  const attached = await made(`/major-incidents/${id}/children`, { incidents: numbers }, manager)
  expect(attached.items.map(({ code }: { code: string | null }) => code)).toEqual([
    null,
    null,
    'incident.link-customer',
    'incident.link-itself',
    'incident.not-found',
  ])
  expect((await call('GET', `/major-incidents/${id}/suggestions`)).body.items).toEqual([])
  expect((await call('GET', `/major-incidents/${id}/children`)).body).toMatchObject({ all: 2, open: 2 })
  const { changed } = await made(
    `/major-incidents/${id}/children/resolve`,
    { note: 'The access points run again' },
    manager,
  )
  expect(changed).toBe(2)
  expect((await call('GET', `/incidents/${same.number}`)).body).toMatchObject({
    state: 'resolved',
    resolution: 'The access points run again',
  })
})

test('roles and impact change with what they were, and nobody writes over what another changed', async () => {
  const { call, declare, person, customer } = await outage()
  const major = await declare()
  const technical = [await person('Bo Tech'), await person('Cy Tech')]
  const patch = (body: object, version: number) =>
    call('PATCH', `/major-incidents/${major.id}`, body, { headers: { 'if-match': `"${version}"` } })
  const changed = await patch({ technical, affectedUsers: 300, businessImpact: 'Two lines stand still' }, major.version)
  expect(changed.body).toMatchObject({ affectedUsers: 300, technical: [{ name: 'Bo Tech' }, { name: 'Cy Tech' }] })
  expect((await patch({ bridge: 'tel:1' }, major.version)).status).toBe(412)
  const { items } = (await call('GET', `/major-incidents/${major.id}/timeline`)).body
  const facts = items.find(({ kind }: { kind: string }) => kind === 'major-incident.impact').facts
  expect(facts).toMatchObject({ affectedUsers: { from: null, to: 300 } })
  const stranger = await call(
    'PATCH',
    `/major-incidents/${major.id}`,
    { commander: customer.id },
    { headers: { 'if-match': `"${changed.body.version}"` } },
  )
  expect(stranger.body.code).toBe('person.not-found')
})

test('what is said in two languages at once is news once, to each in their own', async () => {
  const { database, made, declare, commander, person } = await outage()
  const technician = await person('Bo Technik')
  await database.pool.query(`update person set language = 'de' where id = $1`, [technician])
  const { id } = await declare({ technical: [technician] })
  const both = {
    audiences: ['technicians'],
    language: 'en',
    text: 'It is the cable.',
    translation: 'Es ist das Kabel.',
  }
  await made(`/major-incidents/${id}/updates`, both)
  const { rows } = await database.pool.query(
    `select id, subject_type as "subjectType", subject_id as "subjectId", customer_id as "customerId", kind, facts,
      visibility, actor_id as "actorId", occurred_at as "occurredAt"
     from history where kind = 'major-incident.update' order by sequence`,
  )
  const told = await inContext(database, async (context) =>
    Promise.all(
      rows.map(async (fact) => (await majorIncidentNews.concerns(context, fact)).map((each) => each.personId)),
    ),
  )
  expect(rows.map(({ facts }) => facts.language)).toEqual(['en', 'de'])
  expect(told).toEqual([[commander], [technician]])
})

test('what it cost is reckoned from what somebody assumed, and is no affair of the customer’s people here', async () => {
  const { call, declare, stakeholder } = await outage()
  const { id, version } = await declare()
  const people = { users: 300, minutes: 150, lossBp: 6000, lossToBp: 8000, rateMinor: 5500 }
  const units = { units: 2, unitMinutes: 90, unitRateMinor: 800_000 }
  const reckoning = { ...people, ...units, currency: 'EUR', basis: 'Plant management' }
  const change = (given: object | null, at: number) =>
    call('PATCH', `/major-incidents/${id}`, { reckoning: given }, { headers: { 'if-match': `"${at}"` } })

  const { body } = await change(reckoning, version)
  // IMP-01.
  expect(body).toMatchObject({
    reckoned: { lostHours: 450, lostHoursTo: 600, totalMinor: 4_875_000, totalToMinor: 5_700_000 },
  })
  expect((await change({ ...reckoning, lossToBp: 5000 }, body.version)).status).toBe(400)
  const seen = await call('GET', `/major-incidents/${id}`, undefined, { as: stakeholder })
  expect(seen.body).toMatchObject({ reckoning: null, reckoned: null })
  expect((await change(null, body.version)).body).toMatchObject({ reckoning: null, reckoned: null })
})
