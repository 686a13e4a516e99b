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
  await made('POST', `/contract-changes/${change.id}/work`, { day: '2026-05-06', minutes: 60, note: 'Shift plan' })
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
