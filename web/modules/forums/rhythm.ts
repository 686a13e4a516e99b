import type { Forum } from '#api/forums'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'

const DAY_MS = 86_400_000
/** A Monday. */
const MONDAY_MS = Date.UTC(2026, 0, 5)

/** The name of a day of the week, 1 is Monday. */
export function useWeekday(): (day: number) => string {
  const format = useFormat()
  return (day) => format.weekTime(new Date(MONDAY_MS + (day - 1) * DAY_MS), 'UTC').split(' ')[0]!
}

type Rhythm = Pick<Forum, 'weekdays' | 'weeks' | 'nth' | 'months' | 'atMinute' | 'minutes' | 'timeZone'>

/** When a forum meets, in words. */
export function useRhythm(): (forum: Rhythm) => string {
  const t = useText()
  const format = useFormat()
  const weekday = useWeekday()
  return ({ weekdays, weeks, nth, months, atMinute, minutes, timeZone }) => {
    const working = weekdays.length === 5 && !weekdays.includes(6) && !weekdays.includes(7)
    const days = working
      ? t('forums.working-days')
      : format.list(weekdays.toSorted((one, other) => one - other).map(weekday))
    const time = format.time(new Date(MONDAY_MS + atMinute * 60_000), 'UTC')
    const when =
      nth === null
        ? t('forums.rhythm-weeks', { days, weeks })
        : t('forums.rhythm-months', { days, months, nth: nth === -1 ? 'last' : String(nth) })
    return t('forums.rhythm', { when, time, minutes, zone: format.zone(timeZone) })
  }
}
