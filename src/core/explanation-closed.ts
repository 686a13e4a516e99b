import { DAY_MS, dateOf, weekdayOf, windowsOn, type CalendarRules } from '#core/calendar-rules.ts'
import { isOpen, previousClosing, rulesAt, type OpenTime } from '#core/calendar.ts'
import { dateText, hoursText, sayClock } from '#core/clock-text.ts'
import type { Language } from '#core/text.ts'
import { instantAt, localAt } from '#core/zone.ts'

export type ClosedReason = 'holiday' | 'weekend' | 'night' | 'break' | 'longer'

/** Why it is closed from one instant to another, and the holidays among the working days in between, as they are called. */
export function whyClosed(
  language: Language,
  open: OpenTime,
  from: number,
  to: number,
): { readonly reason: ClosedReason; readonly holidays: readonly string[] } {
  const { timeZone } = rulesAt(open, from)
  const begins = localAt(timeZone, from)
  const firstDay = Math.floor(begins / DAY_MS)
  const lastDay = Math.ceil(localAt(timeZone, to) / DAY_MS) - 1
  const holidays: string[] = []
  let closedDays = 0
  let weekendDays = 0
  for (let day = firstDay; day <= lastDay; day++) {
    // Other hours may begin in between: a holiday that was forgotten is in a version from its midnight on.
    const rules = rulesAt(open, Math.max(from, instantAt(timeZone, day * DAY_MS)))
    const { windows, exception } = windowsOn(rules, dateOf(day))
    if (windows.length > 0) continue
    closedDays++
    if ((rules.week[weekdayOf(day)] ?? []).length > 0) {
      holidays.push(exception?.label || dateText(language, day * DAY_MS, new Date(begins).getUTCFullYear()))
    } else if (weekdayOf(day) >= SATURDAY) weekendDays++
  }
  if (holidays.length > 0) return { reason: 'holiday', holidays }
  if (closedDays > 0) return { reason: weekendDays === closedDays ? 'weekend' : 'longer', holidays }
  const isBreak = firstDay === lastDay && previousClosing(open, from) === from && isOpen(open, to)
  return { reason: isBreak ? 'break' : 'night', holidays }
}

const SATURDAY = 5

/** `Closed overnight.`; with the hours when they are to be told. */
export function closedSentence(
  language: Language,
  rules: CalendarRules,
  why: ReturnType<typeof whyClosed>,
  tellHours: boolean,
): string {
  const labels = why.holidays.join(', ')
  const hours = hoursText(language, rules)
  if (hours === '' && rules.exceptions.every(({ windows }) => windows.length === 0))
    return sayClock(language, 'closed.never')
  if (tellHours && hours !== '') {
    return sayClock(language, labels === '' ? 'closed.hours' : 'closed.hours-labels', {
      hours,
      zone: rules.timeZone,
      labels,
    })
  }
  return why.reason === 'holiday'
    ? sayClock(language, 'closed.labels', { labels })
    : sayClock(language, `closed.${why.reason}`)
}
