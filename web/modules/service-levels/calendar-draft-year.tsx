import { useQuery } from '@tanstack/react-query'
import { useDeferredValue, useMemo } from 'react'
import type { CalendarVersionView } from '#api/service-levels'
import type { CalendarRules } from '#core/calendar.ts'
import { useText } from '#web/ui/text.tsx'
import { holidaysQuery } from './agreements-queries.ts'
import { Differences } from './calendar-differences.tsx'
import { differencesOf } from './hours-difference.ts'
import { type HoursDraft, readHours } from './calendar-draft.ts'
import { YearCloth } from './calendar-year.tsx'
import { YearHead } from './calendar-year-head.tsx'

interface DraftYearProps {
  readonly hours: HoursDraft
  readonly year: number
  readonly onYear: (year: number) => void
  /** What holds until the draft does, the newest first; none for a new calendar. */
  readonly before?: readonly CalendarVersionView[]
  /** From when on the draft holds; from the beginning of time without it. */
  readonly from?: Date | null
}

/** What is being typed, as a picture of a year, and what it changes. */
export function DraftYear({ hours, year, onYear, before = [], from = null }: DraftYearProps) {
  const t = useText()
  const rules = useDeferredValue(useDraftRules(hours, year))
  const versions = useMemo(() => (rules === null ? null : withDraft(before, rules, from)), [before, rules, from])
  const held = before.find(({ validFrom }) => from === null || validFrom < from) ?? before.at(-1)
  return (
    <>
      <YearHead year={year} onYear={onYear} />
      {versions === null ? (
        <p className="pl-quiet">{t('agreements.calendar.no-picture')}</p>
      ) : (
        <YearCloth versions={versions} year={year} />
      )}
      {held && rules !== null && (
        <div aria-live="polite">
          <h3>{t('agreements.calendar.differences')}</h3>
          <p className="pl-small pl-quiet">{t('agreements.calendar.differences-hint')}</p>
          <Differences difference={differencesOf(held.rules, rules, year)} year={year} />
        </div>
      )}
    </>
  )
}

/** The rules that are typed, with the public holidays of a year as the server will take them in. Null while unreadable. */
function useDraftRules(hours: HoursDraft, year: number): CalendarRules | null {
  const { country, state, region } = hours
  const place = { country, state: state || undefined, region: region || undefined }
  const { data: holidays } = useQuery({ ...holidaysQuery(place, year), enabled: country !== '' })
  return useMemo(() => {
    const { rules } = readHours(hours)
    if (rules === null || country === '') return rules
    const own = new Set(rules.exceptions.map(({ date }) => date))
    const taken = (holidays ?? []).filter(({ date }) => !own.has(date))
    return {
      ...rules,
      exceptions: [...rules.exceptions, ...taken.map(({ date, name }) => ({ date, windows: [], label: name }))],
    }
  }, [hours, country, holidays])
}

/** The versions there will be: what begins later than the draft is replaced by it. */
function withDraft(
  before: readonly CalendarVersionView[],
  rules: CalendarRules,
  from: Date | null,
): readonly CalendarVersionView[] {
  const draft: CalendarVersionView = {
    id: '',
    validFrom: from ?? new Date(0),
    validTo: null,
    rules: rules as CalendarVersionView['rules'],
    holidays: null,
  }
  if (from === null) return [draft]
  return [
    draft,
    ...before
      .filter(({ validFrom }) => validFrom < from)
      .map((each) => ({ ...each, validTo: each.validTo === null || each.validTo > from ? from : each.validTo })),
  ]
}
