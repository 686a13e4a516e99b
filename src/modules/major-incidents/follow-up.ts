/** So many days after the full report was first given out it is looked at again (DOMAIN §4.3). */
export const followUpDays = [30, 60, 90] as const
export type FollowUpDay = (typeof followUpDays)[number]

const DAY_MS = 86_400_000

/** When one is due. */
export function followUpDueAt(issuedAt: Date, day: FollowUpDay): Date {
  return new Date(issuedAt.getTime() + day * DAY_MS)
}

/** One that was made. */
export interface FollowedUp {
  readonly day: FollowUpDay
  /** Somebody said that the cause is gone for good: no other is needed. */
  readonly verified: boolean
}

/** The next one that is owed; null when the last was made, or one verified it. */
export function nextFollowUp(made: readonly FollowedUp[]): FollowUpDay | null {
  if (made.some(({ verified }) => verified)) return null
  return followUpDays.find((day) => made.every((each) => each.day !== day)) ?? null
}
