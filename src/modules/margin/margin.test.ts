import { expect, test } from 'vitest'
import { actorWith, inContext } from '#platform/testing.ts'
import { testWorld } from '../../testing.ts'

/** PNL-01 as a contract: 420,000 fixed, 11,250 by volume, 38,000 of time, 25,000 passed through; and what it costs. */
async function world() {
  const here = await testWorld({ now: new Date('2026-05-04T09:00Z') })
  const { call } = here
  const made = async (method: string, path: string, body: object, headers = {}) => {
    const reply = await call(method, path, body, { headers })
    expect(reply.status, reply.text).toBeLessThan(300)
    return reply.body
  }
  const customer = await made('POST', '/customers', { name: 'Nordhafen', key: 'NHL', timeZone: 'Europe/Berlin' })
  const terms = { endsOn: '2029-01-01', noticeDays: 90 }
  const given = {
    customer: customer.id,
    number: 'V-17',
    title: 'Workplace',
    currency: 'EUR',
    startsOn: '2026-01-01',
    terms,
  }
  const contract = await made('POST', '/contracts', given)
  const of = `/contracts/${contract.id}`
  const line = async (name: string, price: object, quantity?: number) => {
    const { id } = await made('POST', `${of}/charge-lines`, { name, validFrom: '2026-04', terms: price })
    if (quantity !== undefined)
      await made('POST', `/charge-lines/${id}/readings`, {
        month: '2026-04',
        quantity,
        countedAt: '2026-04-30T22:00:00Z',
        source: 'Inventory',
      })
    return id as string
  }
  await line('Operation', { kind: 'fixed', amountMinor: 42_000_000 })
  const devices = await line('Devices', { kind: 'unit', unitMinor: 225 }, 5000)
  await line('Requests', { kind: 'time', hourMinor: 9500 }, 24_000)
  await line('Travel', { kind: 'pass-through', markUpBp: 0 }, 2_500_000)
  await made('POST', `${of}/charges`, { month: '2026-04' })
  for (const to of ['reviewed', 'agreed']) await made('POST', `${of}/charges/transitions`, { month: '2026-04', to })
  const profit = async () => (await call('GET', `${of}/profit`)).body
  return { ...here, made, customer, contract, of, devices, profit }
}

const costs = `month;category;amount;reference;description
2026-04;labour;196.000,00;L-1;Own work
2026-04;pool;84.000,00;P-1;Shifts
2026-04;supplier;52.000,00;S-1;Network
2026-04;tools;18.500,00;T-1;
2026-04;depreciation;9.750,00;D-1;
2026-04;travel;3.200,00;V-1;
2026-04;pass-through;25.000,00;X-1;
`

test('PNL-01: a month’s margin with and without what is passed through, from postings that balance, opened down to them', async () => {
  const { call, made, of, profit } = await world()
  expect((await call('POST', `${of}/cost-imports`, { text: costs })).body.code).toBe('cost-import.decimal')
  expect(await made('POST', `${of}/cost-imports`, { text: costs, decimal: 'comma' })).toEqual({ posted: 7, known: 0 })
  await made('POST', `${of}/costs`, {
    month: '2026-04',
    category: 'provisions',
    amountMinor: 1,
    accrued: true,
    description: 'Expected',
  })
  expect(await made('POST', `${of}/profit`, {})).toEqual({ posted: 4, adjusted: 0 })
  const { months, total } = await profit()
  const april = months.find(({ month }: { month: string }) => month === '2026-04')
  expect(april.actual.without).toEqual({ revenueMinor: 46_925_000, costMinor: 36_345_001, marginMinor: 10_579_999 })
  expect(april.actual.with.revenueMinor).toBe(49_425_000)
  // What was expected is taken back in May by itself; May goes on, and is not among what is over.
  expect(months.find(({ month }: { month: string }) => month === '2026-05').actual.without.marginMinor).toBe(1)
  expect(total.without.marginMinor).toBe(10_579_999)
  const under = (await call('GET', `${of}/postings?month=2026-04&account=cost:supplier`)).body.items
  expect(under).toMatchObject([{ amountMinor: 5_200_000, source: 'import', reference: 'S-1' }])
  // Counted again it is the same.
  expect(await made('POST', `${of}/profit`, {})).toEqual({ posted: 0, adjusted: 0 })
})

