import sax from 'sax'
import { expect, test } from 'vitest'
import { contractWorld } from './testing.ts'

test('prices follow an index with its cap, all of the chosen lines or none, and a trial leaves no trace', async () => {
  const { call, contract, lines } = await contractWorld()
  const path = `/contracts/${contract.id}/indexations`
  const terms = { capBp: 300, neverBelowLast: true }
  const given = { validFrom: '2026-06', index: 'HICP', base: 128_600, current: 133_000, terms, lines: [lines.fixed.id] }
  const tried = (await call('POST', path, { ...given, trial: true })).body
  expect(tried).toMatchObject({
    id: null,
    lines: [{ beforeMinor: 42_000_000, afterMinor: 43_260_000, limited: 'cap' }],
  })
  expect((await call('GET', path)).body.items).toEqual([])
  const both = { ...given, lines: [lines.fixed.id, lines.travel.id] }
  expect((await call('POST', path, both)).body.code).toBe('indexation.not-indexable')
  await call('POST', path, given)
  const { items } = (await call('GET', `/contracts/${contract.id}/charge-lines`)).body
  const fixed = items.find(({ name }: { name: string }) => name === 'Operation')
  expect(fixed.prices[0]).toMatchObject({
    validFrom: '2026-06-01',
    terms: { amountMinor: 43_260_000 },
    reason: 'HICP: 128.6 → 133',
  })
  expect((await call('POST', path, given)).body.code).toBe('charge-price.overlaps')
})

test('what was agreed becomes invoice data that adds up, or is refused with the rule that it breaks', async () => {
  const { call, contract, lines, read } = await contractWorld()
  const of = `/contracts/${contract.id}`
  await read(lines.devices.id, 4600)
  await read(lines.travel.id, 2_500_000)
  await call('POST', `${of}/charges`, { month: '2026-04' })
  const invoice = (query = '') => call('GET', `${of}/invoices/2026-04${query}`)
  expect((await invoice()).body.code).toBe('invoice.not-agreed')
  for (const to of ['reviewed', 'agreed']) await call('POST', `${of}/charges/transitions`, { month: '2026-04', to })
  expect((await invoice()).body.code).toBe('invoice.no-terms')
  const party = {
    name: 'Nord & Süd <GmbH>',
    street: 'Kai 1',
    postCode: '20095',
    city: 'Hamburg',
    country: 'DE',
    vatId: 'DE123456789',
  }
  const terms = { seller: party, buyer: party, taxCategory: 'S', taxBp: 1900, paymentDays: 30 }
  await call('PUT', `${of}/invoicing`, terms)
  const faulty = await invoice()
  expect([faulty.body.code, faulty.body.detail]).toEqual(['invoice.faulty', expect.stringContaining('BR-61')])
  await call('PUT', `${of}/invoicing`, { ...terms, iban: 'DE89370400440532013000' })
  const { text } = await invoice()
  const amounts = new Map<string, string[]>()
  const reader = sax.parser(true)
  let open = ''
  Object.assign(reader, {
    onopentag: ({ name }: { name: string }) => (open = name),
    ontext: (value: string) => amounts.set(open, [...(amounts.get(open) ?? []), value]),
  })
  reader.write(text).close()
  expect(amounts.get('cbc:RegistrationName')).toEqual([party.name, party.name])
  // 420,000 less 150 × 12 and travel of 25,000: net, tax of 19 %, total.
  expect(amounts.get('cbc:LineExtensionAmount')).toEqual(['443200.00', '420000.00', '-1800.00', '25000.00'])
  expect(amounts.get('cbc:TaxAmount')).toEqual(['84208.00', '84208.00'])
  expect(amounts.get('cbc:PayableAmount')).toEqual(['527408.00'])
  expect(amounts.get('cbc:InvoicedQuantity')).toEqual(['1', '-150', '1'])
  const csv = (await invoice('?format=csv&decimal=comma')).text
  expect(csv.split('\r\n')[2]).toContain('"-150";"C62";"12,00";"1";"-1800,00";"EUR"')
})

test('a locked month is charged, priced and opened no more, and a credit goes to the next open one', async () => {
  const { call, contract, lines, read, customer, database } = await contractWorld()
  const of = `/contracts/${contract.id}`
  await read(lines.devices.id, 5000)
  await call('POST', `${of}/charges`, { month: '2026-04' })
  await database.pool.query(
    `insert into period (customer_id, month, state, changed_at) values ($1, '2026-04-01', 'locked', now())`,
    [customer.id],
  )
  const price = { validFrom: '2026-04', terms: { kind: 'fixed', amountMinor: 1 }, reason: 'Late' }
  const refusals = [
    await call('POST', `${of}/charges`, { month: '2026-04' }),
    await call('POST', `${of}/charges/transitions`, { month: '2026-04', to: 'reviewed' }),
    await call('POST', `/charge-lines/${lines.fixed.id}/prices`, price, { headers: { 'if-match': '"1"' } }),
  ]
  expect(refusals.map(({ body }) => body.code)).toEqual(['charge.locked', 'charge.locked', 'charge.locked'])
})
