import { type Asker, barredFromManaging, type Reason } from '#core/may.ts'

/** Says what can be ordered, who decides and who does it: who manages. */
export function barredFromCatalogue(asker: Asker): Reason | null {
  return barredFromManaging(asker)
}
