import { expect, test } from 'vitest'
import { actorWith } from '#platform/testing.ts'
import { testWorld } from '../../testing.ts'

async function world() {
  const here = await testWorld({ now: new Date('2026-05-04T09:00Z') })
  const { made } = here
  const customer = await made('POST', '/customers', { name: 'Nordhafen', key: 'NHL', timeZone: 'Europe/Berlin' })
  const contract = await made('POST', '/contracts', {
    customer: customer.id,
    number: 'V-17',
    title: 'Workplace',
    currency: 'EUR',
    startsOn: '2026-01-01',
    terms: { endsOn: '2028-01-01', noticeDays: 90 },
  })
  const line = await made('POST', `/contracts/${contract.id}/charge-lines`, {
    name: 'Operation',
    validFrom: '2026-01',
    terms: { kind: 'fixed', amountMinor: 42_000_000 },
  })
  const prices = [
    { line: line.id, name: 'Operation', validFrom: '2026-06', terms: { kind: 'fixed', amountMinor: 45_000_000 } },
    { line: null, name: 'Night shift', validFrom: '2026-06', terms: { kind: 'fixed', amountMinor: 1_200_000 } },
  ]
  const asked = {
    title: 'Night shift for the port',
    origin: 'customer',
    description: 'From June on somebody is there at night',
    prices,
    offerValidUntil: '2026-05-20',
    revenueMinor: 4_200_000,
    costMinor: 3_100_000,
  }
  const approved = async (given: object = asked) => {
    let change = await made('POST', `/contracts/${contract.id}/changes`, given)
    for (const to of ['impact-assessment', 'offered', 'approved'])
      change = await made('POST', `/contract-changes/${change.id}/transitions`, { to }, change.version)
    return change
  }
  return { ...here, customer, contract, line, asked, approved }
}

test('a signature produces the contract’s new version and all its prices, and work before it stays leakage', async () => {
  const { call, made, contract, approved } = await world()
  const change = await approved()
  await made('POST', `/contract-changes/${change.id}/work`, { day: '2026-05-02', minutes: 480, note: 'Rooms prepared' })
  const signed = await made(
    'POST',
    `/contract-changes/${change.id}/signature`,
    { signedOn: '2026-05-04', effectiveFrom: '2026-06-01' },
    change.version,
  )
  await made('POST', `/contract-changes/${change.id}/work`, { day: '2026-05-04', minutes: 60, note: 'Shift plan' })
  expect(signed).toMatchObject({ state: 'signed', producedNumber: 2, number: 1 })
  const { versions } = (await call('GET', `/contracts/${contract.id}`)).body
  expect(versions[0]).toMatchObject({ number: 2, validFrom: '2026-06-01', noticeDays: 90, endsOn: '2028-01-01' })
  const { items } = (await call('GET', `/contracts/${contract.id}/charge-lines`)).body
  expect(
    items.map((each: { name: string; prices: { terms: { amountMinor: number } }[] }) => [
      each.name,
      each.prices[0]!.terms.amountMinor,
    ]),
  ).toEqual([
    ['Operation', 45_000_000],
    ['Night shift', 1_200_000],
  ])
  expect((await call('GET', `/contract-changes/${change.id}`)).body.margin).toEqual({
    revenueMinor: 4_200_000,
    costMinor: 3_100_000,
    atRiskMinutes: 480,
    workedMinutes: 540,
  })
})

test('nothing holds by half: a price in the way, an offer that lapsed and a step out of order are refused', async () => {
  const { call, made, contract, approved, asked, at } = await world()
  const sign = (change: { id: string; version: number }) =>
    call(
      'POST',
      `/contract-changes/${change.id}/signature`,
      { signedOn: '2026-05-04', effectiveFrom: '2026-06-01' },
      {
        headers: { 'if-match': `"${change.version}"` },
      },
    )
  const inTheWay = asked.prices.map((price) => ({ ...price, validFrom: '2026-01' })).toReversed()
  const refused = await sign(await approved({ ...asked, prices: inTheWay }))
  expect(refused.body.code).toBe('charge-price.overlaps')
  expect((await call('GET', `/contracts/${contract.id}`)).body.versions).toHaveLength(1)
  expect((await call('GET', `/contracts/${contract.id}/charge-lines`)).body.items).toHaveLength(1)

  const change = await made('POST', `/contracts/${contract.id}/changes`, { ...asked, offerValidUntil: null })
  expect((await sign(change)).body.code).toBe('change.cannot')
  const step = (to: string, version: number) =>
    call('POST', `/contract-changes/${change.id}/transitions`, { to }, { headers: { 'if-match': `"${version}"` } })
  expect((await step('approved', 1)).body.code).toBe('change.cannot')
  await step('impact-assessment', 1)
  expect((await step('offered', 2)).body.code).toBe('change.no-validity')
  await made('PUT', `/contract-changes/${change.id}`, asked, 2)
  expect((await step('offered', 3)).status).toBe(200)
  at('2026-05-21T09:00:00Z')
  expect((await step('approved', 4)).body.code).toBe('change.lapsed')
})

