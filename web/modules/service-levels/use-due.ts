import { useMemo } from 'react'
import { MINUTE_MS } from '#core/calendar-rules.ts'
import { type Boundary, type CalendarVersion, compileVersions } from '#core/calendar.ts'
import { promisedDue, type WrittenPromise } from '#core/promised-due.ts'
import { instantAt } from '#core/zone.ts'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { readClock } from './calendar-draft.ts'

/** Says when a sample ticket would be due. */
export type SayDue = (promise: WrittenPromise) => string

/** When a sample ticket would be due by a promise, in words; null while hours or sample are not there. */
export function useDue(
  hours: readonly CalendarVersion[] | null,
  sample: { readonly day: string; readonly time: string },
  boundary: Boundary,
): SayDue | null {
  const t = useText()
  const format = useFormat()
  const open = useMemo(() => (hours === null ? null : compileVersions(hours)), [hours])
  const zone = hours?.at(-1)?.rules.timeZone
  const minutes = readClock(sample.time)
  const local = minutes === null ? Number.NaN : Date.parse(`${sample.day}T00:00Z`) + minutes * MINUTE_MS
  if (open === null || zone === undefined || Number.isNaN(local)) return null
  const from = instantAt(zone, local)
  // The very calculation of the server, so that typing waits for nobody.
  return (promise) => {
    const at = promisedDue(open, from, promise, boundary)
    return at === null ? t('agreements.never-due') : t('agreements.due-at', { at: format.instant(new Date(at), zone) })
  }
}
