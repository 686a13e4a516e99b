import type { Lifecycle } from '#core/lifecycle.ts'

export const creditStates = [
  'calculated',
  'internal-review',
  'notified',
  'disputed',
  'agreed',
  'applied',
  'waived',
  'earned-back',
] as const
export type CreditState = (typeof creditStates)[number]

/** DOMAIN §2.5.5. Until it is notified it is reckoned anew; what was disputed may go back to be reckoned again. */
export const creditLifecycle: Lifecycle<CreditState, string> = {
  calculated: { review: 'internal-review' },
  'internal-review': { notify: 'notified', back: 'calculated' },
  notified: { dispute: 'disputed', agree: 'agreed', waive: 'waived' },
  disputed: { reckon: 'internal-review', agree: 'agreed', waive: 'waived' },
  agreed: { apply: 'applied', waive: 'waived' },
  applied: { 'earn-back': 'earned-back' },
  waived: {},
  'earned-back': {},
}
