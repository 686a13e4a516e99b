import { expect, test } from 'vitest'
import { actorWith, inContext } from '#platform/testing.ts'
import { contractWorld } from './testing.ts'

test('a contract says until when something has to be decided, and its next version begins where the last one ends', async () => {
  const { call, contract, given, made } = await contractWorld()
  expect(contract).toMatchObject({
    state: 'pipeline',
    endsOn: '2027-01-01',
    nextDay: { kind: 'option', on: '2026-09-03' },
  })
  expect((await call('POST', '/contracts', given)).body.code).toBe('contract.number-taken')
  const used = [{ ...given.terms.options[0]!, usedOn: '2026-05-02' }]
  const next = { ...given.terms, validFrom: '2026-06-01', options: used }
  const match = { 'if-match': `"${contract.version}"` }
  const longer = await made(`/contracts/${contract.id}/versions`, next, match)
  expect(longer.versions.map((each: { validTo: string | null }) => each.validTo)).toEqual([null, '2026-06-01'])
  // It holds from June on.
  expect(longer.endsOn).toBe('2027-01-01')
  const early = await call(
    'POST',
    `/contracts/${contract.id}/versions`,
    { ...next, validFrom: '2026-05-01' },
    { headers: { 'if-match': `"${longer.version}"` } },
  )
  expect(early.body.code).toBe('contract.version-before')
  const step = await call(
    'POST',
    `/contracts/${contract.id}/transitions`,
    { to: 'live' },
    { headers: { 'if-match': `"${longer.version}"` } },
  )
  expect([step.status, step.body.code]).toEqual([422, 'contract.cannot'])
})

test('obligations fall due by their rule, are proven, and what the customer did not do is told them in time', async () => {
  const { call, contract, made, stakeholder, at } = await contractWorld()
  const bad = { text: 'Report', party: 'provider', firstOn: '2026-04-10', rule: 'FREQ=HOURLY' }
  expect((await call('POST', `/contracts/${contract.id}/obligations`, bad)).body.code).toBe('obligation.rule')
  const report = await made(`/contracts/${contract.id}/obligations`, { ...bad, rule: 'FREQ=MONTHLY' })
  const states = (of: { dues: readonly { dueOn: string; state: string }[] }) =>
    of.dues.slice(0, 3).map(({ state }) => state)
  expect(states(report)).toEqual(['late', 'due', 'upcoming'])
  const due = `/obligations/${report.id}/dues`
  expect((await call('POST', due, { dueOn: '2026-04-10', outcome: 'fulfilled' })).body.code).toBe(
    'obligation.evidence-needed',
  )
  expect((await call('POST', due, { dueOn: '2026-04-11', outcome: 'breached' })).body.code).toBe(
    'obligation.not-that-day',
  )
  const done = await made(due, { dueOn: '2026-04-10', outcome: 'fulfilled', evidence: 'Report 4' })
  expect(states(done)).toEqual(['fulfilled', 'due', 'upcoming'])

  const rooms = await made(`/contracts/${contract.id}/obligations`, {
    text: 'Keys, rooms; and power',
    party: 'customer',
    firstOn: '2026-05-01',
  })
  const told = { dueOn: '2026-05-01', notice: 'The room was locked' }
  await made(`/obligations/${rooms.id}/notices`, told)
  expect((await call('POST', `/obligations/${rooms.id}/notices`, told)).body.code).toBe('obligation.noticed')
  const { body } = await call('GET', '/contract-days', undefined, { as: stakeholder })
  expect(body.items.map((each: { kind: string; on: string }) => `${each.on} ${each.kind}`).slice(0, 3)).toEqual([
    '2026-04-10 obligation',
    '2026-05-01 obligation',
    '2026-05-10 obligation',
  ])
  expect(body.items[0].leads).toEqual({ to: 'contract', id: contract.id })
  at('2026-09-01T09:00Z')
  const late = (await call('GET', '/contract-days')).body.items.filter(
    ({ state }: { state: string }) => state === 'late',
  )
  expect(late.map(({ on }: { on: string }) => on)).toContain('2026-05-01')
  at('2026-05-04T09:00Z')
  const feed = await call('GET', '/contract-days.ics?to=2027-02-01')
  expect(feed.headers['content-type']).toContain('text/calendar')
  expect(feed.text).toContain('DTSTART;VALUE=DATE:20260903')
  expect(feed.text).toContain(String.raw`Keys\, rooms\; and power`)
  expect(Math.max(...feed.text.split('\r\n').map((each) => Buffer.byteLength(each)))).toBeLessThanOrEqual(75)
})

