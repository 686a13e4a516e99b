import de from '../../locales/de/kpis.json' with { type: 'json' }
import en from '../../locales/en/kpis.json' with { type: 'json' }
import { expect, test } from 'vitest'
import { actorWith } from '#platform/testing.ts'
import { testWorld } from '../../testing.ts'
import { library, valueOf } from './library.ts'
import { sources } from './sources.ts'

test('ninety figures are defined, and each is computed or says what is missing for it', () => {
  expect(library.map(({ key }) => key)).toEqual(
    Array.from({ length: 90 }, (_, index) => `K${String(index + 1).padStart(2, '0')}`),
  )
  for (const { key, missing } of library) {
    expect([key, missing === null]).toEqual([key, key in sources])
    for (const words of [de, en]) expect([key, `${key}.missing` in words]).toEqual([key, missing !== null])
  }
})

test.each([
  ['percent', 83, 2080, 3.99],
  ['points', 90, 200, 45],
  ['ratio', 1664, 2080, 0.8],
  ['per-thousand', 5, 2000, 2.5],
  ['days', 49 * 86_400_000, 6, 8.17],
  ['count', 0, 0, 0],
  ['percent', 0, 0, null],
] as const)('as %s %i of %i is %s', (unit, numerator, denominator, value) => {
  const found = valueOf(unit, { numerator, denominator })
  expect(found === null ? null : Math.round(found * 100) / 100).toBe(value)
})

async function world() {
  const here = await testWorld({ now: new Date('2026-03-02T09:00Z') })
  const { call } = here
  const made = async (path: string, body: object) => {
    const reply = await call('POST', path, body)
    expect(reply.status, reply.text).toBe(201)
    return reply.body
  }
  const customer = await made('/customers', { name: 'Nordhafen', key: 'NHL' })
  const service = await made('/services', { customer: customer.id, name: 'Scanners' })
  return { ...here, made, customer, service }
}

test('a value is what its records say, opens to them, and is the same when it is counted again', async () => {
  const { call, made, customer, service, work, at } = await world()
  const declare = (more = {}) =>
    made('/incidents', {
      customer: customer.id,
      title: 'Scanner',
      impact: 'low',
      urgency: 'low',
      service: service.id,
      ...more,
    })
  const step = (id: string, to: string) =>
    call('POST', `/incidents/${id}/transitions`, { to, ...(to === 'resolved' && { note: 'x' }) })
  const [again, once, open] = [
    await declare({ channel: 'portal' }),
    await declare({ channel: 'phone' }),
    await declare({ channel: 'phone' }),
  ]
  for (const to of ['resolved', 'in-progress', 'resolved']) await step(again.id, to)
  await step(once.id, 'resolved')
  at('2026-04-02T09:00Z')
  const compute = async () => {
    expect((await call('POST', '/kpis/computations')).status).toBe(202)
    await work()
  }
  await compute()
  const of = `customer=${customer.id}`
  const read = async (key: string, more = '') => (await call('GET', `/kpis/${key}?${of}${more}`)).body
  expect((await read('K10')).series).toMatchObject([{ month: '2026-03', numerator: 1, denominator: 2, value: 50 }])
  expect((await read('K31')).series).toMatchObject([{ numerator: 1, denominator: 3 }])
  const backlog = await read('K12', `&part=service&of=${service.id}`)
  expect(backlog.series).toMatchObject([{ denominator: 1 }])
  expect(Math.round(backlog.series[0].value)).toBe(30)
  expect(backlog.choices).toEqual([{ id: service.id, name: 'Scanners' }])
  const under = (await call('GET', `/kpis/K10/records?${of}&month=2026-03`)).body
  expect(under).toMatchObject({
    numerator: 1,
    denominator: 2,
    truncated: false,
    items: [
      { id: again.id, name: again.number, numerator: 1 },
      { id: once.id, numerator: 0 },
    ],
  })
  expect((await call('GET', `/kpis/K12/records?${of}&month=2026-03`)).body.items).toMatchObject([{ id: open.id }])
  // All together it opens to the customers, each of which opens to its records.
  expect((await call('GET', '/kpis/K10/records?month=2026-03')).body).toMatchObject({
    of: 'customers',
    numerator: 1,
    denominator: 2,
    items: [{ id: customer.id, name: customer.name, numerator: 1, denominator: 2 }],
  })
  // Opinions of few customers would be told by what the others leave.
  expect((await call('GET', '/kpis/K21/records?month=2026-03')).body.items).toEqual([])
  await compute()
  expect((await read('K10')).series).toMatchObject([{ numerator: 1, denominator: 2 }])
  const k16 = (await call('GET', '/kpis')).body.items.find(({ key }: { key: string }) => key === 'K16')
  expect(k16).toMatchObject({ missing: 'changes', needs: expect.stringContaining('changes'), latest: null })
  expect(
    (await call('GET', '/kpis', undefined, { as: actorWith('customer', ['customer-stakeholder'], [customer.id]) }))
      .status,
  ).toBe(404)
})

