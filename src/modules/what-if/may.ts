import { type Asker, barredFromManaging, type Reason } from '#core/may.ts'

/** Whoever agrees with customers may try what an agreement would come to. */
export function barredFromTrying(asker: Asker): Reason | null {
  return barredFromManaging(asker)
}