test('what was imported stays: the same again is known, a changed actual is refused, and nothing is half posted', async () => {
  const { call, made, of, database } = await world()
  await made('POST', `${of}/cost-imports`, { text: costs, decimal: 'comma' })
  expect(await made('POST', `${of}/cost-imports`, { text: costs, decimal: 'comma' })).toEqual({ posted: 0, known: 7 })
  const refused = async (text: string, decimal: string | null = 'comma') =>
    (await call('POST', `${of}/cost-imports`, { text, decimal })).body.code
  const more = '2026-04;travel;1,00;V-2;\n'
  expect(await refused(`${costs.replace('52.000,00', '53.100,00')}${more}`)).toBe('cost-import.changed')
  expect(await refused(costs, 'point')).toBe('cost-import.amount')
  expect(await refused('month;amount\n2026-04;1')).toBe('cost-import.columns')
  expect(await refused('month;category;amount;reference;currency\n2026-04;travel;1;Z;GBP')).toBe('cost-import.currency')
  expect((await database.pool.query(`select 1 from posting where source = 'import'`)).rowCount).toBe(7)
})

test('a credit note lowers the cost it is for to the cent, is known again, and is refused once it says something else', async () => {
  const { call, made, of, profit } = await world()
  const take = (text: string) => call('POST', `${of}/cost-imports`, { text, decimal: 'comma' })
  const notes = `${costs}2026-04;supplier;-2.000,01;S-2;Credit note\n2026-04;supplier;0,01-;S-3;\n`
  expect((await take(notes)).body).toEqual({ posted: 9, known: 0 })
  expect((await take(notes)).body).toEqual({ posted: 0, known: 9 })
  expect((await take(notes.replace('-2.000,01', '2.000,01'))).body.code).toBe('cost-import.changed')
  expect((await take('month;category;amount;reference\n2026-04;travel;0,00;Z\n')).body.code).toBe('cost-import.amount')
  await made('POST', `${of}/profit`, {})
  const { months } = await profit()
  const april = months.find(({ month }: { month: string }) => month === '2026-04')
  expect(april.actual.without.costMinor).toBe(36_345_000 - 200_002)
  const under = (await call('GET', `${of}/postings?month=2026-04&account=cost:supplier`)).body.items
  expect(
    under.map((each: { debit: string; amountMinor: number }) =>
      each.debit === 'cost:supplier' ? each.amountMinor : -each.amountMinor,
    ),
  ).toEqual(expect.arrayContaining([5_200_000, -200_001, -1]))
})

test('a locked month stays as it was told: what is charged otherwise later is an adjustment in the open one', async () => {
  const { made, of, database, customer, profit, call } = await world()
  await made('POST', `${of}/profit`, {})
  const lock = (state: string) =>
    database.pool.query(
      `insert into period (customer_id, month, state, changed_at) values ($1, '2026-04-01', $2, now())`,
      [customer.id, state],
    )
  await lock('locked')
  const cost = { month: '2026-04', category: 'travel', amountMinor: 100, description: 'Late' }
  expect((await call('POST', `${of}/costs`, cost)).body.code).toBe('charge.locked')
  // The line that is in the way is named, and nothing of the file is there.
  const text = 'month;category;amount;reference\n2026-05;travel;1;Y-1\n2026-04;travel;1;Y-2'
  const file = await call('POST', `${of}/cost-imports`, { text, decimal: 'point' })
  expect(file.body).toMatchObject({ code: 'cost-import.locked', detail: expect.stringMatching(/^Line 3: April 2026 /) })
  const { rowCount } = await database.pool.query(`select from posting where reference like 'Y-%'`)
  expect(rowCount).toBe(0)
  // Somebody with the keys to the database changes what was charged.
  await database.pool.query(`update charge set amount_minor = amount_minor - 1000 where kind = 'fixed'`)
  expect(await made('POST', `${of}/profit`, {})).toEqual({ posted: 1, adjusted: 1 })
  expect(await made('POST', `${of}/profit`, {})).toEqual({ posted: 0, adjusted: 0 })
  const { months } = await profit()
  const revenue = (month: string) => months.find((each: { month: string }) => each.month === month).actual.revenue.fixed
  expect([revenue('2026-04'), revenue('2026-05')]).toEqual([42_000_000, -1000])
})

