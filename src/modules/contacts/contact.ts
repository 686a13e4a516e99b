/** By which way somebody reached us. */
export const channels = ['phone', 'walk-up', 'chat', 'mail', 'portal', 'api'] as const
export type Channel = (typeof channels)[number]

/** What came of it. Open: taken down, and nobody has settled it yet. */
export const outcomes = ['open', 'answered', 'incident', 'request', 'attached', 'abandoned'] as const
export type Outcome = (typeof outcomes)[number]

/** Those that a first-contact resolution is counted of: somebody wanted help, and it was not a second call about the same. */
export const countedOutcomes: readonly Outcome[] = ['answered', 'incident']

/** A call of which nobody took the time lasted no longer than this. */
export const UNTIMED_SECONDS = 15 * 60

/** What was written is answered in the first contact when it is solved within this. */
export const WRITTEN_SECONDS = 60 * 60

/** Channels on which nobody waits at the other end. */
export const writtenChannels: readonly Channel[] = ['mail', 'portal', 'api']

/** The last digits of a telephone number, which are the same however its beginning is written; null under five digits. */
export function phoneEnding(typed: string): string | null {
  const digits = typed.replaceAll(/\D/g, '')
  return digits.length < 5 ? null : digits.slice(-8)
}
