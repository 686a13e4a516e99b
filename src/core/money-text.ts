import { decimalsOf } from './exchange.ts'

/** An amount in the smallest unit of its currency, written in full: 48,750.00 euros as a language says it. */
export function moneyText(locale: string, amountMinor: number, currency: string): string {
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency })
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2
  return format.format(amountMinor / 10 ** digits)
}

/** As values of sentences carry an amount until its reader's language is known: `EUR 4875000`. */
export function plainMoney(amountMinor: number, currency: string): string {
  return `${currency} ${amountMinor}`
}

/** An amount as `plainMoney` wrote it, as a language says it; null when it is none. */
export function moneyWords(locale: string, plain: string): string | null {
  const [, currency, amount] = /^([A-Z]{3}) (-?\d+)$/.exec(plain) ?? []
  return currency === undefined ? null : moneyText(locale, Number(amount), currency)
}

/** The same for a cell of a table that people go on reckoning with: as a number, in whole units, and its currency. */
export function moneyValue(amountMinor: number, currency: string): { value: number; currency: string } {
  return { value: amountMinor / 10 ** decimalsOf(currency), currency }
}