test('figures of money are for who sees money, and of several currencies for nobody together', async () => {
  const { call, customer, database } = await world()
  for (const kpi of ['K51', 'K52', 'K10'])
    await database.pool.query(
      `insert into kpi_value (customer_id, kpi, version, month, part, numerator, denominator, computed_at)
       values ($1, $2, 1, '2026-02-01', 'customer', 1, 4, now())`,
      [customer.id, kpi],
    )
  const seen = async (role: string, of = `?customer=${customer.id}`) => {
    const { items } = (await call('GET', `/kpis${of}`, undefined, { as: actorWith('staff', [role]) })).body
    return items.flatMap(({ key, latest }: { key: string; latest: unknown }) => (latest === null ? [] : [key]))
  }
  expect(await seen('service-manager')).toEqual(['K10', 'K51', 'K52'])
  expect(await seen('service-owner')).toEqual(['K10', 'K52'])
  expect(await seen('agent')).toEqual(['K10'])

  for (const currency of ['EUR', 'USD'])
    await database.pool.query(
      `insert into contract (id, customer_id, number, title, state, currency, starts_on, created_at)
       values (gen_random_uuid(), $1, $2, 'Desk', 'live', $2, '2025-01-01', now())`,
      [customer.id, currency],
    )
  expect(await seen('service-manager', '')).toEqual(['K10'])
})

test('a locked month stays as it was told, and limits are made anew only where a signal lasts', async () => {
  const { call, customer, database, work } = await world()
  const put = (kpi: string, values: readonly number[], denominator: number, month = '2024-01-01') =>
    database.pool.query(
      `insert into kpi_value (customer_id, kpi, version, month, part, numerator, denominator, computed_at)
       select $1, $2, 1, ($3::date + make_interval(months => (place - 1)::int))::date, 'customer', value, $4, now()
       from unnest($5::int[]) with ordinality given(value, place)`,
      [customer.id, kpi, month, denominator, values],
    )
  const usual = [50, 52, 50, 52, 50, 52, 50, 52, 50, 52, 50, 52, 51]
  await put('K10', [...usual, ...Array.from({ length: 12 }, () => 70)], 100, '2024-02-01')
  const path = `/kpis/K10?customer=${customer.id}`
  const before = (await call('GET', path)).body
  expect(before.stretches).toMatchObject([{ fromMonth: '2024-02', standing: 'usable' }])
  expect(before.series.at(-1)).toMatchObject({ month: '2026-02', signal: { pattern: 'outside', direction: 'higher' } })
  const listed = (await call('GET', `/kpis?customer=${customer.id}`)).body.items.find(
    ({ key }: { key: string }) => key === 'K10',
  )
  expect(listed.latest).toMatchObject({ value: 70, signal: { direction: 'higher' } })
  const rebase = (month: string) =>
    call('POST', '/kpis/K10/baselines', { customer: customer.id, month, reason: 'A new team since March' })
  for (const month of ['2024-06', '2030-01']) {
    const refused = await rebase(month)
    expect([refused.status, refused.body.code]).toEqual([422, 'kpi.not-sustained'])
  }
  const after = (await rebase('2025-03')).body
  expect(after.baselines).toMatchObject([{ month: '2025-03', reason: 'A new team since March' }])
  expect(after.series.at(-1).signal).toBeNull()

  await database.pool.query(
    `insert into period (customer_id, month, state, changed_at) values ($1, '2026-02-01', 'locked', now())`,
    [customer.id],
  )
  await call('POST', '/kpis/computations')
  await work()
  // Nothing is recorded of these months: what was open is counted anew, what was locked stays.
  expect((await call('GET', path)).body.series.at(-1)).toMatchObject({ month: '2026-02', value: 70 })
})

test('what few people said is hidden, and with it what it could be reckoned from', async () => {
  const { call, customer, service, made, database } = await world()
  const other = await made('/services', { customer: customer.id, name: 'Printers' })
  const put = (key: string, part: string, denominator: number) =>
    database.pool.query(
      `insert into kpi_value (customer_id, kpi, version, month, part, key, numerator, denominator, computed_at)
       values ($1, 'K21', 1, '2026-02-01', $2, $3, 1, $4, now())`,
      [customer.id, part, key, denominator],
    )
  await put('', 'customer', 9)
  await put(service.id, 'service', 3)
  await put(other.id, 'service', 6)
  const last = async (query: string) =>
    (await call('GET', `/kpis/K21?customer=${customer.id}${query}`)).body.series.at(-1)
  expect(await last('')).toMatchObject({ denominator: 9, hidden: false })
  for (const each of [service, other])
    expect(await last(`&part=service&of=${each.id}`)).toMatchObject({ denominator: 0, hidden: true, value: null })
})

