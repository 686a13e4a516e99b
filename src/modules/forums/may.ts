import { type Asker, barredFromManaging, barredFromWorking, type Reason } from '#core/may.ts'

/** Sets up forums: who manages. */
export function barredFromConvening(asker: Asker): Reason | null {
  return barredFromManaging(asker)
}

/** Writes down what a meeting brought: whoever works. */
export function barredFromRecording(asker: Asker): Reason | null {
  return barredFromWorking(asker)
}
