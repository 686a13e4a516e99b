import { expect, test } from 'vitest'
import { system } from '#platform/context.ts'
import { workbook } from '#platform/documents/workbook.ts'
import { actorWith, inContext } from '#platform/testing.ts'
import { readBudget } from './lines.ts'
import { budgetWorld } from './testing.ts'

async function ratesOf({ made }: Pick<Awaited<ReturnType<typeof budgetWorld>>, 'made'>) {
  const set = async (kind: string, rate: string, validFrom: string, validUntil: string) => {
    const rates = [{ from: 'GBP', to: 'EUR', rate }]
    const { id } = await made('/rate-sets', { name: `${kind} ${validFrom}`, kind, validFrom, validUntil, rates })
    return id as string
  }
  return {
    budget: await set('budget', '1.15', '2026-01-01', '2026-12-31'),
    average: await set('average', '1.18', '2026-04-01', '2026-04-30'),
  }
}

test('FX-01: what was spent in another currency is converted once by locked rates, and the variance says what they did', async () => {
  const world = await budgetWorld()
  const { call, made, take, line } = world
  const { budget, average } = await ratesOf(world)
  const pounds = '2026-04;4711;Network;50000;A-1;GBP\n'
  expect((await take(pounds)).body.code).toBe('budget.no-rate')
  await made(`/rate-sets/${average}/lock`, {})
  await made(`/rate-sets/${budget}/lock`, {})
  expect((await take(pounds)).body).toEqual({ taken: 1, known: 0 })
  const { sums, entries } = (await call('GET', `/budget-lines/${line.id}`)).body
  expect(entries).toMatchObject([{ amountMinor: 5_900_000, originalMinor: 5_000_000, originalCurrency: 'GBP' }])
  // 57,500 at the budget's rate: 1,500 of the 4,000 over the plan are the rate's, 2,500 ours.
  expect(sums.exchangeMinor).toBe(-150_000)
  expect(5_500_000 - entries[0].amountMinor - sums.exchangeMinor).toBe(-250_000)
  expect((await call('POST', `/rate-sets/${average}/lock`, {})).body.code).toBe('rate-set.locked')
})

test('what was taken in stays: known again, refused when it changed, and decimals are asked, never guessed', async () => {
  const { call, take, database } = await budgetWorld()
  const rows = '2026-03;4711;Network;51,234;A-1;\n2026-04;4711;Network;10;A-2;\n'
  expect((await take(rows, null)).body.code).toBe('cost-import.decimal')
  expect((await take(rows)).body).toEqual({ taken: 2, known: 0 })
  expect((await take(rows)).body).toEqual({ taken: 0, known: 2 })
  expect((await take(`2026-05;4711;Network;1;A-9;\n${rows.replace('51,234', '51,235')}`)).body).toMatchObject({
    code: 'cost-import.changed',
  })
  expect((await take('2026-05;4711;Printing;1;A-9;\n')).body.code).toBe('budget-import.no-line')
  const book = await call('GET', '/budget.xlsx?year=2026')
  expect([book.status, book.headers['content-disposition']]).toEqual([200, expect.stringContaining('budget-2026.xlsx')])
  expect((await database.pool.query('select 1 from budget_entry')).rowCount).toBe(2)
  const change = inContext(database, ({ db }) => db.updateTable('budgetEntry').set({ amountMinor: 1 }).execute())
  await expect(change).rejects.toThrow('permission denied')
})

