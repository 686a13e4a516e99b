import { expect, test } from 'vitest'
import { plainLevel, plainRegime } from '#core/credit-terms.ts'
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
  const named = { month: '2026-05', quantity: 1, slots: 'Nachts, bitte wieder Herr Krause' }
  expect((await call('POST', `/pools/${quersee.pool}/orders`, named)).body).toMatchObject({
    code: 'pool.names-person',
    errors: [{ path: 'slots' }],
  })
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
  // A credit note is an invoice below zero: the supplier cost less, and so did the contract.
  expect((await take('month;amount;reference;category\n2026-04;-240,50;R-4;pool\n')).body).toEqual({
    taken: 1,
    known: 0,
  })
  const { contracts } = (await call('GET', `/suppliers/${quersee.id}`)).body
  expect(contracts[0].costs).toEqual([{ month: '2026-04', amountMinor: 100_000 + 9900 }])
  const pool = (await call('GET', `/contracts/${contract.id}/profit?from=2026-04&to=2026-04`)).body.months[0].actual
    .cost
  expect([pool.pool, pool.supplier]).toEqual([100_000, 9900])
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

test('what a supplier caused of a credit by the clocks is claimed back once, lowers the cost, and is seen by it as sums', async () => {
  const { call, made, quersee, contract, customer, database, coordinator, stakeholder, at } = await world()
  const { pool } = database
  const week = Array.from({ length: 7 }, () => [{ opens: 0, closes: 1440 }])
  const rules = { timeZone: 'Europe/Berlin', week, exceptions: [] }
  const calendar = await made('/calendars', { customer: customer.id, name: 'Always', rules })
  const promised = { customer: customer.id, calendar: calendar.id, validFrom: '2026-01-01T00:00:00Z', activate: true }
  const target = { metric: 'resolution', priority: 'p1', attainmentBp: 9500 }
  await made('/agreements', { ...promised, name: 'Gold', targets: [{ ...target, targetSeconds: 7200 }] })
  const behind = await made('/agreements', {
    ...promised,
    name: 'Lines',
    type: 'uc',
    party: { supplier: 'Quersee' },
    targets: [{ ...target, targetSeconds: 3600 }],
  })
  await pool.query(`update supplier_contract set agreement_id = $1 where id = $2`, [behind.id, quersee.of])
  // Three cases are late in April; in two of them the promise behind was missed, too.
  at('2026-04-10T08:00Z')
  const opened: string[] = []
  for (let index = 0; index < 3; index++) {
    const given = { customer: customer.id, title: `Line ${index}`, impact: 'high', urgency: 'high' }
    opened.push((await made('/incidents', given)).id)
  }
  await pool.query(
    `update clock set state = 'breached-stopped', breached_at = '2026-04-10T10:00Z', stopped_at = '2026-04-10T11:00Z' where metric = 'resolution'`,
  )
  await pool.query('delete from clock_behind')
  const version = (await pool.query(`select id from agreement_version where agreement_id = $1`, [behind.id])).rows[0].id
  for (const [index, state] of ['breached-stopped', 'breached-stopped', 'met'].entries())
    await pool.query(
      `insert into clock_behind (id, incident_id, customer_id, agreement_id, agreement_version_id, number, metric, target_ms, elapsed_ms, state, started_at, due_at, stopped_at, breached_at)
       select $1, i.id, i.customer_id, $2, $3, '1', 'resolution', 3600000, 4000000, $4, '2026-04-10T08:00Z', '2026-04-10T09:00Z', '2026-04-10T11:00Z',
         case when $4 = 'met' then null else '2026-04-10T09:00Z'::timestamptz end from incident i where i.id = $5`,
      [newId(Date.now()), behind.id, version, state, opened[index]],
    )
  at('2026-05-04T09:00Z')
  await made(`/contracts/${contract.id}/charge-lines`, {
    name: 'Operation',
    validFrom: '2026-04',
    terms: { kind: 'fixed', amountMinor: 1_000_000 },
  })
  await made(`/contracts/${contract.id}/charges`, { month: '2026-04' })
  await pool.query(
    `insert into attainment_month (customer_id, month, metric, priority, met, failed) values ($1, '2026-04-01', 'resolution', 'p1', 0, 3)
     on conflict do nothing`,
    [customer.id],
  )
  const level = { ...plainLevel('p1', 950_000), name: 'Grave incidents', allocationBp: 10_000 }
  await made(`/contracts/${contract.id}/credit-regimes`, {
    validFrom: '2026-04',
    terms: { ...plainRegime('at-risk', [level]), atRiskBp: 1000 },
    sources: { p1: { of: 'attainment', metric: 'resolution', priority: 'p1', service: null } },
  })
  const claims = async () => (await call('GET', `/supplier-contracts/${quersee.of}/claims`)).body.items
  let credit = await made(`/contracts/${contract.id}/credits`, { month: '2026-04' })
  expect(credit.amountMinor).toBe(100_000)
  expect(await claims()).toEqual([])
  for (const to of ['internal-review', 'notified'])
    credit = (
      await call(
        'POST',
        `/credits/${credit.id}/transitions`,
        { to },
        { headers: { 'if-match': `"${credit.version}"` } },
      )
    ).body
  // Two of three of 1,000, and half of it was agreed.
  const figures = { missed: 3, missedWith: 2, creditMinor: 100_000, amountMinor: 33_333 }
  expect(await claims()).toMatchObject([{ ...figures, state: 'open', name: 'Grave incidents' }])
  const given = { credit: credit.id, level: 'p1' }
  const path = `/supplier-contracts/${quersee.of}/claims`
  expect((await call('POST', path, { ...given, level: 'p2' })).body.code).toBe('supplier-claim.nothing')
  const claimed = await made(path, given)
  expect(claimed).toMatchObject({ ...figures, state: 'claimed' })
  expect((await call('POST', path, given)).body.code).toBe('supplier-claim.claimed')
  const settle = (amountMinor: number) =>
    call(
      'POST',
      `/supplier-claims/${claimed.id}/transitions`,
      { to: 'recovered', amountMinor },
      { headers: { 'if-match': `"${claimed.version}"` } },
    )
  expect((await settle(33_334)).body.code).toBe('supplier-claim.more')
  expect((await settle(30_000)).body).toMatchObject({ state: 'recovered', recoveredMinor: 30_000 })
  expect((await settle(1)).status).toBe(412)
  const posted = (await call('GET', `/contracts/${contract.id}/postings?month=2026-05`)).body.items
  expect(posted).toMatchObject([{ debit: 'payable', credit: 'cost:supplier', amountMinor: 30_000 }])

  const under = await call('GET', `/supplier-contracts/${quersee.of}/promises?month=2026-04`)
  expect(under.body.items.map(({ state, ours }: { state: string; ours: string }) => [state, ours])).toEqual([
    ['breached-stopped', 'breached-stopped'],
    ['breached-stopped', 'breached-stopped'],
    ['met', 'breached-stopped'],
  ])
  const cases = `${path}/cases?credit=${credit.id}&level=p1`
  const first = (await call('GET', `${cases}&limit=2`)).body
  expect(first.items).toMatchObject([
    { theirs: 'breached-stopped', metric: 'resolution', priority: 'p1' },
    { theirs: 'breached-stopped' },
  ])
  const rest = (await call('GET', `${cases}&cursor=${first.nextCursor}`)).body
  expect(rest).toMatchObject({ items: [{ theirs: 'met', title: 'Line 2' }], nextCursor: null })
  expect((await call('GET', cases.replace('level=p1', 'level=p2'))).body.code).toBe('supplier-claim.not-found')
  // Its coordinator sees the tickets by their number and clock, and what is claimed; no words of them, and nothing of ours.
  const own = await call('GET', '/own-suppliers', undefined, { as: await coordinator(quersee.id) })
  const [seen] = own.body.items[0].contracts
  expect(seen.promises).toHaveLength(3)
  expect(seen.claims).toMatchObject([{ month: '2026-04', missedWith: 2, amountMinor: 33_333, state: 'recovered' }])
  for (const hidden of ['Line 0', 'Grave', credit.id, '100000', customer.id, customer.name])
    expect(own.text).not.toContain(hidden)
  // Of one that few may know of each row says what was counted, and no more.
  const confided = await database.pool.query<{ number: string }>(
    `update incident set concerns_security = true where title = 'Line 0' returning number`,
  )
  const { number } = confided.rows[0]!
  for (const address of [`/supplier-contracts/${quersee.of}/promises?month=2026-04`, cases]) {
    const { body, text } = await call('GET', address)
    expect(body.items).toHaveLength(3)
    expect(body.items.filter((each: { number: string | null }) => each.number === null)).toMatchObject([
      { number: null, title: null, stoppedAt: null, metric: 'resolution', priority: 'p1' },
    ])
    expect([text.includes(number), text.includes('Line 0')]).toEqual([false, false])
  }
  const still = await call('GET', '/own-suppliers', undefined, { as: await coordinator(quersee.id) })
  expect(still.body.items[0].contracts[0].promises.map((each: { number: string | null }) => each.number)).toContain(
    null,
  )
  expect(still.body.items[0].contracts[0].promises).toHaveLength(3)
  expect(still.text).not.toContain(number)
  for (const as of [stakeholder, actorWith('staff', ['agent'])])
    for (const address of [path, cases, `/supplier-contracts/${quersee.of}/promises?month=2026-04`])
      expect((await call('GET', address, undefined, { as })).status).toBe(as === stakeholder ? 404 : 403)
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