test('the way from bid to now adds up, and a margin below the committed one is told in time', async () => {
  const { made, of, profit, call } = await world()
  await made('POST', `${of}/cost-imports`, { text: costs, decimal: 'comma' })
  const expected = { month: '2026-04', category: 'tools', amountMinor: 50_000, accrued: true, description: 'Licences' }
  await made('POST', `${of}/costs`, expected)
  await made('POST', `${of}/profit`, {})
  await made('PUT', `${of}/private`, { marginTargetBp: 2500, valueMinor: 1_512_000_000, note: null })
  const bid = [
    ['revenue:fixed', 42_000_000, null],
    ['revenue:volume', 900_000, 4000],
    ['cost:labour', 18_000_000, null],
    ['cost:supplier', 12_000_000, null],
  ].map(([category, amountMinor, quantity]) => ({ month: '2026-04', category, amountMinor, quantity }))
  await made('PUT', `${of}/plans/bid`, { lines: bid })
  await made('PUT', `${of}/plans/forecast`, {
    lines: [
      { month: '2026-05', category: 'cost:supplier', amountMinor: 9_000_000 },
      { month: '2026-06', category: 'cost:supplier', amountMinor: 1_480_000_000 },
    ],
  })
  const { bridge, outlook, months, counted } = await profit()
  expect(bridge.fromMinor).toBe(12_900_000)
  expect(
    bridge.fromMinor + bridge.steps.reduce((sum: number, each: { amountMinor: number }) => sum + each.amountMinor, 0),
  ).toBe(bridge.toMinor)
  const step = (driver: string) => bridge.steps.find((each: { driver: string }) => each.driver === driver).amountMinor
  // A thousand more devices at the price that was offered, and 38,000 of time that was not.
  expect(step('volume')).toBe(225_000 + 3_800_000)
  expect([counted, bridge.months]).toEqual([
    { from: '2026-04', to: '2026-04' },
    { from: '2026-04', to: '2026-04' },
  ])
  // In May, which goes on, what April expected is taken back: it costs what was forecast of it nevertheless.
  const [may, april] = months.map((each: { actual: { with: { costMinor: number } } }) => each.actual.with.costMinor)
  expect(may).toBeLessThan(0)
  expect(outlook).toMatchObject({ belowCommitted: true, onerous: true })
  expect([outlook.spentMinor, outlook.toCompleteMinor]).toEqual([april, 9_000_000 + 1_480_000_000])
  const { items } = (await call('GET', '/portfolio')).body
  expect(items).toMatchObject([{ committedBp: 2500, warns: true }])
  const book = await call('GET', '/portfolio.xlsx')
  expect([book.status, book.headers['content-disposition']]).toEqual([200, expect.stringContaining('.xlsx')])
  for (const [as, status] of [
    [actorWith('staff', ['agent', 'administrator']), 403],
    [actorWith('customer', ['customer-stakeholder'], [items[0].customer.id]), 404],
  ] as const)
    expect((await call('GET', '/portfolio.xlsx', undefined, { as })).status).toBe(status)
  expect((await call('PUT', `${of}/plans/bid`, { lines: [{ ...bid[0], category: 'cost:luck' }] })).body.code).toBe(
    'plan.category',
  )
})

