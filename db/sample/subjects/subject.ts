import type { SiteType, TeamKey } from '../company.ts'

/**
 * One way in which a kind of trouble shows: the title, what is wrong, what that means for the work, and ways in which it
 * was solved, in words for whoever reported it. `{laptop}`, `{hall}` and the like are filled with the same value wherever
 * they stand in a ticket. Nobody says “I” here: the same sentences serve whoever writes them down.
 */
export type Case = readonly [
  title: string,
  detail: string,
  effect: string,
  ...resolutions: readonly [string, ...string[]],
]

/** A kind of trouble with a service. */
export interface Subject {
  readonly key: string
  readonly category: 'Hardware' | 'Software' | 'Network' | 'Access' | 'Data' | 'Interface' | 'Security'
  /** How often, beside the other subjects of the service. */
  readonly weight: number
  /** Who solves what the desk cannot; `field` is whoever comes to that site. */
  readonly team: TeamKey | 'field'
  /** Who outside is asked when parts or knowledge are missing. */
  readonly supplier?: TeamKey
  /** Share that the desk solves while the caller is on the phone. */
  readonly firstContact: number
  /** Whom it hits: one person, several, or a whole site. */
  readonly reach: 'person' | 'group' | 'site'
  /** How much it presses, from 0 to 1. */
  readonly pressing: number
  /** Only where such work is done. */
  readonly sites?: readonly SiteType[]
  /** It happened once rather than going on since some time. */
  readonly once?: true
  /** Whoever has it cannot report it so: no mail about a mailbox that cannot send. */
  readonly notBy?: readonly ('portal' | 'mail' | 'chat')[]
  /** Something that people restart before they call. */
  readonly restarted?: true
  /** Share that monitoring sees first, and what it says then. */
  readonly monitored?: number
  readonly alert?: { readonly en: Case; readonly de?: Case }
  readonly en: readonly Case[]
  /** Left out where nobody speaks German. */
  readonly de?: readonly Case[]
}
