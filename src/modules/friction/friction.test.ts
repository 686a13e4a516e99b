import { expect, test } from 'vitest'
import { actorWith } from '#platform/testing.ts'
import { testWorld } from '../../testing.ts'
import { barredFromVerifying, costOf } from './friction-point.ts'

test('FR-01: six times a week, fourteen minutes, twelve people are 772.8 hours a year', () => {
  const often = { perWeek: 6, minutes: 14, people: 12 }
  expect(costOf({ ...often, rateMinor: null })).toEqual({ hours: 772.8, minor: null })
  expect(costOf({ ...often, rateMinor: 5500 })).toEqual({ hours: 772.8, minor: 4_250_400 })
})

test.each([
  ['anna', 'anna', true, 'otto', null],
  ['otto', 'anna', true, 'otto', 'friction.reporter-verifies'],
  ['anna', 'kim', false, 'otto', null],
  ['otto', 'kim', false, 'otto', 'friction.owner-verifies'],
  ['otto', null, false, 'otto', 'friction.owner-verifies'],
] as const)(
  '%s may say that what %s reported (signs in: %s; owner %s) is gone: %s',
  (who, reporterId, reporterSignsIn, ownerId, barred) => {
    expect(barredFromVerifying({ personId: who }, { reporterId, reporterSignsIn, ownerId })).toBe(barred)
  },
)

test('a friction point is taken from an incident, owned, mended, confirmed by who reported it, and told', async () => {
  const { call, database } = await testWorld({ now: new Date('2026-03-02T09:00Z') })
  const made = async (path: string, body: object, as?: ReturnType<typeof actorWith>) => {
    const reply = await call('POST', path, body, as && { as })
    expect(reply.status, reply.text).toBe(201)
    return reply.body
  }
  const customer = await made('/customers', { name: 'Nordhafen', key: 'NHL' })
  const site = await made('/sites', { customer: customer.id, name: 'Mill' })
  const colleague = async (name: string) => {
    const { id } = await made('/people', { name, email: `${name}@desk.example` })
    return { ...actorWith('staff', ['agent']), personId: id as string }
  }
  const [anna, otto] = [await colleague('anna'), await colleague('otto')]
  await made('/people', { name: 'Eva', email: 'eva@nordhafen.example', customer: customer.id })
  const incident = await made('/incidents', {
    customer: customer.id,
    title: 'Badge printer jams',
    impact: 'low',
    urgency: 'low',
    site: site.id,
    requester: 'eva@nordhafen.example',
  })
  const often = { perWeek: 6, minutes: 14, people: 12 }
  const seen = await made(
    '/friction-points',
    { ...often, title: 'Badge printer jams', incident: incident.number },
    anna,
  )
  expect(seen).toMatchObject({
    customer: { id: customer.id },
    site: { name: 'Mill' },
    incident: { number: incident.number },
    reporter: { name: 'Eva' },
    foundBy: 'tickets',
    cost: { hours: 772.8, minor: null },
    state: 'observed',
  })
  let { version } = seen
  const step = async (to: string, as: typeof anna, more = {}) => {
    const reply = await call(
      'POST',
      `/friction-points/${seen.id}/transitions`,
      { to, ...more },
      { as, headers: { 'if-match': `"${version}"` } },
    )
    version = reply.body.version ?? version
    return [reply.status, reply.body.code ?? reply.body.state]
  }
  expect(await step('fixing', otto)).toEqual([422, 'friction.no-way'])
  await step('validated', anna)
  expect(await step('owned', otto)).toEqual([200, 'owned'])
  await step('fixing', otto)
  expect(await step('fix-deployed', otto)).toEqual([400, 'friction.note-needed'])
  await step('fix-deployed', otto, { note: 'A new roller' })
  // Eva signs in nowhere here: somebody other than the owner asks her.
  expect(await step('verified', otto, { note: 'It is' })).toEqual([422, 'friction.owner-verifies'])
  expect(await step('verified', anna)).toEqual([400, 'friction.evidence-needed'])
  expect(await step('verified', anna, { note: 'Eva says so' })).toEqual([200, 'verified'])
  const register = (await call('GET', `/friction-points?customer=${customer.id}`)).body
  expect(register).toMatchObject({ openHours: 0, removedHours: 772.8, items: [{ outcome: 'A new roller' }] })
  // What is gone is what the figure adds up; what one lives with is over, and not gone.
  const gone = (await call('GET', '/friction-points?state=removed')).body.items
  expect(gone).toMatchObject([{ outcome: 'A new roller', cost: { hours: 772.8 } }])

  // Whoever is one of ours confirms for themselves.
  const own = await made('/friction-points', { ...often, title: 'Two log-ins', customer: customer.id }, anna)
  expect(own).toMatchObject({ reporter: { name: 'anna' }, foundBy: 'visit' })
  const text = await call('POST', `/friction-points/${own.id}/photos?name=note.txt`, Buffer.from('no picture'), {
    headers: { 'content-type': 'application/octet-stream' },
  })
  expect([text.status, text.body.code]).toEqual([400, 'friction.no-picture'])

  // From it, and from what somebody wrote, what is told to everybody there.
  const told = await made('/said-done', { source: { type: 'friction-point', id: seen.id } })
  expect(told).toMatchObject({ said: 'Badge printer jams', did: null, publishedAt: null })
  const change = (body: object, at: number) =>
    call('PATCH', `/said-done/${told.id}`, body, { headers: { 'if-match': `"${at}"` } })
  expect((await change({ published: true }, 1)).body.code).toBe('said-done.nothing-done')
  const outside = actorWith('customer', ['customer-stakeholder'], [customer.id])
  const shown = async () => (await call('GET', '/said-done', undefined, { as: outside })).body.items
  expect(await shown()).toEqual([])
  await change({ did: 'A new roller', published: true }, 1)
  expect(await shown()).toMatchObject([{ said: 'Badge printer jams', did: 'A new roller', source: null, owner: null }])

  const { rows } = await database.pool.query<{ id: string }>(
    `with s as (insert into survey (id, customer_id, name, trigger, scale, anonymity, created_at)
       values (gen_random_uuid(), $1, 'x', 'event', 'nps', 'anonymous', now()) returning id)
     insert into verbatim (id, survey_id, customer_id, month, scale, score, text, language, may_quote)
     select gen_random_uuid(), s.id, $1, '2026-02-01', 'nps', 2, 'Nobody calls back!', 'en', false from s returning id`,
    [customer.id],
  )
  const source = { type: 'verbatim', id: rows[0]!.id }
  for (const [body, code] of [
    [{ source }, 'said-done.own-words'],
    [{ source, said: '“Nobody calls back”' }, 'said-done.not-quotable'],
  ] as const) {
    expect((await call('POST', '/said-done', body)).body.code).toBe(code)
  }
  await made('/said-done', { source, said: 'You wait too long for a call' })
})
