import { useState } from 'react'
import { dayOf, weekdayOf } from '#core/calendar-rules.ts'
import type { Calendar, CalendarVersionView } from '#api/service-levels'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { windowsText } from './calendar-draft.ts'
import { comingYear, thisYear } from './calendar-today.ts'
import { WeekPicture } from './calendar-week.tsx'
import { useDateWords } from './calendar-words.ts'
import { YearCloth } from './calendar-year.tsx'
import classes from './agreements.module.css'

/** The version of a calendar that holds now, else the newest. */
function versionNow({ versions }: Calendar): CalendarVersionView | undefined {
  const now = new Date()
  return (
    versions.find(({ validFrom, validTo }) => validFrom <= now && (validTo === null || now < validTo)) ?? versions[0]
  )
}

/** The hours of a calendar: its week, the days of the coming year that differ, and a whole year as a picture. */
export function CalendarHours({ calendar }: { readonly calendar: Calendar }) {
  const t = useText()
  const format = useFormat()
  const [year, setYear] = useState(thisYear)
  const version = versionNow(calendar)
  if (version === undefined) return null
  return (
    <>
      <div className={classes.halves}>
        <div>
          <h3>{t('agreements.calendar.week')}</h3>
          <WeekPicture week={version.rules.week} />
          <p className="pl-small pl-quiet">
            {t('agreements.calendar.in-zone', { zone: format.zone(version.rules.timeZone) })}
          </p>
        </div>
        <div>
          <h3>{t('agreements.calendar.coming')}</h3>
          <ComingDays version={version} />
        </div>
      </div>
      <fieldset className={classes.yearHead} aria-label={t('agreements.calendar.year')}>
        <h3>{t('agreements.calendar.year-of', { year: String(year) })}</h3>
        <YearStep label={t('agreements.calendar.year-before')} sign="‹" onClick={() => setYear(year - 1)} />
        <YearStep label={t('agreements.calendar.year-after')} sign="›" onClick={() => setYear(year + 1)} />
      </fieldset>
      <YearCloth versions={calendar.versions} year={year} />
    </>
  )
}

function YearStep({
  label,
  sign,
  onClick,
}: {
  readonly label: string
  readonly sign: string
  readonly onClick: () => void
}) {
  return (
    <button type="button" className={classes.step} aria-label={label} onClick={onClick}>
      {sign}
    </button>
  )
}

/** As many as somebody reads at once. */
const MOST_DAYS = 16

/** The days of the coming twelve months that are not as their weekday. */
function ComingDays({ version: { rules } }: { readonly version: CalendarVersionView }) {
  const t = useText()
  const dateWords = useDateWords()
  const { today, end } = comingYear()
  // A holiday on a day that is closed anyway makes no difference.
  const usual = (date: string) => rules.week[weekdayOf(dayOf(date))] ?? []
  const days = rules.exceptions.filter(
    ({ date, windows }) => date >= today && date < end && (windows.length > 0 || usual(date).length > 0),
  )
  if (days.length === 0) return <p className="pl-quiet">{t('agreements.calendar.coming-none')}</p>
  return (
    <>
      <ul className={classes.list}>
        {days.slice(0, MOST_DAYS).map(({ date, label, windows }) => (
          <li key={date}>
            <span>{dateWords(date, true)}</span>
            <span>
              {label || t('agreements.calendar.unnamed')}
              {windows.length > 0 && <span className="pl-quiet"> · {windowsText(windows)}</span>}
            </span>
          </li>
        ))}
      </ul>
      {days.length > MOST_DAYS && (
        <p className="pl-small pl-quiet">{t('agreements.calendar.coming-more', { count: days.length - MOST_DAYS })}</p>
      )}
    </>
  )
}