test('a change that reaches back says what agreed months come to by its prices, before and after the signature', async () => {
  const { call, made, contract, line, approved, asked } = await world()
  const of = `/contracts/${contract.id}`
  for (const month of ['2026-01', '2026-02', '2026-03', '2026-04']) {
    await made('POST', `${of}/charges`, { month })
    await made('POST', `${of}/charges/transitions`, { month, to: 'reviewed' })
    if (month !== '2026-04') await made('POST', `${of}/charges/transitions`, { month, to: 'agreed' })
  }
  const prices = [
    { line: line.id, name: 'Operation', validFrom: '2026-02', terms: { kind: 'fixed', amountMinor: 41_999_999 } },
    { line: null, name: 'Night shift', validFrom: '2026-03', terms: { kind: 'fixed', amountMinor: 1_200_000 } },
    { line: null, name: 'Devices', validFrom: '2026-02', terms: { kind: 'unit', unitMinor: 225 } },
  ]
  const change = await approved({ ...asked, prices })
  // April is not agreed: reckoned anew it has the new prices by itself. Of devices nothing was counted.
  const expected = {
    currency: 'EUR',
    totalMinor: 1_199_998,
    items: [
      { month: '2026-03', name: 'Night shift', chargedMinor: 0, changedMinor: 1_200_000 },
      { month: '2026-03', name: 'Operation', chargedMinor: 42_000_000, changedMinor: 41_999_999 },
      { month: '2026-02', name: 'Operation', chargedMinor: 42_000_000, changedMinor: 41_999_999 },
    ],
  }
  const difference = async () => (await call('GET', `/contract-changes/${change.id}/difference`)).body
  expect(await difference()).toEqual(expected)
  const signature = (signedOn: string) => ({ signedOn, effectiveFrom: '2026-02-01' })
  const sign = `/contract-changes/${change.id}/signature`
  const early = await call('POST', sign, signature('2026-05-05'), { headers: { 'if-match': `"${change.version}"` } })
  expect(early.body.code).toBe('change.signed-ahead')
  await made('POST', sign, signature('2026-05-04'), change.version)
  expect(await difference()).toEqual(expected)
  // A later price ends it.
  const { items } = (await call('GET', `${of}/charge-lines`)).body
  await call(
    'POST',
    `/charge-lines/${line.id}/prices`,
    { validFrom: '2026-04', terms: { kind: 'fixed', amountMinor: 1 }, reason: 'Again' },
    { headers: { 'if-match': `"${items.find((each: { id: string }) => each.id === line.id).version}"` } },
  )
  expect((await difference()).totalMinor).toBe(1_199_998)
})

test('each minute of work opens, with what of it was before the signature; none is booked ahead', async () => {
  const { call, made, approved } = await world()
  const change = await approved()
  const path = `/contract-changes/${change.id}/work`
  await made('POST', path, { day: '2026-05-02', minutes: 480, note: 'Rooms prepared' })
  expect((await call('POST', path, { day: '2026-05-05', minutes: 60, note: 'Tomorrow' })).body.code).toBe(
    'change.work-ahead',
  )
  await made(
    'POST',
    `/contract-changes/${change.id}/signature`,
    { signedOn: '2026-05-04', effectiveFrom: '2026-06-01' },
    change.version,
  )
  await made('POST', path, { day: '2026-05-04', minutes: 60, note: 'Shift plan' })
  expect((await call('GET', path)).body.items).toMatchObject([
    { day: '2026-05-04', minutes: 60, note: 'Shift plan', atRisk: false },
    { day: '2026-05-02', minutes: 480, note: 'Rooms prepared', atRisk: true },
  ])
  for (const each of [path, `/contract-changes/${change.id}/difference`])
    expect((await call('GET', each, undefined, { as: actorWith('staff', ['agent', 'administrator']) })).status).toBe(
      403,
    )
  expect((await call('GET', path, undefined, { as: actorWith('staff', ['service-owner']) })).status).toBe(403)
})

test('agents see no change of a contract, a service owner no margin of it, the customer neither', async () => {
  const { call, approved, customer } = await world()
  const { id } = await approved()
  const status = async (as: ReturnType<typeof actorWith>) =>
    (await call('GET', `/contract-changes/${id}`, undefined, { as })).status
  expect(await status(actorWith('staff', ['agent', 'administrator']))).toBe(403)
  expect(await status(actorWith('customer', ['customer-stakeholder'], [customer.id]))).toBe(404)
  const owner = { as: actorWith('staff', ['service-owner']) }
  expect((await call('GET', `/contract-changes/${id}`, undefined, owner)).body).toMatchObject({
    state: 'approved',
    margin: null,
  })
})
