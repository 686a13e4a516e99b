import { expect, test } from 'vitest'
import { plainLevel, plainRegime } from '#core/credit-terms.ts'
import type { Actor } from '#platform/context.ts'
import { actorWith, inContext } from '#platform/testing.ts'
import { testWorld } from '../../testing.ts'

const P1 = { of: 'attainment', metric: 'resolution', priority: 'p1', service: null } as const

/** A contract that ends in nine months, with two charged months of which one missed its target. */
async function world() {
  const here = await testWorld({ now: new Date('2026-05-04T09:00Z') })
  const { made, database } = here
  const customer = await made('POST', '/customers', { name: 'Nordhafen', key: 'NHL', timeZone: 'Europe/Berlin' })
  const contract = await made('POST', '/contracts', {
    customer: customer.id,
    number: 'V-17',
    title: 'Workplace',
    currency: 'EUR',
    startsOn: '2026-03-01',
    terms: {
      endsOn: '2027-03-01',
      noticeDays: 90,
      options: [{ name: 'A year', months: 12, noticeDays: 120, usedOn: null }],
    },
  })
  const of = `/contracts/${contract.id}`
  await made('POST', `${of}/charge-lines`, {
    name: 'Operation',
    validFrom: '2026-03',
    terms: { kind: 'fixed', amountMinor: 10_000_000 },
  })
  for (const month of ['2026-03', '2026-04']) await made('POST', `${of}/charges`, { month })
  for (const [month, met, failed] of [
    ['2026-03-01', 97, 3],
    ['2026-04-01', 90, 10],
  ])
    await database.pool.query(
      `insert into attainment_month (customer_id, month, metric, priority, met, failed) values ($1, $2, 'resolution', 'p1', $3, $4)`,
      [customer.id, month, met, failed],
    )
  const level = { ...plainLevel('p1', 950_000), name: 'Grave incidents', allocationBp: 10_000 }
  await made('POST', `${of}/credit-regimes`, {
    validFrom: '2026-03',
    terms: { ...plainRegime('at-risk', [level]), atRiskBp: 1000 },
    sources: { p1: P1 },
  })
  await made('POST', `${of}/credits`, { month: '2026-04' })
  await made('POST', `${of}/costs`, {
    month: '2026-04',
    category: 'supplier',
    amountMinor: 12_000_000,
    description: 'Lines',
  })
  await made('PUT', `${of}/private`, { marginTargetBp: 1500, valueMinor: null, note: null })
  await made('POST', `${of}/profit`, {})
  return { ...here, customer, contract, of }
}

test('a renewal goes from watching to the signature, with its days, what we go for and why it was won', async () => {
  const { call, made, of, contract } = await world()
  const lines = async () => (await call('GET', '/renewals')).body.items
  expect(await lines()).toMatchObject([
    { contract: { id: contract.id }, endsOn: '2027-03-01', noticeOn: '2026-12-01', noticeOver: false, renewal: null },
  ])
  let renewal = await made('POST', `${of}/renewals`, {})
  expect(renewal).toMatchObject({
    state: 'watch',
    noticeOn: '2026-12-01',
    option: { name: 'A year', on: '2026-11-01' },
  })
  expect((await call('POST', `${of}/renewals`, {})).body.code).toBe('renewal.open')
  const at = `/renewals/${renewal.id}`
  const move = (to: string, more = {}) =>
    call('POST', `${at}/transitions`, { to, ...more }, { headers: { 'if-match': `"${renewal.version}"` } })
  expect((await move('signed', { reason: 'price' })).body.code).toBe('renewal.cannot')
  renewal = (await move('prepare')).body
  expect((await move('proposed')).body.code).toBe('renewal.no-course')
  const said = {
    course: 'renegotiate',
    probabilityBp: 7000,
    decideOn: '2026-12-02',
    priceStrategy: 'Hold the price',
    winThemes: 'Night shift',
    blockers: null,
  }
  const late = await call('PUT', at, said, { headers: { 'if-match': `"${renewal.version}"` } })
  expect([late.status, late.body.code, late.body.errors[0].path]).toEqual([400, 'renewal.decide-late', 'decideOn'])
  renewal = await made('PUT', at, { ...said, decideOn: '2026-10-01' }, renewal.version)
  const decisions = async (as?: Actor) =>
    (await call('GET', '/contract-days', undefined, as && { as })).body.items.filter(
      ({ kind }: { kind: string }) => kind === 'decision',
    )
  expect(await decisions()).toMatchObject([{ on: '2026-10-01', leads: { to: 'renewal', id: renewal.id } }])
  for (const as of [
    actorWith('customer', ['customer-stakeholder'], [contract.customer.id]),
    actorWith('staff', ['finance']),
    actorWith('staff', ['agent']),
  ])
    expect(await decisions(as)).toEqual([])
  renewal = (await move('proposed')).body
  expect((await move('signed')).body.code).toBe('renewal.no-reason')
  renewal = (await move('signed', { reason: 'service', note: 'They liked the nights' })).body
  expect(renewal).toMatchObject({ state: 'signed', reason: 'service', reasonNote: 'They liked the nights' })
  expect((await call('PUT', at, said, { headers: { 'if-match': `"${renewal.version}"` } })).body.code).toBe(
    'renewal.settled',
  )
  // The next one may begin.
  expect((await lines())[0].renewal).toBeNull()
  await made('POST', `${of}/renewals`, {})
})

