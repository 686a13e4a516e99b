/** What other modules use of contracts: which there are, how a price is written and said. */
export { contractsQuery } from './queries.ts'
export { noPrice, PriceFields, type PriceValues, termsOf, valuesOf } from './price-fields.tsx'
export { usePriceText } from './use-price-text.ts'
