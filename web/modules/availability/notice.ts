import type { Format } from '#web/ui/format.ts'
import type { Say } from '#web/ui/text.tsx'

const DAY_MINUTES = 1440

/** How long before its beginning maintenance has to be announced: in days where they are whole. */
export function noticeWords(t: Say, format: Format, minutes: number): string {
  if (minutes % DAY_MINUTES === 0) return t('availability.notice-days', { days: minutes / DAY_MINUTES })
  return format.duration(minutes * 60_000)
}