test('a scenario reckons the months that were by other prices and other levels, by the engine of the credits', async () => {
  const { call, made, of } = await world()
  const { id } = await made('POST', `${of}/renewals`, {})
  const terms = { months: 24, priceBp: -500, costBp: 0, levels: [{ level: 'p1', targetPpm: 900_000 }] }
  const none = { ...terms, levels: [{ level: 'p9', targetPpm: 1 }] }
  expect((await call('POST', `/renewals/${id}/scenarios`, { name: 'X', terms: none })).body.code).toBe(
    'credit-note.no-level',
  )
  const { scenarios } = await made('POST', `/renewals/${id}/scenarios`, { name: 'Softer', terms })
  expect(scenarios).toMatchObject([
    {
      of: { from: '2026-03', to: '2026-04', months: 2 },
      // Two months of 100,000; the one that missed 95 % cost 10,000 at risk.
      before: { revenueMinor: 20_000_000, costMinor: 12_000_000, creditsMinor: 1_000_000, marginMinor: 7_000_000 },
      // At 90 % nothing is missed.
      after: { revenueMinor: 19_000_000, costMinor: 12_000_000, creditsMinor: 0, marginMinor: 7_000_000 },
      termMinor: 84_000_000,
      belowCommitted: false,
      levels: [{ level: 'p1', targetPpm: 950_000, newTargetPpm: 900_000, missed: 1, newMissed: 0 }],
    },
  ])
  expect((await call('POST', `/renewals/${id}/scenarios`, { name: 'Softer', terms })).body.code).toBe(
    'scenario.name-taken',
  )
  expect((await made('DELETE', `/renewal-scenarios/${scenarios[0].id}`, {})).scenarios).toEqual([])
})

