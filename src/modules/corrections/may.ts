import { type Asker, barredFromManaging, barredFromWorking, type Reason } from '#core/may.ts'

/** Whoever works on incidents may say that one was counted wrongly. */
export function barredFromRequesting(asker: Asker): Reason | null {
  return barredFromWorking(asker)
}

/** Those who answer for the service decide; that it is not who asked is looked at where the correction is known. */
export function barredFromDeciding(asker: Asker): Reason | null {
  return barredFromManaging(asker)
}
