import { expect, test } from 'vitest'
import { actorWith } from '#platform/testing.ts'
import { testWorld } from '../../testing.ts'

const office = [{ opens: 8 * 60, closes: 18 * 60 }]
const rules = { timeZone: 'Europe/Berlin', week: [office, office, office, office, office, [], []] }
const resolution = { metric: 'resolution', priority: 'p1', targetSeconds: 14_400, attainmentBp: 9500 }
const inDays = { metric: 'resolution', priority: 'p2', attainmentBp: 9000, days: { count: 1, reading: 'end-of-day' } }
const draft = { name: 'SLA', calendar: 'Office', validFrom: '2026-01-01T00:00:00Z', targets: [resolution, inDays] }

async function company() {
  const world = await testWorld({ now: new Date('2026-02-02T09:00:00Z') })
  const { call } = world
  const made = async (path: string, body: object) => {
    const reply = await call('POST', path, body)
    expect(reply.status, reply.text).toBe(201)
    return reply.body
  }
  await made('/calendars', { name: 'Office', rules })
  await made('/teams', { name: 'Network' })
  const customer = (await made('/customers', { name: 'Nordhafen' })).id as string
  const sla = await made('/agreements', { ...draft, customer })
  const behindIt = (name: string, behind: readonly object[]) =>
    made('/agreements', { ...draft, customer, name, type: 'ola', party: { team: 'Network' }, behind })
  return { ...world, made, customer, sla, behindIt }
}

function matching(version: number) {
  return { headers: { 'if-match': `"${version}"` } }
}

test('a draft can be deleted, with its only version the agreement, and what was in force stays', async () => {
  const { call, sla, database } = await company()
  const path = `/agreements/${sla.id}`
  const first = `${path}/versions/${sla.versions[0].id}`
  const { body: active } = await call('POST', `${first}/activate`, undefined, matching(sla.version))
  const { body: both } = await call('POST', `${path}/versions`, draft, matching(active.version))

  const refusal = await call('DELETE', first, undefined, matching(both.version))
  const removed = await call('DELETE', `${path}/versions/${both.versions[0].id}`, undefined, matching(both.version))
  const { body: after } = await call('GET', path)

  expect(refusal.body.code).toBe('agreement.not-a-draft')
  expect(removed.body).toEqual({ agreementRemoved: false })
  expect(after.versions.map(({ number }: { number: number }) => number)).toEqual([1])
  expect(after.version).toBeGreaterThan(both.version)
  const { rows } = await database.pool.query(`select facts from audit where action = 'agreement.version-removed'`)
  expect(rows).toMatchObject([{ facts: { number: 2 } }])
})

test('an agreement that was never more than a draft is gone with it', async () => {
  const { call, sla } = await company()
  const path = `/agreements/${sla.id}`
  const removed = await call('DELETE', `${path}/versions/${sla.versions[0].id}`, undefined, matching(sla.version))
  expect(removed.body).toEqual({ agreementRemoved: true })
  expect((await call('GET', path)).status).toBe(404)
})

test('what an agreement stands behind can be said anew, but no chain comes back to where it began', async () => {
  const { call, sla, behindIt } = await company()
  const ola = await behindIt('OLA', [{ agreement: 'SLA' }])
  const deeper = await behindIt('Deeper', [{ agreement: 'OLA' }])

  const moved = await call(
    'PUT',
    `/agreements/${ola.id}/behind`,
    { behind: [{ agreement: sla.id, step: 3 }] },
    matching(ola.version),
  )
  const circle = { behind: [{ agreement: deeper.id }] }
  const refusal = await call('PUT', `/agreements/${ola.id}/behind`, circle, matching(moved.body.version))
  const itself = await call(
    'PUT',
    `/agreements/${sla.id}/behind`,
    { behind: [{ agreement: 'OLA' }] },
    matching(sla.version),
  )

  expect(moved.body.behind).toEqual([{ id: sla.id, name: 'SLA', step: 3 }])
  expect(refusal.body).toMatchObject({
    code: 'agreement.behind-in-circles',
    errors: [{ path: 'behind.0.agreement', message: expect.stringContaining('never comes back') }],
  })
  expect(itself.body.code).toBe('agreement.behind-itself')
  expect((await call('GET', `/agreements/${ola.id}`)).body.behind).toEqual(moved.body.behind)
})