test('a month goes from draft to agreed: reckoned from readings, seen by the customer once reviewed, disputed and settled', async () => {
  const { call, contract, lines, made, read, stakeholder } = await contractWorld()
  const month = { month: '2026-04' }
  const path = `/contracts/${contract.id}/charges`
  await made(path, month)
  const move = (to: string) => call('POST', `${path}/transitions`, { ...month, to })
  expect((await move('reviewed')).body.code).toBe('charge.missing')
  await read(lines.devices.id, 5100)
  await read(lines.devices.id, 6200)
  await read(lines.travel.id, 2_500_000)
  const draft = await made(path, month)
  expect(draft).toMatchObject({ totalMinor: 42_000_000 + 1_125_000 + 2_500_000, state: 'draft', missing: [] })
  expect(draft.items.find((each: { name: string }) => each.name === 'Devices')).toMatchObject({
    quantity: 6200,
    renegotiate: true,
    reading: { source: 'Inventory' },
  })
  const seen = async () => (await call('GET', path, undefined, { as: stakeholder })).body.months
  expect(await seen()).toEqual([])
  expect((await move('reviewed')).status).toBe(200)
  const [{ items }] = await seen()
  expect(items.map((each: { reading: unknown; unit: unknown }) => [each.reading, each.unit])).toEqual([
    [null, null],
    [null, null],
    [null, null],
  ])

  const travel = items.find((each: { name: string }) => each.name === 'Travel')
  const position = { position: 'No travel was ordered', clause: '7.3', amountMinor: 2_000_000, answerBy: '2026-06-30' }
  const dispute = (said: object) => call('POST', `/charges/${travel.id}/disputes`, said, { as: stakeholder })
  const over = await dispute({ ...position, answerBy: '2026-01-31' })
  expect(over.body).toMatchObject({ code: 'dispute.day-over', errors: [{ path: 'answerBy' }] })
  const more = await dispute({ ...position, amountMinor: 2_500_001 })
  expect(more.body).toMatchObject({ code: 'dispute.more-than-charged', errors: [{ path: 'amountMinor' }] })
  const disputed = await dispute(position)
  expect(disputed.body).toMatchObject({ state: 'disputed', dispute: 'No travel was ordered' })
  expect((await dispute(position)).status).toBe(422)
  expect((await move('invoiced')).body.code).toBe('charge.cannot')
  // Until somebody answers nothing of the month goes on, and the last day to is in the list of both sides.
  expect((await move('agreed')).body).toMatchObject({ code: 'dispute.unanswered' })
  const days = async (as?: typeof stakeholder) =>
    (await call('GET', '/contract-days?to=2026-12-31', undefined, as && { as })).body.items
      .filter((each: { kind: string }) => each.kind === 'dispute')
      .map((each: { on: string; name: string }) => [each.on, each.name])
  expect([await days(), await days(stakeholder)]).toEqual([[['2026-06-30', 'Travel']], [['2026-06-30', 'Travel']]])
  const listed = async (as?: typeof stakeholder) =>
    (await call('GET', `/contracts/${contract.id}/disputes`, undefined, as && { as })).body.items
  const [open] = await listed()
  expect(open).toMatchObject({ amountMinor: 2_000_000, clause: '7.3', byCustomer: true, outcome: null, late: false })
  const answer = { outcome: 'rejected', answer: 'Ordered on 3 April, see the request' }
  const asked = await call('POST', `/disputes/${open.id}/answers`, answer, { as: stakeholder })
  expect(asked.status).toBe(404)
  expect((await call('POST', `/disputes/${open.id}/answers`, answer)).body).toMatchObject(answer)
  expect((await call('POST', `/disputes/${open.id}/answers`, answer)).body.code).toBe('dispute.answered')
  expect(await listed(stakeholder)).toMatchObject([answer])
  expect(await days()).toEqual([])
  expect((await move('agreed')).body.state).toBe('agreed')
  // What went on is not reckoned anew.
  await read(lines.devices.id, 5000)
  expect((await made(path, month)).totalMinor).toBe(draft.totalMinor)
  // And a price does not say otherwise of it.
  const price = { validFrom: '2026-04', terms: { kind: 'fixed', amountMinor: 1 }, reason: 'Late' }
  const late = await call('POST', `/charge-lines/${lines.fixed.id}/prices`, price, { headers: { 'if-match': '"1"' } })
  expect(late.body).toMatchObject({
    code: 'charge-price.agreed',
    detail:
      'April 2026 is agreed at the price so far. Let the new one hold from May 2026 on, and charge the difference as a true-up.',
  })
})