test('work before a signature and for a service that nobody pays counts as unpaid, at what an hour costs, and opens', async () => {
  const { made, of, profit, call, database, customer } = await world()
  await made('PUT', `${of}/labour-rate`, { validFrom: '2026-01', hourMinor: 6000 })
  await made('PUT', `${of}/plans/bid`, {
    lines: [{ month: '2026-04', category: 'cost:labour', amountMinor: 100_000, quantity: null }],
  })
  const change = await made('POST', `${of}/changes`, { title: 'Night', origin: 'customer', description: 'Somebody' })
  await made('POST', `/contract-changes/${change.id}/work`, { day: '2026-04-20', minutes: 90, note: 'Rooms' })
  await made('POST', `${of}/profit`, {})
  const { unpaid, bridge } = await profit()
  expect(unpaid).toEqual({ minutes: 90, amountMinor: 9000 })
  expect(bridge.steps).toContainEqual({ driver: 'unpaid-work', amountMinor: -9000 })
  expect((await call('GET', `${of}/postings?unpaid=true`)).body.items).toMatchObject([
    { source: 'time', sourceId: change.id, quantity: 90, debit: 'cost:labour' },
  ])
  // Signed on the day of the work, it is paid for from that day on.
  await database.pool.query(`update contract_change set signed_on = '2026-04-20'`)
  await made('POST', `${of}/profit`, {})
  expect((await profit()).unpaid).toEqual({ minutes: 0, amountMinor: 0 })

  // Three people book on a service. As long as something is charged for all services it is paid for.
  const service = await made('POST', '/services', { name: 'Scanners', customer: customer.id })
  const ticket = { customer: customer.id, service: service.id, title: 'Dark', impact: 'low', urgency: 'low' }
  const incident = await made('POST', '/incidents', ticket)
  await database.pool.query(
    `with people as (insert into person (id, name, created_at)
       select gen_random_uuid(), 'P' || n, now() from generate_series(1, 3) n returning id)
     insert into time_entry (id, incident_id, customer_id, person_id, day, minutes, created_at)
     select gen_random_uuid(), $1, $2, id, '2026-04-10', 40, now() from people`,
    [incident.id, customer.id],
  )
  await made('POST', `${of}/profit`, {})
  expect((await profit()).unpaid.minutes).toBe(0)
  await database.pool.query(`update charge_line set service_id = null`)
  await database.pool.query(`delete from charge where kind <> 'pass-through'`)
  await made('POST', `${of}/profit`, {})
  expect((await profit()).unpaid).toEqual({ minutes: 120, amountMinor: 12_000 })
})

test('what is left to do before a month is closed is listed, contract by contract', async () => {
  const { call, customer, made, of } = await world()
  const list = async (month: string) => (await call('GET', `/closings/${customer.id}/${month}`)).body
  expect(await list('2026-04')).toMatchObject({ state: 'open', openCount: 0 })
  expect((await list('2026-03')).contracts[0].open).toEqual([{ kind: 'not-reckoned', count: 1 }])
  await made('POST', `${of}/charges`, { month: '2026-05' })
  expect((await list('2026-05')).contracts[0].open).toEqual([
    { kind: 'missing-readings', count: 1 },
    { kind: 'not-agreed', count: 1 },
  ])
})

test('nobody but those who answer for the margin sees it, and no session of a customer has a right on its tables', async () => {
  const { call, of, customer, database } = await world()
  const paths = [`${of}/profit`, `${of}/postings`, '/portfolio']
  for (const roles of [['agent'], ['administrator'], ['service-owner']])
    for (const path of paths)
      expect((await call('GET', path, undefined, { as: actorWith('staff', roles) })).status).toBe(403)
  const stakeholder = actorWith('customer', ['customer-stakeholder'], [customer.id])
  for (const path of [...paths, `/closings/${customer.id}/2026-04`])
    expect((await call('GET', path, undefined, { as: stakeholder })).status).toBe(404)
  for (const table of ['posting', 'profitPlan', 'labourRate'] as const) {
    const rows = (actor: ReturnType<typeof actorWith>) =>
      inContext(database, async ({ db }) => (await db.selectFrom(table).selectAll().execute()).length, { actor })
    expect(await rows(actorWith('staff', ['service-owner', 'agent', 'administrator']))).toBe(0)
    await expect(rows(stakeholder)).rejects.toThrow('permission denied')
  }
})
