import { expect, test } from 'vitest'
import { customerRoutes } from '#modules/customers'
import { incidentRoutes } from '#modules/incidents'
import { peopleRoutes } from '#modules/people'
import { actorWith, testCaller, testDatabase } from '#platform/testing.ts'
import { type Considered, type Rule, speaks } from './escalation.ts'
import { considerIncident, escalationJobs, escalationRoutes } from './index.ts'

const open: Considered = { priority: 'p2', isOpen: true, share: 80, reopened: 1, handedOver: 2, ageDays: 9 }

test.each<[string, Partial<Rule>, Partial<Considered>, boolean]>([
  ['three quarters of a target', { trigger: 'share', threshold: 75 }, {}, true],
  ['all of a target', { trigger: 'share', threshold: 100 }, {}, false],
  ['the second reopening', { trigger: 'reopened', threshold: 2 }, {}, false],
  ['the second reopening', { trigger: 'reopened', threshold: 2 }, { reopened: 2 }, true],
  ['the third hand-over', { trigger: 'handed-over', threshold: 3 }, { handedOver: 3 }, true],
  ['ten days', { trigger: 'age', threshold: 10 }, {}, false],
  ['ten days', { trigger: 'age', threshold: 10 }, { ageDays: 10 }, true],
  ['another priority', { priorities: ['p1'] }, {}, false],
  ['what is over', {}, { isOpen: false }, false],
])('a rule about %s speaks when it is so', (_, rule, incident, expected) => {
  const whole: Rule = { trigger: 'share', threshold: 50, priorities: [], ...rule }
  expect(speaks(whole, { ...open, ...incident })).toBe(expected)
})

async function world() {
  let now = new Date('2026-03-02T09:00Z')
  const call = testCaller(
    await testDatabase(),
    [...customerRoutes, ...peopleRoutes, ...incidentRoutes, ...escalationRoutes],
    {
      now: () => now,
      jobs: escalationJobs,
      listeners: { 'incident.state': [considerIncident], 'incident.assigned': [considerIncident] },
    },
  )
  const made = async (path: string, body: object) => {
    const reply = await call('POST', path, body)
    expect(reply.status, reply.text).toBe(201)
    return reply.body
  }
  const customer = await made('/customers', { name: 'Nordhafen' })
  const owner = await made('/people', { name: 'Mia' })
  const incident = await made('/incidents', {
    customer: customer.id,
    title: 'Scanner',
    impact: 'high',
    urgency: 'high',
  })
  const raise = (body: object = {}) =>
    call('POST', '/escalations', {
      incident: incident.number,
      source: 'customer',
      direction: 'inbound',
      kind: 'hierarchic',
      level: 2,
      reason: 'Third outage in a week',
      owner: owner.id,
      ...body,
    })
  const move = (id: string, to: string, more: object = {}) =>
    call('POST', `/escalations/${id}/transitions`, { to, ...more })
  return { call, made, customer, owner, incident, raise, move, at: (next: string) => (now = new Date(next)) }
}

test('an escalation goes from raised to confirmed by who raised it, and the incident tells of each step', async () => {
  const { call, customer, incident, raise, move, at } = await world()
  const { status, body } = await raise()
  expect(status).toBe(201)
  expect(body).toMatchObject({ state: 'raised', owner: { name: 'Mia' }, incident: { number: incident.number } })
  const skipped = await move(body.id, 'in-execution')
  expect([skipped.status, skipped.body.code]).toEqual([422, 'escalation.cannot'])
  at('2026-03-02T09:20Z')
  expect((await move(body.id, 'acknowledged')).body).toMatchObject({ acknowledgedAt: '2026-03-02T09:20:00.000Z' })
  expect((await move(body.id, 'plan-agreed')).body.code).toBe('escalation.outcome-needed')
  await move(body.id, 'plan-agreed', { agreedOutcome: 'A spare scanner by Friday' })
  await move(body.id, 'in-execution')
  await move(body.id, 'outcome-reached')
  await move(body.id, 'in-execution', { note: 'It is the wrong model' })
  await move(body.id, 'outcome-reached')
  const done = await move(body.id, 'confirmed', { raiserSatisfied: 4 })
  expect(done.body).toMatchObject({ state: 'confirmed', raiserSatisfied: 4, nextUpdateDue: null })
  expect((await move(body.id, 'withdrawn')).status).toBe(422)
  const { items } = (await call('GET', `/incidents/${incident.id}/timeline`)).body
  const kinds = items.map(({ kind }: { kind: string }) => kind).filter((kind: string) => kind.includes('escalat'))
  expect(kinds).toEqual(['incident.escalated', ...Array.from({ length: 7 }, () => 'incident.escalation-state')])

  const as = actorWith('customer', ['customer-stakeholder'], [customer.id])
  const seen = await call('GET', '/escalations', undefined, { as })
  expect(seen.body.items).toMatchObject([{ id: body.id, owner: null, raisedBy: null }])
})