test('prices do not overlap, a locked month is not charged, and a hole in tiers is refused', async () => {
  const { call, contract, customer, lines, database } = await contractWorld()
  const price = (validFrom: string, version: number) =>
    call(
      'POST',
      `/charge-lines/${lines.fixed.id}/prices`,
      { validFrom, terms: { kind: 'fixed', amountMinor: 43_260_000 }, reason: 'Index 128.6 to 133.0, cap 3 %' },
      { headers: { 'if-match': `"${version}"` } },
    )
  const dearer = await price('2026-07', lines.fixed.version)
  expect(dearer.body.prices).toMatchObject([
    { validFrom: '2026-07-01', validTo: null },
    { validFrom: '2026-01-01', validTo: '2026-07-01' },
  ])
  expect((await price('2026-07', dearer.body.version)).body.code).toBe('charge-price.overlaps')
  const tiers = [
    { upTo: 1000, unitMinor: 2000 },
    { upTo: 5000, unitMinor: 1800 },
  ]
  const tiered = { name: 'Users', validFrom: '2026-01', terms: { kind: 'tiered', mode: 'slab', tiers } }
  const refused = await call('POST', `/contracts/${contract.id}/charge-lines`, tiered)
  expect([refused.status, refused.body.code]).toEqual([400, 'charge-price.no-open-tier'])
  const whole = { ...tiered, terms: { ...tiered.terms, tiers: [...tiers, { upTo: null, unitMinor: 1600 }] } }
  const line = await call('POST', `/contracts/${contract.id}/charge-lines`, whole)
  expect(line.body.dearerBefore).toEqual({ quantity: 1000, amountMinor: 2_000_000, nextMinor: 1_801_800 })
  const early = { name: 'Early', validFrom: '2025-12', terms: { kind: 'fixed', amountMinor: 1 } }
  const before = await call('POST', `/contracts/${contract.id}/charge-lines`, early, {
    headers: { 'accept-language': 'de' },
  })
  expect(before.body).toMatchObject({
    code: 'charge-line.before-contract',
    detail: 'Der Vertrag beginnt erst am 1. Januar 2026: Vorher kostet er nichts.',
  })
  await database.pool.query(
    `insert into period (customer_id, month, state, changed_at) values ($1, '2026-02-01', 'locked', now())`,
    [customer.id],
  )
  const locked = await call('POST', `/contracts/${contract.id}/charges`, { month: '2026-02' })
  expect([locked.status, locked.body.code]).toEqual([422, 'charge.locked'])
})

test('agents and administrators see no money, the customer nothing of what is private, also by a look into the database', async () => {
  const { call, contract, customer, stakeholder, made, database } = await contractWorld()
  const secret = { marginTargetBp: 1800, valueMinor: 1_512_000_000, note: 'Bid of 2024' }
  expect((await call('PUT', `/contracts/${contract.id}/private`, secret)).body).toEqual(secret)
  await made(`/contracts/${contract.id}/charges`, { month: '2026-04' })
  const of = `/contracts/${contract.id}`
  const status = async (path: string, as: ReturnType<typeof actorWith>) =>
    (await call('GET', path, undefined, { as })).status
  for (const roles of [['agent'], ['administrator']]) {
    const as = actorWith('staff', roles)
    expect(await status(of, as)).toBe(200)
    for (const path of [`${of}/charges`, `${of}/charge-lines`, `${of}/private`])
      expect(await status(path, as)).toBe(403)
  }
  const owner = actorWith('staff', ['service-owner'])
  expect([await status(`${of}/charges`, owner), await status(`${of}/private`, owner)]).toEqual([200, 403])
  expect(await status(of, stakeholder)).toBe(200)
  for (const path of [`${of}/private`, `${of}/charge-lines`]) expect(await status(path, stakeholder)).toBe(404)
  expect(
    await status(of, actorWith('customer', ['customer-stakeholder'], ['01900000-0000-7000-8000-000000000000'])),
  ).toBe(404)
  const requester = {
    ...actorWith('customer', ['requester'], [customer.id]),
    parts: [{ customerId: customer.id, siteId: null, serviceId: null, requesterId: customer.id }],
    whole: [],
  }
  expect(await status(of, requester)).toBe(404)

  // The same by row-level security alone.
  const rows = (table: 'charge' | 'chargePrice' | 'contractPrivate', actor: ReturnType<typeof actorWith>) =>
    inContext(database, async ({ db }) => (await db.selectFrom(table).selectAll().execute()).length, { actor })
  for (const table of ['charge', 'chargePrice', 'contractPrivate'] as const) {
    expect(await rows(table, actorWith('staff', ['agent', 'administrator']))).toBe(0)
    expect(await rows(table, actorWith('limited', ['agent'], [customer.id]))).toBe(0)
    expect(await rows(table, actorWith('limited', ['service-manager'], [customer.id]))).toBeGreaterThan(0)
  }
  expect(await rows('contractPrivate', owner)).toBe(0)
  expect(await rows('charge', stakeholder)).toBe(0)
  await expect(rows('contractPrivate', stakeholder)).rejects.toThrow('permission denied')
  await expect(rows('chargePrice', stakeholder)).rejects.toThrow('permission denied')
})
