import { z } from 'zod'
import { impactOf } from '#core/impact.ts'
import { rounded } from '#core/rational.ts'

const MINUTE_MS = 60_000
const YEAR_MINUTES = 525_600
const MOST_MINOR = 100_000_000
const wholeBp = z.int().min(0).max(10_000)

/** What an outage is reckoned from (DOMAIN §3.7): who and what stood still, for how long, and what that is worth. */
export const reckoning = z
  .object({
    users: z.int().min(0).max(10_000_000).describe('Who could not work as they should'),
    minutes: z.int().min(0).max(YEAR_MINUTES).describe('For how long, within service hours'),
    lossBp: wholeBp.describe('At least so much of their work was lost, in basis points'),
    lossToBp: wholeBp.describe('At most'),
    rateMinor: z.int().min(0).max(MOST_MINOR).describe('What an hour of work is worth'),
    units: z.int().min(0).max(1_000_000).describe('What stood still: lines, tills'),
    unitMinutes: z.int().min(0).max(YEAR_MINUTES),
    unitRateMinor: z.int().min(0).max(MOST_MINOR).describe('What an hour of one of them is worth'),
    currency: z.string().regex(/^[A-Z]{3}$/),
    basis: z.string().trim().min(1).max(500).describe('Whose assumptions these are, and from when'),
  })
  .refine(({ lossBp, lossToBp }) => lossToBp >= lossBp, { path: ['lossToBp'] })
export type Reckoning = z.output<typeof reckoning>

/** What it comes to. Hours to the hundredth; amounts in the smallest unit, each rounded once. */
export interface Reckoned {
  readonly lostHours: number
  readonly lostHoursTo: number
  readonly totalMinor: number
  readonly totalToMinor: number
}

export function reckoned(assumed: Reckoning): Reckoned {
  const { users, minutes, lossBp, lossToBp, rateMinor, units, unitMinutes, unitRateMinor } = assumed
  const stopped = [{ units, durationMs: unitMinutes * MINUTE_MS, costPerHour: unitRateMinor }]
  const at = (loss: number) => impactOf([{ users, durationMs: minutes * MINUTE_MS, lossBp: loss }], stopped, rateMinor)
  const [least, most] = [at(lossBp), at(lossToBp)]
  return {
    lostHours: rounded(least.lostHours, 2),
    lostHoursTo: rounded(most.lostHours, 2),
    totalMinor: least.total,
    totalToMinor: most.total,
  }
}
