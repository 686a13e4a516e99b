import { expect, test } from 'vitest'
import { newId } from '#core/id.ts'
import { actorWith, inContext } from '#platform/testing.ts'
import { testWorld } from '../../testing.ts'

const nobody = { contact: null, certifications: null, exitPlan: null, exitPlanTriedOn: null }

/** A contract of ours of a year. */
async function contractWorld() {
  const here = await testWorld({ now: new Date('2026-05-04T09:00Z') })
  const made = async (path: string, body: object) => {
    const reply = await here.call('POST', path, body)
    expect(reply.status, reply.text).toBeLessThan(300)
    return reply.body
  }
  const customer = await made('/customers', { name: 'Nordhafen', key: 'NHL', timeZone: 'Europe/Berlin' })
  const of = { customer: customer.id, number: 'V-17', title: 'Workplace', currency: 'EUR', startsOn: '2026-01-01' }
  const contract = await made('/contracts', { ...of, terms: { endsOn: '2027-01-01', noticeDays: 90 } })
  const stakeholder = actorWith('customer', ['customer-stakeholder'], [customer.id])
  return { ...here, made, customer, contract, stakeholder }
}

/** A supplier with a contract that costs ours, and a pool of 40 shifts a month that stretches by a tenth. */
async function world() {
  const here = await contractWorld()
  const { call, made, customer, contract, database } = here
  const withContract = async (name: string) => {
    const { id } = await made('/suppliers', { name, tier: 'critical', ...nobody })
    const given = { customer: customer.id, contract: contract.id, number: 'L-1', title: `${name} on site` }
    const dates = { currency: 'EUR', startsOn: '2026-01-01', endsOn: '2026-12-31', noticeDays: 90, recoveryBp: 5000 }
    const { contracts } = await made(`/suppliers/${id}/contracts`, { ...given, ...dates })
    const of = contracts[0].id as string
    const shifts = { name: 'Yard, late', skill: 'On site', unit: 'shift', committed: 40, flexBp: 1000, leadDays: 10 }
    const rate = { validFrom: '2026-01', unitMinor: 31_000 }
    const supplier = await made(`/supplier-contracts/${of}/pools`, { ...shifts, rate })
    return { id: id as string, of, pool: supplier.contracts[0].pools[0].id as string }
  }
  const quersee = await withContract('Quersee')
  const step = async (order: { id: string; version: number }, body: object, as?: ReturnType<typeof actorWith>) =>
    call('POST', `${as ? '/own-suppliers/orders' : '/capacity-orders'}/${order.id}/transitions`, body, {
      headers: { 'if-match': `"${order.version}"` },
      ...(as && { as }),
    })
  /** Somebody who coordinates there, with the role for it in force. */
  const coordinator = async (supplierId: string) => {
    const as = actorWith('customer', ['supplier'])
    const personId = newId(Date.now())
    await database.pool.query(`insert into person (id, name, created_at) values ($1, 'Desk', now())`, [personId])
    await database.pool.query(
      `insert into role_assignment (id, person_id, role, valid_from) values ($1, $2, 'supplier', '2020-01-01')`,
      [newId(Date.now()), personId],
    )
    await made(`/suppliers/${supplierId}/people`, { person: personId })
    return { ...as, personId }
  }
  return { ...here, withContract, quersee, step, coordinator }
}

test('capacity is called off up to its flexible share, accepted in units, and becomes an expected cost that takes itself back', async () => {
  const { call, made, quersee, step, contract, stakeholder } = await world()
  const days = async (as?: typeof stakeholder) =>
    (await call('GET', '/contract-days', undefined, as && { as })).body.items.flatMap(
      ({ kind, on, leads }: { kind: string; on: string; leads: { to: string } }) =>
        leads.to === 'supplier' ? [`${kind} ${on}`] : [],
    )
  expect(await days()).toEqual(['call-off 2026-05-22', 'supplier-notice 2026-10-02', 'supplier-end 2026-12-30'])
  expect(await days(stakeholder)).toEqual([])
  const order = await made(`/pools/${quersee.pool}/orders`, { month: '2026-05', quantity: 40, slots: 'Mo–Fr 14–22' })
  const more = await call('POST', `/pools/${quersee.pool}/orders`, { month: '2026-05', quantity: 5 })
  expect(more.body).toMatchObject({ code: 'capacity-order.too-many' })
  expect((await step(order, { to: 'accepted' })).body.code).toBe('capacity-order.cannot')
  const confirmed = (await step(order, { to: 'confirmed' })).body
  expect((await step(confirmed, { to: 'delivered', quantity: 41 })).body.code).toBe('capacity-order.more')
  const delivered = (await step(confirmed, { to: 'delivered', quantity: 38 })).body
  const accepted = (await step(delivered, { to: 'accepted', quantity: 36 })).body
  expect(accepted).toMatchObject({ state: 'shortfall', delivered: 38, accepted: 36 })
  const { contracts } = (await call('GET', `/suppliers/${quersee.id}`)).body
  expect(contracts[0].pools[0].use).toEqual([
    {
      month: '2026-05',
      committed: 40,
      ordered: 40,
      delivered: 38,
      accepted: 36,
      short: 4,
      used: { numerator: 40, denominator: 40 },
      filled: { numerator: 36, denominator: 40 },
    },
  ])
  const { months, total } = (await call('GET', `/contracts/${contract.id}/profit?from=2026-05&to=2026-06`)).body
  expect(months.map((each: { actual: { cost: { pool: number } } }) => each.actual.cost.pool)).toEqual([
    -36 * 31_000,
    36 * 31_000,
  ])
  expect(total.cost.pool).toBe(0)
})

