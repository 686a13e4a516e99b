import type { CalendarProblem } from '#core/calendar-rules.ts'
import { sayClock } from '#core/clock-text.ts'
import type { Language } from '#core/text.ts'

/** What is wrong with a calendar, for a person. */
export function problemSentence({ code, values }: CalendarProblem, language: Language): string {
  return sayClock(language, `problem.${code}`, values)
}
