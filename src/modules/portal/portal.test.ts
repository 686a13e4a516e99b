import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { customerRoutes } from '#modules/customers'
import { incidentRoutes } from '#modules/incidents'
import { peopleRoutes } from '#modules/people'
import { serviceLevelRoutes } from '#modules/service-levels'
import { serviceRoutes } from '#modules/services'
import type { Actor } from '#platform/context.ts'
import { keepFilesIn } from '#platform/files/store.ts'
import { actorWith, manager, testCaller, testDatabase } from '#platform/testing.ts'
import { portalRoutes } from './routes.ts'

const office = { opens: 480, closes: 1080 }
const rules = { timeZone: 'Europe/Berlin', week: [[office], [office], [office], [office], [office], [], []] }
const targets = [
  { metric: 'response', priority: 'p3', targetSeconds: 7200, attainmentBp: 9500 },
  { metric: 'resolution', priority: 'p3', targetSeconds: 28_800, attainmentBp: 9500 },
]

/** A customer with an agreement and two people who may only report. */
async function world() {
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-portal-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  keepFilesIn(folder)
  let now = new Date('2026-03-02T09:00Z')
  const routes = [
    ...customerRoutes,
    ...serviceRoutes,
    ...peopleRoutes,
    ...serviceLevelRoutes,
    ...incidentRoutes,
    ...portalRoutes,
  ]
  const call = testCaller(await testDatabase(), routes, { now: () => now })
  const made = async (path: string, body: object) => {
    const reply = await call('POST', path, body)
    expect(reply.status, reply.text).toBe(201)
    return reply.body
  }
  const customer = await made('/customers', { name: 'Nordhafen', timeZone: 'Europe/Berlin' })
  const calendar = await made('/calendars', { customer: customer.id, name: 'Hours', rules })
  const terms = { customer: customer.id, calendar: calendar.id, name: 'SLA', validFrom: '2026-01-01T00:00:00Z' }
  await made('/agreements', { ...terms, targets, activate: true })
  const service = await made('/services', { customer: customer.id, name: 'Scanners' })
  const reporter = async (name: string): Promise<Actor> => {
    const email = `${name.toLowerCase()}@nordhafen.example`
    const { id } = await made('/people', { name, email, customer: customer.id })
    const part = { customerId: customer.id, siteId: null, serviceId: null, requesterId: id }
    return { ...actorWith('customer', ['requester'], [customer.id]), personId: id, parts: [part], whole: [] }
  }
  return {
    call,
    at: (next: string) => (now = new Date(next)),
    service,
    eva: await reporter('Eva'),
    nils: await reporter('Nils'),
  }
}

type World = Awaited<ReturnType<typeof world>>

function reported({ call, service, eva }: World, body: object = {}, headers: Record<string, string> = {}) {
  const given = { service: service.id, title: 'Scanner tot', description: 'Seit heute früh.', ...body }
  return call('POST', '/reports', { affected: 'some', ...given }, { as: eva, headers })
}

test('what somebody reports is an incident with its clocks, and is in their sight alone among their colleagues', async () => {
  const here = await world()
  const { call, eva, nils } = here
  const { status, body } = await reported(here)
  expect(status).toBe(201)
  expect(body).toMatchObject({
    title: 'Scanner tot',
    channel: 'portal',
    priority: 'p3',
    requester: { id: eva.personId, name: 'Eva' },
    service: { name: 'Scanners' },
    team: null,
  })
  expect(body.clocks.map(({ metric, dueAt }: { metric: string; dueAt: string }) => [metric, dueAt])).toEqual([
    ['response', '2026-03-02T11:00:00.000Z'],
    ['resolution', '2026-03-02T17:00:00.000Z'],
  ])
  const list = async (as: Actor) => (await call('GET', '/incidents', undefined, { as })).body.items.length
  expect([await list(eva), await list(nils), await list(manager)]).toEqual([1, 0, 1])
  for (const path of [`/incidents/${body.number}`, `/incidents/${body.id}/timeline`]) {
    expect((await call('GET', path, undefined, { as: nils })).status).toBe(404)
  }
  for (const [path, sent] of [
    ['messages', { text: 'Me too' }],
    ['confirmation', { works: true }],
  ] as const) {
    expect((await call('POST', `/reports/${body.id}/${path}`, sent, { as: nils })).status).toBe(404)
  }
  const people = (await call('GET', '/people', undefined, { as: nils })).body.items
  expect(people.map(({ name }: { name: string }) => name)).toEqual(['Nils'])
})

