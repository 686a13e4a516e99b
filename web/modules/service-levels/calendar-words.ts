import { useMemo } from 'react'
import type { CalendarRules } from '#core/calendar.ts'
import { localeOf } from '#web/ui/language-locale.ts'
import { useLanguage, useText } from '#web/ui/text.tsx'
import { sameDays, windowsText } from './calendar-draft.ts'

/** Monday first. */
interface Weekdays {
  readonly long: readonly string[]
  readonly short: readonly string[]
}

/** The names of the days in the language of the page. */
export function useWeekdays(): Weekdays {
  const language = useLanguage()
  return useMemo(() => {
    const name = (weekday: 'long' | 'short') => {
      const format = new Intl.DateTimeFormat(localeOf[language], { weekday, timeZone: 'UTC' })
      // 1 January 2024 was a Monday.
      return Array.from({ length: 7 }, (_, day) => format.format(new Date(Date.UTC(2024, 0, 1 + day))))
    }
    return { long: name('long'), short: name('short') }
  }, [language])
}

/** `Mon–Fri 08:00–18:00, Sat 09:00–12:00`: a week in one line. */
export function useWeekLine(): (week: CalendarRules['week']) => string {
  const t = useText()
  const { short } = useWeekdays()
  return (week) => {
    const spans = sameDays(week)
    const always =
      spans.length === 1 &&
      spans[0]!.from === 0 &&
      spans[0]!.to === 6 &&
      windowsText(spans[0]!.windows) === '00:00–24:00'
    if (always) return t('agreements.calendar.always')
    return spans
      .map(
        ({ from, to, windows }) =>
          `${from === to ? short[from] : `${short[from]}–${short[to]}`} ${windowsText(windows)}`,
      )
      .join('; ')
  }
}

/** A local date, `2026-12-24`, as a day: `Thu 24 Dec`; it has no zone. */
export function useDateWords(): (date: string, year?: boolean) => string {
  const language = useLanguage()
  return useMemo(() => {
    const locale = localeOf[language]
    const usual = { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' } as const
    const withoutYear = new Intl.DateTimeFormat(locale, usual)
    const withYear = new Intl.DateTimeFormat(locale, { ...usual, year: 'numeric' })
    return (date, year = false) => (year ? withYear : withoutYear).format(new Date(`${date}T00:00:00Z`))
  }, [language])
}
