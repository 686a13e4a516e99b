import { useState } from 'react'
import { dayOf, weekdayOf } from '#core/calendar-rules.ts'
import type { Calendar, CalendarVersionView } from '#api/service-levels'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { seasonsOf } from './calendar-draft.ts'
import { comingYear, thisYear } from './calendar-today.ts'
import { WeekPicture } from './calendar-week.tsx'
import { useDateWords } from './calendar-words.ts'
import { YearCloth } from './calendar-year.tsx'
import { YearHead } from './calendar-year-head.tsx'
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
      <YearHead year={year} onYear={setYear} />
      <YearCloth versions={calendar.versions} year={year} />
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
    </>
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
  const lines = seasonsOf(days)
  if (days.length === 0) return <p className="pl-quiet">{t('agreements.calendar.coming-none')}</p>
  return (
    <>
      <ul className={classes.list}>
        {lines.slice(0, MOST_DAYS).map(({ date, until, label, windows }) => (
          <li key={date}>
            <span>
              {until === ''
                ? dateWords(date, true)
                : t('agreements.calendar.season', { from: dateWords(date), to: dateWords(until, true) })}
            </span>
            <span>
              {label || t('agreements.calendar.unnamed')}
              {windows.length > 0 && (
                <span className="pl-quiet">
                  {' '}
                  · {windows.map(({ opens, closes }) => `${opens}–${closes}`).join(', ')}
                </span>
              )}
            </span>
          </li>
        ))}
      </ul>
      {lines.length > MOST_DAYS && (
        <p className="pl-small pl-quiet">{t('agreements.calendar.coming-more', { count: lines.length - MOST_DAYS })}</p>
      )}
    </>
  )
}