test('whom somebody reports it for is shown to both sides, and to no other', async () => {
  const here = await world()
  const { call, eva, nils } = here
  const { status, body } = await reported(here, { onBehalfOf: ' Jana, Tor 2, Tel. 4711 ' })
  expect([status, body.onBehalfOf, body.requester.name]).toEqual([201, 'Jana, Tor 2, Tel. 4711', 'Eva'])
  const seen = async (as: Actor) => (await call('GET', `/incidents/${body.id}`, undefined, { as })).body.onBehalfOf
  expect([await seen(eva), await seen(manager), await seen(nils)]).toEqual([
    body.onBehalfOf,
    body.onBehalfOf,
    undefined,
  ])
  const wrong = await reported(here, { onBehalfOf: 'x'.repeat(201) })
  expect([wrong.status, wrong.body.errors[0].path]).toEqual([400, 'onBehalfOf'])
})

test('an answer lets go on what waited for it, is no response of ours, and works again when the requester says so', async () => {
  const here = await world()
  const { call, eva, at } = here
  const { id } = (await reported(here)).body
  const step = (body: object) => call('POST', `/incidents/${id}/transitions`, body)
  at('2026-03-02T09:30Z')
  await step({ to: 'in-progress' })
  await call('POST', `/incidents/${id}/notes`, { text: 'Which one is it?', visibility: 'public' })
  await step({ to: 'on-hold', reason: 'awaiting-requester' })
  at('2026-03-02T11:30Z')
  const answered = await call('POST', `/reports/${id}/messages`, { text: 'Der linke.' }, { as: eva })
  expect(answered.body).toMatchObject({ state: 'in-progress' })
  const resolution = answered.body.clocks.find(({ metric }: { metric: string }) => metric === 'resolution')
  // The two hours of waiting come on top, and lie in the next morning.
  expect(resolution).toMatchObject({ dueAt: '2026-03-03T09:00:00.000Z' })

  const early = await call('POST', `/reports/${id}/confirmation`, { works: true }, { as: eva })
  expect([early.status, early.body.code]).toEqual([422, 'report.not-resolved'])
  at('2026-03-02T12:00Z')
  await step({ to: 'resolved', note: 'Cable changed.' })
  at('2026-03-02T12:30Z')
  const not = await call('POST', `/reports/${id}/confirmation`, { works: false, text: 'Wieder tot.' }, { as: eva })
  expect(not.body).toMatchObject({ state: 'in-progress', reopenCount: 1 })
  await step({ to: 'resolved', note: 'Scanner changed.' })
  const works = await call('POST', `/reports/${id}/confirmation`, { works: true }, { as: eva })
  expect(works.body).toMatchObject({ state: 'closed' })
  const { items } = (await call('GET', `/incidents/${id}/timeline`)).body
  const said = items.filter(({ kind }: { kind: string }) => kind === 'incident.answer')
  expect(said.map(({ facts, actor }: { facts: object; actor: string }) => ({ ...facts, actor }))).toMatchObject([
    { text: 'Der linke.', author: 'Eva', actor: 'Eva' },
    { text: 'Wieder tot.', author: 'Eva', actor: 'Eva' },
  ])
})

test('a double click reports once', async () => {
  const here = await world()
  const key = { 'idempotency-key': 'one' }
  const [first, second] = await Promise.all([reported(here, {}, key), reported(here, {}, key)])
  expect(second.body.id).toBe(first.body.id)
  expect((await here.call('GET', '/incidents')).body.items).toHaveLength(1)
})

test('a screenshot goes along, for both sides to see', async () => {
  const here = await world()
  const { call, eva, nils } = here
  const { id } = (await reported(here)).body
  const path = `/reports/${id}/files?name=foto.txt`
  expect((await call('POST', path, Buffer.from('picture'), { as: nils })).status).toBe(404)
  expect((await call('POST', path, Buffer.from('picture'), { as: eva })).body).toMatchObject({
    name: 'foto.txt',
    visibility: 'public',
    addedBy: null,
  })
  for (const as of [eva, manager]) {
    expect((await call('GET', `/incidents/${id}/attachments`, undefined, { as })).body.items).toHaveLength(1)
  }
})

test.each([
  ['many', 'stopped', 'high', 'high'],
  ['some', 'hindered', 'medium', 'medium'],
  ['me', 'minor', 'low', 'low'],
])('who says that %s are %s gives impact %s and urgency %s', async (affected, hindrance, impact, urgency) => {
  const { body } = await reported(await world(), { affected, hindrance })
  expect(body).toMatchObject({ impact, urgency })
})

test('the provider’s people are shown to the desk', async () => {
  const { call } = await world()
  const reply = await call('POST', '/reports', { title: 'x' })
  expect([reply.status, reply.body.code]).toEqual([403, 'may.reporters'])
})