test('an invoice is taken in once and posted in the contract that it costs; one that says something else now is refused', async () => {
  const { call, quersee, contract, database } = await world()
  const file = 'month;amount;reference;category\n2026-04;1.240,50;R-1;pool\n2026-04;99;R-2;\n'
  const take = (text: string, decimal: string | null = 'comma') =>
    call('POST', `/supplier-contracts/${quersee.of}/invoice-imports`, { text, decimal })
  expect((await take(file, null)).body.code).toBe('cost-import.decimal')
  expect((await take(file)).body).toEqual({ taken: 2, known: 0 })
  expect((await take(file)).body).toEqual({ taken: 0, known: 2 })
  expect((await take(`${file.replace('1.240,50', '1.240,51')}2026-04;1;R-3;\n`)).body.code).toBe('cost-import.changed')
  const posted = (await call('GET', `/contracts/${contract.id}/postings?month=2026-04`)).body.items
  expect(posted.map((each: { reference: string; amountMinor: number }) => [each.reference, each.amountMinor])).toEqual(
    expect.arrayContaining([
      ['L-1 R-1', 124_050],
      ['L-1 R-2', 9900],
    ]),
  )
  expect((await database.pool.query('select 1 from supplier_invoice')).rowCount).toBe(2)
})

test('a supplier sees its own contracts, prices and call-offs, and of another supplier, a customer or a margin nothing', async () => {
  const { call, made, quersee, withContract, coordinator, step, contract, customer, database } = await world()
  const other = await withContract('Nebenbuhl')
  const as = await coordinator(quersee.id)
  const theirs = await made(`/pools/${other.pool}/orders`, { month: '2026-06', quantity: 7 })
  const own = await made(`/pools/${quersee.pool}/orders`, { month: '2026-06', quantity: 8 })
  const seen = await call('GET', '/own-suppliers', undefined, { as })
  expect(seen.body.items).toMatchObject([
    { name: 'Quersee', contracts: [{ pools: [{ rates: [{ unitMinor: 31_000 }], orders: [{ quantity: 8 }] }] }] },
  ])
  for (const hidden of ['Nebenbuhl', other.id, customer.id, contract.id, 'recoveryBp'])
    expect(seen.text).not.toContain(hidden)
  expect((await step(theirs, { to: 'confirmed' }, as)).status).toBe(404)
  expect((await step(own, { to: 'accepted' }, as)).body.code).toBe('capacity-order.not-yours')
  expect((await step(own, { to: 'confirmed' }, as)).body).toMatchObject({ state: 'confirmed' })
  for (const path of ['/suppliers', `/suppliers/${quersee.id}`, `/contracts/${contract.id}/profit`, '/portfolio'])
    expect((await call('GET', path, undefined, { as })).status).toBe(404)
  for (const table of ['posting', 'profitPlan', 'contractPrivate', 'supplierPerson'] as const) {
    const rows = inContext(database, ({ db }) => db.selectFrom(table).selectAll().execute(), { actor: as })
    await expect(rows).rejects.toThrow('permission denied')
  }
  const prices = await inContext(database, ({ db }) => db.selectFrom('poolRate').select('unitMinor').execute(), {
    actor: as,
  })
  expect(prices).toHaveLength(1)
  // With the role everything ends.
  await database.pool.query(`update role_assignment set valid_to = '2021-01-01' where person_id = $1`, [as.personId])
  expect((await call('GET', '/own-suppliers', undefined, { as })).body.items).toEqual([])
})

test('neither a customer nor an agent nor who only administers sees what suppliers cost', async () => {
  const { call, made, quersee, stakeholder, database } = await world()
  await made(`/pools/${quersee.pool}/orders`, { month: '2026-06', quantity: 1 })
  for (const roles of [['agent'], ['administrator'], ['service-owner']])
    expect((await call('GET', '/suppliers', undefined, { as: actorWith('staff', roles) })).status).toBe(403)
  expect((await call('GET', '/suppliers', undefined, { as: stakeholder })).status).toBe(404)
  for (const table of ['supplierContract', 'pool', 'poolRate', 'capacityOrder', 'supplier'] as const)
    for (const actor of [stakeholder, actorWith('staff', ['administrator', 'agent'])]) {
      const rows = await inContext(
        database,
        ({ db }) => db.selectFrom(table).select(db.fn.countAll().as('n')).execute(),
        {
          actor,
        },
      )
      expect(rows).toEqual([{ n: 0 }])
    }
  expect((await call('GET', '/own-suppliers', undefined, { as: stakeholder })).body.items).toEqual([])
})