test('an opportunity is qualified by evidence, proposed with a value and settled with a reason', async () => {
  const { call, made, customer, contract } = await world()
  const other = await made('POST', '/customers', { name: 'Brightway', key: 'BWR', timeZone: 'Europe/London' })
  const given = { title: 'Night shift', description: 'They ask for nights', currency: 'EUR' }
  const foreign = await call('POST', '/opportunities', { ...given, customer: other.id, contract: contract.id })
  expect(foreign.status).toBe(404)
  let chance = await made('POST', '/opportunities', { ...given, customer: customer.id, contract: contract.id })
  const at = `/opportunities/${chance.id}`
  const move = (to: string, more = {}) =>
    call('POST', `${at}/transitions`, { to, ...more }, { headers: { 'if-match': `"${chance.version}"` } })
  expect((await move('qualified')).body.code).toBe('opportunity.no-evidence')
  const elsewhere = { origin: { kind: 'kpi', key: 'K52', part: '2026-04' }, note: 'Rises' }
  chance = await made('POST', `${at}/evidence`, elsewhere)
  chance = await made('POST', `${at}/evidence`, { origin: { kind: 'contract', id: contract.id } })
  expect(chance.evidence).toMatchObject([
    { origin: { kind: 'kpi', key: 'K52', part: '2026-04' }, note: 'Rises' },
    { origin: { kind: 'contract', id: contract.id, label: 'V-17 Workplace' } },
  ])
  chance = (await move('qualified')).body
  expect((await move('deferred', { reason: 'budget' })).body.code).toBe('opportunity.no-day')
  chance = (await move('deferred', { reason: 'budget', againOn: '2026-10-01' })).body
  expect(chance).toMatchObject({ state: 'deferred', againOn: '2026-10-01', reason: 'budget' })
  chance = (await move('qualified')).body
  expect(chance).toMatchObject({ againOn: null, reason: null })
  chance = (await move('shaped')).body
  expect((await move('proposed')).body.code).toBe('opportunity.no-value')
  const { title, description, currency } = given
  chance = await made('PUT', at, { title, description, currency, valueMinor: 14_400_000 }, chance.version)
  chance = (await move('proposed')).body
  expect((await move('won')).body.code).toBe('renewal.no-reason')
  chance = (await move('won', { reason: 'scope' })).body
  expect((await call('GET', '/opportunities')).body.items).toMatchObject([{ state: 'won', valueMinor: 14_400_000 }])
  expect((await call('POST', `${at}/evidence`, elsewhere)).body.code).toBe('opportunity.settled')
})

test('records say where more is needed than was agreed', async () => {
  const { call, made, of, database, customer, contract } = await world()
  const line = await made('POST', `${of}/charge-lines`, {
    name: 'Devices',
    validFrom: '2026-03',
    terms: {
      kind: 'baseline',
      baseline: 100,
      deadBandBp: 500,
      additionalMinor: 100,
      reducedMinor: 50,
      method: 'outside-band',
      renegotiateBp: 2000,
    },
  })
  const signals = async () => (await call('GET', `/opportunity-signals?customer=${customer.id}`)).body.items
  expect(await signals()).toEqual([])
  for (const month of ['2026-02', '2026-03', '2026-04'])
    await database.pool.query(
      `insert into charge (id, contract_id, customer_id, line_id, month, name, kind, quantity, amount_minor, parts, computed_at)
       values (gen_random_uuid(), $1, $2, $3, $4, 'Devices', 'baseline', 120, 1500, '[]', now())`,
      [contract.id, customer.id, line.id, `${month}-01`],
    )
  await database.pool.query(`insert into portal_search_miss values ($1, '2026-04-02', 'plotter', 12)`, [customer.id])
  expect(await signals()).toMatchObject([
    { kind: 'over-band', what: 'Devices', count: 3, amountMinor: 4500, contract: { id: contract.id } },
    { kind: 'nothing-found', what: 'plotter', count: 12, contract: null },
  ])
})

test('what we want of a customer is seen by those who answer for the margin alone, also by a look into the database', async () => {
  const { call, made, of, customer, database } = await world()
  const { id } = await made('POST', `${of}/renewals`, {})
  const given = { title: 'Nights', description: 'They ask', currency: 'EUR', customer: customer.id }
  const chance = await made('POST', '/opportunities', given)
  const paths = [
    '/renewals',
    `/renewals/${id}`,
    '/opportunities',
    `/opportunities/${chance.id}`,
    '/opportunity-signals',
  ]
  for (const roles of [['agent'], ['administrator'], ['service-owner']])
    for (const path of paths)
      expect((await call('GET', path, undefined, { as: actorWith('staff', roles) })).status, path).toBe(403)
  const stakeholder = actorWith('customer', ['customer-stakeholder'], [customer.id])
  for (const path of paths) expect((await call('GET', path, undefined, { as: stakeholder })).status, path).toBe(404)
  for (const table of ['renewal', 'renewalScenario', 'opportunity', 'opportunityEvidence'] as const) {
    const rows = (actor: ReturnType<typeof actorWith>) =>
      inContext(database, async ({ db }) => (await db.selectFrom(table).selectAll().execute()).length, { actor })
    expect(await rows(actorWith('staff', ['service-owner', 'agent', 'administrator']))).toBe(0)
    await expect(rows(stakeholder)).rejects.toThrow('permission denied')
  }
})