test('a credit note is spent below zero, in any currency to the same cent, and a month that comes to nothing is over', async () => {
  const world = await budgetWorld()
  const { call, made, take, line } = world
  const { budget, average } = await ratesOf(world)
  for (const set of [budget, average]) await made(`/rate-sets/${set}/lock`, {})
  await made(`/budget-lines/${line.id}/accruals`, { month: '2026-03', amountMinor: 1_000_000, description: 'Open' })
  const rows =
    '2026-03;4711;Network;9000;A-1;\n2026-04;4711;Network;333.33;A-2;GBP\n2026-04;4711;Network;-333.33;A-3;GBP\n'
  expect((await take(rows)).body).toEqual({ taken: 3, known: 0 })
  expect((await take(rows.replace('-333.33', '333.33-'))).body).toEqual({ taken: 0, known: 3 })
  expect((await take(rows.replace('-333.33', '-333.34'))).body.code).toBe('cost-import.changed')
  expect((await take('2026-04;4711;Network;0;A-9;\n')).body.code).toBe('cost-import.amount')
  const { sums, months } = (await call('GET', `/budget-lines/${line.id}`)).body
  const actual = (month: string) => months.find((each: { month: string }) => each.month === month).actualMinor
  // What was expected of March came in April, lower: it is taken back there, beside invoice and credit note.
  expect([actual('2026-03'), actual('2026-04')]).toEqual([1_900_000, -1_000_000])
  expect(sums).toMatchObject({ actualMinor: 900_000, accruedMinor: 0, exchangeMinor: 0 })
  // April is over though nothing is left of it: from May on it is as planned.
  expect(sums.outlookMinor).toBe(900_000 + 8 * 5_500_000)
  expect((await call('GET', '/budget?year=2026')).body.throughMonth).toBe('2026-04')
  // A report of March knows nothing of April, whenever it is made.
  const inMarch = await inContext(world.database, ({ db }) =>
    readBudget({ db, actor: system, now: new Date('2026-03-31T21:59:59Z') }, { year: 2026 }),
  )
  expect([inMarch.throughMonth, inMarch.totals[0]!.sums.actualMinor]).toEqual(['2026-03', 1_900_000])
  expect(inMarch.totals[0]!.sums.outlookMinor).toBe(1_900_000 + 9 * 5_500_000)
  const dust = await made('/rate-sets', {
    name: 'dust',
    kind: 'average',
    validFrom: '2026-02-01',
    validUntil: '2026-02-28',
    rates: [{ from: 'KRW', to: 'EUR', rate: '0.00067' }],
  })
  await made(`/rate-sets/${dust.id}/lock`, {})
  expect((await take('2026-02;4711;Network;7;A-4;KRW\n')).body.code).toBe('budget.too-small')
})

test('a workbook is taken in like a file: its numbers need no sign, amounts in words are asked about as ever', async () => {
  const { call, line } = await budgetWorld()
  const sheetWith = async (amount: string | number) => {
    const info = { title: 'Actuals', author: 'ERP', timeZone: 'UTC', dayFormat: 'yyyy-mm-dd', created: new Date(0) }
    const book = workbook(info)
    const columns = ['Month', 'Cost centre', 'Line', 'Amount', 'Reference'].map((head) => ({
      head,
      kind: head === 'Amount' ? ('number' as const) : ('text' as const),
      width: 12,
    }))
    const sheet = await book.sheet('Actuals', columns)
    await sheet.add([['2026-04', '4711', 'Network', amount, 'X-1']])
    await sheet.close()
    return (await book.finish()).toString('base64')
  }
  const take = async (amount: string | number, decimal: string | null = null) =>
    (await call('POST', '/budget-imports', { workbook: await sheetWith(amount), decimal })).body
  expect((await take('1.234,50')).code).toBe('cost-import.decimal')
  expect((await take(12.345)).code).toBe('cost-import.amount')
  expect(await take(1234.5)).toEqual({ taken: 1, known: 0 })
  // The same, written in words.
  expect(await take('1.234,50', 'comma')).toEqual({ taken: 0, known: 1 })
  const { entries } = (await call('GET', `/budget-lines/${line.id}`)).body
  expect(entries).toMatchObject([{ amountMinor: 123_450, reference: 'X-1' }])
  const text = (rows: string) => call('POST', '/budget-imports', { text: rows, decimal: 'comma' })
  const head = 'Monat;Kostenstelle;Budgetzeile;Betrag;Beleg'
  expect((await text(`${head}\n2026-04;4711;Network;20,00;X-2`)).body).toEqual({ taken: 1, known: 0 })
  expect((await text(head)).body.code).toBe('cost-import.empty')
  expect((await text(`Monat;Betrag\n2026-04;20,00`)).body.code).toBe('cost-import.columns')
  const broken = await call('POST', '/budget-imports', { workbook: Buffer.from('no workbook').toString('base64') })
  expect(broken.body.code).toBe('cost-import.unreadable')
})

