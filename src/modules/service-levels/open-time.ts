import type { CalendarRules } from '#core/calendar-rules.ts'
import { compileVersions, type OpenTime } from '#core/calendar.ts'
import { notFound } from '#core/failure.ts'
import type { Db } from '#platform/context.ts'

/** When a calendar is open, by all of its versions: the first holds also before it was written down. */
export async function calendarOpenTime(db: Db, calendarId: string): Promise<OpenTime> {
  const versions = await db
    .selectFrom('calendarVersion')
    .select(['validFrom', 'validTo', 'rules'])
    .where('calendarId', '=', calendarId)
    .where((where) => where.or([where('validTo', 'is', null), where('validTo', '>', where.ref('validFrom'))]))
    .orderBy('validFrom')
    .execute()
  if (versions.length === 0) throw notFound('calendar.not-found', { calendar: calendarId })
  return compileVersions(
    versions.map(({ validFrom, validTo, rules }, index) => ({
      rules: rules as unknown as CalendarRules,
      from: index === 0 ? -Infinity : validFrom.getTime(),
      to: validTo?.getTime() ?? Infinity,
    })),
  )
}
