import { expect, test } from 'vitest'
import { system } from '#platform/context.ts'
import { inContext } from '#platform/testing.ts'
import { closeDue, nextClosingAt } from './close.ts'
import { nextResumeAt, resumeDue } from './resume.ts'
import { agreedWorld, berlin, incidentWorld, mail, targets } from './testing.ts'

test('what waits until a moment goes on by itself from that moment, once, however late that is done', async () => {
  const { call, at, database } = await agreedWorld()
  const { body: incident } = await call('POST', '/incidents', { customer: 'Nordhafen Logistics', ...mail })
  const hold = (resumeAt: string) =>
    call('POST', `/incidents/${incident.number}/transitions`, { to: 'on-hold', reason: 'appointment', resumeAt })
  await call('POST', `/incidents/${incident.number}/transitions`, { to: 'in-progress' })
  const past = await hold('2026-03-02T07:00:00Z')
  expect([past.status, past.body.code, past.body.errors[0].path]).toEqual([400, 'incident.resume-when', 'resumeAt'])
  expect((await hold('2026-03-03T08:00:00Z')).body).toMatchObject({
    state: 'on-hold',
    resumeAt: '2026-03-03T08:00:00.000Z',
  })

  at('2026-03-03T09:00Z')
  const now = new Date('2026-03-03T09:00Z')
  const turn = () => inContext(database, resumeDue, { actor: system, now })
  const turns = await Promise.all([turn(), turn()])
  expect(turns.reduce((sum, count) => sum + count)).toBe(1)
  expect(await nextResumeAt(database.db)).toBeNull()
  const { body } = await call('GET', `/incidents/${incident.number}`)
  expect(body).toMatchObject({ state: 'in-progress', resumeAt: null })
  const { body: told } = await call('GET', `/incidents/${incident.number}/timeline`)
  const resumed = told.items.find(({ facts }: { facts: { automatic?: string } }) => facts.automatic === 'date-reached')
  expect(resumed).toMatchObject({ occurredAt: '2026-03-03T08:00:00.000Z', facts: { to: 'in-progress' } })
})

test('what is resolved closes by itself after five working days, once, unless somebody reopens it or only people close', async () => {
  const { call, at, database, customer } = await agreedWorld()
  const resolved = async () => {
    const { body } = await call('POST', '/incidents', { customer: customer.id, ...mail })
    const done = { to: 'resolved', note: 'The mail server runs again.' }
    return (await call('POST', `/incidents/${body.number}/transitions`, done)).body
  }
  at('2026-03-05T14:00Z')
  const [left, reopened] = [await resolved(), await resolved()]
  // Thursday, and over a weekend.
  expect([left.closesAt, reopened.closesAt]).toEqual(['2026-03-12T14:00:00.000Z', '2026-03-12T14:00:00.000Z'])
  const back = await call('POST', `/incidents/${reopened.number}/transitions`, { to: 'in-progress', note: 'No.' })
  expect(back.body).toMatchObject({ state: 'in-progress', closesAt: null })
  const byHand = { closeAfterDays: null }
  const changed = await call('PATCH', `/customers/${customer.id}`, byHand, {
    headers: { 'if-match': `"${customer.version}"` },
  })
  expect([changed.status, changed.body.closeAfterDays]).toEqual([200, null])
  expect((await resolved()).closesAt).toBeNull()

  const turn = (now: string) => inContext(database, closeDue, { actor: system, now: new Date(now) })
  expect(await turn('2026-03-12T13:59Z')).toBe(0)
  const turns = await Promise.all([turn('2026-03-12T14:00Z'), turn('2026-03-12T14:00Z')])
  expect(turns.reduce((sum, count) => sum + count)).toBe(1)
  expect(await nextClosingAt(database.db)).toBeNull()
  const { body: closed } = await call('GET', `/incidents/${left.number}`)
  expect(closed).toMatchObject({ state: 'closed', closedAt: '2026-03-12T14:00:00.000Z', closesAt: null })
  const { body: told } = await call('GET', `/incidents/${left.number}/timeline`)
  expect(told.items.at(-1)).toMatchObject({ actor: null, facts: { to: 'closed', automatic: 'unanswered' } })
  expect((await call('GET', `/incidents/${reopened.number}`)).body.state).toBe('in-progress')
})

