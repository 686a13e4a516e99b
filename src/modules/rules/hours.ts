import { isOpen, type OpenTime } from '#core/calendar.ts'
import { Failure } from '#core/failure.ts'
import { calendarOpenTime } from '#modules/service-levels'
import type { Db } from '#platform/context.ts'
import type { RuleContent } from './shape.ts'

/** When calendars are open, by their ids. */
export type Hours = ReadonlyMap<string, OpenTime>

/** The hours of every calendar that a rule names; one that is gone is never open. */
export async function hoursFor(db: Db, { when, if: groups }: RuleContent): Promise<Hours> {
  const named = groups.flat().flatMap(({ field, values }) => (field === 'hours' ? values : []))
  const ids = new Set([...named, ...(when.on === 'time' && when.calendar !== null ? [when.calendar] : [])])
  const hours = new Map<string, OpenTime>()
  for (const id of ids) {
    const open = await openOrNull(db, id)
    if (open !== null) hours.set(id, open)
  }
  return hours
}

async function openOrNull(db: Db, id: string): Promise<OpenTime | null> {
  try {
    return await calendarOpenTime(db, id)
  } catch (error) {
    if (error instanceof Failure && error.kind === 'not-found') return null
    throw error
  }
}

/** Whether a moment lies within the hours of a calendar. */
export function withinHours(hours: Hours, at: Date): (calendarId: string) => boolean {
  return (calendarId) => {
    const open = hours.get(calendarId)
    return open !== undefined && isOpen(open, at.getTime())
  }
}