test('an accrual takes itself back, an order is open until it is invoiced, and the outlook is spent and forecast', async () => {
  const { call, made, take, line } = await budgetWorld()
  await take('2026-01;4711;Network;60000;A-1;\n2026-02;4711;Network;50000;A-2;\n')
  await made(`/budget-lines/${line.id}/accruals`, { month: '2026-03', amountMinor: 5_200_000, description: 'Open' })
  const order = await made(`/budget-lines/${line.id}/commitments`, {
    number: 'PO-1',
    amountMinor: 900_000,
    expectedOn: '2026-06-01',
  })
  const used = { method: 'PUT', version: order.version }
  await made(`/budget-commitments/${order.id}`, { usedMinor: 300_000 }, used)
  const forecast = {
    year: 2026,
    fromMonth: '2026-03',
    reason: 'price',
    note: 'The carrier is dearer',
    lines: [{ line: line.id, month: '2026-12', amountMinor: 6_500_000 }],
  }
  const locked = await made('/budget-forecasts', forecast)
  expect(locked).toMatchObject({ number: 1, totals: [{ outlookMinor: 11_000_000 + 9 * 5_500_000 + 6_500_000 }] })
  await made(`/budget-lines/${line.id}/plan`, { plan: [] }, { method: 'PUT', version: line.version })
  const { sums, months } = (await call('GET', `/budget-lines/${line.id}`)).body
  expect(sums).toMatchObject({ actualMinor: 11_000_000, accruedMinor: 0, committedMinor: 600_000, planMinor: 0 })
  // What was forecast stays, whatever is planned anew.
  expect(sums.outlookMinor).toBe(11_000_000 + 9 * 5_500_000 + 6_500_000)
  const actual = (month: string) => months.find((each: { month: string }) => each.month === month).actualMinor
  expect([actual('2026-03'), actual('2026-04')]).toEqual([5_200_000, -5_200_000])
  // Of this month it is expected still: next month has not taken it back yet.
  await made(`/budget-lines/${line.id}/accruals`, { month: '2026-05', amountMinor: 700, description: 'Open' })
  const now = (await call('GET', `/budget-lines/${line.id}`)).body.sums
  expect(now).toMatchObject({ actualMinor: 11_000_700, accruedMinor: 700 })
  const { items } = (await call('GET', '/budget-forecasts?year=2026')).body
  expect(items).toMatchObject([{ reason: 'price', note: 'The carrier is dearer' }])
})

test('a plan follows its driver, and EFF-01 tells how much less the same work cost', async () => {
  const { call, made, given } = await budgetWorld()
  const driver = { name: 'Devices', unitMinor: 1850 }
  const plan = [{ month: '2026-06', quantity: 5200 }]
  const { sums } = await made('/budget-lines', { ...given, name: 'Devices', driver, plan })
  expect(sums.planMinor).toBe(5200 * 1850)
  const same = await call('POST', '/budget-lines', given)
  expect(same.body.code).toBe('budget-line.taken')
  const unit = (name: string, baseUnitMinor: number, volume: number, actualMinor: number) => ({
    name,
    baseUnitMinor,
    volume,
    actualMinor,
    cashable: name !== 'Server months',
  })
  const work = [
    unit('Desk tickets', 2400, 48_000, 110_000_000),
    unit('Field visits', 7800, 9000, 63_000_000),
    unit('Server months', 31_000, 1200, 35_000_000),
  ]
  const { items } = await made('/efficiency/2026', { currency: 'EUR', work }, { method: 'PUT' })
  expect(items[0]).toMatchObject({ expectedMinor: 222_600_000, savedMinor: 14_600_000, cashableMinor: 12_400_000 })
  expect((items[0].share.numerator / items[0].share.denominator) * 100).toBeCloseTo(6.56, 2)
})

test('neither a customer nor a supplier nor an agent nor who only administers has a way to the budget', async () => {
  const { call, line, database } = await budgetWorld()
  const paths = ['/budget', `/budget-lines/${line.id}`, '/budget-forecasts?year=2026', '/rate-sets', '/appropriations']
  const outside = [actorWith('customer', ['customer-stakeholder']), actorWith('customer', ['supplier'])]
  for (const path of [...paths, '/efficiency/2026', '/approval-limits']) {
    for (const as of outside) expect((await call('GET', path, undefined, { as })).status).toBe(404)
    for (const roles of [['agent', 'administrator'], ['service-owner']])
      expect((await call('GET', path, undefined, { as: actorWith('staff', roles) })).status).toBe(403)
  }
  for (const table of ['budgetLine', 'budgetEntry', 'appropriation', 'rateSet', 'approvalLimit'] as const) {
    const rows = (actor: ReturnType<typeof actorWith>) =>
      inContext(database, async ({ db }) => (await db.selectFrom(table).selectAll().execute()).length, { actor })
    expect(await rows(actorWith('staff', ['service-owner', 'administrator']))).toBe(0)
    for (const as of outside) await expect(rows(as)).rejects.toThrow('permission denied')
  }
  // What is nobody's customer is not of those who work for one.
  const limited = actorWith('limited', ['service-manager'], ['01890000-0000-7000-8000-000000000000'])
  expect((await call('GET', '/budget', undefined, { as: limited })).body.items).toEqual([])
})