test('a hold for the requester pauses the resolution, an overnight one costs two service hours', async () => {
  const { call, at } = await agreedWorld()
  const { body: incident } = await call('POST', '/incidents', { customer: 'Nordhafen Logistics', ...mail })
  const move = async (when: string, body: object) => {
    at(when)
    const reply = await call('POST', `/incidents/${incident.number}/transitions`, body)
    expect(reply.status, reply.text).toBe(200)
    return reply.body
  }

  await move('2026-03-02T08:30Z', { to: 'in-progress' })
  const held = await move('2026-03-02T16:00Z', { to: 'on-hold', reason: 'awaiting-requester' })
  const resumed = await move('2026-03-03T08:00Z', { to: 'in-progress' })
  at('2026-03-03T08:30Z')
  const resolved = await move('2026-03-03T08:30Z', { to: 'resolved', note: 'The mail server runs again.' })

  expect(held.clocks).toMatchObject([
    { metric: 'response', state: 'met', elapsedSeconds: 1800, stoppedAt: '2026-03-02T08:30:00.000Z' },
    { metric: 'resolution', state: 'paused', elapsedSeconds: 28_800 },
  ])
  expect(resumed.clocks[1]).toMatchObject({ state: 'running', elapsedSeconds: 28_800 })
  expect(resolved).toMatchObject({ state: 'resolved', resolution: 'The mail server runs again.' })
  expect(resolved.clocks[1]).toMatchObject({ state: 'breached-stopped', elapsedSeconds: 30_600 })

  const { body: report } = await call('GET', '/reports/attainment?groupBy=priority&customer=Nordhafen%20Logistics')
  expect(report.groups).toMatchObject([
    {
      key: 'p2',
      met: 0,
      failed: 1,
      attainment: { numerator: 0, denominator: 1 },
      byMetric: { response: { met: 1, failed: 0 } },
    },
  ])
  const { body: cases } = await call('GET', '/reports/attainment/cases?verdict=failed')
  expect(cases.items).toMatchObject([
    { number: 'NL-1001', metric: 'resolution', elapsedSeconds: 30_600, targetSeconds: 28_800 },
  ])

  const { body: explained } = await call('GET', `/incidents/NL-1001/clocks/${resolved.clocks[1].id}/explanation`)
  expect(
    explained.steps.map(({ kind, countedSeconds }: { kind: string; countedSeconds: number }) => [kind, countedSeconds]),
  ).toMatchObject([
    ['run', 28_800],
    ['pause', 0],
    ['run', 1800],
  ])
  expect(explained.steps.at(-1).elapsedSeconds).toBe(30_600)

  for (const [lang, name] of [
    ['en', 'clock-sheet-NL-1001.pdf'],
    ['de', 'zeitnachweis-NL-1001.pdf'],
  ]) {
    const sheet = await call('GET', `/incidents/NL-1001/clocks/${resolved.clocks[1].id}/sheet?lang=${lang}`)
    expect(sheet.status, sheet.text.slice(0, 500)).toBe(200)
    expect(sheet.headers['content-type']).toBe('application/pdf')
    expect(String(sheet.headers['content-disposition'])).toContain(name)
    expect(sheet.text).toMatch(/^%PDF-1\.\d[^]*\/StructTreeRoot/)
  }
})

test('reopening takes the result out of the month and goes on counting', async () => {
  const { call, at } = await agreedWorld()
  const { body: incident } = await call('POST', '/incidents', { customer: 'Nordhafen Logistics', ...mail })
  const move = (body: object) => call('POST', `/incidents/${incident.id}/transitions`, body)
  at('2026-03-02T10:00Z')
  await move({ to: 'resolved', note: 'Restarted.' })
  const before = await call('GET', '/reports/attainment')
  at('2026-03-02T12:00Z')
  const { body: reopened } = await move({ to: 'in-progress' })
  const after = await call('GET', '/reports/attainment')

  expect(before.body.total).toMatchObject({ met: 1, failed: 0 })
  expect(after.body.total).toMatchObject({ met: 0, failed: 0, attainment: null })
  expect(reopened).toMatchObject({ state: 'in-progress', reopenCount: 1, resolvedAt: null })
  expect(reopened.clocks[1]).toMatchObject({ state: 'running', elapsedSeconds: 7200 })
})

