import { type Asker, barredFromManaging, barredFromWorking, type Reason } from '#core/may.ts'

/** Whoever works on incidents writes down when a service was down, and when nobody watched. */
export function barredFromRecording(asker: Asker): Reason | null {
  return barredFromWorking(asker)
}

/** What is promised, and what of it does not count, is for those who answer for the service. */
export function barredFromPromising(asker: Asker): Reason | null {
  return barredFromManaging(asker)
}
