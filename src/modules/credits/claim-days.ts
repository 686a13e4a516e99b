import { daysAfter, monthsAfter } from '#core/recurrence.ts'
import type { StatedLine } from './api.ts'

/** The last day on which a miss of this month can be claimed, where the contract gives so many days from the month's end. */
export function lastDayToClaim(month: string, days: number): string {
  return daysAfter(monthsAfter(`${month}-01`, 1), days - 1)
}

/** How many days the contract gives to claim what this level missed; null when nothing of it waits for a claim. */
export function claimDaysOf(lines: readonly StatedLine[], level: string): number | null {
  const line = lines.find((each) => each.says === 'not-claimed' && each.level === level)
  return line === undefined ? null : Number(line.values['days'])
}
