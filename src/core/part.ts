/**
 * A part of a customer: what belongs to one site, to one service, to one team, to one requester, or to several of these at
 * once.
 */
export interface Part {
  /** Null for that part of every customer in scope that is not reached as a whole. */
  readonly customerId: string | null
  readonly siteId: string | null
  readonly serviceId: string | null
  /** By who has it now. */
  readonly teamId?: string | null
  /** Only what that person reported. */
  readonly requesterId?: string | null
}
