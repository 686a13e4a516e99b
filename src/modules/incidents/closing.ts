import { compileCalendar } from '#core/calendar.ts'
import type { CalendarRules } from '#core/calendar-rules.ts'
import { addWorkingDays } from '#core/working-days.ts'
import { type Affected, agreementFor } from '#modules/service-levels'
import type { Context } from '#platform/context.ts'

type Resolved = Affected & { readonly openedAt: Date }

/**
 * When what is resolved now is closed by itself, unless somebody says a word (DOMAIN §2.3.2): so many working days later as
 * its customer has it, at the same time of day. Working days are those of its agreement, else Monday to Friday where the
 * customer is. Null where only people close it, or where no such day comes.
 */
export async function closingOf({ db, now }: Pick<Context, 'db' | 'now'>, incident: Resolved): Promise<Date | null> {
  const { closeAfterDays: days, timeZone } = await db
    .selectFrom('customer')
    .select(['closeAfterDays', 'timeZone'])
    .where('id', '=', incident.customerId)
    .executeTakeFirstOrThrow()
  if (days === null) return null
  const agreement = await agreementFor(db, incident, incident.openedAt)
  const open = agreement?.open ?? compileCalendar(weekdaysIn(timeZone))
  const at = addWorkingDays(open, now.getTime(), days, { clockTime: 'kept' })
  return at === null ? null : new Date(at)
}

function weekdaysIn(timeZone: string): CalendarRules {
  const day = [{ opens: 0, closes: 1440 }]
  return { timeZone, week: [day, day, day, day, day, [], []], exceptions: [] }
}
