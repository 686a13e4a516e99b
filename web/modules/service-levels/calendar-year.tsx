import { useMemo } from 'react'
import type { CalendarVersionView } from '#api/service-levels'
import { dateOf, dayOf } from '#core/calendar-rules.ts'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { useWidth } from '#web/ui/use-width.ts'
import { localeOf } from '#web/ui/language-locale.ts'
import { useLanguage } from '#web/ui/text.tsx'
import { placedWords, weave } from './calendar-cloth.ts'
import { useDateWords } from './calendar-words.ts'
import classes from './calendar-year.module.css'

const HEIGHT = 128
const LEFT = 28
const DAY_MINUTES = 1440
/** For two rows of words. */
const TOP = 38
/** From this width on there is room for words above it. */
const WORDS_FROM = 560

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
  const top = width > WORDS_FROM ? TOP : 0
  const y = (minutes: number) => top + (minutes / DAY_MINUTES) * HEIGHT
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
  const dateWords = useDateWords()
  const words =
    top === 0
      ? []
      : placedWords(
          [
            ...cloth.holidays
              .filter(({ day, label }, index) => label !== '' && !isGoingOn(cloth.holidays[index - 1], day, label))
              .map(({ day, label }) => ({ x: x(day), text: label })),
            ...cloth.changes.map((day) => ({
              x: x(day) + 4,
              text: t('agreements.calendar.from-day', { day: dateWords(dateOf(dayOf(`${year}-01-01`) + day)) }),
            })),
          ].toSorted((one, other) => one.x - other.x),
          width,
        )
  return (
    <figure className={classes.year} ref={ref}>
      <svg width={width} height={top + HEIGHT + 20} role="img" aria-label={sentence}>
        <defs>
          <pattern id="closed-day" width="4" height="4" patternUnits="userSpaceOnUse">
            <path d="M-1 1L1 -1M0 4L4 0M3 5L5 3" className={classes.hatch} />
          </pattern>
        </defs>
        {[0, 6, 12, 18, 24].map((hour) => (
          <g key={hour}>
            <line x1={LEFT} x2={width} y1={y(hour * 60)} y2={y(hour * 60)} className={classes.line} />
            <text x={LEFT - 6} y={Math.min(Math.max(y(hour * 60) + 4, 10), top + HEIGHT)} textAnchor="end">
              {String(hour).padStart(2, '0')}
            </text>
          </g>
        ))}
        {cloth.months.map((day, month) => (
          <g key={day}>
            <line x1={x(day)} x2={x(day)} y1={top} y2={top + HEIGHT + 6} className={classes.line} />
            {(width > 560 || month % 2 === 0) && (
              <text x={x(day) + 3} y={top + HEIGHT + 16}>
                {monthName.format(new Date(Date.UTC(year, month, 15)))}
              </text>
            )}
          </g>
        ))}
        <path d={path} className={classes.open} />
        {cloth.holidays.map(({ day, label }) => (
          <rect key={day} x={x(day)} y={top} width={Math.max(step, 2)} height={HEIGHT} fill="url(#closed-day)">
            <title>{label}</title>
          </rect>
        ))}
        {words.map(({ x: left, text, row }) => (
          <text key={`${left} ${text}`} x={left} y={top - 8 - row * 15} className={classes.word} aria-hidden>
            {text}
          </text>
        ))}
        {cloth.changes.map((day) => (
          <line
            key={day}
            x1={x(day)}
            x2={x(day)}
            y1={Math.max(0, top - 6)}
            y2={top + HEIGHT + 6}
            className={classes.change}
          />
        ))}
      </svg>
      <figcaption className="pl-small pl-quiet">{sentence}</figcaption>
    </figure>
  )
}

/** Whether a day belongs to the same season as the one before it, whose word stands there already. */
function isGoingOn(
  before: { readonly day: number; readonly label: string } | undefined,
  day: number,
  label: string,
): boolean {
  return before !== undefined && before.label === label && before.day >= day - 3
}