test('a year of escalations is counted by who asked, and each figure opens to its escalations', async () => {
  const { call, customer, raise, move, at } = await world()
  const due = { nextUpdateDue: '2026-03-02T10:00:00Z' }
  const [first, , ours, gone] = [await raise(due), await raise(due), await raise({ source: 'internal' }), await raise()]
  at('2026-03-02T11:00Z')
  await move(gone.body.id, 'withdrawn')
  for (const to of ['acknowledged', 'plan-agreed', 'outcome-reached'])
    await move(first.body.id, to, { agreedOutcome: 'A spare scanner' })
  await move(first.body.id, 'confirmed', { raiserSatisfied: 3 })
  const report = (await call('GET', `/reports/escalations?customer=${customer.id}`)).body
  const none = { acknowledged: 0, medianSecondsToAcknowledge: null, satisfied: null }
  const asked = { numerator: 0, denominator: 1 }
  const theirs = { raised: 2, open: 1, late: 1, acknowledged: 1, medianSecondsToAcknowledge: 7200, satisfied: asked }
  expect(report).toMatchObject({
    from: '2025-03-02T11:00:00.000Z',
    sources: [
      { source: 'customer', ...theirs },
      { source: 'internal', raised: 1, open: 1, late: 0, ...none },
    ],
    all: { raised: 3, open: 2, late: 1, acknowledged: 1, satisfied: asked },
  })
  const list = async (query: string) => (await call('GET', `/escalations?since=${report.from}&${query}`)).body.items
  expect(await list('source=customer&state=counted')).toHaveLength(2)
  expect(await list('state=open&late=true')).toHaveLength(1)
  expect(await list('source=internal&state=open')).toMatchObject([{ id: ours.body.id }])
  for (const having of ['taken', 'said'])
    expect(await list(`state=counted&${having}=true`)).toMatchObject([{ id: first.body.id, raiserSatisfied: 3 }])
  expect((await call('GET', '/escalations?since=2026-03-02T11:00:00Z')).body.items).toEqual([])
  const as = actorWith('customer', ['customer-stakeholder'], [customer.id])
  expect((await call('GET', '/reports/escalations', undefined, { as })).status).toBe(404)
})

test('what the provider raises inside is nothing the customer sees', async () => {
  const { call, customer, raise } = await world()
  const { body } = await raise({ source: 'internal' })
  const as = actorWith('customer', ['customer-stakeholder'], [customer.id])
  expect((await call('GET', '/escalations', undefined, { as })).body.items).toEqual([])
  expect((await call('GET', `/escalations/${body.id}`, undefined, { as })).status).toBe(404)
})

test('a rule speaks once, of what is so from its next change on, until it is ended', async () => {
  const { call, made, owner, incident } = await world()
  const rule = await made('/escalation-rules', {
    name: 'Second reopening of a P1',
    trigger: 'reopened',
    threshold: 2,
    priorities: ['p1'],
    level: 3,
    kind: 'hierarchic',
    owner: owner.id,
  })
  const step = async (to: string) => {
    const note = to === 'resolved' ? { note: 'Done' } : {}
    expect((await call('POST', `/incidents/${incident.id}/transitions`, { to, ...note })).status).toBe(200)
    await call.work()
  }
  const raised = async () => (await call('GET', `/escalations?incident=${incident.number}`)).body.items
  for (const to of ['in-progress', 'resolved', 'in-progress', 'resolved']) await step(to)
  expect(await raised()).toEqual([])
  for (const to of ['in-progress', 'on-hold']) {
    if (to === 'on-hold') await call('POST', `/incidents/${incident.id}/transitions`, { to, reason: 'third-party' })
    else await step(to)
    await call.work()
  }
  expect(await raised()).toMatchObject([
    { source: 'auto', rule: rule.name, level: 3, owner: { name: 'Mia' }, raisedBy: null, direction: 'to-management' },
  ])
  expect((await call('GET', '/escalation-rules')).body.items).toMatchObject([{ raised: 1 }])
  expect((await call('GET', `/escalations?rule=${rule.id}`)).body.items).toHaveLength(1)
  expect((await call('GET', `/escalations?rule=${owner.id}`)).body.items).toEqual([])
  expect((await call('DELETE', `/escalation-rules/${rule.id}`)).status).toBe(204)
  expect((await call('GET', '/escalation-rules')).body.items).toEqual([])
})

test('who manages some customers makes and ends rules for those, and none for all', async () => {
  const { call, made, customer, owner } = await world()
  const rule = { name: 'A P1 is old', trigger: 'age', threshold: 2, level: 2, kind: 'hierarchic', owner: owner.id }
  const forAll = await made('/escalation-rules', rule)
  const as = actorWith('limited', ['service-manager', 'agent'], [customer.id])
  const own = await call('POST', '/escalation-rules', { ...rule, customer: customer.id }, { as })
  expect(own.status).toBe(201)
  for (const refused of [
    await call('POST', '/escalation-rules', rule, { as }),
    await call('DELETE', `/escalation-rules/${forAll.id}`, undefined, { as }),
  ]) {
    expect([refused.status, refused.body.code]).toEqual([403, 'may.own-customers'])
  }
  expect((await call('DELETE', `/escalation-rules/${own.body.id}`, undefined, { as })).status).toBe(204)
})

test.each([
  ['an owner of the customer', { owner: 'theirs' }, 'escalation.owner-inside'],
  ['level 5', { level: 5 }, 'request.invalid'],
  ['no reason', { reason: ' ' }, 'request.invalid'],
])('%s is refused with a sentence', async (_, body, code) => {
  const { made, customer, raise } = await world()
  const theirs = await made('/people', { name: 'Nils', customer: customer.id })
  const given = 'owner' in body ? { owner: theirs.id } : body
  expect((await raise(given)).body.code).toBe(code)
})
