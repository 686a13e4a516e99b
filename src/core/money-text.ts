import { decimalsOf } from './exchange.ts'

/** An amount in the smallest unit of its currency, written in full: 48,750.00 euros as a language says it. */
export function moneyText(locale: string, amountMinor: number, currency: string): string {
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency })
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2
  return format.format(amountMinor / 10 ** digits)
}

/** The same for a cell of a table that people go on reckoning with: as a number, in whole units, and its currency. */
export function moneyValue(amountMinor: number, currency: string): { value: number; currency: string } {
  return { value: amountMinor / 10 ** decimalsOf(currency), currency }
}
