import { DAY_MS, type OpenWindow } from '#core/calendar-rules.ts'
import type { CalendarRules } from '#core/calendar.ts'
import { refused } from '#core/failure.ts'
import { newId } from '#core/id.ts'
import { instantAt } from '#core/zone.ts'
import type { Context, Db } from '#platform/context.ts'
import { audit } from '#platform/history.ts'
import { requireRules } from './calendars.ts'

/** What a past day should have said. */
export interface LateDay {
  readonly calendarId: string
  /** `YYYY-MM-DD`, in the calendar's zone. */
  readonly date: string
  readonly windows: readonly OpenWindow[]
  readonly label: string
}

/** A day of a calendar as instants, and the version that says what holds then. Throws when the hours begin on it. */
export async function dayOf(db: Db, { calendarId, date }: Pick<LateDay, 'calendarId' | 'date'>) {
  const versions = await db
    .selectFrom('calendarVersion')
    .select(['id', 'customerId', 'validFrom', 'validTo', 'rules', 'holidaySource'])
    .where('calendarId', '=', calendarId)
    .orderBy('validFrom', 'desc')
    .execute()
  for (const version of versions) {
    const rules = version.rules as unknown as CalendarRules
    const from = instantAt(rules.timeZone, Date.parse(date))
    if (version.validFrom.getTime() > from) continue
    if (version.validTo !== null && version.validTo <= version.validFrom) continue
    if (version.validTo !== null && version.validTo.getTime() <= from) break
    return { version, rules, from: new Date(from), to: new Date(instantAt(rules.timeZone, Date.parse(date) + DAY_MS)) }
  }
  throw refused('correction.calendar-begins', { date })
}

/**
 * Changes the hours of a day that is over: from its midnight on another version holds, which differs in that day alone.
 * One that began at that very midnight, such as the last correction of the day, holds no more.
 * Clocks are counted anew by the caller.
 */
export async function correctDay(context: Context, { calendarId, date, windows, label }: LateDay): Promise<void> {
  const { db, now, actor } = context
  await db.selectFrom('calendar').select('id').where('id', '=', calendarId).forUpdate().execute()
  const { version, rules, from } = await dayOf(db, { calendarId, date })
  const others = rules.exceptions.filter((each) => each.date !== date)
  const exceptions = [...others, { date, windows, label }].toSorted((one, other) => one.date.localeCompare(other.date))
  const corrected: CalendarRules = { ...rules, exceptions }
  requireRules(corrected, actor.language)
  await db.updateTable('calendarVersion').set({ validTo: from }).where('id', '=', version.id).execute()
  await db
    .insertInto('calendarVersion')
    .values({
      id: newId(now.getTime()),
      calendarId,
      customerId: version.customerId,
      validFrom: from,
      validTo: version.validTo,
      rules: JSON.stringify(corrected),
      holidaySource: version.holidaySource === null ? null : JSON.stringify(version.holidaySource),
      createdAt: now,
    })
    .execute()
  await db
    .updateTable('calendar')
    .set((set) => ({ version: set('version', '+', 1) }))
    .where('id', '=', calendarId)
    .execute()
  await audit(context, {
    action: 'calendar.corrected',
    subjectType: 'calendar',
    subjectId: calendarId,
    customerId: version.customerId,
    facts: { date, windows, label },
  })
}
