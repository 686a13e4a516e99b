/** What other modules use of contracts: how a price is written and said. */
export { noPrice, PriceFields, type PriceValues, termsOf, valuesOf } from './price-fields.tsx'
export { usePriceText } from './use-price-text.ts'
