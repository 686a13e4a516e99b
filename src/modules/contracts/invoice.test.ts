import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decimalsOf } from '#core/exchange.ts'
import { invoiceXml } from './invoice-files.ts'
import { type Invoice, invoiceFaults, type InvoiceLine, totalsOf } from './invoice.ts'

const party = {
  name: 'Nord',
  street: 'Kai 1',
  postCode: '20095',
  city: 'Hamburg',
  country: 'DE',
  vatId: 'DE123456789',
  email: null,
}
const terms = {
  seller: party,
  buyer: party,
  taxCategory: 'S' as const,
  exemption: null,
  paymentDays: 30,
  iban: 'DE89370400440532013000',
  buyerReference: null,
  orderReference: null,
}

function invoiceOf(lines: readonly InvoiceLine[], { taxBp, currency }: { taxBp: number; currency: string }): Invoice {
  const days = { issuedOn: '2026-05-04', dueOn: '2026-06-03', from: '2026-04-01', to: '2026-04-30' }
  const about = { number: 'R-1', contract: 'V-1', currency, ...days, terms: { ...terms, taxBp }, lines }
  return { ...about, ...totalsOf(lines, { taxBp }) }
}

/** Amounts of an element in the smallest unit, as they stand in the XML: read without a float. */
function amountsIn(xml: string, element: string, currency: string): readonly bigint[] {
  const digits = decimalsOf(currency)
  return [...xml.matchAll(new RegExp(`<cbc:${element}[^>]*>(-?)(\\d+)(?:\\.(\\d+))?</cbc:${element}>`, 'g'))].map(
    ([, sign, whole, part = '']) => {
      expect(part).toHaveLength(digits)
      return BigInt(`${sign ?? ''}${whole ?? ''}${part}`)
    },
  )
}

const line = fc.record({
  quantity: fc.integer({ min: 1, max: 9999 }),
  priceMinor: fc.integer({ min: 0, max: 9_999_999 }),
})

test('the sums of an invoice are its lines’, its tax is rounded once, and the total is both, to the minor unit', () => {
  fc.assert(
    fc.property(
      fc.array(line, { minLength: 1, maxLength: 20 }),
      fc.nat(999_999),
      fc.constantFrom(700, 1900, 2500, 550),
      fc.constantFrom('EUR', 'JPY', 'KWD'),
      (asked, off, taxBp, currency) => {
        const plus = asked.map(({ quantity, priceMinor }, index): InvoiceLine => {
          const amountMinor = quantity * priceMinor
          return { id: String(index), name: 'L', quantity, unit: 'C62', priceMinor, per: 1, amountMinor }
        })
        const net = plus.reduce((sum, { amountMinor }) => sum + amountMinor, 0)
        const less = Math.min(off, net)
        const credit = { id: 'c', name: 'Credit', quantity: -1, unit: 'C62', priceMinor: less, per: 1 } as const
        const invoice = invoiceOf([...plus, { ...credit, amountMinor: -less }], { taxBp, currency })
        expect(invoiceFaults(invoice)).toEqual([])
        const xml = invoiceXml(invoice)
        const [sum, ...lines] = amountsIn(xml, 'LineExtensionAmount', currency)
        expect(lines.reduce((all, each) => all + each, 0n)).toBe(sum)
        const [tax] = amountsIn(xml, 'TaxAmount', currency)
        // Half away from zero, of the sum, in whole numbers.
        expect(tax).toBe((sum! * BigInt(taxBp) + 5000n) / 10_000n)
        expect(amountsIn(xml, 'TaxInclusiveAmount', currency)).toEqual([sum! + tax!])
        expect(amountsIn(xml, 'PayableAmount', currency)).toEqual([sum! + tax!])
      },
    ),
  )
})