test('with whom it is agreed can be said anew until a version was in force', async () => {
  const { call, sla, behindIt } = await company()
  const ola = await behindIt('OLA', [{ agreement: 'SLA' }])
  const kind = (of: { id: string }, body: object, version: number) =>
    call('PUT', `/agreements/${of.id}/kind`, body, matching(version))

  const supplier = await kind(ola, { type: 'uc', party: { supplier: 'Kabel AG' } }, ola.version)
  const nobody = await kind(ola, { type: 'uc' }, supplier.body.version)
  const stale = await kind(ola, { type: 'sla' }, ola.version)
  const direct = await kind(ola, { type: 'sla' }, supplier.body.version)
  const path = `/agreements/${sla.id}/versions/${sla.versions[0].id}/activate`
  const { body: active } = await call(
    'POST',
    path,
    undefined,
    matching((await call('GET', `/agreements/${sla.id}`)).body.version),
  )
  const held = await kind(sla, { type: 'ola', party: { team: 'Network' } }, active.version)

  expect(supplier.body).toMatchObject({
    type: 'uc',
    party: { team: null, supplier: 'Kabel AG' },
    behind: [{ name: 'SLA' }],
  })
  expect([nobody.status, nobody.body.code]).toEqual([400, 'agreement.party'])
  expect(stale.status).toBe(412)
  expect(direct.body).toMatchObject({ type: 'sla' })
  expect(direct.body.behind).toBeUndefined()
  expect([held.status, held.body.code]).toEqual([422, 'agreement.kind-held'])
})

test('one day is due at other moments in each of its readings (SLA-08)', async () => {
  const { call } = await company()
  const { body } = await call('POST', '/agreements/preview', {
    rules,
    // A Friday, 16:40 in Berlin.
    from: '2026-03-06T15:40:00Z',
    days: { count: 1, reading: 'end-of-day' },
  })
  expect(body).toEqual({
    dueAt: '2026-03-09T17:00:00.000Z',
    readings: [
      // 1 h 20 on Friday, 10 h on Monday and on Tuesday, 2 h 40 on Wednesday.
      { reading: 'service-time', dueAt: '2026-03-11T09:40:00.000Z' },
      { reading: 'same-time', dueAt: '2026-03-09T15:40:00.000Z' },
      { reading: 'end-of-day', dueAt: '2026-03-09T17:00:00.000Z' },
    ],
  })
})

test.each([
  ['a target that is there already', [resolution, inDays, resolution], 'targets.2.metric'],
  ['a share above the one hoped for', [resolution, { ...inDays, expectedBp: 8000 }], 'targets.1.attainmentBp'],
])('%s is refused at its place', async (_, targets, path) => {
  const { call, customer } = await company()
  const { body } = await call('POST', '/agreements', { ...draft, name: 'Another', customer, targets })
  expect(body.errors).toEqual([{ path, message: body.detail }])
})

test('a version is printed for those who may read it, in either language', async () => {
  const { call, customer, sla, behindIt } = await company()
  const ola = await behindIt('OLA', [])
  const path = ({ id, versions }: typeof sla) => `/agreements/${id}/versions/${versions[0].id}/document?lang=de`
  const as = actorWith('customer', ['customer-stakeholder'], [customer])

  const printed = await call('GET', path(sla), undefined, { as })
  expect(printed.status, printed.text).toBe(200)
  expect(printed.text.slice(0, 5)).toBe('%PDF-')
  expect((await call('GET', path(ola), undefined, { as })).status).toBe(404)
})

test('where pauses need evidence, a reason that stops the clock is refused without it, and any other is not', async () => {
  const { call, customer, made, work } = await company()
  await made('/agreements', { ...draft, customer, name: 'Strict', activate: true, terms: { pauseEvidence: true } })
  await work()
  const { id } = await made('/incidents', { customer, title: 'Trouble', impact: 'high', urgency: 'high' })
  const hold = (body: object) => call('POST', `/incidents/${id}/transitions`, { to: 'on-hold', ...body })
  await call('POST', `/incidents/${id}/transitions`, { to: 'in-progress' })
  const refused = await hold({ reason: 'awaiting-requester' })
  expect(refused).toMatchObject({
    status: 400,
    body: { code: 'incident.evidence-needed', errors: [{ path: 'evidence' }] },
  })
  expect((await hold({ reason: 'awaiting-supplier' })).status).toBe(200)
  const held = await hold({ reason: 'awaiting-requester', evidence: 'Mail of 2 February, 10:00' })
  expect(held.status, held.text).toBe(200)
  expect(held.body.clocks).toMatchObject([{ state: 'paused' }])
})
