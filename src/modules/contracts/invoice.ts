import { decimalsOf } from '#core/exchange.ts'
import { basisPointsOf } from '#core/money.ts'
import type { Charge, Invoicing } from './api.ts'

/** One line: quantity × price = amount, exactly; what is taken off has a quantity below zero, for no price may be. */
export interface InvoiceLine {
  readonly id: string
  readonly name: string
  readonly quantity: number
  /** UN/ECE Rec 20: `C62` is one, `MIN` a minute. */
  readonly unit: 'C62' | 'MIN'
  readonly priceMinor: number
  /** The price is for so many: of time for 60 minutes. */
  readonly per: number
  readonly amountMinor: number
}

export interface Invoice {
  readonly number: string
  readonly contract: string
  readonly currency: string
  /** `YYYY-MM-DD`. */
  readonly issuedOn: string
  readonly dueOn: string
  readonly from: string
  readonly to: string
  readonly terms: Invoicing
  readonly lines: readonly InvoiceLine[]
  readonly netMinor: number
  readonly taxMinor: number
  readonly grossMinor: number
}

/** Charges as lines of an invoice: each part that costs something is one, so that it can be reckoned again. */
export function linesOfInvoice(charges: readonly Charge[], nameOf: (charge: Charge) => string): InvoiceLine[] {
  const lines: InvoiceLine[] = []
  for (const charge of charges) {
    for (const { says, quantity, unitMinor, amountMinor } of charge.parts) {
      if (amountMinor === 0) continue
      const isTime = says === 'time'
      const exact = isTime || quantity * unitMinor === amountMinor
      const below = amountMinor < 0 ? -1 : 1
      lines.push({
        id: String(lines.length + 1),
        name: nameOf(charge),
        quantity: exact ? below * Math.abs(quantity) : below,
        unit: isTime ? 'MIN' : 'C62',
        priceMinor: exact ? Math.abs(unitMinor) : Math.abs(amountMinor),
        per: isTime ? 60 : 1,
        amountMinor,
      })
    }
  }
  return lines
}

/** Net, tax and both: tax is reckoned once, of the sum, and rounded to the smallest unit (BR-CO-17). */
export function totalsOf(lines: readonly InvoiceLine[], { taxBp }: Pick<Invoicing, 'taxBp'>) {
  const netMinor = lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0)
  const taxMinor = basisPointsOf(netMinor, taxBp)
  return { netMinor, taxMinor, grossMinor: netMinor + taxMinor }
}

export type InvoiceFault =
  | 'BR-16'
  | 'BR-27'
  | 'BR-61'
  | 'BR-CO-10'
  | 'BR-CO-15'
  | 'BR-CO-17'
  | 'BR-S-02'
  | 'BR-S-05'
  | 'BR-Z-05'
  | 'BR-E-10'
  | 'BR-AE-02'
  | 'below-zero'

/** Which business rules of EN 16931 an invoice breaks; those that its form makes impossible to break are not asked for. */
export function invoiceFaults({ lines, terms, netMinor, taxMinor, grossMinor }: Invoice): readonly InvoiceFault[] {
  const { taxCategory, taxBp, seller, buyer, exemption, iban } = terms
  const faults: InvoiceFault[] = []
  const demand = (holds: boolean, fault: InvoiceFault) => {
    if (!holds) faults.push(fault)
  }
  demand(lines.length > 0, 'BR-16')
  demand(
    lines.every(({ priceMinor }) => priceMinor >= 0),
    'BR-27',
  )
  demand(iban !== null, 'BR-61')
  demand(lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0) === netMinor, 'BR-CO-10')
  demand(netMinor + taxMinor === grossMinor, 'BR-CO-15')
  demand(basisPointsOf(netMinor, taxBp) === taxMinor, 'BR-CO-17')
  demand(taxCategory === 'O' || seller.vatId !== null, 'BR-S-02')
  demand(taxCategory !== 'S' || taxBp > 0, 'BR-S-05')
  demand(taxCategory === 'S' || taxBp === 0, 'BR-Z-05')
  demand(taxCategory === 'S' || taxCategory === 'Z' || exemption !== null, 'BR-E-10')
  demand((taxCategory !== 'AE' && taxCategory !== 'K') || buyer.vatId !== null, 'BR-AE-02')
  // What is owed the other way is a credit note, which is not made from charges.
  demand(netMinor >= 0, 'below-zero')
  return faults
}

/** An amount as machines read it: `1234.50`. */
export function plainAmount(minor: number, currency: string): string {
  const digits = decimalsOf(currency)
  const size = String(Math.abs(minor)).padStart(digits + 1, '0')
  const sign = minor < 0 ? '-' : ''
  return digits === 0 ? `${sign}${size}` : `${sign}${size.slice(0, -digits)}.${size.slice(-digits)}`
}
