import { useMemo } from 'react'
import { compileVersions, openMsBetween } from '#core/calendar.ts'
import { dateOf, dayOf, windowsOn } from '#core/calendar-rules.ts'
import { instantAt } from '#core/zone.ts'
import type { CalendarVersionView } from '#api/service-levels'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { useWidth } from '#web/ui/use-width.ts'
import { localeOf } from '#web/ui/language-locale.ts'
import { useLanguage } from '#web/ui/text.tsx'
import classes from './calendar-year.module.css'

const HEIGHT = 128
const LEFT = 28
const DAY_MINUTES = 1440
const HOUR_MS = 3_600_000

interface YearClothProps {
  /** The newest first, as a calendar has them. */
  readonly versions: readonly CalendarVersionView[]
  readonly year: number
}

/** A year as a cloth: each column a day, each row an hour, open hours woven in; days that are closed by their date hatched. */
export function YearCloth({ versions, year }: YearClothProps) {
  const t = useText()
  const format = useFormat()
  const language = useLanguage()
  const [width, ref] = useWidth<HTMLDivElement>(760)
  const cloth = useMemo(() => weave(versions, year), [versions, year])
  const step = (width - LEFT) / cloth.days
  const x = (day: number) => LEFT + day * step
  const y = (minutes: number) => (minutes / DAY_MINUTES) * HEIGHT
  const thread = Math.max(step * 0.82, 0.6)
  const path = cloth.open
    .map(
      ({ day, from, to }) =>
        `M${x(day).toFixed(2)} ${y(from).toFixed(1)}h${thread.toFixed(2)}V${y(to).toFixed(1)}h-${thread.toFixed(2)}z`,
    )
    .join('')
  const monthName = new Intl.DateTimeFormat(localeOf[language], { month: 'short', timeZone: 'UTC' })
  const sentence = t('agreements.calendar.year-hours', {
    hours: format.number(cloth.hours),
    year: String(year),
    days: cloth.holidays.length,
  })
  return (
    <figure className={classes.year} ref={ref}>
      <svg width={width} height={HEIGHT + 20} role="img" aria-label={sentence}>
        <defs>
          <pattern id="closed-day" width="4" height="4" patternUnits="userSpaceOnUse">
            <path d="M-1 1L1 -1M0 4L4 0M3 5L5 3" className={classes.hatch} />
          </pattern>
        </defs>
        {[0, 6, 12, 18, 24].map((hour) => (
          <g key={hour}>
            <line x1={LEFT} x2={width} y1={y(hour * 60)} y2={y(hour * 60)} className={classes.line} />
            <text x={LEFT - 6} y={Math.min(Math.max(y(hour * 60) + 4, 10), HEIGHT)} textAnchor="end">
              {String(hour).padStart(2, '0')}
            </text>
          </g>
        ))}
        {cloth.months.map((day, month) => (
          <g key={day}>
            <line x1={x(day)} x2={x(day)} y1={0} y2={HEIGHT + 6} className={classes.line} />
            {(width > 560 || month % 2 === 0) && (
              <text x={x(day) + 3} y={HEIGHT + 16}>
                {monthName.format(new Date(Date.UTC(year, month, 15)))}
              </text>
            )}
          </g>
        ))}
        <path d={path} className={classes.open} />
        {cloth.holidays.map(({ day, label }) => (
          <rect key={day} x={x(day)} y={0} width={Math.max(step, 2)} height={HEIGHT} fill="url(#closed-day)">
            <title>{label}</title>
          </rect>
        ))}
        {cloth.changes.map((day) => (
          <line key={day} x1={x(day)} x2={x(day)} y1={0} y2={HEIGHT + 6} className={classes.change} />
        ))}
      </svg>
      <figcaption className="pl-small pl-quiet">{sentence}</figcaption>
    </figure>
  )
}

interface Cloth {
  readonly days: number
  /** Of each month the day it begins with. */
  readonly months: readonly number[]
  readonly open: readonly { readonly day: number; readonly from: number; readonly to: number }[]
  /** Days that would be open by their weekday. */
  readonly holidays: readonly { readonly day: number; readonly label: string }[]
  /** Days with which another version begins. */
  readonly changes: readonly number[]
  readonly hours: number
}

function weave(versions: readonly CalendarVersionView[], year: number): Cloth {
  const zone = versions[0]?.rules.timeZone ?? 'UTC'
  const first = dayOf(`${year}-01-01`)
  const days = dayOf(`${year + 1}-01-01`) - first
  const startOf = (day: number) => instantAt(zone, (first + day) * 24 * HOUR_MS)
  const open: { day: number; from: number; to: number }[] = []
  const holidays: { day: number; label: string }[] = []
  for (let day = 0; day < days; day++) {
    const noon = startOf(day) + 12 * HOUR_MS
    const version = versions.find(
      ({ validFrom, validTo }) => validFrom.getTime() <= noon && (validTo === null || noon < validTo.getTime()),
    )
    if (!version) continue
    const { windows, exception } = windowsOn(version.rules, dateOf(first + day))
    for (const { opens, closes } of windows) {
      open.push({ day, from: opens, to: Math.min(closes, DAY_MINUTES) })
      if (closes > DAY_MINUTES && day + 1 < days) open.push({ day: day + 1, from: 0, to: closes - DAY_MINUTES })
    }
    const usual = version.rules.week[(first + day + 3) % 7] ?? []
    if (exception !== null && windows.length === 0 && usual.length > 0)
      holidays.push({ day, label: exception.label ?? '' })
  }
  const times = versions.map(({ rules, validFrom, validTo }) => ({
    rules,
    from: validFrom.getTime(),
    to: validTo?.getTime() ?? Infinity,
  }))
  const compiled = compileVersions(times.toSorted((one, other) => one.from - other.from))
  return {
    days,
    months: Array.from({ length: 12 }, (_, month) => Math.round(Date.UTC(year, month, 1) / (24 * HOUR_MS)) - first),
    open,
    holidays,
    changes: versions
      .map(({ validFrom }) => Math.round((validFrom.getTime() - startOf(0)) / (24 * HOUR_MS)))
      .filter((day) => day > 0 && day < days),
    hours: Math.round(openMsBetween(compiled, startOf(0), startOf(days)) / HOUR_MS),
  }
}
