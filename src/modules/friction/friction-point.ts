import { frictionMinutes, inHours } from '#core/impact.ts'
import type { Lifecycle } from '#core/lifecycle.ts'
import { rounded, rational, times } from '#core/rational.ts'

/** DOMAIN §2.7. */
export const frictionStates = [
  'observed',
  'validated',
  'owned',
  'fixing',
  'fix-deployed',
  'verified',
  'closed',
  'accepted',
] as const
export type FrictionState = (typeof frictionStates)[number]

export const frictionLifecycle: Lifecycle<FrictionState, string> = {
  observed: { validate: 'validated', accept: 'accepted' },
  validated: { own: 'owned', accept: 'accepted' },
  owned: { begin: 'fixing', accept: 'accepted' },
  fixing: { deploy: 'fix-deployed', accept: 'accepted' },
  // What is not gone for whoever reported it is taken up again.
  'fix-deployed': { verify: 'verified', again: 'fixing' },
  verified: { close: 'closed' },
  closed: {},
  accepted: {},
}

/** Nothing is to be done any more. */
export const overStates: readonly FrictionState[] = ['verified', 'closed', 'accepted']

/** Whose end was confirmed: what it cost is gone. */
export const removedStates: readonly FrictionState[] = ['verified', 'closed']

export const foundBys = ['visit', 'survey', 'tickets', 'interview'] as const

/** What a friction point takes in a year: hours to the tenth, and minor units of a currency where a rate is known. */
export function costOf(of: {
  readonly perWeek: number
  readonly minutes: number
  readonly people: number
  readonly rateMinor: number | null
}): { readonly hours: number; readonly minor: number | null } {
  const hours = inHours(frictionMinutes(of.perWeek, of.minutes, of.people))
  return {
    hours: rounded(hours, 1),
    minor: of.rateMinor === null ? null : rounded(times(hours, rational(of.rateMinor)), 0),
  }
}

/**
 * Why somebody may not confirm that it is gone; null when they may: whoever reported it, and where that is nobody who signs
 * in here, anybody but its owner, with a word on how they know.
 */
export function barredFromVerifying(
  asker: { readonly personId: string | null },
  {
    reporterId,
    reporterSignsIn,
    ownerId,
  }: { readonly reporterId: string | null; readonly reporterSignsIn: boolean; readonly ownerId: string | null },
): 'friction.reporter-verifies' | 'friction.owner-verifies' | null {
  if (reporterId !== null && reporterSignsIn) return asker.personId === reporterId ? null : 'friction.reporter-verifies'
  return asker.personId !== null && asker.personId === ownerId ? 'friction.owner-verifies' : null
}