test('a figure made of others is counted from them, shown on a board that each arranges, and refused where it makes no sense', async () => {
  const { call, customer, database } = await world()
  const put = (kpi: string, month: string, numerator: number, denominator: number) =>
    database.pool.query(
      `insert into kpi_value (customer_id, kpi, version, month, part, numerator, denominator, computed_at)
       values ($1, $2, 1, $3, 'customer', $4, $5, now())`,
      [customer.id, kpi, month, numerator, denominator],
    )
  for (const month of ['2026-01-01', '2026-02-01']) {
    await put('K10', month, 10, 50)
    // Of nothing nobody divides.
    await put('K09', month, month === '2026-01-01' ? 0 : 20, 50)
  }
  const of = { customer: customer.id }
  const given = { name: 'Reopened of first level', question: 'Is quick too quick?', direction: 'down' }
  const ratio = { ...given, kind: 'ratio', unit: 'ratio', parts: [{ kpi: 'K10' }, { kpi: 'K09' }] }
  const made = await call('POST', '/own-kpis', { ...ratio, ...of })
  expect(made.status, made.text).toBe(201)
  expect(made.body).toMatchObject({
    key: 'O1',
    formula: 'K10 / K09',
    version: 1,
    made: { parts: [{ name: 'Reopen rate' }, {}] },
  })
  expect(made.body.series).toMatchObject([{ value: null }, { value: 0.5, numerator: 1, denominator: 2 }])

  const weigh = {
    ...given,
    kind: 'weighted',
    unit: 'percent',
    parts: [
      { kpi: 'K10', weight: 3 },
      { kpi: 'K09', weight: 1 },
    ],
  }
  const changed = await call('PUT', '/own-kpis/O1', weigh, { headers: { 'if-match': '"1"' } })
  expect(changed.body).toMatchObject({ formula: '(3 × K10 + 1 × K09) / 4', version: 2 })
  expect(changed.body.series).toMatchObject([{ value: 15 }, { value: 25 }])

  for (const [body, code] of [
    [{ ...ratio, parts: [{ kpi: 'K10' }, { kpi: 'K12' }] }, 'own-kpi.units'],
    [{ ...ratio, parts: [{ kpi: 'K10' }, { kpi: 'K16' }] }, 'own-kpi.no-source'],
  ] as const) {
    const refused = await call('POST', '/own-kpis', body)
    expect([refused.status, refused.body.code]).toEqual([400, code])
    expect(refused.body.detail).toMatch(/K1[26]/)
  }
  const round = { ...ratio, kind: 'sum', unit: 'percent', parts: [{ kpi: 'O1' }, { kpi: 'K10' }] }
  const itself = await call('PUT', '/own-kpis/O1', round, { headers: { 'if-match': '"2"' } })
  expect([itself.status, itself.body.code]).toEqual([400, 'own-kpi.cycle'])

  const board = '/kpi-boards/service-desk'
  const read = async (path = board) => (await call('GET', `${path}?customer=${customer.id}`)).body
  expect(await read()).toMatchObject({ arranged: false, title: 'Service desk’s board' })
  expect((await call('PUT', board, { items: ['O1', 'K10'] })).status).toBe(200)
  expect(await read()).toMatchObject({ arranged: true, order: ['O1', 'K10'], items: [{ key: 'O1' }, { key: 'K10' }] })
  const stranger = { ...actorWith('staff', ['service-manager']), personId: '00000000-0000-7000-8000-000000000001' }
  expect((await call('GET', board, undefined, { as: stranger })).body.arranged).toBe(false)
  const svg = await call('GET', `${board}/picture?customer=${customer.id}&lang=de`)
  expect(svg.text).toContain('<svg')
  expect(svg.text).toContain('25\u00a0%')

  const used = await call('POST', '/own-kpis', { ...round, ...of })
  expect(used.body.key).toBe('O2')
  const end = (key: string, version: number) =>
    call('POST', `/own-kpis/${key}/end`, undefined, { headers: { 'if-match': `"${version}"` } })
  expect((await end('O1', 2)).body.code).toBe('own-kpi.used')
  expect((await end('O2', 1)).status).toBe(200)
  expect((await end('O1', 2)).status).toBe(200)
  expect((await call('GET', '/kpis/O1')).status).toBe(404)
})
