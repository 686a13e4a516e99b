import { type Asker, barredFromManaging, type Reason } from '#core/may.ts'

/** Has figures counted anew and says from when on limits hold: who manages. */
export function barredFromMeasuring(asker: Asker): Reason | null {
  return barredFromManaging(asker)
}