test('an agreement that is made after the incidents gives them clocks', async () => {
  const { call, at, work, customer } = await incidentWorld()
  const { body: incident } = await call('POST', '/incidents', { customer: customer.id, ...mail })
  at('2026-03-02T09:00Z')
  await call('POST', `/incidents/${incident.id}/transitions`, { to: 'resolved', note: 'Done.' })
  const validFrom = '2026-01-01T00:00:00Z'
  await call('POST', '/agreements', {
    name: 'SLA',
    customer: customer.id,
    calendar: 'Office',
    validFrom,
    targets,
    activate: true,
  })
  await work()

  const { body } = await call('GET', `/incidents/${incident.id}`)
  const { body: report } = await call('GET', '/reports/attainment')

  expect(body.clocks).toMatchObject([{ state: 'met' }, { state: 'met', elapsedSeconds: 3600 }])
  expect(report.total).toMatchObject({ met: 1, failed: 0 })
})

test('a holiday that is added later makes the clock due later, and hours said again replace those already counted in', async () => {
  const { call, work, calendar, customer } = await agreedWorld()
  const { body: incident } = await call('POST', '/incidents', { customer: customer.id, ...mail })
  const rules = { ...berlin, exceptions: [{ date: '2026-03-02', windows: [], label: 'Founders’ day' }] }
  const changed = await call(
    'POST',
    `/calendars/${calendar.id}/versions`,
    { validFrom: '2026-03-01T23:00:00Z', rules },
    { headers: { 'if-match': '"1"' } },
  )
  expect(changed.status, changed.text).toBe(201)
  await work()
  const { body } = await call('GET', `/incidents/${incident.id}`)
  expect(body.clocks[1].dueAt).toBe('2026-03-03T15:00:00.000Z')
  const again = await call(
    'POST',
    `/calendars/${calendar.id}/versions`,
    { validFrom: '2026-03-01T23:00:00Z', rules: berlin },
    { headers: { 'if-match': '"2"' } },
  )
  expect(again.status, again.text).toBe(201)
  expect(again.body.versions).toHaveLength(2)
  await work()
  const { body: back } = await call('GET', `/incidents/${incident.id}`)
  expect(back.clocks[1].dueAt).toBe(incident.clocks[1].dueAt)
})

test('a raised priority is due as its agreement says for that reason', async () => {
  const { call, at } = await agreedWorld()
  const { body: incident } = await call('POST', '/incidents', { customer: 'Nordhafen Logistics', ...mail })
  at('2026-03-02T10:00Z')
  const { body } = await call(
    'PATCH',
    `/incidents/${incident.id}`,
    { urgency: 'high', priorityChange: 'worsened' },
    { headers: { 'if-match': '"1"' } },
  )
  expect(body.priority).toBe('p1')
  expect(body.clocks).toMatchObject([{ metric: 'resolution', state: 'running', dueAt: '2026-03-02T14:00:00.000Z' }])
})

test('what was reported without a service has no clock until it has one, and then from when it was logged', async () => {
  const { call, at, customer } = await incidentWorld()
  const { body: service } = await call('POST', '/services', { name: 'Mail', customer: customer.id })
  const terms = { calendar: 'Office', validFrom: '2026-01-01T00:00:00+01:00', targets, activate: true }
  await call('POST', '/agreements', { name: 'Mail 2026', customer: customer.id, services: [service.id], ...terms })
  const { body: reported } = await call('POST', '/incidents', { customer: customer.id, ...mail })
  expect(reported).toMatchObject({ clocks: [], dueAt: null, service: null })
  const without = async () => (await call('GET', '/incidents?service=none&state=open')).body.items
  expect(await without()).toMatchObject([{ id: reported.id }])

  // An hour later somebody looks at it: the answer was due half of it ago.
  at('2026-03-02T09:30Z')
  const chosen = await call(
    'PATCH',
    `/incidents/${reported.id}`,
    { service: service.id },
    { headers: { 'if-match': '"1"' } },
  )
  expect(chosen.body.clocks).toMatchObject([
    {
      metric: 'response',
      startedAt: '2026-03-02T08:00:00.000Z',
      dueAt: '2026-03-02T09:00:00.000Z',
      elapsedSeconds: 5400,
    },
    {
      metric: 'resolution',
      startedAt: '2026-03-02T08:00:00.000Z',
      dueAt: '2026-03-02T16:00:00.000Z',
      state: 'running',
    },
  ])
  expect(await without()).toEqual([])
})
